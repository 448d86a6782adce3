using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Grains.People;

internal static class StaffRows
{
    private sealed record PersonRow(
        PersonId Id, Personal<string> Name, Personal<string> Email, Personal<string>? SourceId, IReadOnlyList<RoleHolding> Roles, IReadOnlyList<CoveredRole> Covers, DateTimeOffset? LeftAt,
        bool HasSignIn);

    public static IEnumerable<Row> Of(StaffState staff) =>
        staff.Members.Values.OrderBy(m => m.Id.Value).Select(m => new Row(
            PersonTables.Person,
            m.Id.ToString(),
            [m.SignIn, m.LeftAt is null ? 0L : 1L],
            new PersonRow(m.Id, m.Name, m.Email, m.SourceId, m.Roles, [.. staff.CoveredBy(m.Id)], m.LeftAt, m.SignIn is not null)));

    public static PersonView View(StaffState staff, PersonId id, Func<Personal<string>?, string?> open)
    {
        var member = staff.Members[id];
        return new(member.Id, open(member.Name), open(member.Email), open(member.SourceId), member.Roles, [.. staff.CoveredBy(id)], member.LeftAt, member.SignIn is not null);
    }
}
