using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>What a follower is told: look at the school's facts again.</summary>
/// <param name="Version">Of the school's stream after the change: facts that are older are not looked at.</param>
internal sealed record SchoolChanged(string What, long Version)
{
    public const string Message = "school.changed";
}

/// <summary>
/// A stream whose plans rest on its school's calendar, people or policy has a row here as long as they do, written with its own events.
/// No change is missed: what was decided on facts that are no longer true is not stored (<see cref="SchoolFactsCache"/>), and what was stored before the change has its row.
/// </summary>
internal static class SchoolFollowers
{
    public static IEnumerable<Row> Of(StreamKey key, bool follows) =>
        follows ? [new Row(SchoolTables.Follower, key.Stream.Value, [], new SchoolFollower(key.Stream))] : [];

    public static Message Tell(TenantId school, string what, EventMeta meta) => new(Destinations.Followers(school), SchoolChanged.Message, new SchoolChanged(what, meta.Version));
}
