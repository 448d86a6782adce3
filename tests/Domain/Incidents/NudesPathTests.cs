using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class NudesPathTests
{
    private static readonly ReviewNude Nothing = new(false, false, false, false, false, false, false, "Canary reason");

    private readonly IncidentWorld _world = Triaged(Nudes);

    public static TheoryData<ReviewNude> OneYes() => new(
        Nothing with { AdultInvolved = true }, Nothing with { Coercion = true }, Nothing with { DoubtfulCapacity = true }, Nothing with { Violence = true },
        Nothing with { SexualActUnder13 = true }, Nothing with { ImmediateRisk = true }, Nothing with { ReferAnyway = true });

    [Fact]
    public void Nobody_looks_and_the_dsl_reviews_the_same_day()
    {
        Assert.Equal(PathState.AwaitsReview, _world.State.Path!.State);
        Assert.Equal(At(11, 10, 15, 30), _world.Step("review").Times!.DueAt);
        Refused("USE_REVIEW", _world.Complete("review"));
        Assert.Contains(_world.Messages, m => m.Kind == "device.freeze");
    }

    [Theory]
    [MemberData(nameof(OneYes))]
    public void One_yes_and_police_and_social_care_must_be_told(ReviewNude review)
    {
        Ok(_world.Review(review));
        Assert.Equal(PathState.ReferralDue, _world.State.Path!.State);
        Assert.All(_world.State.Plan().Where(s => StandardSteps.IsStatutory(s.Rule.Kind)), s => Assert.Equal((StepMode.Do, StepStatus.Open), (s.Rule.Mode, s.Status)));
        Refused("MUST_REFER", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.NotReferred, Reason: "r", WouldReopen: "w")));
        Refused("PATH_FORBIDS", _world.Close());

        Ok(_world.Refer(Agency.Police));
        Assert.Equal(PathState.WithAgencies, _world.State.Path.State);
        Assert.Contains(_world.State.Plan(), s => s.Rule.Kind == StepKind.ReferSocialCare && s.Status == StepStatus.Open);
    }

    [Fact]
    public void With_no_yes_the_school_decides_with_reasons()
    {
        Refused("REASON_MISSING", _world.Review(Nothing with { Reason = null }));
        Ok(_world.Review(Nothing));
        Assert.Equal(PathState.InternalDecision, _world.State.Path!.State);
        Assert.All(_world.State.Plan().Where(s => StandardSteps.IsStatutory(s.Rule.Kind)), s => Assert.Equal(StepStatus.NotNeeded, s.Status));
        Assert.Contains(_world.Messages, m => m.Kind == "device.unfreeze");
        Assert.Equal("Canary reason", _world.State.Path.Review!.Reason!.Plain);
    }

    [Fact]
    public void What_comes_to_light_later_can_still_lead_to_the_police()
    {
        Ok(_world.Review(Nothing));
        Ok(_world.Review(Nothing with { Coercion = true }));
        Assert.Equal(PathState.ReferralDue, _world.State.Path!.State);
        Assert.Equal(2, _world.State.Plan().Count(s => StandardSteps.IsStatutory(s.Rule.Kind) && s.Status == StepStatus.Open));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Devices_stayed_free_when_the_internal_decision_was_overturned(bool byReview)
    {
        Ok(_world.Review(Nothing));
        Assert.True(_world.State.Path!.DevicesReleased);
        var before = _world.Messages.Count;
        Ok(byReview ? _world.Review(Nothing with { Coercion = true }) : _world.Refer(Agency.Police));
        Assert.False(_world.State.Path.DevicesReleased);
        Assert.Equal([Phone], _world.State.FrozenDevices());
        Assert.Single(_world.Messages.Skip(before), m => m.Kind == "device.freeze");
    }

    [Fact]
    public void A_due_referral_was_undone_by_answering_the_six_questions_again_with_no()
    {
        Ok(_world.Review(Nothing with { Violence = true }));
        Refused("REVIEW_NOT_TAKEN_BACK", _world.Review(Nothing));
        Assert.Equal(PathState.ReferralDue, _world.State.Path!.State);
        Assert.Equal(2, _world.State.Plan().Count(s => StandardSteps.IsStatutory(s.Rule.Kind) && s is { Status: StepStatus.Open, Rule.Mode: StepMode.Do }));
        Ok(_world.Review(Nothing with { Violence = true, Coercion = true }));
        Assert.Equal(PathState.ReferralDue, _world.State.Path.State);
    }

    [Fact]
    public void Going_to_the_police_straight_away_needs_no_review()
    {
        Ok(_world.Refer(Agency.Police));
        Assert.Equal(PathState.WithAgencies, _world.State.Path!.State);
    }

    [Fact]
    public void Only_the_dsl_reviews_and_only_a_nude()
    {
        Refused("NOT_ALLOWED", _world.Review(Nothing, Head));
        Refused("NO_PROTECTED_PATH", Triaged(Illegal).Review(Nothing));
        Refused("LINK_IN_TEXT", _world.Review(Nothing with { Reason = "https://canary.example" }));
    }

    [Fact]
    public void Illegal_material_found_later_is_the_stricter_path_and_allowed()
    {
        Ok(_world.Triage(Illegal with { Reason = "More was found" }));
        Assert.Equal((GuardedPath.IllegalMaterial, PathState.Stopped), (_world.State.Path!.Path, _world.State.Path.State));
        Assert.Equal(GuardedPath.NudesAmongUnder18, Assert.Single(_world.State.PastPaths).Path);
        Assert.Equal([Phone], _world.State.FrozenDevices());
    }
}
