using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
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

    private static DomainError? CheckClose(IncidentState state, Setting setting, CloseIncident command)
    {
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
