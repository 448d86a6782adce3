using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
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

        if (MaterialAddresses.In(command.Advice))
        {
            return IncidentStepErrors.LinkInText;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        // Without a word of the police the devices stay sealed; only what is not illegal is free by itself.
        // The same answer again, with something else to it, takes no release back that it does not speak of.
        var said = command.DevicesReleased ?? (state.Path!.State == StateOf(command.Outcome) ? state.Path.DevicesReleased : command.Outcome == PoliceOutcome.NotConfirmed);
        var released = command.Outcome != PoliceOutcome.NoReply && said;
        draft.Add(new PoliceResponded(command.Outcome, draft.Text(command.Advice), command.ParentsMayBeTold, released));
        Move(draft, StateOf(command.Outcome));
        if (command.Outcome == PoliceOutcome.NoReply)
        {
            foreach (var decider in setting.All(Role.Headteacher).Take(1).Concat(setting.All(Role.Dsl, Role.DeputyDsl).Take(1)).DistinctBy(h => h.Person).ToList())
            {
                draft.Notify(NoticeKind.IncidentDecisionNeeded, decider);
            }
        }
        else if (Forbidden(draft.State, PathAction.ContactParents) is null)
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

        if (MaterialAddresses.In(command.Advice) || MaterialAddresses.In(command.Reason))
        {
            return IncidentStepErrors.LinkInText;
        }

        if (command.Decision == WithoutReply.KeepWaiting && (command.ChaseOn is null || command.ChaseOn < setting.Day))
        {
            return IncidentStepErrors.ChaseInPast;
        }

        var draft = new IncidentDraft(state, setting);
        draft.SeeAsActor();
        var internally = command.Decision == WithoutReply.InternalProcedure;
        var (proposed, own) = (state.Path!.Proposal, new DecisionProposal(command.Decision, setting.Person!.Value, internally && command.ReleaseDevices, internally ? null : command.ChaseOn));
        if (proposed is null || proposed with { By = own.By } != own)
        {
            draft.Add(new DecisionWithoutReplyProposed(own.Decision, own.By, command.AdvisedBy, draft.Required(command.Advice), draft.Required(command.Reason), own.ReleaseDevices, own.ChaseOn));
            if ((setting.Roles.Contains(Role.Headteacher) ? setting.All(Role.Dsl, Role.DeputyDsl) : setting.All(Role.Headteacher)).FirstOrDefault(h => h.Person != own.By) is { } other)
            {
                draft.Notify(NoticeKind.IncidentDecisionNeeded, other);
            }

            return draft.Finish();
        }

        if (proposed.By == own.By || !HeadAndDsl(facts, setting, proposed.By))
        {
            return IncidentStepErrors.TwoDeciders;
        }

        draft.Add(new DecidedWithoutReply(
            own.Decision, proposed.By, command.AdvisedBy, draft.Required(command.Advice), draft.Required(command.Reason), own.ReleaseDevices, own.ChaseOn));
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

    private static PathState StateOf(PoliceOutcome outcome) => outcome switch
    {
        PoliceOutcome.Confirmed => PathState.Confirmed,
        PoliceOutcome.NotConfirmed => PathState.NotConfirmed,
        PoliceOutcome.NoFurtherAction => PathState.NoFurtherAction,
        _ => PathState.NoReply,
    };

    private static bool HeadAndDsl(SchoolFacts facts, Setting setting, PersonId proposer)
    {
        var theirs = facts.RolesOf(proposer, setting.Day);
        var dsl = new[] { Role.Dsl, Role.DeputyDsl };
        return (theirs.Contains(Role.Headteacher) && setting.Roles.Overlaps(dsl)) || (theirs.Overlaps(dsl) && setting.Roles.Contains(Role.Headteacher));
    }
}
