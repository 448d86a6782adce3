using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    public static Result<Events> Debrief(IncidentState state, SchoolFacts facts, DebriefIncident command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if ((CheckLead(state, setting) ?? Forbidden(state, PathAction.Debrief) ?? CheckDebrief(state, setting, command)) is { } error)
        {
            return error;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        var until = command.MonitorUntil ?? (state.MonitorFor is { } period ? setting.Day.AddDays(period.ApproximateDays) : null);
        var first = state.Debrief?.Changes.Count ?? 0;
        draft.Add(new IncidentDebriefed(
            draft.Required(command.Findings), [.. command.Present.Distinct()],
            [.. command.Changes.Select((c, i) => new IncidentChange(first + i + 1, draft.Required(c.What), c.Owner, c.DueOn, setting.Ends(c.DueOn)))],
            until, until is { } day ? setting.Begins(day) : null, command.PolicyFellShort, draft.Text(command.PolicyReason)));
        foreach (var step in draft.State.Plan().Where(s => s.Status == StepStatus.Open && (s.Rule.Kind == StepKind.Debrief || (s.Rule.Kind == StepKind.ReviewPolicy && command.PolicyFellShort))).ToList())
        {
            draft.EndStep(new StepDone(step.Number, context.Actor, context.Now, Answer(step, true), null, null, [], null));
        }

        if (command.PolicyFellShort && setting.Find([Role.Headteacher]) is { } head)
        {
            draft.Notify(IncidentNotices.PolicyReview, head);
        }

        return draft.Finish();
    }

    public static Result<Events> CompleteChange(IncidentState state, SchoolFacts facts, CompleteChange command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        var change = state.Debrief?.Changes.Find(c => c.Number == command.Change);
        if (!state.Exists)
        {
            return IncidentErrors.NotFound;
        }

        if (change is null)
        {
            return IncidentClosingErrors.ChangeNotFound;
        }

        if (!setting.IsLead && !(setting.IsStaff && (change.Owner == setting.Person || facts.StandIn(change.Owner, setting.Day) == setting.Person)))
        {
            return IncidentClosingErrors.ChangeNotYours;
        }

        var draft = new IncidentDraft(state, setting);
        return change.DoneAt is not null ? Events.None : Events.Of(new ChangeDone(change.Number, draft.Text(command.Outcome)));
    }

    public static Result<Events> ReviewMonitoring(IncidentState state, SchoolFacts facts, ReviewMonitoring command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckLead(state, setting) is { } error)
        {
            return error;
        }

        if (state.Debrief?.Watching() != true)
        {
            return IncidentClosingErrors.NotMonitored;
        }

        if (Empty(command.Findings))
        {
            return IncidentClosingErrors.FindingsMissing;
        }

        if (command.ExtendTo < setting.Day)
        {
            return IncidentClosingErrors.MonitorInPast;
        }

        var draft = new IncidentDraft(state, setting);
        draft.Add(new MonitoringReviewed(draft.Required(command.Findings), command.ExtendTo, command.ExtendTo is { } day ? setting.Begins(day) : null));
        foreach (var step in draft.State.Plan().Where(s => command.ExtendTo is null && s.Status == StepStatus.Open && s.Rule.Kind == StepKind.Monitor).ToList())
        {
            draft.EndStep(new StepDone(step.Number, context.Actor, context.Now, Answer(step, true), null, null, [], null));
        }

        return draft.Finish();
    }

    public static Result<Events> Close(IncidentState state, SchoolFacts facts, CloseIncident command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckClose(state, setting, command) is { } error)
        {
            return error;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        if (state.Closing?.SecondApprover is not { Count: > 0 } roles)
        {
            draft.Add(new IncidentClosed(draft.Required(command.Summary), null));
            return draft.Finish();
        }

        var approver = setting.Other(roles, setting.Person!.Value);
        draft.Add(new ClosureAsked(draft.Required(command.Summary), approver?.Person));
        if (approver is not null)
        {
            draft.Notify(IncidentNotices.Approval, approver);
        }

        return draft.Finish();
    }

    public static Result<Events> Approve(IncidentState state, SchoolFacts facts, ApproveClosure command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (!state.Exists)
        {
            return IncidentErrors.NotFound;
        }

        if (state.IsClosed() || state.Closure is null)
        {
            return state.IsClosed() ? IncidentErrors.AlreadyClosed : IncidentClosingErrors.NoClosureAsked;
        }

        if (!setting.Holds(state.Closing?.SecondApprover ?? []))
        {
            return IncidentClosingErrors.NotAnApprover;
        }

        if (state.Closure.AskedBy == setting.Person)
        {
            return IncidentClosingErrors.OwnClosure;
        }

        if (!command.Approve && Empty(command.Reason))
        {
            return IncidentErrors.ReasonMissing;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        draft.Add(command.Approve ? new IncidentClosed(null, setting.Person) : new ClosureSentBack(draft.Required(command.Reason!)));
        return draft.Finish();
    }

    public static Result<Events> Reopen(IncidentState state, SchoolFacts facts, ReopenIncident command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (!state.Exists)
        {
            return IncidentErrors.NotFound;
        }

        var may = state.Closing?.ReopenableBy is { Count: > 0 } roles ? setting.Holds(roles) : setting.IsLead;
        return !may ? DomainError.NotAllowed("whoever the policy names, otherwise the DSL, a deputy and the headteacher,")
            : !state.IsClosed() ? IncidentClosingErrors.NotClosed
            : Empty(command.Reason) ? IncidentErrors.ReasonMissing
            : Events.Of(new IncidentReopened(new IncidentDraft(state, setting).Required(command.Reason)));
    }

    private static DomainError? CheckLead(IncidentState state, Setting setting) =>
        !state.Exists ? IncidentErrors.NotFound
        : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : CheckOpen(state);

    private static DomainError? CheckDebrief(IncidentState state, Setting setting, DebriefIncident command) =>
        state.Debrief is { BeforeReopening: false } ? IncidentClosingErrors.AlreadyDebriefed
        : Empty(command.Findings) ? IncidentClosingErrors.FindingsMissing
        : command.Changes.Any(c => Empty(c.What) || c.DueOn < setting.Day || !setting.Facts.IsHere(c.Owner)) ? IncidentClosingErrors.ChangeIncomplete
        : command.MonitorUntil < setting.Day ? IncidentClosingErrors.MonitorInPast
        : command.PolicyFellShort && Empty(command.PolicyReason) ? IncidentClosingErrors.PolicyReasonMissing
        : null;

    private static DomainError? CheckClose(IncidentState state, Setting setting, CloseIncident command)
    {
        if (state.Exists && setting.IsLead && state.Closure is { ClosedAt: null })
        {
            return IncidentClosingErrors.AlreadyAsked;
        }

        var open = state.Plan().Count(s => s.Status == StepStatus.Open);
        return CheckLead(state, setting) is { } error ? error
            : Forbidden(state, PathAction.Close) is { } path ? path
            : state.Plan().Any(s => s.Status == StepStatus.Open && s.Rule.Kind == StepKind.Debrief && s.Rule.Mode == StepMode.Do) && state.Debrief is null && open == 1 ? IncidentClosingErrors.DebriefMissing
            : open > 0 ? IncidentClosingErrors.StepsOpen(open)
            : state.Debrief?.Watching() == true ? IncidentClosingErrors.StillMonitored
            : Empty(command.Summary) ? IncidentClosingErrors.SummaryMissing
            : null;
    }
}
