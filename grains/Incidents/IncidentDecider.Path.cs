using System.Text.RegularExpressions;
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
        : Forbidden(state, action) is { } error ? error
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

        if (HasLink(command.Reason))
        {
            return IncidentStepErrors.LinkInText;
        }

        var refer = command.MustRefer() || command.ReferAnyway;
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
        return draft.Finish();
    }

    public static Result<Events> PoliceResponded(IncidentState state, SchoolFacts facts, RecordPoliceResponse command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckPathCommand(state, setting, PathAction.RecordPoliceResponse) is { } error)
        {
            return error;
        }

        if (command.Outcome is PoliceOutcome.Confirmed or PoliceOutcome.NoFurtherAction && Empty(command.Advice))
        {
            return IncidentStepErrors.AdviceMissing;
        }

        if (HasLink(command.Advice))
        {
            return IncidentStepErrors.LinkInText;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        // Without a word of the police the devices stay sealed; only what is not illegal is free by itself.
        var released = command.Outcome != PoliceOutcome.NoReply && (command.DevicesReleased ?? command.Outcome == PoliceOutcome.NotConfirmed);
        draft.Add(new PoliceResponded(command.Outcome, draft.Text(command.Advice), command.ParentsMayBeTold, released));
        Move(draft, command.Outcome switch
        {
            PoliceOutcome.Confirmed => PathState.Confirmed,
            PoliceOutcome.NotConfirmed => PathState.NotConfirmed,
            PoliceOutcome.NoFurtherAction => PathState.NoFurtherAction,
            _ => PathState.NoReply,
        });
        if (command.Outcome == PoliceOutcome.NoReply)
        {
            foreach (var decider in setting.All(Role.Headteacher).Take(1).Concat(setting.All(Role.Dsl, Role.DeputyDsl).Take(1)).DistinctBy(h => h.Person).ToList())
            {
                draft.Notify(IncidentNotices.Decide, decider);
            }
        }
        else
        {
            EndWaiting(draft);
        }

        return draft.Finish();
    }

    public static Result<Events> DecideWithoutReply(IncidentState state, SchoolFacts facts, DecideWithoutReply command, CommandContext context)
    {
        var setting = new Setting(facts, context);
        if (CheckPathCommand(state, setting, PathAction.DecideWithoutReply) is { } error)
        {
            return error;
        }

        if (Empty(command.Advice))
        {
            return IncidentStepErrors.AdviceMissing;
        }

        if (Empty(command.Reason))
        {
            return IncidentErrors.ReasonMissing;
        }

        if (HasLink(command.Advice) || HasLink(command.Reason))
        {
            return IncidentStepErrors.LinkInText;
        }

        if (command.Decision == WithoutReply.KeepWaiting && (command.ChaseOn is null || command.ChaseOn < setting.Day))
        {
            return IncidentStepErrors.ChaseInPast;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        if (state.Path!.Proposed != command.Decision || state.Path.ProposedBy is not { } proposer || proposer == setting.Person)
        {
            if (state.Path.Proposed == command.Decision && state.Path.ProposedBy == setting.Person)
            {
                return IncidentStepErrors.TwoDeciders;
            }

            draft.Add(new DecisionWithoutReplyProposed(
                command.Decision, setting.Person!.Value, command.AdvisedBy, draft.Required(command.Advice), draft.Required(command.Reason), command.ReleaseDevices, command.ChaseOn));
            return draft.Finish();
        }

        if (!HeadAndDsl(facts, setting, proposer))
        {
            return IncidentStepErrors.TwoDeciders;
        }

        var internally = command.Decision == WithoutReply.InternalProcedure;
        draft.Add(new DecidedWithoutReply(
            command.Decision, proposer, command.AdvisedBy, draft.Required(command.Advice), draft.Required(command.Reason), internally && command.ReleaseDevices, command.ChaseOn));
        Move(draft, internally ? PathState.DecidedWithoutReply : PathState.WithAgencies);
        if (internally)
        {
            EndWaiting(draft);
        }
        else if (draft.State.Referrals.FindLast(r => r.Agency == Agency.Police && r.Decision == ReferralDecision.Referred) is { } police)
        {
            draft.Add(new ReferralUpdated(police.Number, null, null, null, command.ChaseOn, setting.Begins(command.ChaseOn!.Value), null, null));
        }

        return draft.Finish();
    }

    private static bool HeadAndDsl(SchoolFacts facts, Setting setting, PersonId proposer)
    {
        var theirs = facts.RolesOf(proposer, setting.Day);
        var dsl = new[] { Role.Dsl, Role.DeputyDsl };
        return (theirs.Contains(Role.Headteacher) && setting.Roles.Overlaps(dsl)) || (theirs.Overlaps(dsl) && setting.Roles.Contains(Role.Headteacher));
    }

    private static DomainError? CheckPathCommand(IncidentState state, Setting setting, PathAction action) =>
        CheckOpen(state) is { } error ? error
        : !setting.IsLead ? DomainError.NotAllowed(IncidentErrors.Leads)
        : action == PathAction.ReviewNude && !setting.IsDsl ? IncidentStepErrors.DslOnly
        : state.Path is null || (action == PathAction.ReviewNude && state.Path.Path != GuardedPath.NudesAmongUnder18) ? IncidentStepErrors.NoPath
        : Forbidden(state, action);

    private static DomainError? CheckPath(IncidentState state, IncidentStep step, CompleteStep command)
    {
        if (state.Path is not { } path)
        {
            return null;
        }

        var action = Enum.Parse<PathAction>(step.Rule.Kind.ToString());
        // Deciding against something, or that parents are not told yet, is not doing it.
        var doing = command.Answer != false && command.Parents?.Ending is not (ContactEnding.HeldOnAgencyAdvice or ContactEnding.NotMadeRisk);
        return (doing ? Forbidden(state, action) : null)
            ?? (command.Evidence.Count > 0 ? Forbidden(state, PathAction.AttachEvidence) : null)
            ?? (step.Rule.Kind == StepKind.DslReview && path.State is PathState.AwaitsReview or PathState.ReferralDue ? IncidentStepErrors.UseReview : null)
            ?? (HasLink(command.Outcome, command.Reason, command.Parents?.Said, command.Parents?.Reason) ? IncidentStepErrors.LinkInText : null);
    }

    private static DomainError? Forbidden(IncidentState state, PathAction action) =>
        state.Path is { } path && PathTable.Refusal(path, action) is { } why ? IncidentStepErrors.PathForbids(action, why) : null;

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
        var told = draft.State.Referrals.Exists(r => r.Agency == Agency.Police && r.Decision == ReferralDecision.Referred);
        if (told && draft.State.Path?.State is PathState.Stopped or PathState.AwaitsReview or PathState.ReferralDue or PathState.InternalDecision)
        {
            Move(draft, PathState.WithAgencies);
        }
    }

    private static void EndWaiting(IncidentDraft draft)
    {
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

    private static bool HasLink(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null && Link().IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }

    // Anything that a reader could click or type; e-mail addresses of officers are not meant.
    [GeneratedRegex(@"\b(https?|hxxps?|ftp)://|\bwww\.|\.onion\b|\bmagnet:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
