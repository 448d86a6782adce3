using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.StaffConsole.Words;

/// <summary>Natures by the title that the school's own policy gives them; by their id where it knows them no longer.</summary>
internal sealed class NatureTitles(PolicyPack? policy)
{
    public static readonly NatureTitles None = new(null);

    public string Of(string? nature) =>
        nature is null or "none" ? "No nature in the policy" : policy?.Natures.FirstOrDefault(n => n.Id == nature)?.Title ?? Readable(nature);

    private static string Readable(string id) => char.ToUpperInvariant(id[0]) + id[1..].Replace('-', ' ');
}
