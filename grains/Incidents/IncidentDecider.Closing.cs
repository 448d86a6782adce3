using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
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

        // It would wait for nobody, and meanwhile take no more work.
        if (ApproverOf(setting, roles, setting.Person, null) is not ({ } approver, var standing))
        {
            return IncidentClosingErrors.NoSecondApprover(roles);
        }

        draft.Add(new ClosureAsked(draft.Required(command.Summary), approver.Person, standing));
        draft.Notify(NoticeKind.IncidentApproval, approver);
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

        var takesBack = !command.Approve && setting.ActsFor(state.Closure.AskedBy);
        if (!takesBack && !setting.Holds(state.Closing?.SecondApprover ?? []))
        {
            return IncidentClosingErrors.NotAnApprover;
        }

        if (command.Approve && state.Closure.AskedBy == setting.Person)
        {
            return IncidentClosingErrors.OwnClosure;
        }

        if (!command.Approve && Empty(command.Reason))
        {
            return IncidentErrors.ReasonMissing;
        }

        if (LinkOn(state, "reason", command.Reason) is { } link)
        {
            return link;
        }

        // A referral can still be made, and a removal found not to be one, while the closure waits for the second person.
        if (command.Approve && (Forbidden(state, PathAction.Close) ?? StepsOpen(state) ?? Unanswered(state)) is { } unanswered)
        {
            return unanswered;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        draft.Add(command.Approve ? new IncidentClosed(null, setting.Person) : new ClosureSentBack(draft.Required(command.Reason!)));
        if (!command.Approve && !takesBack && state.Closure.AskedBy is { } asked && setting.Acting(asked, RoleOf(setting, asked), null, setting.Find([Role.Dsl])) is { } told)
        {
            draft.Notify(NoticeKind.ClosureSentBack, told);
        }

        if (!command.Approve)
        {
            FollowPeople(draft, state with { People = state.PeopleThen });
        }

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
        if (!may)
        {
            return DomainError.NotAllowed("whoever the policy names, or the DSL, a deputy and the headteacher where it names nobody,");
        }

        if (!state.IsClosed() || Empty(command.Reason))
        {
            return state.IsClosed() ? IncidentErrors.ReasonMissing : IncidentClosingErrors.NotClosed;
        }

        if (LinkOn(state, "reason", command.Reason) is { } link)
        {
            return link;
        }

        var draft = new IncidentDraft(state, setting);
        draft.Add(new IncidentReopened(draft.Required(command.Reason)));
        FollowPeople(draft, state with { People = state.PeopleThen });
        if (setting.Find(setting.Recipients(state.IsTechnical())) is { } recipient && recipient.Person != setting.Person)
        {
            draft.Notify(NoticeKind.IncidentReopened, recipient);
        }

        return draft.Finish();
    }

    /// <summary>Who is asked today: not the one who asks, though they stand in for an approver.</summary>
    /// <param name="whose">Whom the approval fell to before; null: nobody yet.</param>
    private static (Holder? Approver, Standing? Standing) ApproverOf(Setting setting, IReadOnlyList<Role> roles, PersonId? askedBy, PersonId? whose)
    {
        var others = roles.SelectMany(setting.Held).Where(h => h.Person != askedBy).ToList();
        var away = whose is { } person && setting.Facts.IsHere(person) ? whose : null;
        var holder = others.Find(h => h.For == whose) ?? (others.FirstOrDefault() is { } other ? other with { For = away ?? other.For } : null);
        return (holder, setting.StandingOf(holder, away ?? roles.SelectMany(r => setting.Facts.AppointedTo(r, setting.Day)).FirstOrDefault(p => p != askedBy)));
    }

    private static DomainError? StepsOpen(IncidentState state) =>
        state.OpenSteps().Count() is > 0 and var open ? IncidentClosingErrors.StepsOpen(open) : null;

    // Nothing may be left to somebody that a closed record would not let them finish.
    private static DomainError? Unanswered(IncidentState state) =>
        state.ParentsReviews().Any() ? IncidentClosingErrors.ParentsWithheld
        : state.Referrals.Find(r => r.AwaitsAnswer()) is { } referral ? IncidentClosingErrors.ReferralUnanswered(referral.Number)
        : null;

    private static DomainError? CheckLead(IncidentState state, Setting setting) =>
        !state.Exists ? IncidentErrors.NotFound
        : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : state.AwaitsTriage() && !state.IsClosed() ? IncidentErrors.NotTriaged
        : CheckOpen(state);

    private static DomainError? CheckClose(IncidentState state, Setting setting, CloseIncident command)
    {
        var open = state.Plan().Count(s => s.Status == StepStatus.Open);
        return CheckLead(state, setting) is { } error ? error
            : Forbidden(state, PathAction.Close) is { } path ? path
            : state.Plan().Any(s => s.Status == StepStatus.Open && s.Rule.Kind == StepKind.Debrief && s.Rule.Mode == StepMode.Do) && state.Debrief is null && open == 1 ? IncidentClosingErrors.DebriefMissing
            : StepsOpen(state) is { } steps ? steps
            : Unanswered(state) is { } unanswered ? unanswered
            : state.Debrief?.Watching() == true ? IncidentClosingErrors.StillMonitored
            : Empty(command.Summary) ? IncidentClosingErrors.SummaryMissing
            : LinkOn(state, "summary", command.Summary);
    }
}
