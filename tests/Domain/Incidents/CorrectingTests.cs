using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>What was written of parents, a debrief and a closure stood as it was, wrong or not (C9, J5).</summary>
public sealed class CorrectingTests
{
    private static readonly ParentContact Made = new(ContactEnding.Made, "Canary mother", ContactWay.Telephone, "Canary told", null, null, null);

    private readonly IncidentWorld _world = Triaged();

    private int Parents => _world.Step("parents").Number;

    [Fact]
    public void With_whom_when_and_what_was_said()
    {
        Ok(_world.Complete(_world.Done("parents") with { DoneAt = At(11, 10, 9, 45), Parents = Made }));
        _world.Now += TimeSpan.FromHours(1);
        Ok(Correct(Contact(new(1, "Canary father", null, "Canary told all", null)) with { At = At(11, 10, 9, 50) }));

        var step = _world.Step("parents");
        var contact = Assert.Single(step.Contacts);
        Assert.Equal(("Canary father", ContactWay.Telephone, "Canary told all", At(11, 10, 9, 50)), (contact.Who!.Plain, contact.How!.Value, contact.Said!.Plain, contact.DoneAt!.Value));
        Assert.Equal((StepStatus.Done, At(11, 10, 9, 50)), (step.Status, step.End!.DoneAt!.Value));
        Assert.Equal(At(11, 10, 9, 50), _world.Rows().Select(r => r.Body).OfType<IncidentPupilView>().Single().Done.Single(d => d.Kind == StepKind.ContactParents).At);
        Assert.Equal("Canary mother", Assert.Single(_world.Events.OfType<ParentsContactRecorded>()).Who!.Plain);
        Assert.Equal((CorrectedField.ParentsContact, Parents, Amy), (_world.State.Corrections[0].Field, _world.State.Corrections[0].Number!.Value, _world.State.Corrections[0].Pupil!.Value));
    }

    [Fact]
    public void Words_take_the_place_of_the_wrong_contact_and_only_they()
    {
        var mother = Guid.NewGuid();
        _world.Known = new StepFacts([], [new ContactFacts(mother, true, false, false, Amy)], []);
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made with { Who = null, Contact = mother } }));
        Ok(Correct(Contact(new(1, null, ContactWay.Letter, null, null))));
        Assert.Equal((mother, ContactWay.Letter), (Latest().Contact!.Value, Latest().How!.Value));
        Ok(Correct(Contact(new(1, "Canary aunt", null, null, null))));
        Assert.Equal((null, "Canary aunt", "Canary told"), (Latest().Contact, Latest().Who!.Plain, Latest().Said!.Plain));
    }

    [Fact]
    public void Why_they_were_not_told_with_the_review_as_it_was()
    {
        Ok(_world.Complete(_world.Done("parents") with { Parents = new ParentContact(ContactEnding.NotMadeRisk, null, null, null, "Canary risk", null, new DateOnly(2026, 11, 20)) }));
        var due = _world.Due();
        Ok(Correct(Contact(new(1, null, null, null, "Canary other risk"))));
        Assert.Equal(("Canary other risk", new DateOnly(2026, 11, 20)), (Latest().Reason!.Plain, Latest().ReviewOn!.Value));
        Assert.Equal(due, _world.Due());
    }

    [Fact]
    public void Debrief_changes_and_closure_after_the_closure_too()
    {
        Ok(_world.Debrief(new DebriefIncident("Canary findings", [Dsl], [new ChangeAgreed("Canary change", NetworkManager, new DateOnly(2026, 11, 20))], null, false, null)));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.Closure, "r", Text: "x")));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.Change, "r", 1, "x", "Canary done")));
        _world.EndEverything();
        Ok(_world.Close());
        Ok(_world.Keep(NetworkManager, c => IncidentDecider.CompleteChange(_world.State, _world.Facts, new CompleteChange(1, "Canary done"), c)));

        Ok(Correct(new CorrectRecord(CorrectedField.Debrief, "Canary: read again", Text: "Canary right findings")));
        Ok(Correct(new CorrectRecord(CorrectedField.Change, "Canary", 1, "Canary right change")));
        Ok(Correct(new CorrectRecord(CorrectedField.Change, "Canary", 1, "Canary right change", "Canary right outcome")));
        Ok(Correct(new CorrectRecord(CorrectedField.Closure, "Canary", Text: "Canary right end")));
        var change = Assert.Single(_world.State.Debrief!.Changes);
        Assert.Equal(("Canary right findings", "Canary right change", "Canary right outcome"), (_world.State.Debrief.Findings.Plain, change.What.Plain, change.Outcome!.Plain));
        Assert.Equal(("Canary right end", IncidentStatus.Closed), (_world.State.Closure!.Summary!.Plain, _world.State.Status()));
        Assert.Equal((null, "Canary done"), (_world.State.Corrections[1].Outcome, _world.State.Corrections[2].Outcome!.Plain));
        Assert.Equal("Canary end", Assert.Single(_world.Events.OfType<IncidentClosed>()).Summary!.Plain);
    }

    [Fact]
    public void Where_the_policy_fell_short_stays_unless_it_is_given()
    {
        Ok(_world.Debrief(new DebriefIncident("Canary findings", [Dsl], [], null, true, "Canary gap")));
        Ok(Correct(new CorrectRecord(CorrectedField.Debrief, "r", Text: "Canary right")));
        Assert.Equal("Canary gap", _world.State.Debrief!.PolicyReason!.Plain);
        Ok(Correct(new CorrectRecord(CorrectedField.Debrief, "r", Text: "Canary right", Description: "Canary other gap")));
        Assert.Equal("Canary other gap", _world.State.Debrief!.PolicyReason!.Plain);
    }

    [Fact]
    public void What_is_not_there_or_cannot_be_is_refused()
    {
        Refused("CORRECTION_INCOMPLETE", Correct(Contact(new(1, "x", null, null, null))));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.Debrief, "r", Text: "x")));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.Change, "r", 1, "x")));
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made }));
        Refused("CORRECTION_INCOMPLETE", Correct(Contact(new(2, "x", null, null, null))));
        Refused("CORRECTION_INCOMPLETE", Correct(Contact(new(1, " ", null, null, null))));
        Refused("CORRECTION_INCOMPLETE", Correct(Contact(null)));
        Refused("DONE_TOO_EARLY", Correct(Contact(new(1, null, null, null, null)) with { At = At(11, 10, 9, 0) }));
        Refused("TEXT_TOO_LONG", Correct(Contact(new(1, null, null, new string('x', IncidentErrors.LongestText + 1), null))));
        Refused("NOT_ALLOWED", Correct(Contact(new(1, "x", null, null, null)), Teacher));
        Ok(_world.Debrief(new DebriefIncident("Canary findings", [Dsl], [], null, false, null)));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.Debrief, "r", Text: "x", Description: "Canary gap")));
    }

    [Fact]
    public void On_a_guarded_path_no_address_comes_in_with_it()
    {
        var world = Triaged(Illegal);
        Refused("LINK_IN_TEXT", world.Keep(Dsl, c => IncidentDecider.Correct(world.State, world.Facts, Contact(new(1, null, null, "Seen at canary.com/x", null)), c)));
    }

    private IncidentContact Latest() => _world.Step("parents").Contacts[^1];

    private CorrectRecord Contact(CorrectedContact? contact) => new(CorrectedField.ParentsContact, "Canary misheard", Parents, Contact: contact);

    private Result<Grains.Events> Correct(CorrectRecord command, PersonId? by = null) => _world.Keep(by ?? Dsl, c => IncidentDecider.Correct(_world.State, _world.Facts, command, c));
}
