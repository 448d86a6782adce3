using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Schools;

public static class SchoolTables
{
    /// <summary>One row per school tenant; id = the tenant's UUID. Columns: trust, urn.</summary>
    public static readonly ViewTable School = new("school", 3, [new("trust", ColumnKind.Text), new("urn", ColumnKind.Text)], []) { Personal = false };

    /// <summary>One row per stream that is told when calendar, people or policy of its school change; id = the stream. No columns.</summary>
    public static readonly ViewTable Follower = new("school_follower", 1, [], []) { Personal = false };

    /// <summary>One row per question of a policy that the school has decided; id = the question's. No columns. Body <see cref="PolicyDecisionView"/>.</summary>
    public static readonly ViewTable PolicyDecision = new("policy_decision", 1, [], []);

    /// <summary>Why the school is or was closed; id = the tenant's UUID. Body <see cref="ClosureReasonsView"/>.</summary>
    public static readonly ViewTable Closures = new("school_closures", 1, [], []);
}

public sealed record SchoolFollower(StreamId Stream);

/// <param name="ClosureReasons">In the order of the calendar's closures.</param>
[GenerateSerializer, Immutable, Alias("ClosureReasonsView")]
public sealed record ClosureReasonsView([property: Personal] IReadOnlyList<string>? ClosureReasons)
{
    /// <summary>The calendar with its closures' reasons.</summary>
    public SchoolCalendar In(SchoolCalendar calendar) => ClosureReasons is not { } reasons ? calendar : calendar with
    {
        Closures = [.. calendar.Closures.Select((c, i) => Unreadable.Is(reasons) ? c with { Reason = Unreadable.Text } : i < reasons.Count ? c with { Reason = reasons[i] } : c)],
    };
}

/// <summary>What a school has decided on a question of its policy, in its own words.</summary>
/// <param name="Asked">The question as it was put: a later pack that puts another one under the same id is not answered by it.</param>
/// <param name="Version">Of the policy that was in force.</param>
[GenerateSerializer, Immutable, Alias("PolicyDecisionView")]
public sealed record PolicyDecisionView(
    string Question, string Asked, [property: Personal] string? Decision, [property: Personal] string? Reason, string Version, Actor By, DateTimeOffset At)
{
    public bool Answers(PolicyQuestion question) => (Question, Asked) == (question.Id, question.Question);
}

/// <summary>A school as its staff and its trust see it. Nothing personal: closures without their reasons, except in a reply to whoever set them.</summary>
/// <param name="CalendarVersion">How often the calendar was set.</param>
/// <param name="SourceId">Its id in its MIS, as the last roster that said it; null: none did yet.</param>
[GenerateSerializer, Immutable, Alias("SchoolView")]
public sealed record SchoolView(
    TenantId Id, TenantId Trust, string Urn, string Name, Phase Phase, Nation Nation, IReadOnlyList<string> YearGroups, string LocalAuthority,
    IReadOnlyList<YearRoll> Roll, SchoolCalendar Calendar, PolicyInForce? Policy, string? SafeguardingPhone, string? OutOfHoursPhone, string? Laestab = null,
    int CalendarVersion = 0, string? SourceId = null);
