using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Schools;

/// <summary>What the list says otherwise of a school that is here. What it leaves out stays: year groups, authority, LAESTAB.</summary>
/// <param name="Urn">As the school has it here.</param>
/// <param name="Fields">What differs, with what was and what is.</param>
public sealed record ChangedSchool(TenantId School, string Urn, ChangeSchoolDetails Details, IReadOnlyList<string> Fields)
{
    internal static ChangedSchool? Of(ListedSchool listed, SchoolView here)
    {
        var details = new ChangeSchoolDetails(
            listed.Name, listed.Phase, listed.YearGroups.Count == 0 ? here.YearGroups : listed.YearGroups, listed.LocalAuthority.Length == 0 ? here.LocalAuthority : listed.LocalAuthority,
            listed.Laestab ?? here.Laestab);
        string[] fields =
        [
            .. Differs("name", here.Name, details.Name), .. Differs("phase", $"{here.Phase}", $"{details.Phase}"),
            .. Differs("years", string.Join(' ', here.YearGroups), string.Join(' ', details.YearGroups)),
            .. Differs("local authority", here.LocalAuthority, details.LocalAuthority), .. Differs("LAESTAB", here.Laestab, details.Laestab),
        ];
        return fields.Length == 0 ? null : new ChangedSchool(here.Id, here.Urn, details, fields);
    }

    public override string ToString() => $"changed: {Urn} {Details.Name}: {string.Join("; ", Fields)}";

    private static IEnumerable<string> Differs(string field, string? before, string? after) =>
        before == after ? [] : [$"{field} {after}, was {(string.IsNullOrEmpty(before) ? "not known" : before)}"];
}
