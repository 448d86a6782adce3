using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Contracts.Access;

public static class BanTables
{
    /// <summary>
    /// One row per ban, to come, in force or ended. Id = the ban's. Columns: pupil, ended (0 or 1),
    /// until (microseconds). Body <see cref="BanView"/>.
    /// </summary>
    public static readonly ViewTable Ban = new(
        "ban", 2, [new("pupil", ColumnKind.Text), new("ended", ColumnKind.Number), new("until", ColumnKind.Number)], [["pupil", "until"], ["ended", "until"]]) { AboutPupil = "pupil" };
}

/// <summary>How a ban ended.</summary>
public enum BanEnd
{
    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>Somebody lifted it.</summary>
    LiftedEarly,

    /// <summary>The pupil left the school.</summary>
    PupilLeft,
}

/// <summary>
/// A ban. <c>Reason</c>, <c>LiftReason</c>, <c>Incident</c> and <c>EssentialOverride</c> are for DSL, deputy and head; scope, times and
/// enforcement for all staff who teach the pupil.
/// </summary>
/// <param name="EndedAt">When it really ended; null: it has not.</param>
[GenerateSerializer, Immutable, Alias("BanView")]
public sealed record BanView(
    BanId Id, PupilId Pupil, BanScope Scope, [property: Personal] string? Service, DateTimeOffset From, DateTimeOffset Until,
    [property: Personal] string? Reason,
    IncidentId? Incident, BanEnforcement EnforcedBy, EssentialDecisionView? EssentialOverride, Actor SetBy, DateTimeOffset SetAt,
    BanEnd? End, DateTimeOffset? EndedAt, Actor? EndedBy,
    [property: Personal] string? LiftReason);

[GenerateSerializer, Immutable, Alias("EssentialDecisionView")]
public sealed record EssentialDecisionView(PersonId DecidedBy, [property: Personal] string? Replacement);
