using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Hosting;

internal sealed class PolicyShelf : IPolicyShelf
{
    public IReadOnlyList<PolicyPack> Of(Nation nation) => [.. ShippedPacks.Schools.Where(p => p.Nation == nation).OrderBy(p => p.Title, StringComparer.Ordinal)];

    public Result<CompiledPolicy> Preview(AdoptPolicy command, Nation nation)
    {
        var chosen = ChosenPolicy.Of(command, nation);
        return chosen.Ok ? chosen.Value.Compiled : Result<CompiledPolicy>.Failed(chosen.Errors);
    }
}
