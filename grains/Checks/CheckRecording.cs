using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Rules for recording one day's check (E2).</summary>
internal static class CheckRecording
{
    public static DateOnly DayOf(RecordCheck command, DateTimeOffset given) => command.Date ?? London.DateOf(given);

    public static Result<Events> Record(CheckState state, CheckFacts facts, RecordCheck command, Func<Personal<string>?, string?> open, CommandContext context)
    {
        // After downtime the day may not be planned yet; whatever else is late comes first.
        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        var (today, date) = (London.DateOf(context.Now), DayOf(command, context.Now));
        CheckDeadlines.CatchUp(run, date);
        var day = run.State.Day(date);
        if (!CheckPeople.MayRecord(facts, day, date, context, today))
        {
            return CheckErrors.NotTheChecker;
        }

        if (state.Status is null)
        {
            return CheckErrors.NoSchedule;
        }

        if (NotRecordable(run, date, today, day) is { } error)
        {
            return error;
        }

        var note = CheckDecider.Text(state.Pupil, command.Note);
        var before = day!.Result;
        if (before == command.Result && open(day.Note) == open(note))
        {
            return Events.None;
        }

        if (command.ExpectedVersion is { } seen && seen != day.Version)
        {
            return CheckErrors.Changed;
        }

        var problems = Problems(command, day).ToList();
        if (problems.Count > 0)
        {
            return Result<Events>.Failed(problems);
        }

        run.Add(before is { } earlier
            ? new CheckCorrected(date, earlier, command.Result, day.Note is { } noted ? new NoteBefore(noted) : null, note, command.NoneHeld)
            : new CheckRecorded(date, command.Result, note, command.NoneHeld, context.Now > day.Plan.ByAt, day.Plan.ByAt, day.DevicesRemoved));
        // Other words about a concern that was answered are another concern.
        if (command.Result == CheckResult.Concern && (before != CheckResult.Concern || run.State.WaitingConcern(date) is null))
        {
            run.Add(new ConcernFound(date, CheckPeople.DslOn(facts.School, today)));
        }

        CheckDeadlines.CatchUp(run, null);
        return run.Events;
    }

    private static DomainError? NotRecordable(Run<CheckState, CheckFacts> run, DateOnly date, DateOnly today, DayCheck? day)
    {
        if (date > today)
        {
            return CheckErrors.InFuture;
        }

        // What was recorded before a closure was announced can still be corrected.
        if (!run.Facts.Calendar.IsSchoolDay(date) && day?.Result is null)
        {
            return CheckErrors.NotASchoolDay("date");
        }

        return day switch
        {
            null when !run.State.IsActive => CheckErrors.Ended,
            null when date >= run.State.Terms!.From && run.State.Days.Count(d => !d.IsOpen && d.Date > date) >= CheckState.SettledKept => CheckErrors.TooOld,
            null => CheckErrors.NotDue,
            { Status: CheckStatus.Withdrawn } when !run.State.IsActive => CheckErrors.Ended,
            _ => null,
        };
    }

    private static IEnumerable<DomainError> Problems(RecordCheck command, DayCheck day)
    {
        if (command.Result == CheckResult.Concern && string.IsNullOrWhiteSpace(command.Note))
        {
            yield return CheckErrors.NoteMissing;
        }

        // Whoever looks at a page of this morning does not know of it.
        if (day.Result == CheckResult.Concern && command.Result != CheckResult.Concern && string.IsNullOrWhiteSpace(command.Note))
        {
            yield return CheckErrors.ConcernStands;
        }

        if (day.DevicesRemoved && command.Result == CheckResult.Clear && !command.NoneHeld)
        {
            yield return CheckErrors.NoneHeldMissing;
        }

        if (day.DevicesRemoved && command.Result == CheckResult.DeviceNotInSchool)
        {
            yield return CheckErrors.DevicesAreRemoved;
        }
    }
}
