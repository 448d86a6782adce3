using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>The policy that a school chose: as its file says, and merged with the nation's floor of the day.</summary>
/// <param name="TextHash">SHA-256 of the pack's text, hex.</param>
public sealed record ChosenPolicy(PolicyPack Pack, string TextHash, CompiledPolicy Compiled)
{
    /// <returns><see cref="SchoolErrors.PackMissing"/>, <see cref="SchoolErrors.PackUnknown"/>, <see cref="SchoolErrors.NationDiffers"/>, or what is wrong with the pack, each with its line.</returns>
    public static Result<ChosenPolicy> Of(AdoptPolicy command, Nation nation, DateOnly day)
    {
        if (command.Pack is null == (command.Yaml is null))
        {
            return SchoolErrors.PackMissing;
        }

        var text = command.Yaml ?? ShippedPacks.Text(command.Pack!);
        if (text is null)
        {
            return SchoolErrors.PackUnknown(command.Pack!);
        }

        var read = PackReader.Parse(text, command.Pack ?? "yaml");
        if (!read.Ok)
        {
            return Result<ChosenPolicy>.Failed(read.Errors);
        }

        if (read.Value.Nation != nation)
        {
            return SchoolErrors.NationDiffers;
        }

        var compiled = PolicyCompiler.Compile(read.Value, ShippedPacks.FloorOf(nation, day));
        return compiled.Ok
            ? new ChosenPolicy(read.Value, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), compiled.Value)
            : Result<ChosenPolicy>.Failed(compiled.Errors);
    }
}
