using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>Refused while the path forbids it; allowed where no path runs.</summary>
    public static Result<Done> May(IncidentState state, SchoolFacts facts, PathAction action, CommandContext context) =>
        !state.Exists ? IncidentErrors.NotFound
        : !new Setting(facts, context).IsStaff && !context.Actor.IsSystem ? IncidentErrors.StaffOnly
        : Forbidden(state, action, new Setting(facts, context)) is { } error ? error
        : Done.It;

    public static Result<Events> ReviewNude(IncidentState state, SchoolFacts facts, ReviewNude command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckPathCommand(state, setting, PathAction.ReviewNude) is { } error)
        {
            return error;
        }

        if (Empty(command.Reason))
        {
            return IncidentErrors.ReasonMissing;
        }

        if (MaterialAddresses.In(command.Reason))
        {
            return IncidentStepErrors.LinkInText;
        }

        // What was found is not unfound: once a referral is due, only the referral leads further.
        var refer = command.MustRefer() || command.ReferAnyway;
        if (!refer && state.Path!.State == PathState.ReferralDue)
        {
            return IncidentStepErrors.ReviewNotTakenBack;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        draft.Add(new NudeReviewed(
            command.AdultInvolved, command.Coercion, command.DoubtfulCapacity, command.Violence, command.SexualActUnder13, command.ImmediateRisk, refer, draft.Text(command.Reason)));
        Move(draft, refer ? PathState.ReferralDue : PathState.InternalDecision);
        foreach (var review in draft.State.Plan().Where(s => s.Status == StepStatus.Open && s.Rule.Kind == StepKind.DslReview).ToList())
        {
            draft.EndStep(new StepDone(review.Number, context.Actor, context.Now, Answer(review, true), null, draft.Text(command.Reason), [], null));
        }

        foreach (var kind in new[] { StepKind.ReferPolice, StepKind.ReferSocialCare })
        {
            SettleReferral(draft, kind, refer, command.Reason!);
        }

        AfterPoliceTold(draft);
        if (draft.State.AgencyAllowsParents())
        {
            EndWaiting(draft);
        }

        return draft.Finish();
    }

    private static DomainError? CheckPathCommand(IncidentState state, Setting setting, PathAction action) =>
        CheckOpen(state) is { } error ? error
        : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : action == PathAction.ReviewNude && !setting.IsDsl ? IncidentStepErrors.DslOnly
        : state.Path is null || (action == PathAction.ReviewNude && state.Path.Path != GuardedPath.NudesAmongUnder18) ? IncidentStepErrors.NoPath
        : Forbidden(state, action);

    private static DomainError? CheckPath(IncidentState state, Setting setting, IncidentStep step, CompleteStep command)
    {
        var action = Enum.Parse<PathAction>(step.Rule.Kind.ToString());
        // Deciding against something, or that parents are not told yet, is not doing it.
        var doing = command.Answer != false && command.Parents?.Ending is not (ContactEnding.HeldOnAgencyAdvice or ContactEnding.NotMadeRisk);
        if (doing && Forbidden(state, action, setting) is { } forbidden)
        {
            return forbidden;
        }

        return state.Path is not { } path ? null
            : (command.Evidence.Count > 0 ? Forbidden(state, PathAction.AttachEvidence) : null)
            ?? (step.Rule.Kind == StepKind.DslReview && path.State is PathState.AwaitsReview or PathState.ReferralDue ? IncidentStepErrors.UseReview : null)
            ?? (MaterialAddresses.In(command.Outcome, command.Reason, command.Parents?.Who, command.Parents?.Said, command.Parents?.Reason) ? IncidentStepErrors.LinkInText : null);
    }

    // Which agency said no is for those who have the record.
    private static DomainError? Forbidden(IncidentState state, PathAction action, Setting? asked = null) =>
        PathTable.Refusal(state, action) is not { } why ? null
        : IncidentStepErrors.PathForbids(action, asked is not null && !HasRecord(state, asked) && state.ParentsHeld() && action is PathAction.ContactParents or PathAction.AccessStrategy ? IncidentStepErrors.ParentsHeldByAgency : why);

    private static void Move(IncidentDraft draft, PathState to)
    {
        if (draft.State.Path is { } path && path.State != to)
        {
            draft.Add(new PathMoved(path.State, to));
        }
    }

    /// <summary>From then on the school waits for the police's word.</summary>
    private static void AfterPoliceTold(IncidentDraft draft)
    {
        if (IsPoliceTold(draft.State) && draft.State.Path?.State is PathState.Stopped or PathState.AwaitsReview or PathState.ReferralDue or PathState.InternalDecision)
        {
            Move(draft, PathState.WithAgencies);
        }
    }

    private static void EndWaiting(IncidentDraft draft)
    {
        if (draft.State.ParentsHeld())
        {
            return;
        }

        foreach (var step in draft.State.Plan().Where(s => s.Status == StepStatus.Open && s.Rule.Kind == StepKind.AwaitAgencyAdvice).ToList())
        {
            draft.EndStep(new StepDone(step.Number, draft.Setting.Context.Actor, draft.Setting.Now, Answer(step, true), null, null, [], null));
        }
    }

    /// <summary>After the review of a nude a referral is a must, or it is not needed; there is nothing left to consider.</summary>
    private static void SettleReferral(IncidentDraft draft, StepKind kind, bool refer, string reason)
    {
        var open = draft.State.Plan().FirstOrDefault(s => s.Rule.Kind == kind && s.Status == StepStatus.Open);
        var made = draft.State.Referrals.Exists(r => r.Decision == ReferralDecision.Referred && KindOf(r.Agency) == kind);
        if (!refer && open is not null)
        {
            draft.EndStep(new StepNotNeeded(open.Number, draft.Text(reason)));
        }
        else if (refer && open is { Rule.Mode: StepMode.Consider })
        {
            draft.Add(new StepRequired(open.Number, StandardSteps.TextOf(kind)));
        }
        else if (refer && open is null && !made)
        {
            var number = draft.State.Steps.Count + 1;
            draft.Add(new StepsAdded([Assign(draft.Setting, number, StandardSteps.Must($"review-{number}", kind), null)]));
        }
    }

    /// <summary>On a guarded path no text takes an address of the material.</summary>
    private static DomainError? LinkOn(IncidentState state, string field, params ReadOnlySpan<string?> texts) =>
        state.Path is not null && MaterialAddresses.In(texts) ? IncidentStepErrors.LinkIn(field) : null;
}
