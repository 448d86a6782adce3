using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains.Trusts;

namespace OnlineSafetyTrust.Grains.Schools;

internal sealed class SchoolModel : StreamModel<SchoolState>
{
    public override string Kind => "school";

    public override IReadOnlyList<ViewTable> Tables => [SchoolTables.School, SchoolTables.Closures, PersonTables.Person];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<ISchoolGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, SchoolState state) =>
        state.Exists
            ? StaffRows.Of(state.Staff).Concat(Closures(key, state)).Prepend(new Row(SchoolTables.School, key.Tenant.Value.ToString("D"), [state.Trust.ToString(), state.Urn], View(key, state)))
            : [];

    public override IEnumerable<Message> Reactions(StreamKey key, SchoolState before, object @event, SchoolState after, EventMeta meta) => @event switch
    {
        SchoolEstablished e => [new Message(Destinations.Stream(TrustKey.Of(e.Trust)), SchoolJoined.Kind, new SchoolJoined(key.Tenant, e.Urn))],
        CalendarSet => [SchoolFollowers.Tell(key.Tenant, "calendar", meta)],
        CoverArranged or CoverCancelled or RoleAssigned or RoleEnded or PersonLeft => [SchoolFollowers.Tell(key.Tenant, "people", meta)],
        PolicyAdopted => [SchoolFollowers.Tell(key.Tenant, "policy", meta)],
        _ => [],
    };

    public static SchoolView View(StreamKey key, SchoolState s) =>
        new(key.Tenant, s.Trust, s.Urn, s.Name, s.Phase, s.Nation, s.YearGroups, s.LocalAuthority, s.Roll, s.Calendar, s.InForce, s.SafeguardingPhone, s.OutOfHoursPhone, s.Laestab);

    private static IEnumerable<Row> Closures(StreamKey key, SchoolState state) =>
        state.ClosureReasons is null ? [] : [new Row(SchoolTables.Closures, key.Tenant.Value.ToString("D"), [], new ClosuresRow(state.ClosureReasons))];

    private sealed record ClosuresRow(Personal<IReadOnlyList<string>> ClosureReasons);
}
