using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>With several pupils, one parent's call is one parent's: each alleged or affected pupil has an ending of their own (C3).</summary>
public sealed class PerPupilTests
{
    private static readonly PupilId Cal = new(Guid.Parse("01900000-0000-7000-8000-0000000000c1"));
    private static readonly PupilId Dee = new(Guid.Parse("01900000-0000-7000-8000-0000000000d1"));
    private static readonly ParentContact Made = new(ContactEnding.Made, "Canary mother", ContactWay.Telephone, "Canary told", null, null, null);
    private static readonly ParentContact Risk = new(ContactEnding.NotMadeRisk, null, null, null, "Canary risk", null, new DateOnly(2026, 11, 20));

    // Two who did it, one to whom it was done, one who saw it.
    private readonly IncidentWorld _world = Triaged(report: AReport with
    {
        People = [AReport.People[0], Person(Ben, PupilPart.Alleged), Person(Cal, PupilPart.Affected), Person(Dee, PupilPart.Witness)],
    });

    [Fact]
    public void One_call_ended_the_duty_to_three_families()
    {
        Refused("PUPILS_MISSING", Contact(Made));
        Refused("PUPIL_NOT_CONCERNED", Contact(Made, Dee));
        Refused("PUPIL_NOT_CONCERNED", Contact(Made, new PupilId(Guid.NewGuid())));
        Refused("PUPIL_NOT_CONCERNED", Contact(Made, Amy, Amy));
        Refused("PUPILS_NOT_ASKED", _world.Complete(_world.Done("confiscate-device") with { Pupils = [Amy] }));

        Ok(Contact(Made, Amy));
        Stands("parents", StepStatus.Open, Amy);
        Assert.Equal([Amy, Ben, Cal], Work("parents").Pupils);
        Assert.Equal([Amy], Work("parents").Ended!);
        Ok(Contact(Made with { Ending = ContactEnding.NotReached }, Ben));
        Assert.Equal([Amy], _world.Step("parents").FulfilledFor);
        Ok(Contact(Risk, Ben));
        Assert.Equal(StepStatus.Open, _world.Step("parents").Status);
        Ok(Contact(Made, Cal));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);

        Ok(Contact(Made with { Said = "Canary: rang again" }, Amy));
        Assert.Equal([Amy, Ben, Ben, Cal, Amy], _world.Step("parents").Contacts.Select(c => Assert.Single(c.Pupils)));
        // The words stay with whom they are about, those of the attempt too.
        Assert.Equal([Amy, Ben, Ben, Cal, Amy], _world.Step("parents").Parts.Select(p => Assert.Single(p.Pupils)));
        Assert.Null(_world.Step("parents").End!.Outcome);
    }

    [Fact]
    public void Support_is_agreed_for_each_and_for_brothers_and_sisters_together()
    {
        Refused("PUPILS_MISSING", _world.Complete("support-pupil"));
        Ok(_world.Complete(_world.Done("support-pupil") with { Pupils = [Amy, Ben], DoneAt = At(11, 10, 10, 5) }));
        Assert.Equal(StepStatus.Open, _world.Step("support-pupil").Status);
        Ok(_world.Complete(_world.Done("support-pupil") with { Pupils = [Cal] }));
        Assert.Equal(StepStatus.Done, _world.Step("support-pupil").Status);
        Refused("STEP_ENDED", _world.Complete(_world.Done("support-pupil") with { Pupils = [Cal] }));
        Assert.Equal([(StepKind.SupportPupil, At(11, 10, 10, 5))], Line(Amy).Done.Where(d => d.Kind == StepKind.SupportPupil).Select(d => (d.Kind, d.At)));
        Assert.Equal([(StepKind.SupportPupil, _world.Now)], Line(Cal).Done.Where(d => d.Kind == StepKind.SupportPupil).Select(d => (d.Kind, d.At)));
        Assert.DoesNotContain(Line(Dee).Done, d => StepWork.IsRecordedPerPupil(d.Kind));
    }

    [Fact]
    public void A_pupils_line_showed_what_was_said_to_anothers_parents_and_what_was_withheld_as_done()
    {
        Ok(Contact(Made, Amy));
        Ok(Contact(Risk, Ben));
        Assert.Equal(["Amy"], Contacted());
        Ok(Contact(Made, Cal));
        Assert.Equal(["Amy", "Cal"], Contacted());
        Ok(Contact(Made, Ben));
        Assert.Equal(["Amy", "Ben", "Cal"], Contacted());

        IEnumerable<string> Contacted() => new[] { ("Amy", Amy), ("Ben", Ben), ("Cal", Cal), ("Dee", Dee) }.Where(p => Line(p.Item2).Done.Any(d => d.Kind == StepKind.ContactParents)).Select(p => p.Item1);
    }

    [Fact]
    public void Each_decision_not_to_contact_has_its_own_review_day()
    {
        Ok(Contact(Risk, Amy));
        Ok(Contact(Risk with { ReviewOn = new DateOnly(2026, 11, 18) }, Ben));
        Ok(Contact(Made, Cal));
        Refused("CONTACT_RISK_INCOMPLETE", Contact(Risk with { ReviewOn = null }, Ben));
        _world.Until(At(11, 18, 12, 0));
        Assert.Equal(At(11, 18, 9, 0), Assert.Single(_world.Events.OfType<ParentsReviewDue>()).Nominal);
        Refused("CONTACT_RISK_INCOMPLETE", Contact(Risk with { ReviewOn = null }, Amy));
        Refused("CONTACT_RISK_INCOMPLETE", Contact(Risk with { ReviewOn = null }, Amy, Ben));
        Ok(Contact(Risk with { ReviewOn = null }, Ben));
        _world.EndEverything();
        Refused("PARENTS_WITHHELD", _world.Close());

        _world.Until(At(11, 20, 12, 0));
        Assert.Equal([At(11, 18, 9, 0), At(11, 20, 9, 0)], _world.Events.OfType<ParentsReviewDue>().Select(e => e.Nominal));
        Assert.Single(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });
        Ok(Contact(Made, Amy));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });
        Ok(_world.Close());
    }

    [Fact]
    public void A_pupil_added_later_is_asked_for_alone_and_what_was_done_stays()
    {
        Ok(Contact(Made, Amy, Ben, Cal));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "Canary: it happened to her too", Pupil: Dee, Part: PupilPart.Affected)));
        Stands("parents", StepStatus.Open, Amy, Ben, Cal);
        Ok(Contact(Made, Dee));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);
        Assert.Single(Line(Amy).Done, d => d.Kind == StepKind.ContactParents);

        // Back and forth asks nobody's parents twice.
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "Canary: only saw it", Pupil: Dee, Part: PupilPart.Witness)));
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "Canary: after all", Pupil: Dee, Part: PupilPart.Affected)));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);
    }

    [Fact]
    public void A_step_that_waited_for_the_wrong_child_only_ends_when_they_are_withdrawn()
    {
        Ok(Contact(Made, Amy, Ben));
        Ok(Correct(new CorrectRecord(CorrectedField.PupilWithdrawn, "Canary", Pupil: Cal)));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);
        Assert.Equal([Amy, Ben], Assert.Single(_world.Step("parents").Contacts).Pupils);
    }

    [Fact]
    public void Triaged_again_a_family_was_to_be_told_twice()
    {
        Ok(Contact(Made, Amy));
        Ok(Contact(Risk, Ben));
        Ok(_world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "Canary: knew it" }));
        Stands("parents", StepStatus.Open, Amy, Ben);
        Assert.Contains(_world.Due(), d => d.What.StartsWith("parents/", StringComparison.Ordinal) && d.At == At(11, 20, 9, 0));
        Ok(Contact(Made, Cal));
        Assert.Equal(StepStatus.Done, _world.Step("parents").Status);
        Assert.Contains(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });
        Ok(Contact(Made, Ben));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });
    }

    [Fact]
    public void Triaged_again_a_chosen_step_came_back_as_a_task_in_which_nobody_was_left()
    {
        var chosen = new TriageIncident("sharing-information", [FourC.Conduct], null, null, false, [], [new ChosenStep(StepKind.ContactParents, Role.Dsl, default)], "Canary why");
        Ok(_world.Triage(chosen));
        Ok(_world.Complete(_world.Done("chosen-1") with { Parents = Made, Pupils = [Amy, Ben, Cal] }));
        var more = chosen with { Steps = [.. chosen.Steps, new ChosenStep(StepKind.Custom, Role.Dsl, default, null, "Canary: ring the club")] };
        Assert.Empty(Contacts(more));
        Assert.Equal(StepStatus.Done, _world.Step("chosen-1").Status);

        // With words of its own it is asked for anew.
        var again = Assert.Single(Contacts(chosen with { Steps = [chosen.Steps[0] with { ToDo = "Canary: ring about the threats" }] }));
        Assert.Empty(again.FulfilledFor);
        Assert.Equal("Canary: ring about the threats", again.ToDo!.Plain);
        Ok(_world.Complete(_world.Done(again.Rule.Id) with { Parents = Made, Pupils = [Amy, Ben, Cal] }));

        // Whoever is concerned since is asked for, and a step of another owner is another one.
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "Canary", Pupil: Dee, Part: PupilPart.Affected)));
        Assert.Equal([Amy, Ben, Cal], Assert.Single(Contacts(chosen)).FulfilledFor);
        Assert.Empty(Assert.Single(Contacts(chosen with { Steps = [chosen.Steps[0] with { Owner = Role.PastoralTeam }] })).FulfilledFor);

        IEnumerable<IncidentStep> Contacts(TriageIncident triage)
        {
            var before = _world.State.Steps.Count;
            Ok(_world.Triage(triage));
            return _world.State.Steps.Skip(before).Where(s => s.Rule.Kind == StepKind.ContactParents);
        }
    }

    [Fact]
    public void A_contact_is_one_of_the_pupil_who_is_named()
    {
        var (mother, other) = (Guid.NewGuid(), Guid.NewGuid());
        _world.Known = new StepFacts([], [new ContactFacts(mother, true, false, false, Amy), new ContactFacts(other, true, false, false, Ben)], []);
        Refused("CONTACT_UNKNOWN", Contact(Made with { Who = null, Contact = other }, Amy));
        // One call to one mother is not the other's, too.
        Refused("CONTACT_OF_ONE", Contact(Made with { Who = null, Contact = other }, Amy, Ben));
        Ok(Contact(Made with { Who = null, Contact = other }, Ben));
        _world.Known = _world.Known with { Contacts = [.. _world.Known.Contacts, new ContactFacts(other, true, false, false, Amy)] };
        Ok(Contact(Made with { Who = null, Contact = other }, Amy, Ben));
    }

    [Fact]
    public void What_was_recorded_for_one_pupil_is_corrected_for_that_pupil()
    {
        Ok(_world.Complete(_world.Done("support-pupil") with { Pupils = [Amy] }));
        var number = _world.Step("support-pupil").Number;
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.StepOutcome, "Canary", number, "Canary right", Pupil: Ben)));
        Ok(Correct(new CorrectRecord(CorrectedField.StepOutcome, "Canary", number, "Canary right", Pupil: Amy)));
        Assert.Equal("Canary right", Assert.Single(_world.Step("support-pupil").Parts).Outcome!.Plain);
    }

    [Fact]
    public void A_record_without_a_pupil_counts_for_everybody_concerned_at_that_time()
    {
        var number = _world.Step("parents").Number;
        Old(new ParentsContactRecorded(number, ContactEnding.Made, null, ContactWay.Letter, null, null, null, null, null), new StepDone(number, Actor.Of(Dsl), _world.Now, null, null, null, [], null));
        var support = _world.Step("support-pupil").Number;
        Old(new StepDone(support, Actor.Of(Dsl), _world.Now, null, null, null, [], null));
        Assert.Equal([Amy, Ben, Cal], _world.Step("parents").Contacts[0].Pupils);
        Assert.All(new[] { Amy, Ben, Cal }, p => Assert.Equal([StepKind.SupportPupil, StepKind.ContactParents], Line(p).Done.Select(d => d.Kind).Where(StepWork.IsRecordedPerPupil).OrderDescending()));
        Assert.DoesNotContain(Line(Dee).Done, d => StepWork.IsRecordedPerPupil(d.Kind));
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "Canary", Pupil: Dee, Part: PupilPart.Affected)));
        Stands("support-pupil", StepStatus.Open, Amy, Ben, Cal);
        Assert.DoesNotContain(Line(Dee).Done, d => StepWork.IsRecordedPerPupil(d.Kind));
    }

    [Fact]
    public void A_conversation_on_a_step_that_a_later_triage_gave_up_was_lost_from_the_chronology()
    {
        Ok(Contact(Made, Amy));
        Ok(_world.Complete(_world.Done("support-pupil") with { Pupils = [Ben] }));
        Ok(_world.Triage(Illegal with { Reason = "Canary: worse" }));
        Assert.Equal(StepStatus.Superseded, _world.State.Steps.First(s => s.Rule.Id == "parents").Status);
        Assert.Equal([StepKind.ContactParents], Recorded(Amy));
        Assert.Equal([StepKind.SupportPupil], Recorded(Ben));
        Assert.Empty(Recorded(Cal));

        IEnumerable<StepKind> Recorded(PupilId pupil) => Line(pupil).Done.Select(d => d.Kind).Where(StepWork.IsRecordedPerPupil);
    }

    [Fact]
    public void A_witness_was_referred_to_the_police_by_their_chronology_and_what_was_decided_against_was_done()
    {
        Ok(_world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.NotReferred, Reason: "Canary no", WouldReopen: "Canary more")));
        Ok(_world.Refer(Agency.SocialCare));
        foreach (var pupil in new[] { Amy, Dee })
        {
            Assert.Equal([(StepKind.ReferPolice, false, true), (StepKind.ReferSocialCare, true, true)], Line(pupil).Done.Where(d => d.Kind is StepKind.ReferPolice or StepKind.ReferSocialCare).OrderBy(d => d.Answer).Select(d => (d.Kind, d.Answer!.Value, d.ForIncident)));
        }

        Ok(Contact(Made, Amy));
        Assert.False(Assert.Single(Line(Amy).Done, d => d.Kind == StepKind.ContactParents).ForIncident);
    }

    private void Stands(string rule, StepStatus status, params PupilId[] endedFor)
    {
        Assert.Equal(status, _world.Step(rule).Status);
        Assert.Equal(endedFor, _world.Step(rule).FulfilledFor);
    }

    private static PupilInvolved Person(PupilId pupil, PupilPart part) => new(pupil, part, new PupilDimensions("7", Phase.Secondary, false));

    private void Old(params object[] events) => Ok(_world.Keep(Dsl, _ => Grains.Events.Of([.. events])));

    private StepWork Work(string rule) => _world.Rows().Select(r => r.Body).OfType<TaskRow>().Single(t => t.Kind == TaskKind.IncidentStep && t.Title == _world.Step(rule).Rule.Text).Work!;

    private IncidentPupilView Line(PupilId pupil) => _world.Rows().Select(r => r.Body).OfType<IncidentPupilView>().Single(l => l.Pupil == pupil);

    private Result<Grains.Events> Contact(ParentContact contact, params PupilId[] pupils) => _world.Complete(_world.Done("parents") with { Parents = contact, Pupils = pupils });

    private Result<Grains.Events> Correct(CorrectRecord command) => _world.Keep(Dsl, c => IncidentDecider.Correct(_world.State, _world.Facts, command, c));
}
