using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class StepTests
{
    private static readonly ParentContact Made = new(ContactEnding.Made, "Canary mother", ContactWay.Telephone, "Canary told", null, null, null);

    private readonly IncidentWorld _world = Triaged();

    [Fact]
    public void A_step_is_done_with_who_when_outcome_and_evidence()
    {
        var evidence = new EvidenceRef(new string('a', 64), 12);
        Ok(_world.Complete(_world.Done("confiscate-device") with { DoneAt = At(11, 10, 10, 5), Evidence = [evidence] }, Senior));
        var end = _world.Step("confiscate-device").End!;
        Assert.Equal((Senior, At(11, 10, 10, 5), _world.Now, "Canary outcome", evidence), (end.By!.Value, end.DoneAt!.Value, end.RecordedAt, end.Outcome!.Plain, end.Evidence[0]));
        Refused("STEP_ENDED", _world.Complete("confiscate-device"));
    }

    [Fact]
    public void Only_owner_role_holders_and_leads_do_a_step()
    {
        Refused("STEP_NOT_YOURS", _world.Complete("daily-checks", NetworkManager));
        Ok(_world.Complete("confiscate-device"));
        Ok(_world.Complete("remove-material", NetworkManager));
    }

    [Fact]
    public void Trying_a_step_told_outsiders_that_there_was_an_incident()
    {
        Refused("NOT_FOUND", _world.Complete("confiscate-device", KeyWorker));
        Refused("NOT_FOUND", _world.Complete("confiscate-device", Teacher));
        Refused("NOT_FOUND", _world.Waive("confiscate-device", KeyWorker));
    }

    [Fact]
    public void A_step_waits_for_the_one_before_it_and_its_deadline_then_begins()
    {
        Refused("STEP_TOO_EARLY", _world.Complete("remove-material", NetworkManager));
        Assert.DoesNotContain(_world.Due(), d => d.What == $"step/{_world.Step("remove-material").Number}");
        _world.Now = At(11, 16, 10, 0);
        Ok(_world.Complete("confiscate-device"));
        Assert.Equal(At(11, 17, 15, 30), _world.Step("remove-material").Times!.DueAt);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Refused("NOT_FOUND", _world.Complete(new CompleteStep(99, null, null, null, null, null, [])));
        Refused("DONE_IN_FUTURE", _world.Complete(_world.Done("support-pupil") with { DoneAt = _world.Now.AddMinutes(1) }));
        Refused("DONE_TOO_EARLY", _world.Complete(_world.Done("support-pupil") with { DoneAt = At(11, 10, 9, 0) }));
        Refused("EVIDENCE_WRONG", _world.Complete(_world.Done("support-pupil") with { Evidence = [new EvidenceRef("xyz", 1)] }));
        Refused("ANSWER_NOT_ASKED", _world.Complete(_world.Done("support-pupil") with { Answer = true }));
        Refused("REASON_MISSING", _world.Complete(new CompleteStep(_world.Step("head-responds").Number, null, null, null, null, null, []), Head));
        Refused("USE_REFERRAL", _world.Complete(_world.Done("consider-police") with { Answer = true, Reason = "yes" }));
        Refused("USE_REFERRAL", _world.Complete(_world.Done("consider-police") with { Answer = false, Reason = "no" }));
    }

    [Fact]
    public void A_step_to_be_considered_is_answered_with_a_reason()
    {
        Refused("ANSWER_MISSING", _world.Complete(_world.Done("consider-ban") with { Answer = false }));
        Refused("ANSWER_MISSING", _world.Complete(_world.Done("consider-ban") with { Reason = "because" }));
        Ok(_world.Complete(_world.Done("consider-ban") with { Answer = false, Reason = "First time" }));
        Assert.False(_world.Step("consider-ban").End!.Answer);
    }

    [Fact]
    public void Only_whom_the_policy_names_waives_and_with_a_reason()
    {
        var refused = _world.Waive("confiscate-device", Dsl);
        Refused("STEP_NOT_WAIVABLE", refused);
        Assert.Equal("Only these roles may waive this step: headteacher. Ask one of them, or do the step.", refused.Errors[0].Message);
        Refused("REASON_MISSING", _world.Waive("confiscate-device", Head, " "));
        Ok(_world.Waive("confiscate-device", Head));
        Refused("STEP_ENDED", _world.Waive("confiscate-device", Head));
        Assert.Contains("remove-material", _world.Open());
    }

    [Fact]
    public void Nobody_waives_social_care()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing });
        Refused("STEP_NOT_WAIVABLE", world.Waive("social-care", Head));
        Refused("MUST_REFER", world.Refer(new RecordReferral(null, Agency.SocialCare, ReferralDecision.NotReferred, Reason: "r", WouldReopen: "w")));
    }

    [Fact]
    public void Contact_with_parents_is_made_with_who_how_and_what_was_said_after_attempts()
    {
        var step = _world.Done("parents");
        Refused("CONTACT_MISSING", _world.Complete(step));
        Refused("CONTACT_INCOMPLETE", _world.Complete(step with { Parents = Made with { Said = null } }));
        Refused("CONTACT_ATTEMPT_INCOMPLETE", _world.Complete(step with { Parents = Made with { Ending = ContactEnding.NotReached, Who = "" } }));
        Ok(_world.Complete(step with { Parents = Made with { Ending = ContactEnding.NotReached } }));
        Assert.Equal(StepStatus.Open, _world.Step("parents").Status);
        Ok(_world.Complete(step with { Parents = Made }));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);
        Assert.Equal([ContactEnding.NotReached, ContactEnding.Made], _world.Step("parents").Contacts.Select(c => c.Ending));
        Refused("CONTACT_MISSING", _world.Complete(step));
        Ok(_world.Complete(step with { Parents = Made with { Said = "Canary: she rang again" } }));
        Assert.Equal(3, _world.Step("parents").Contacts.Count);
    }

    [Fact]
    public void A_contact_with_a_no_contact_flag_was_reached_all_the_same()
    {
        var (mother, father, stranger) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        _world.Known = new StepFacts([], [new ContactFacts(mother, true, false, true), new ContactFacts(father, true, true, false)], []);
        var step = _world.Done("parents");
        var named = Made with { Who = null };
        var refused = _world.Complete(step with { Parents = named with { Contact = father } });
        Refused("NO_CONTACT", refused);
        Assert.Equal(["parents.contactId"], refused.Errors[0].Fields);
        Refused("NO_CONTACT", _world.Complete(step with { Parents = named with { Contact = father, Ending = ContactEnding.NotReached } }));
        Refused("CONTACT_UNKNOWN", _world.Complete(step with { Parents = named with { Contact = stranger } }));
        Ok(_world.Complete(step with { Parents = named with { Contact = mother } }));
        Assert.Equal(mother, Assert.Single(_world.Step("parents").Contacts).Contact);
    }

    [Fact]
    public void A_contact_of_two_pupils_was_free_when_the_flag_stood_with_the_second()
    {
        var father = Guid.NewGuid();
        _world.Known = new StepFacts([], [new ContactFacts(father, true, false, false), new ContactFacts(father, true, true, false)], []);
        Refused("NO_CONTACT", _world.Complete(_world.Done("parents") with { Parents = Made with { Contact = father } }));
    }

    [Fact]
    public void Not_contacting_parents_is_the_dsls_decision_and_is_looked_at_again_on_its_date()
    {
        var risk = new ParentContact(ContactEnding.NotMadeRisk, null, null, null, "Canary risk", null, new DateOnly(2026, 11, 20));
        Refused("NOT_ALLOWED", _world.Complete(_world.Done("parents") with { Parents = risk }, Pastoral));
        Refused("CONTACT_RISK_INCOMPLETE", _world.Complete(_world.Done("parents") with { Parents = risk with { ReviewOn = null } }));
        Refused("CONTACT_RISK_INCOMPLETE", _world.Complete(_world.Done("parents") with { Parents = risk with { ReviewOn = new DateOnly(2026, 11, 9) } }));
        Ok(_world.Complete(_world.Done("parents") with { Parents = risk }));
        Assert.Contains(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });

        _world.Until(At(11, 20, 12, 0));
        var due = Assert.Single(_world.Events.OfType<ParentsReviewDue>());
        Assert.Equal((At(11, 20, 9, 0), Dsl), (due.Nominal, due.To!.Value));
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made }));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });
    }

    [Fact]
    public void Contact_held_on_advice_names_the_agency()
    {
        var held = new ParentContact(ContactEnding.HeldOnAgencyAdvice, null, null, null, "Canary advice", null, null);
        Refused("CONTACT_HELD_INCOMPLETE", _world.Complete(_world.Done("parents") with { Parents = held }));
        Ok(_world.Complete(_world.Done("parents") with { Parents = held with { AdvisedBy = Agency.SocialCare } }));
        Assert.Equal(new DateOnly(2026, 11, 13), _world.Step("parents").Contacts[^1].ReviewOn);
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made with { Ending = ContactEnding.NotReached } }));
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made }));
    }

    [Fact]
    public void A_referral_carries_everything_is_chased_on_its_date_and_ends_with_an_outcome()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing });
        Ok(world.Refer(new RecordReferral(null, Agency.Mash, ReferralDecision.Referred, Reference: "M1")));
        var referral = Assert.Single(world.State.Referrals);
        Assert.Equal((new DateOnly(2026, 11, 11), StepStatus.Done), (referral.ChaseOn!.Value, world.Step("social-care").Status));

        world.Until(At(11, 11, 12, 0));
        Assert.Equal(Dsl, Assert.Single(world.Events.OfType<ReferralChaseDue>()).To);
        Ok(world.Refer(new RecordReferral(1, Agency.Mash, ReferralDecision.Referred, Handler: "Canary worker", Response: "Canary visit", ChaseOn: new DateOnly(2026, 11, 18))));
        Assert.Equal(("M1", "Canary worker", new DateOnly(2026, 11, 18)), (world.State.Referrals[0].Reference!.Plain, world.State.Referrals[0].Handler!.Plain, world.State.Referrals[0].ChaseOn!.Value));
        Ok(world.Refer(new RecordReferral(1, Agency.Mash, ReferralDecision.Referred, Outcome: "Canary closed")));
        Assert.DoesNotContain(world.Due(), d => d.What == "chase/1");
        Nothing(world.Refer(new RecordReferral(1, Agency.Mash, ReferralDecision.Referred)));
    }

    [Fact]
    public void Wrong_referrals_are_refused()
    {
        Refused("CHASE_IN_PAST", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred, ChaseOn: new DateOnly(2026, 11, 9))));
        Refused("AGENCY_NAME_MISSING", _world.Refer(new RecordReferral(null, Agency.Other, ReferralDecision.Referred)));
        Refused("NOT_FOUND", _world.Refer(new RecordReferral(5, Agency.Police, ReferralDecision.Referred)));
        Refused("STEP_OF_OTHER_AGENCY", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred, Step: _world.Step("parents").Number)));
        Refused("NOT_REFERRED_INCOMPLETE", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.NotReferred, Reason: "r")));
        Refused("NOT_ALLOWED", _world.Refer(Agency.Police, KeyWorker));
        Refused("NOT_ALLOWED", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.NotReferred, Reason: "r", WouldReopen: "w"), Teacher));
    }

    [Fact]
    public void A_decision_not_to_refer_keeps_its_reason_and_what_would_reopen_it()
    {
        Ok(_world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.NotReferred, Reason: "Canary reason", WouldReopen: "Canary more")));
        Assert.Equal("Canary more", _world.State.Referrals[0].WouldReopen!.Plain);
        Assert.False(_world.Step("consider-police").End!.Answer);
    }

    [Fact]
    public void The_reporter_may_refer_directly_and_record_it() => Ok(_world.Refer(Agency.SocialCare, Teacher));

    [Fact]
    public void An_overdue_step_reminds_the_owner_then_the_dsl_then_the_head_each_once()
    {
        var world = Triaged();
        Ok(world.Complete("confiscate-device"));
        var number = world.Step("remove-material").Number;
        world.Until(At(11, 30, 12, 0));
        Assert.Equal(
            [
                (OverdueStage.Owner, At(11, 11, 15, 30), NetworkManager),
                (OverdueStage.Dsl, At(11, 12, 15, 30), Dsl),
                (OverdueStage.Headteacher, At(11, 13, 15, 30), Head),
            ],
            world.Events.OfType<StepOverdue>().Where(e => e.Step == number).Select(e => (e.Stage, e.Nominal, e.To!.Value)));
        Assert.All(world.State.Steps, s => Assert.Equal(s.Overdue.Select(o => o.Stage).Distinct(), s.Overdue.Select(o => o.Stage)));
    }

    [Fact]
    public void A_deadline_over_the_clock_change_ends_by_the_clock_in_london()
    {
        var world = new IncidentWorld { Now = new DateTimeOffset(2026, 10, 23, 15, 0, 0, TimeSpan.Zero) };
        Ok(world.Report(AReport with { HappenedAt = world.Now }));
        // 16:00 in London is after school on the last day before half-term; Monday is in winter time.
        Assert.Equal(At(10, 26, 17, 0), world.State.Triage!.DueAt);
    }

    [Fact]
    public void A_measure_taken_elsewhere_ends_its_step_by_whoever_did_it()
    {
        var message = new StepFulfilled(StepKind.ConfiscateDevice, Amy, new StreamId("device", Phone.Value), Actor.Of(Teacher));
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.Fulfilled(_world.State, _world.Facts, message, c)));
        var step = _world.Step("confiscate-device");
        Assert.Equal((StepStatus.Done, Teacher, message.Evidence), (step.Status, step.End!.By!.Value, step.Records[^1]));
        Nothing(_world.Keep(_world.AsSystem(), c => IncidentDecider.Fulfilled(_world.State, _world.Facts, message, c)));
    }

    [Fact]
    public void A_shared_tablet_that_was_taken_took_each_of_two_pupils_phones()
    {
        var message = new StepFulfilled(StepKind.ConfiscateDevice, null, new StreamId("device", Phone.Value), Actor.Of(Teacher));
        var two = Triaged(report: AReport with { People = [AReport.People[0], AReport.People[0] with { Pupil = Ben }] });
        Nothing(two.Keep(two.AsSystem(), c => IncidentDecider.Fulfilled(two.State, two.Facts, message, c)));
        // With one pupil it is the device that it was about.
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.Fulfilled(_world.State, _world.Facts, message, c)));
        Assert.Equal(StepStatus.Done, _world.Step("confiscate-device").Status);
    }

    [Fact]
    public void A_measure_for_one_of_two_pupils_leaves_the_step_open_for_the_other()
    {
        var pupil = AReport.People[0];
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, AReport with { People = [pupil, pupil with { Pupil = Ben }] });
        Ok(Fulfil(world, Amy));
        Assert.Equal(StepStatus.Open, world.Step("remove-all-devices").Status);
        Nothing(Fulfil(world, Amy));
        Nothing(Fulfil(world, new PupilId(Guid.NewGuid())));
        Ok(Fulfil(world, Ben));
        Assert.Equal(StepStatus.Done, world.Step("remove-all-devices").Status);
    }

    [Theory]
    [InlineData("agree-strategy", "USE_STRATEGY")]
    [InlineData("daily-checks", "USE_CHECKS")]
    [InlineData("weekly-update", "USE_CHECKS")]
    public void What_was_to_be_set_up_for_a_pupil_was_ticked_off_in_words(string rule, string code)
    {
        var amy = new PupilFact(Amy, Left: false, Strategy: false, Checks: false);
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing });
        Ok(world.Complete("remove-all-devices"));
        world.Known = new StepFacts([], [], [amy]);
        Refused(code, world.Complete(rule));
        Refused(code, world.Complete(world.Done(rule) with { Reason = "Not needed" }));
        world.Known = new StepFacts([], [], [amy with { Left = true }, new PupilFact(Ben, false, Strategy: true, Checks: true)]);
        Refused(code, world.Complete(rule));
        Ok(world.Complete(world.Done(rule) with { Reason = "Left the school" }));
        var other = Triaged(ATriage with { Awareness = Awareness.Knowing });
        Ok(other.Complete("remove-all-devices"));
        other.Known = new StepFacts([], [], [amy with { Strategy = true, Checks = true }]);
        Ok(other.Complete(rule));
    }

    [Fact]
    public void What_cannot_be_set_up_says_who_may_waive_it()
    {
        var world = Triaged();
        world.Known = new StepFacts([], [], [new PupilFact(Amy, false, false, false)]);
        Assert.Contains("headteacher may waive it", world.Complete("daily-checks").Errors[0].Message, StringComparison.Ordinal);
        Ok(world.Waive("daily-checks", Head));
    }

    [Fact]
    public void The_weekly_update_of_the_plan_was_overdue_for_ever()
    {
        var pupil = AReport.People[0];
        var world = Triaged(ATriage, AReport with { People = [pupil, pupil with { Pupil = Ben }] });
        foreach (var (who, status) in new[] { (Amy, StepStatus.Open), (Ben, StepStatus.Done) })
        {
            Ok(world.Keep(world.AsSystem(), c => IncidentDecider.Fulfilled(world.State, world.Facts, new StepFulfilled(StepKind.WeeklyUpdate, who, new StreamId("checks", who.Value), Actor.Of(Dsl)), c)));
            Assert.Equal(status, world.Step("weekly-update").Status);
        }
    }

    private static Result<Grains.Events> Fulfil(IncidentWorld world, PupilId pupil) =>
        world.Keep(world.AsSystem(), c => IncidentDecider.Fulfilled(world.State, world.Facts, new StepFulfilled(StepKind.RemoveAllDevices, pupil, new StreamId("device", Phone.Value), Actor.Of(Dsl)), c));

}
