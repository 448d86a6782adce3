using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Schools;

public static class SchoolTables
{
    /// <summary>One row per school tenant; id = the tenant's UUID. Columns: trust, urn.</summary>
    public static readonly ViewTable School = new("school", 1, [new("trust", ColumnKind.Text), new("urn", ColumnKind.Text)], []) { Personal = false };

    /// <summary>One row per stream that is told when calendar, people or policy of its school change; id = the stream. No columns.</summary>
    public static readonly ViewTable Follower = new("school_follower", 1, [], []) { Personal = false };
}

public sealed record SchoolFollower(StreamId Stream);

/// <summary>A school as its staff and its trust see it. Nothing personal.</summary>
[GenerateSerializer, Immutable, Alias("SchoolView")]
public sealed record SchoolView(
    TenantId Id, TenantId Trust, string Urn, string Name, Phase Phase, Nation Nation, IReadOnlyList<string> YearGroups, string LocalAuthority,
    IReadOnlyList<YearRoll> Roll, SchoolCalendar Calendar, PolicyInForce? Policy, string? SafeguardingPhone, string? OutOfHoursPhone);
