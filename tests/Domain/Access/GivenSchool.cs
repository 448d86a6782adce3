using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Domain.Tests.Access;

/// <summary>A small school in the autumn of 2026: one person per role, Monday 2 November 2026 at ten.</summary>
internal static class GivenSchool
{
    public static readonly TenantId Id = TenantId.School(Guid.Parse("11111111-0000-7000-8000-000000000001"));
    public static readonly PupilId Pupil = new(Guid.Parse("22222222-0000-7000-8000-000000000001"));
    public static readonly IncidentId Incident = new(Guid.Parse("33333333-0000-7000-8000-000000000001"));
    public static readonly DateTimeOffset Monday = At(2026, 11, 2, 10, 0);

    public static readonly SchoolCalendar Calendar = new(
        [
            new SchoolTerm("Autumn", new DateOnly(2026, 9, 1), new DateOnly(2026, 12, 18), new DateOnly(2026, 10, 26), new DateOnly(2026, 10, 30)),
            new SchoolTerm("Spring", new DateOnly(2027, 1, 4), new DateOnly(2027, 3, 31), new DateOnly(2027, 2, 15), new DateOnly(2027, 2, 19)),
        ],
        [new DateOnly(2026, 11, 6)], [], new TimeOnly(9, 0), new TimeOnly(15, 30));

    public static readonly SchoolFacts Facts = new(
        Id, TenantId.Trust(Guid.Empty), 7, Nation.England, Phase.Special, Calendar,
        [.. Enum.GetValues<Role>().Select(r => new StaffFacts(Of(r), [new RoleHolding(r, new DateOnly(2020, 9, 1), null)], false))], [], null, null);

    public static PersonId Of(Role role) => new(new Guid((int)role + 1, 0, 0, new byte[8]));

    public static CommandContext By(Role role, DateTimeOffset? now = null) => new(Id, Actor.Of(Of(role)), "safeguarding", Guid.Empty, null, now ?? Monday);

    public static CommandContext Product(DateTimeOffset now) => new(Id, Actor.System, "system", Guid.Empty, null, now);

    /// <summary>Local time in London.</summary>
    public static DateTimeOffset At(int year, int month, int day, int hour, int minute) =>
        London.ToInstant(new DateOnly(year, month, day), new TimeOnly(hour, minute));

    public static CompiledPolicy PolicyWith(params UserAction[] actions) => new(
        new PolicyPack(
            "test", "Test", 1, PackKind.School, Nation.England, new PolicyReview(new PolicyPeriod(1, PeriodUnit.Year), null, null, []), new Dictionary<string, Role>(), [], [], null, false, null,
            [], [], [], [], null, [], actions, null, [], [], [], [], [], null, null, [], [], [], []),
        "floor", []);
}
