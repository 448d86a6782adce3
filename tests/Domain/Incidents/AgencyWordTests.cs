using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>Whether parents may be told: each agency speaks for itself, and one no holds.</summary>
public sealed class AgencyWordTests
{
    private static readonly ParentContact Made = new(ContactEnding.Made, "Mother", ContactWay.Telephone, "Told", null, null, null);
    private static readonly RecordPoliceResponse NoFurtherAction = new(PoliceOutcome.NoFurtherAction, "Canary advice", null, true);
    private static readonly DecideWithoutReply Internally = new(WithoutReply.InternalProcedure, Agency.SocialCare, "Canary advice", "Canary reason", false, null);

    private readonly IncidentWorld _world = Triaged(Illegal);

    [Theory]
    [InlineData(PoliceOutcome.NoFurtherAction)]
    [InlineData(PoliceOutcome.NotConfirmed)]
    [InlineData(PoliceOutcome.Confirmed)]
    public void The_polices_answer_opened_contact_with_parents_that_police_and_social_care_had_refused_and_pressed_for_it(PoliceOutcome outcome)
    {
        Ok(Says(Agency.Police, false));
        Ok(Says(Agency.SocialCare, false));
        Ok(_world.Police(NoFurtherAction with { Outcome = outcome, ParentsMayBeTold = false }));
        Held("children's social care and the police", "referral 2 and referral 1");
        Assert.Null(_world.Step("parents").Times);
        Assert.DoesNotContain(_world.State.OpenSteps().Where(_world.State.IsReady), s => s.Rule.Kind == StepKind.ContactParents);

        var number = _world.Step("parents").Number;
        _world.Until(At(11, 20, 16, 0));
        Assert.DoesNotContain(_world.Events.OfType<StepOverdue>(), e => e.Step == number);
        Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(Tasks(TaskKind.ParentsReview)).Step);

        Ok(Says(Agency.SocialCare, true, 2));
        Held("the police", "referral 1");
        Ok(Says(Agency.Police, true, 1));
        Assert.Empty(Tasks(TaskKind.ParentsReview));
        Assert.NotNull(_world.Step("parents").Times);
        Ok(Tell());
    }

    [Fact]
    public void Social_cares_yes_overruled_the_polices_no()
    {
        Ok(Says(Agency.Police, false));
        Ok(Says(Agency.SocialCare, true));
        Assert.False(_world.State.AgencyAllowsParents());
        Assert.Equal(StepStatus.Open, Waiting());
        Held("the police", "referral 1");
        Ok(_world.Police(NoFurtherAction with { ParentsMayBeTold = true }));
        Assert.Equal(StepStatus.Done, Waiting());
        Ok(Tell());
    }

    [Fact]
    public void The_police_confirm_and_say_nothing_of_the_parents()
    {
        Ok(Says(Agency.Police, false));
        Ok(_world.Police(NoFurtherAction with { Outcome = PoliceOutcome.Confirmed, ParentsMayBeTold = null }));
        Assert.Equal(StepStatus.Open, Waiting());
        Ok(Says(Agency.Police, true, 1));
        Assert.Equal(StepStatus.Done, Waiting());
        Ok(Tell());
    }

    [Fact]
    public void A_no_of_the_lado_holds_and_its_yes_lifts_that_alone()
    {
        Ok(Says(Agency.Police, true));
        Ok(Says(Agency.Lado, false));
        Held("the LADO", "referral 2");
        Ok(Says(Agency.Lado, true, 2));
        Ok(Tell());
    }

    [Fact]
    public void Of_two_agencies_without_a_name_of_their_own_each_is_known_by_its_referral()
    {
        Ok(Says(Agency.Police, true));
        Ok(Says(Agency.Other, false));
        Ok(Says(Agency.Other, true));
        Held("the agency of referral 2", "referral 2");
        Ok(Says(Agency.Other, true, 2));
        Ok(Tell());
    }

    [Fact]
    public void A_yes_that_stood_in_the_referral_already_could_not_take_back_the_no_of_the_polices_answer()
    {
        Ok(Says(Agency.Police, true));
        Ok(_world.Police(NoFurtherAction with { ParentsMayBeTold = false }));
        Held("the police", "referral 1");
        Ok(Says(Agency.Police, true, 1));
        Nothing(Says(Agency.Police, true, 1));
        Ok(Tell());
    }

    [Fact]
    public void Without_a_word_the_polices_end_of_it_frees_contact_as_before()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(NoFurtherAction));
        Assert.Equal(StepStatus.Done, Waiting());
        Ok(Tell());
    }

    [Fact]
    public void Head_and_dsl_decide_beyond_the_no_of_police_who_do_not_reply_and_of_who_advises_them_and_of_nobody_else()
    {
        Ok(Says(Agency.Police, false));
        Ok(Says(Agency.SocialCare, false));
        Ok(Says(Agency.Lado, false));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoReply, null, null, null)));
        Ok(_world.Decide(Internally, Head));
        Ok(_world.Decide(Internally, Dsl));
        Held("the LADO", "referral 3");
        Assert.Equal([_world.Now, _world.Now, null], _world.State.Words.Select(w => w.LiftedAt));
        Ok(Says(Agency.Lado, true, 3));
        Assert.Equal(StepStatus.Done, Waiting());

        // What they say after the decision is a new word, though it is the old one.
        Ok(Says(Agency.SocialCare, false, 2));
        Held("children's social care", "referral 2");
        Ok(Says(Agency.SocialCare, true, 2));
        Ok(Tell());
    }

    [Fact]
    public void A_decision_to_wait_on_lifts_nothing()
    {
        Ok(Says(Agency.Police, false));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoReply, null, null, null)));
        var wait = Internally with { Decision = WithoutReply.KeepWaiting, ChaseOn = new DateOnly(2026, 11, 16) };
        Ok(_world.Decide(wait, Head));
        Ok(_world.Decide(wait, Dsl));
        Held("the police", "referral 1");
    }

    [Fact]
    public void A_no_said_before_the_path_and_after_it_holds_too_and_an_earlier_yes_is_no_leave()
    {
        var world = Triaged();
        Ok(world.Refer(new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, ParentsMayBeTold: true)));
        Ok(world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: false)));
        world.Now = At(11, 10, 11, 0);
        Ok(world.Triage(Illegal with { Reason = "It is worse" }));
        Ok(world.Refer(new RecordReferral(2, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: true)));
        Assert.True(world.State.AgencyAllowsParents());
        Ok(world.Refer(new RecordReferral(2, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: false)));
        Ok(world.Police(NoFurtherAction));
        Ok(world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "Not illegal" }));
        Assert.Null(world.State.Path);
        var parents = world.State.Plan().Single(s => s.Rule.Kind == StepKind.ContactParents && s.Status == StepStatus.Open);
        Assert.Null(parents.Times);
        Refused("PATH_FORBIDS", world.Complete(new CompleteStep(parents.Number, null, null, null, null, Made, [])));
        Refused("PATH_FORBIDS", world.Complete(new CompleteStep(parents.Number, null, null, null, null, Made with { Ending = ContactEnding.NotReached }, [])));
        Assert.False(IncidentDecider.May(world.State, world.Facts, PathAction.AccessStrategy, world.As(Dsl)).Ok);
        Ok(world.Refer(new RecordReferral(2, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: true)));
        Assert.NotNull(world.Step(parents.Rule.Id).Times);
        Ok(world.Complete(new CompleteStep(parents.Number, null, null, null, null, Made, [])));
    }

    [Fact]
    public void A_yes_from_before_the_path_was_swallowed_when_it_was_said_again_on_it()
    {
        var world = Triaged();
        var told = new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, ParentsMayBeTold: true);
        Ok(world.Refer(told));
        Ok(world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred)));
        world.Now = At(11, 10, 11, 0);
        Ok(world.Triage(Illegal with { Reason = "It is worse" }));
        Assert.False(world.State.AgencyAllowsParents());
        Ok(world.Refer(told with { Referral = 1 }));
        Assert.True(world.State.AgencyAllowsParents());
        Assert.Equal(StepStatus.Done, world.State.Plan().Single(s => s.Rule.Kind == StepKind.AwaitAgencyAdvice).Status);
        Assert.NotNull(world.Step("parents").Times);
        Nothing(world.Refer(told with { Referral = 1 }));
    }

    [Fact]
    public void Whoever_has_only_the_step_is_not_told_which_agency_it_was()
    {
        Ok(Says(Agency.Police, false));
        Assert.DoesNotContain("police", Assert.Single(IncidentDecider.May(_world.State, _world.Facts, PathAction.ContactParents, _world.As(Teacher)).Errors).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("the police", Assert.Single(IncidentDecider.May(_world.State, _world.Facts, PathAction.ContactParents, _world.As(Head)).Errors).Message, StringComparison.Ordinal);
    }

    private Result<Grains.Events> Says(Agency agency, bool may, int? referral = null) =>
        _world.Refer(new RecordReferral(referral, agency, ReferralDecision.Referred, AgencyName: "Canary agency", ParentsMayBeTold: may));

    private Result<Grains.Events> Tell() => _world.Complete(_world.Done("parents") with { Parents = Made });

    private void Held(string by, string referrals)
    {
        Refused("PATH_FORBIDS", Tell());
        var message = Tell().Errors[0].Message;
        Assert.Contains($"so said {by}.", message, StringComparison.Ordinal);
        Assert.Contains($"as news of {referrals}", message, StringComparison.Ordinal);
        Assert.Contains(PathAction.AccessStrategy, PathTable.Refused(_world.State));
    }

    private StepStatus Waiting() => _world.State.Plan().Single(s => s.Rule.Kind == StepKind.AwaitAgencyAdvice).Status;

    private List<Grains.TaskRow> Tasks(TaskKind kind) => [.. _world.Rows().Select(r => r.Body).OfType<Grains.TaskRow>().Where(t => t.Kind == kind)];
}
