using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>Calendar, people or policy changed, or others look after a pupil now: what has to be done gets the owners and deadlines of today.</summary>
    public static Result<Events> SchoolChanged(IncidentState state, SchoolFacts facts, CommandContext context)
    {
        var draft = new IncidentDraft(state, new Setting(facts, context));
        Rearm(draft, _ => true);
        return draft.Finish();
    }

    /// <summary>A cover or a role began or ended: what belongs to the absent person goes to who acts for them now, or back to them; what came by a role, to who holds it now.</summary>
    private static void HandOver(IncidentDraft draft) => Rearm(draft, standing => standing?.Until <= draft.Setting.Now);

    private static void Rearm(IncidentDraft draft, Func<Standing?, bool> concerns)
    {
        var state = draft.State;
        if (state.OwnerHasDuties() && concerns(state.Standing))
        {
            RearmOwner(draft);
        }

        foreach (var step in state.OpenSteps().Where(s => concerns(s.Standing)).ToList())
        {
            RearmStep(draft, step);
        }

        foreach (var change in state.OpenChanges().Where(c => concerns(c.Standing)).ToList())
        {
            RearmChange(draft, change);
        }

        if (state.Closure is { ClosedAt: null } closure && concerns(closure.Standing))
        {
            RearmApprover(draft, closure);
        }
    }

    private static void RearmOwner(IncidentDraft draft)
    {
        var (state, setting) = (draft.State, draft.Setting);
        var recipients = setting.Recipients(state.IsTechnical());
        var by = setting.OwnersBy(state.IsTechnical(), !state.AwaitsTriage(), state.OwnerRole);
        var missing = state.AwaitsTriage() ? Setting.MissingIn(recipients, state.OwnerRole) : null;
        var holder = HolderOf(setting, state.Standing, state.Owner, state.OwnerRole, null, setting.Find(recipients), by, missing is { } role && setting.Held(role).Any());
        var times = !state.AwaitsTriage() || state.TriageOverdue.Count > 0 || state.Triage!.DueAt <= setting.Now
            ? state.Triage! : IncidentClocks.Triage(state.Danger, state.Handed?.At ?? state.ReportedAt, setting.Facts.Calendar);
        var standing = setting.StandingOf(holder, state.Standing?.For ?? state.Owner, state.AwaitsTriage() && holder is not null ? [holder.Role] : by, state.AwaitsTriage() ? Setting.MissingIn(recipients, holder?.Role) : null);
        if (holder?.Person == state.Owner && times == state.Triage && standing == state.Standing)
        {
            return;
        }

        draft.Add(new TriageReassigned(state.Owner, holder?.Person, holder?.Role ?? state.OwnerRole, holder?.Instead, times, standing));
        if (holder is null || holder.Person == state.Owner)
        {
            return;
        }

        if (state.AwaitsTriage())
        {
            draft.Notify(NoticeOf(state.IsTechnical() ? ReportKind.Technical : ReportKind.OnlineSafety, state.Danger), holder);
        }
        else if (IncidentTasks.HasLasting(draft.State) && setting.MayLead(holder.Person))
        {
            TellOfTasks(draft, holder);
        }
    }

    private static void RearmChange(IncidentDraft draft, IncidentChange change)
    {
        var setting = draft.Setting;
        var holder = ActingFor(setting, change.Standing, change.Owner, RoleOf(setting, change.Owner), null, setting.Find([Role.Dsl]));
        var (owner, standing) = (holder?.Person ?? change.Owner, setting.StandingOf(holder, change.Standing?.For ?? change.Owner));
        if (owner == change.Owner && standing == change.Standing)
        {
            return;
        }

        draft.Add(new ChangeReassigned(change.Number, change.Owner, owner, standing));
        if (holder is not null && owner != change.Owner)
        {
            TellOfTasks(draft, holder);
        }
    }

    private static void RearmApprover(IncidentDraft draft, IncidentClosure closure)
    {
        var (holder, standing) = ApproverOf(draft.Setting, draft.State.Closing?.SecondApprover ?? [], closure.AskedBy, closure.Standing?.For ?? closure.Approver);
        if (holder?.Person == closure.Approver && standing == closure.Standing)
        {
            return;
        }

        draft.Add(new ApproverChanged(closure.Approver, holder?.Person, standing));
        if (holder is not null && holder.Person != closure.Approver)
        {
            draft.Notify(NoticeKind.IncidentApproval, holder);
        }
    }

    // What was overdue before a closure was announced stays overdue.
    private static void RearmStep(IncidentDraft draft, IncidentStep step)
    {
        var setting = draft.Setting;
        var next = setting.Find(step.Rule);
        var holder = HolderOf(
            setting, step.Standing, step.Owner, step.OwnerRole, step.Instead, next, step.OwnerRole is { } role ? [role] : [], step.Instead is not null && next is { Instead: null });
        var times = step.Overdue.Count > 0 || step.Times is null || step.Times.DueAt <= setting.Now ? step.Times : IncidentClocks.Times(step.Rule, step.From, setting.Facts.Calendar, free: true);
        var standing = setting.StandingOf(holder, step.Standing?.For ?? step.Owner, holder is null ? null : [holder.Role], holder?.Instead);
        if (holder?.Person == step.Owner && times == step.Times && standing == step.Standing)
        {
            return;
        }

        draft.Add(new StepReassigned(step.Number, step.Owner, holder?.Person, holder?.Role ?? step.OwnerRole, holder is null ? step.Instead : holder.Instead, step.From, times, standing));
        if (holder is not null && holder.Person != step.Owner)
        {
            TellOfTasks(draft, holder);
        }
    }

    // What fell to somebody by a role goes on when they hold it no more, and when the role that should have had it is filled.
    private static Holder? HolderOf(Setting setting, Standing? standing, PersonId? owner, Role? role, Role? instead, Holder? next, IReadOnlyList<Role> by, bool filled) =>
        next is not null && (filled || ((standing?.For ?? owner) is { } whose && by.Count > 0 && setting.Lost(whose, by))) ? next : ActingFor(setting, standing, owner, role, instead, next);

    private static Holder? ActingFor(Setting setting, Standing? standing, PersonId? owner, Role? role, Role? instead, Holder? next) =>
        ((standing?.For ?? owner) is { } whose ? setting.Acting(whose, role ?? Role.Dsl, instead, next) : null) ?? next;

    private static void TellOfTasks(IncidentDraft draft, Holder holder)
    {
        if (!draft.State.Notices.Exists(n => n.To == holder.Person && n.Kind == NoticeKind.StepAssigned && n.SeenAt is null))
        {
            draft.Notify(NoticeKind.StepAssigned, holder);
        }
    }
}
