using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies.Reading;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>Reads a policy pack. Says everything that is wrong with it at once, each with line, column, path and the way out.</summary>
public static class PackReader
{
    /// <param name="fileName">Named in messages; a shipped pack's name is its id.</param>
    public static Result<PolicyPack> Parse(string yaml, string fileName)
    {
        var problems = new PackProblems(fileName);
        if (PackTree.Read(yaml, problems) is not { } root)
        {
            return Result<PolicyPack>.Failed(problems.ToErrors());
        }

        PackConsistency.Check(root, problems);
        var pack = new PackBinder(problems).Bind(root);
        return pack is null || problems.Any ? Result<PolicyPack>.Failed(problems.ToErrors()) : pack;
    }
}
