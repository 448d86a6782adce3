using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <param name="DraftAt">On the week's last school day.</param>
/// <param name="OverdueAt">When its owner is reminded.</param>
/// <param name="HeadAt">When the head is told.</param>
internal sealed record WeekPlan(DateTimeOffset DraftAt, DateTimeOffset OverdueAt, DateTimeOffset HeadAt);

/// <summary>The first check of the week is planned, or one came back after the week had been given up.</summary>
[EventName("week.opened.v1")]
internal sealed record WeekOpened(DateOnly Monday);

/// <param name="Plan">Null: no school day is left in the week.</param>
[EventName("week.planned.v1")]
internal sealed record WeekPlanned(WeekPlan? Before, WeekPlan? Plan, long FactsVersion);

/// <param name="Until">When a cover that begins or ends makes it another one; null: none is arranged.</param>
[EventName("week.owner-changed.v1")]
internal sealed record WeekOwnerChanged(PersonId? Before, PersonId? Owner, DateTimeOffset? Until = null);

[EventName("week.occasion-noted.v1")]
internal sealed record WeekOccasionNoted(WeekOccasion? Before, WeekOccasion Occasion);

/// <summary>The week's table as it stood when it wrote itself.</summary>
[EventName("week.drafted.v1")]
internal sealed record WeeklyUpdateDrafted(
    DateTimeOffset NominalAt, DateTimeOffset ActualAt, WeekCounts Counts, ImmutableList<PupilWeek> Pupils, PersonId? Owner, ImmutableList<PersonId> Notified, long FactsVersion);

[EventName("week.draft-amended.v1")]
internal sealed record WeeklyDraftAmended(WeekOccasion? Before, WeekOccasion Occasion);

[EventName("week.not-needed.v1")]
internal sealed record WeeklyUpdateNotNeeded(long FactsVersion);

/// <param name="Overtaken">Nobody was told, because a higher stage was due too.</param>
[EventName("week.overdue.v1")]
internal sealed record WeeklyUpdateOverdue(WeeklyUpdateStage Stage, DateTimeOffset NominalAt, DateTimeOffset ActualAt, bool Overtaken, ImmutableList<PersonId> Notified);

[EventName("week.submitted.v1")]
internal sealed record WeeklyUpdateSubmitted(Personal<string> Comment, WeekCounts Counts, ImmutableList<PupilWeek> Pupils, ImmutableList<PersonId> SentTo);

/// <summary>A result that came in after the update was sent.</summary>
[EventName("week.addendum.v1")]
internal sealed record WeeklyAddendum(WeekOccasion? Before, WeekOccasion Occasion);
