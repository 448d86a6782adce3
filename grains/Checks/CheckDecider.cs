using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Rules for a schedule (E1, E5). Recording: <see cref="CheckRecording"/>; time: <see cref="CheckDeadlines"/>.</summary>
internal static class CheckDecider
{
    /// <param name="open">Reads what was sealed, to tell the same from other words.</param>
    public static Result<Events> Schedule(CheckState state, CheckFacts facts, ScheduleChecks command, Func<Personal<string>?, string?> open, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        if (!CheckPeople.MaySchedule(facts.School, context, today))
        {
            return NotAScheduler;
        }

        if ((command.From ?? facts.Calendar.AddSchoolDays(today, 0)) is not { } from)
        {
            return CheckErrors.NotASchoolDay("from");
        }

        var terms = new CheckTerms(
            from, command.By, [.. command.LookFor.Distinct().Order()], Text(command.Pupil, command.LookForNote), command.Checker,
            Text(command.Pupil, command.Provider?.Name), Text(command.Pupil, command.Provider?.Contact), command.DevicesRemoved, command.Incident, command.WithStrategy, command.ReviewOn);
        if (state.IsActive)
        {
            return CheckTermsRules.Same(state.Terms!, terms, open) ? Events.None : CheckErrors.AlreadyScheduled;
        }

        if (facts.Checkers.PupilLeft)
        {
            return CheckErrors.PupilLeft;
        }

        List<DomainError> errors = [.. CheckTermsRules.Problems(terms, command.Provider, today, null, facts.HasStrategy)];
        if (facts.OfOthers is { } ofOthers)
        {
            errors.Add(ofOthers);
        }

        if (from < today)
        {
            errors.Add(CheckErrors.StartPast);
        }

        if (!facts.Calendar.IsSchoolDay(from))
        {
            errors.Add(CheckErrors.NotASchoolDay("from"));
        }

        if (errors.Count > 0)
        {
            return Result<Events>.Failed(errors);
        }

        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        var notBefore = London.ToInstant(from, command.By) > context.Now ? from : from.AddDays(1);
        run.Add(new ChecksScheduled(command.Pupil, terms, notBefore, facts.School.Version, WeekDeadlines.HasUpdate(facts.School)));
        CheckPlanning.Sync(run);
        return run.Events;
    }

    public static Result<Events> Change(CheckState state, CheckFacts facts, ChangeChecks command, Func<Personal<string>?, string?> open, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        if (!CheckPeople.MaySchedule(facts.School, context, today))
        {
            return NotAScheduler;
        }

        if (NotActive(state) is { } error)
        {
            return error;
        }

        var terms = state.Terms! with
        {
            By = command.By, LookFor = [.. command.LookFor.Distinct().Order()], LookForNote = Text(state.Pupil, command.LookForNote), Checker = command.Checker,
            ProviderName = Text(state.Pupil, command.Provider?.Name), ProviderContact = Text(state.Pupil, command.Provider?.Contact),
            DevicesRemoved = command.DevicesRemoved, WithStrategy = command.WithStrategy, ReviewOn = command.ReviewOn,
        };
        if (CheckTermsRules.Same(state.Terms, terms, open))
        {
            return Events.None;
        }

        if (facts.OfOthers is { } address)
        {
            return address;
        }

        List<DomainError> errors = [.. CheckTermsRules.Problems(terms, command.Provider, today, state.Terms.ReviewOn, facts.HasStrategy)];
        if (errors.Count > 0)
        {
            return Result<Events>.Failed(errors);
        }

        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        CheckDeadlines.CatchUp(run, null);
        run.Add(new ChecksChanged(state.Terms, terms, facts.School.Version));
        CheckDeadlines.CatchUp(run, null);
        return run.Events;
    }

    public static Result<Events> Continue(CheckState state, CheckFacts facts, ContinueChecks command, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        if (Decides(state, facts, command.Reason, context) is { } error)
        {
            return error;
        }

        if (command.NextReviewOn <= today)
        {
            return CheckErrors.ReviewTooEarly("nextReviewOn");
        }

        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        CheckDeadlines.CatchUp(run, null);
        run.Add(new ChecksContinued(today, command.NextReviewOn, Text(state.Pupil, command.Reason)!));
        CheckDeadlines.CatchUp(run, null);
        return run.Events;
    }

    public static Result<Events> End(CheckState state, CheckFacts facts, EndChecks command, CommandContext context) =>
        Decides(state, facts, command.Reason, context) is { } error ? error
        : state.Terms!.WithStrategy && facts.HasStrategy ? CheckErrors.FollowStrategy
        : End(state, facts, new ChecksEnded(ChecksEndCause.Review, London.DateOf(context.Now), Text(state.Pupil, command.Reason)), context);

    /// <summary>The pupil's strategy became active or ended. Checks that belong to one end with it (E5), unless the pupil has the next one already; of a draft that is given up the DSL reviews them.</summary>
    public static Result<Events> StrategyChanged(CheckState state, CheckFacts facts, StrategyChanged told, CommandContext context) =>
        told.Active || facts.HasStrategy || !state.IsActive || !state.Terms!.WithStrategy ? Events.None
        : facts.Checkers.PupilLeft ? CheckDeadlines.OnDue(state, facts, context)
        : told.Draft ? AskForReview(state, facts, context)
        : End(state, facts, new ChecksEnded(ChecksEndCause.StrategyEnded, null, null), context);

    public static Result<Events> AnswerConcern(CheckState state, CheckFacts facts, AnswerConcern command, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        var concern = state.Concerns.Find(c => c.Date == command.Date);
        if (!CheckPeople.Leads(facts.School, context, today) && !(concern?.Reached == CheckStage.Head && CheckPeople.IsHead(facts.School, context, today)))
        {
            return CheckErrors.NotToAnswer;
        }

        return concern is null ? CheckErrors.NoConcern
            : concern.Answered ? (concern.Incident == command.Incident ? Events.None : CheckErrors.NoConcern)
            : command.ExpectedVersion is { } seen && seen != state.Day(command.Date)?.Version ? CheckErrors.Changed
            : facts.OfOthers is { } ofOthers ? ofOthers
            : command.Incident is null && string.IsNullOrWhiteSpace(command.Reason) ? CheckErrors.ReasonMissing
            : Events.Of(new ConcernAnswered(command.Date, command.Incident, Text(state.Pupil, command.Reason)));
    }

    /// <summary>Somebody reported the concern as an incident (C1): the DSL triages that, and has nothing more to answer here.</summary>
    public static Result<Events> ConcernReported(CheckState state, ConcernReported told) =>
        state.WaitingConcern(told.Date) is not null ? Events.Of(new ConcernAnswered(told.Date, told.Incident, null)) : Events.None;

    public static Result<Events> AcknowledgeMissed(CheckState state, CheckFacts facts, AcknowledgeMissedCheck command, CommandContext context) =>
        !CheckPeople.IsHead(facts.School, context, London.DateOf(context.Now)) ? NotTheHead
        : state.Status is null ? CheckErrors.NoSchedule
        : state.Day(command.Date) is not { Status: CheckStatus.Missed, MissedReason: null } ? CheckErrors.NotMissed
        : string.IsNullOrWhiteSpace(command.Reason) ? CheckErrors.ReasonMissing
        : Events.Of(new MissedAcknowledged(command.Date, Text(state.Pupil, command.Reason)!));

    internal static Personal<string>? Text(PupilId pupil, string? text) => Personal.OfText(KeyOwner.Of(ChecksKey.Stream(pupil)), text);

    private static readonly DomainError NotAScheduler = DomainError.NotAllowed("the DSL, the deputy, the headteacher and senior leaders");

    private static readonly DomainError NotTheHead = DomainError.NotAllowed("the head, and whoever the duty falls to where the school has none");

    private static Events AskForReview(CheckState state, CheckFacts facts, CommandContext context)
    {
        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        CheckDeadlines.CatchUp(run, null);
        if (run.State.IsActive)
        {
            var next = facts.NextDayFor(London.DateOf(context.Now));
            var terms = run.State.Terms!;
            run.Add(new ChecksChanged(terms, terms with { WithStrategy = false, ReviewOn = terms.ReviewOn < next ? terms.ReviewOn : next }, facts.School.Version));
            CheckDeadlines.CatchUp(run, null);
        }

        return run.Events;
    }

    private static Events End(CheckState state, CheckFacts facts, ChecksEnded ended, CommandContext context)
    {
        var run = new Run<CheckState, CheckFacts>(state, facts, context);
        CheckDeadlines.CatchUp(run, null);
        if (run.State.IsActive)
        {
            CheckPlanning.WithdrawAll(run);
            run.Add(ended);
            // A strategy that is still in force may ask for them again.
            CheckPlanning.Sync(run);
        }

        return run.Events;
    }

    private static DomainError? NotActive(CheckState state) => state.Status is null ? CheckErrors.NoSchedule : state.IsActive ? null : CheckErrors.Ended;

    private static DomainError? Decides(CheckState state, CheckFacts facts, string reason, CommandContext context) =>
        !CheckPeople.Leads(facts.School, context, London.DateOf(context.Now)) ? CheckErrors.NotTheLead
        : NotActive(state) ?? (string.IsNullOrWhiteSpace(reason) ? CheckErrors.ReasonMissing : null);
}
