using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Incidents;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>Every action × every state, against the rules of C4 written down a second time, from the rules' side.</summary>
public sealed class PathTableTests
{
    private static readonly PathState[] Waiting = [PathState.Stopped, PathState.AwaitsReview, PathState.ReferralDue, PathState.WithAgencies, PathState.NoReply];
    private static readonly PathState[] Answered = [PathState.DecidedWithoutReply, PathState.Confirmed, PathState.NotConfirmed, PathState.NoFurtherAction, PathState.InternalDecision];
    private static readonly PathState[] Internal = [PathState.DecidedWithoutReply, PathState.NotConfirmed, PathState.NoFurtherAction, PathState.InternalDecision];

    public static TheoryData<PathAction, PathState, bool, bool> Pairs()
    {
        var pairs = new TheoryData<PathAction, PathState, bool, bool>();
        foreach (var action in Enum.GetValues<PathAction>())
        {
            foreach (var state in Enum.GetValues<PathState>())
            {
                foreach (var parents in new[] { false, true })
                {
                    pairs.Add(action, state, parents, false);
                    pairs.Add(action, state, parents, true);
                }
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_step_is_allowed_or_refused_with_the_reason(PathAction action, PathState state, bool parentsMayBeTold, bool devicesReleased)
    {
        var path = new IncidentPath(GuardedPath.IllegalMaterial, state, false, parentsMayBeTold, devicesReleased, null, null, [], null);
        var refusal = PathTable.Refusal(path, action);
        if (Expected(action, state, parentsMayBeTold, devicesReleased))
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.True(refusal!.Length > 40, "A refusal says why and what to do instead.");
            Assert.Contains(action, PathTable.Refused(path));
        }
    }

    [Fact]
    public void Every_kind_of_step_is_an_action_of_the_same_name() =>
        Assert.All(Enum.GetNames<StepKind>(), name => Assert.True(Enum.TryParse<PathAction>(name, out _), name));

    private static bool Expected(PathAction action, PathState state, bool parents, bool released) => action switch
    {
        // Nobody looks, copies or forwards, ever.
        PathAction.ViewMaterial or PathAction.CopyMaterial => false,
        PathAction.AttachEvidence => state == PathState.NotConfirmed,

        // Parents wait for the agencies' advice; a nude first waits for the DSL's review, the same day.
        PathAction.ContactParents or PathAction.AccessStrategy => Internal.Contains(state) || (parents && state != PathState.AwaitsReview),

        PathAction.Investigate => Internal.Contains(state),
        PathAction.ExamineDevice => released && Internal.Contains(state) && state != PathState.InternalDecision,
        PathAction.RemoveMaterial => state == PathState.InternalDecision || (released && Internal.Contains(state)),
        PathAction.ReturnDevice => state == PathState.InternalDecision || (released && Answered.Contains(state)),

        PathAction.DslReview => Answered.Contains(state) || state is PathState.AwaitsReview or PathState.ReferralDue,
        // While a referral is due further answers may be added; that none may take it back is the decider's rule (NudesPathTests).
        PathAction.ReviewNude => state is PathState.AwaitsReview or PathState.ReferralDue or PathState.InternalDecision,
        PathAction.RecordPoliceResponse => state is PathState.WithAgencies or PathState.NoReply || (Answered.Contains(state) && state != PathState.InternalDecision),
        // Before an agency was told there is nothing to wait for.
        PathAction.AwaitAgencyAdvice => state is not (PathState.Stopped or PathState.AwaitsReview or PathState.ReferralDue),
        PathAction.DecideWithoutReply => state == PathState.NoReply,
        PathAction.Debrief or PathAction.Close => !Waiting.Contains(state),

        // Everything that protects a child or evidence waits for nothing.
        _ => true,
    };
}
