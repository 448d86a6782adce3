using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    public static Result<Events> Refer(IncidentState state, SchoolFacts facts, RecordReferral command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        var step = command.Step is { } number ? state.Step(number) : OpenStep(state, command.Agency);
        var referral = command.Referral is { } known ? state.Referrals.Find(r => r.Number == known) : null;
        if (CheckReferral(state, setting, command, step, referral) is { } error)
        {
            return error;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        if (command.Decision == ReferralDecision.NotReferred)
        {
            draft.Add(new ReferralDecidedAgainst(
                state.Referrals.Count + 1, command.Agency, draft.Text(command.AgencyName), step?.Number, draft.Required(command.Reason!), draft.Required(command.WouldReopen!)));
            if (step is { Status: StepStatus.Open })
            {
                draft.EndStep(step.Rule.Mode == StepMode.Consider
                    ? new StepDone(step.Number, context.Actor, context.Now, false, null, draft.Text(command.Reason), [], null)
                    : new StepNotNeeded(step.Number, draft.Text(command.Reason)));
            }
        }
        else if (referral is not null)
        {
            UpdateReferral(draft, referral, command);
        }
        else
        {
            AddReferral(draft, command, step, context.Now);
        }

        // Nobody followed the school's people while nothing was left to do.
        if (!state.OwnerHasDuties() && draft.State.OwnerHasDuties())
        {
            RearmOwner(draft);
        }

        AfterPoliceTold(draft);

        // An agency that takes back its no gives no leave by that; after the path's end none is needed.
        if (command.ParentsMayBeTold == true && command.Decision == ReferralDecision.Referred && Forbidden(draft.State, PathAction.ContactParents) is null)
        {
            EndWaiting(draft);
        }

        return draft.Finish();
    }

    internal static StepKind KindOf(Agency agency) => agency switch
    {
        Agency.Police => StepKind.ReferPolice,
        Agency.SocialCare or Agency.Mash => StepKind.ReferSocialCare,
        Agency.Lado => StepKind.ReferLado,
        Agency.LocalAuthority => StepKind.ReferLocalAuthority,
        _ => StepKind.ReferAgency,
    };

    private static bool IsReferral(StepKind kind) =>
        kind is StepKind.ReferPolice or StepKind.ReferSocialCare or StepKind.ReferLado or StepKind.ReferLocalAuthority or StepKind.ReferAgency;

    private static IncidentStep? OpenStep(IncidentState state, Agency agency) =>
        state.Plan().FirstOrDefault(s => s.Status == StepStatus.Open && s.Rule.Kind == KindOf(agency));

    // Anyone may refer directly: the reporter and every owner of a step may record one, before triage too.
    private static DomainError? CheckReferral(IncidentState state, Setting setting, RecordReferral command, IncidentStep? step, IncidentReferral? referral) =>
        !state.Exists ? IncidentErrors.NotFound
        : !setting.IsStaff || !(setting.IsLead || setting.Person == state.Reporter || state.Plan().Any(s => MayDo(setting, s))) ? DomainError.NotAllowed($"the reporter, the owner of a step, {IncidentErrors.Leads}")
        : !HasRecord(state, setting) && (command.Referral is not null || command.ParentsMayBeTold is not null) ? IncidentStepErrors.NewReferralOnly
        : command.Step is not null && (step is null || !(HasRecord(state, setting) || MayDo(setting, step))) ? IncidentStepErrors.NotFound
        : step is not null && step.Rule.Kind != KindOf(command.Agency) ? IncidentStepErrors.StepOfOtherAgency
        : command.Referral is not null && (referral is null || referral.Decision == ReferralDecision.NotReferred || referral.Agency != command.Agency) ? IncidentStepErrors.ReferralNotFound
        : command.Agency == Agency.Lado && setting.Facts.Nation == Nation.Wales ? IncidentErrors.NoLadoInWales
        : command.Agency == Agency.Other && referral is null && Empty(command.AgencyName) ? IncidentStepErrors.AgencyNameMissing
        : command.ChaseOn < setting.Day ? IncidentStepErrors.ChaseInPast
        : state.Path is not null && MaterialAddresses.In(command.AgencyName, command.Reference, command.Handler, command.Response, command.Outcome, command.Reason, command.WouldReopen) ? IncidentStepErrors.LinkInText
        : command.Decision == ReferralDecision.NotReferred ? CheckDecision(state, setting, command, step)
        : null;

    /// <summary>Who may see all of it, and answers for what the agencies said.</summary>
    private static bool HasRecord(IncidentState state, Setting setting) => setting.IsLead || setting.Holds(setting.Recipients(state.IsTechnical()));

    private static DomainError? CheckDecision(IncidentState state, Setting setting, RecordReferral command, IncidentStep? step) =>
        !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : state.IsClosed() ? IncidentErrors.AlreadyClosed
        : command.Referral is not null || Empty(command.Reason) || Empty(command.WouldReopen) ? IncidentStepErrors.NotReferredIncomplete
        : step is { Status: StepStatus.Open, Rule.Mode: StepMode.Do } && !setting.Holds(step.Rule.WaivableBy) ? IncidentStepErrors.MustRefer
        : state.Path is { State: PathState.Stopped or PathState.ReferralDue or PathState.AwaitsReview } && StandardSteps.IsStatutory(KindOf(command.Agency)) ? IncidentStepErrors.MustRefer
        : null;

    private static void AddReferral(IncidentDraft draft, RecordReferral command, IncidentStep? step, DateTimeOffset at)
    {
        var chase = command.ChaseOn ?? (Empty(command.Outcome) ? IncidentClocks.ChaseDay(draft.Setting.Now, draft.Setting.Facts.Calendar) : null);
        draft.Add(new ReferralMade(
            draft.State.Referrals.Count + 1, command.Agency, draft.Text(command.AgencyName), step?.Number, at, draft.Text(command.Reference), draft.Text(command.Handler), draft.Text(command.Response),
            chase, chase is { } day ? draft.Setting.Begins(day) : null, command.ParentsMayBeTold, draft.Text(command.Outcome)));
        if (step is { Status: StepStatus.Open })
        {
            draft.EndStep(new StepDone(step.Number, draft.Setting.Context.Actor, at, Answer(step, true), null, draft.Text(command.Reason), [], null));
        }
    }

    // What they said there may have been overtaken: the police's word by their answer, a no by a decision, any by a path that began since.
    private static bool IsSaid(IncidentState state, IncidentReferral referral, bool parentsMayBeTold) =>
        referral.ParentsMayBeTold == parentsMayBeTold && state.Words.Exists(w => w.IsOf(referral.Agency, referral.Number) && w.ParentsMayBeTold == parentsMayBeTold && w.LiftedAt is null && !(w.At < state.Path?.BeganAt));

    // Personal values are sealed in the state and cannot be compared: whatever is given is news.
    private static void UpdateReferral(IncidentDraft draft, IncidentReferral referral, RecordReferral command)
    {
        var update = new ReferralUpdated(
            referral.Number, draft.Text(command.Reference), draft.Text(command.Handler), draft.Text(command.Response), command.ChaseOn == referral.ChaseOn ? null : command.ChaseOn,
            command.ChaseOn is { } day ? draft.Setting.Begins(day) : null, command.ParentsMayBeTold is { } told && IsSaid(draft.State, referral, told) ? null : command.ParentsMayBeTold, draft.Text(command.Outcome));
        if (update != new ReferralUpdated(referral.Number, null, null, null, null, update.ChaseAt, null, null))
        {
            draft.Add(update);
        }
    }
}
