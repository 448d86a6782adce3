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

    private static readonly DateTimeOffset Began = IncidentWorld.At(11, 10, 10, 0);

    /// <summary>What agencies last said of telling the parents, and whether that is leave, or forbids it.</summary>
    private static readonly (AgencyWord[] Words, bool Leave, bool Forbids)[] Said =
    [
        ([], false, false),
        ([Word(Agency.Police, true)], true, false),
        ([Word(Agency.Mash, true), Word(Agency.Lado, true)], true, false),
        ([Word(Agency.EarlyHelp, true)], false, false),
        ([Word(Agency.SocialCare, true) with { At = Began.AddDays(-1) }], false, false),
        ([Word(Agency.Police, false)], false, true),
        ([Word(Agency.Police, false), Word(Agency.SocialCare, true)], false, true),
        ([Word(Agency.Police, true), Word(Agency.Other, false)], false, true),
        ([Word(Agency.Police, false) with { LiftedAt = Began }, Word(Agency.SocialCare, true)], true, false),
    ];

    public static TheoryData<PathAction, PathState, int, bool> Pairs()
    {
        var pairs = new TheoryData<PathAction, PathState, int, bool>();
        foreach (var action in Enum.GetValues<PathAction>())
        {
            foreach (var state in Enum.GetValues<PathState>())
            {
                for (var said = 0; said < Said.Length; said++)
                {
                    pairs.Add(action, state, said, false);
                    pairs.Add(action, state, said, true);
                }
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_step_is_allowed_or_refused_with_the_reason(PathAction action, PathState state, int said, bool devicesReleased)
    {
        var incident = On(said, new IncidentPath(GuardedPath.IllegalMaterial, state, false, devicesReleased, null, null, [], null, Began));
        var refusal = PathTable.Refusal(incident, action);
        if (Expected(action, state, Said[said].Leave, Said[said].Forbids, devicesReleased))
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.True(refusal!.Length > 40, "A refusal says why and what to do instead.");
            Assert.Contains(action, PathTable.Refused(incident));
        }
    }

    [Fact]
    public void Without_a_path_only_a_no_of_an_agency_forbids_and_only_what_tells_the_parents()
    {
        for (var said = 0; said < Said.Length; said++)
        {
            Assert.Equal(Said[said].Forbids ? [PathAction.ContactParents, PathAction.AccessStrategy] : [], PathTable.Refused(On(said, null)));
        }
    }

    private static IncidentState On(int said, IncidentPath? path) => IncidentState.Empty with { Path = path, Words = [.. Said[said].Words] };

    private static AgencyWord Word(Agency agency, bool may) => new(agency, 1, may, Began);

    [Fact]
    public void Every_kind_of_step_is_an_action_of_the_same_name() =>
        Assert.All(Enum.GetNames<StepKind>(), name => Assert.True(Enum.TryParse<PathAction>(name, out _), name));

    private static bool Expected(PathAction action, PathState state, bool leave, bool forbids, bool released) => action switch
    {
        // Nobody looks, copies or forwards, ever.
        PathAction.ViewMaterial or PathAction.CopyMaterial => false,
        PathAction.AttachEvidence => state == PathState.NotConfirmed,

        // Parents wait for the agencies' advice; a nude first waits for the DSL's review, the same day. One agency's no holds them wherever the path stands.
        PathAction.ContactParents or PathAction.AccessStrategy => !forbids && (Internal.Contains(state) || (leave && state != PathState.AwaitsReview)),

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
