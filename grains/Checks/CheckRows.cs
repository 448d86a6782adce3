using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Grains.Checks;

internal static class CheckRows
{
    private sealed record ScheduleRow(
        PupilId Pupil, ScheduleStatus Status, DateOnly From, TimeOnly By, IReadOnlyList<CheckItem> LookFor, Personal<string>? LookForNote, CheckerKind Checker,
        Personal<string>? ProviderName, Personal<string>? ProviderContact, bool DevicesRemoved, IncidentId? Incident, bool WithStrategy, DateOnly? ReviewOn, ReviewStatus Review,
        ChecksEndCause? EndCause, DateTimeOffset? EndedAt, IReadOnlyList<ChecksReviewed> Reviews, bool DevicesAway);

    private sealed record CheckRow(
        PupilId Pupil, DateOnly Date, CheckStatus Status, PersonId? Checker, DateTimeOffset ByAt, CheckStage Reached, IReadOnlyList<CheckItem> LookFor,
        Personal<string>? LookForNote, Personal<string>? ProviderName, Personal<string>? ProviderContact, bool DevicesRemoved, Personal<string>? Note,
        PersonId? RecordedBy, DateTimeOffset? RecordedAt, bool Late, IReadOnlyList<EarlierCheck>? Earlier, Personal<string>? MissedReason, PersonId? AcknowledgedBy, ConcernAnswer? Answer, bool ConcernWaits);

    public static IEnumerable<Row> Of(StreamKey key, CheckState state)
    {
        if (state.Terms is { } terms)
        {
            yield return Schedule(state, terms);
        }

        foreach (var day in state.Days)
        {
            // Once the checks have ended nobody needs to know any more what was looked for.
            yield return Check(state.Pupil, day, state.IsActive ? state.Terms : null, state.Waits(day), state.WaitingConcern(day.Date) is not null);
        }

        foreach (var task in Tasks(key, state))
        {
            yield return TaskRows.Of(task);
        }
    }

    /// <summary>The last form of a day that leaves the state: settled, so that nothing changes it any more.</summary>
    public static Row Settled(CheckState state, DayCheck day) => Check(state.Pupil, day, null, false, false);

    private static Row Schedule(CheckState state, CheckTerms t) => new(
        CheckTables.Schedule, state.Pupil.ToString(), [state.Pupil.ToString(), state.Status.ToString()],
        new ScheduleRow(
            state.Pupil, state.Status!.Value, t.From, t.By, t.LookFor, t.LookForNote, t.Checker, t.ProviderName, t.ProviderContact, t.DevicesRemoved, t.Incident,
            t.WithStrategy, t.ReviewOn, state.ReviewStatus, state.EndCause, state.EndedAt, state.Reviews ?? [], state.IsActive && state.Away));

    private static Row Check(PupilId pupil, DayCheck day, CheckTerms? terms, bool waits, bool concernWaits) => new(
        CheckTables.Check, $"{pupil}@{Iso(day.Date)}",
        [Iso(day.Date), day.Plan.Checker?.ToString(), day.Status.ToString(), Microseconds.ToUnix(day.Plan.ByAt), pupil.ToString(), waits ? 1L : 0L],
        new CheckRow(
            pupil, day.Date, day.Status, day.Plan.Checker, day.Plan.ByAt, day.Reached, terms?.LookFor ?? [], terms?.LookForNote, terms?.ProviderName, terms?.ProviderContact,
            day.DevicesRemoved, day.Note, day.RecordedBy, day.RecordedAt, day.Late, day.Earlier, day.MissedReason, day.AcknowledgedBy, day.Answer,
            concernWaits));

    private static IEnumerable<TaskView> Tasks(StreamKey key, CheckState state)
    {
        TaskView Task(PersonId owner, TaskKind kind, string title, string step, DateTimeOffset? dueAt, DateTimeOffset since) =>
            new($"{key.Stream}#{step}", owner, kind, title, key.Stream, step, state.Pupil, dueAt, since);

        foreach (var task in AgreedChecks.Tasks(state, Task))
        {
            yield return task;
        }

        foreach (var day in state.Days.Where(d => d.IsOpen || state.IsMissed(d)))
        {
            if ((day.Plan.Checker ?? state.Lead) is { } checker)
            {
                yield return Task(checker, TaskKind.DailyCheck, "Record the day's device check", $"check/{Iso(day.Date)}", day.Plan.ByAt, day.PlannedAt);
            }

            if (day.Reached == CheckStage.Dsl && state.Lead is { } dsl)
            {
                yield return Task(dsl, TaskKind.CheckEscalated, "A device check was not recorded: see to it", $"escalated/{Iso(day.Date)}", day.Plan.HeadAt, day.Plan.DslAt);
            }
        }

        foreach (var day in state.Days.Where(state.IsMissed))
        {
            if ((state.Head ?? state.Lead) is { } head)
            {
                yield return Task(head, TaskKind.CheckMissed, "A device check was missed: have it recorded, or say what follows", $"missed/{Iso(day.Date)}", day.Plan.HeadAt, day.Plan.HeadAt);
            }
        }

        foreach (var concern in state.Concerns.Where(c => c is { Answered: false, Reached: CheckStage.Head }))
        {
            if (state.Head is { } head && head != state.Lead)
            {
                yield return Task(head, TaskKind.CheckConcern, "Nobody has answered a concern that a device check found: see to it", $"concern/head/{Iso(concern.Date)}", concern.HeadAt, concern.HeadAt);
            }
        }

        if (state.Lead is not { } lead)
        {
            yield break;
        }

        foreach (var concern in state.Concerns.Where(c => !c.Answered))
        {
            yield return Task(lead, TaskKind.CheckConcern, "A device check found a concern: decide what follows", $"concern/{Iso(concern.Date)}", concern.FoundAt, concern.FoundAt);
        }

        if (state.ReviewStatus != ReviewStatus.NotDue)
        {
            yield return Task(lead, TaskKind.ChecksReview, "Review daily checks: continue or end them", "review", state.Review!.RemindAt, state.Review.AskAt);
        }

        if (state.CalendarMissingSince is { } since)
        {
            yield return Task(lead, TaskKind.ChecksCalendarMissing, "Enter the school's calendar: no further check can be planned", "calendar", since, since);
        }
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
