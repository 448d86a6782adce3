using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains.Trusts;

namespace OnlineSafetyTrust.Grains.Schools;

internal sealed class SchoolModel : StreamModel<SchoolState>
{
    /// <summary>The deadline of the next day on which a role of those the school needs may be vacant, or somebody's again.</summary>
    public const string Vacancies = "vacancies";

    /// <summary>The deadline of the day on which a newer statutory floor counts.</summary>
    public const string Floor = "floor";

    public override string Kind => SchoolKey.Kind;

    public override IReadOnlyList<ViewTable> Tables => [SchoolTables.School, SchoolTables.Closures, SchoolTables.PolicyDecision, PersonTables.Person, TaskTables.Task];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<ISchoolGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, SchoolState state) =>
        state.Exists
            ?
            [
                new Row(SchoolTables.School, key.Tenant.Value.ToString("D"), [state.Trust.ToString(), state.Urn], View(key, state)),
                .. StaffRows.Of(state.Staff),
                .. Closures(key, state),
                .. Tasks(key, state),
                .. (state.Decisions ?? []).Select(d => new Row(SchoolTables.PolicyDecision, d.Question, [], d)),
            ]
            : [];

    public override IEnumerable<DueRow> Due(SchoolState state) =>
    [
        .. state.Vacancies?.LookOn is { } day ? [new DueRow(Vacancies, London.ToInstant(day, TimeOnly.MinValue))] : Array.Empty<DueRow>(),
        .. state.Policy is { } policy && ShippedPacks.FloorAfter(policy) is { } next ? [new DueRow(Floor, London.ToInstant(FloorYears.FirstDay(next), TimeOnly.MinValue))] : Array.Empty<DueRow>(),
    ];

    public override IEnumerable<Message> Reactions(StreamKey key, SchoolState before, object @event, SchoolState after, EventMeta meta) => @event switch
    {
        SchoolEstablished e => [new Message(Destinations.Stream(TrustKey.Of(e.Trust)), SchoolJoined.Kind, new SchoolJoined(key.Tenant, e.Urn))],
        CalendarSet => [SchoolFollowers.Tell(key.Tenant, "calendar", meta)],
        CoverArranged or CoverCancelled or RoleAssigned or RoleEnded or PersonLeft => [SchoolFollowers.Tell(key.Tenant, "people", meta)],
        VacanciesFound e => e.Vacancies.Where(v => before.Vacancies?.Open.Contains(v) != true).SelectMany(v => Told(after.Staff, v.Owner, London.DateOf(meta.At))).Distinct()
            .Select(p => new Message(Destinations.Mail(key.Tenant, p), Notice.Message, new Notice(NoticeKind.RoleVacant, "/school", null, null))),
        PolicyAdopted => [SchoolFollowers.Tell(key.Tenant, "policy", meta)],
        PolicyFloorRaised =>
        [
            SchoolFollowers.Tell(key.Tenant, "policy", meta),
            .. after.Staff.Members.Keys.Where(p => after.Staff.RolesOf(p, London.DateOf(meta.At)).Overlaps(People.Vacancies.Kept)).OrderBy(p => p.Value)
                .Select(p => new Message(Destinations.Mail(key.Tenant, p), Notice.Message, new Notice(NoticeKind.PolicyFloorRaised, "/school/policy", null, null))),
        ],
        _ => [],
    };

    public static SchoolView View(StreamKey key, SchoolState s) =>
        new(key.Tenant, s.Trust, s.Urn, s.Name, s.Phase, s.Nation, s.YearGroups, s.LocalAuthority, s.Roll, s.Calendar, s.InForce, s.SafeguardingPhone, s.OutOfHoursPhone, s.Laestab, s.CalendarVersion, s.SourceId);

    /// <summary>Whose task it is, and whoever stands in for them that day.</summary>
    private static IEnumerable<PersonId> Told(StaffState staff, PersonId? owner, DateOnly day) => owner is not { } person ? []
        : staff.Members.Keys.Where(p => p == person || staff.CoveredBy(p).Any(c => c.For == person && c.From <= day && day <= c.To));

    private static IEnumerable<Row> Tasks(StreamKey key, SchoolState state)
    {
        foreach (var vacancy in state.Vacancies?.Open ?? [])
        {
            if (vacancy.Owner is { } owner)
            {
                var dsl = vacancy.Role == Role.Dsl;
                yield return TaskRows.Of(new TaskView(
                    $"{key.Stream}#{vacancy.Role}", owner, TaskKind.RoleVacant,
                    dsl ? "There is no DSL: give the role to somebody, or have the headteacher do it" : "There is no headteacher: have whoever runs this system for the trust appoint one",
                    key.Stream, vacancy.Role.ToString(), null, vacancy.At, vacancy.At));
            }
        }
    }

    private static IEnumerable<Row> Closures(StreamKey key, SchoolState state) =>
        state.ClosureReasons is null ? [] : [new Row(SchoolTables.Closures, key.Tenant.Value.ToString("D"), [], new ClosuresRow(state.ClosureReasons))];

    private sealed record ClosuresRow(Personal<IReadOnlyList<string>> ClosureReasons);
}
