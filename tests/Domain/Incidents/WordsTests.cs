using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>What staff have to write is read again: it is the reason for the question.</summary>
public sealed class WordsTests
{
    private readonly IncidentWorld _world = Triaged(before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher], [Role.Dsl]) }));

    [Fact]
    public void Why_a_closure_was_sent_back_was_known_to_nobody_and_its_asker_was_not_told()
    {
        _world.EndEverything();
        Ok(_world.Close(summary: "Canary first end"));
        Ok(_world.Keep(Head, c => IncidentDecider.Approve(_world.State, _world.Facts, new ApproveClosure(false, "Canary: the parents were not told"), c)));
        Assert.Equal(["Canary first end", "Canary: the parents were not told"], Said(RemarkKind.ClosureAsked, RemarkKind.ClosureSentBack));
        var notice = Assert.Single(_world.State.Notices, n => n.Kind == NoticeKind.ClosureSentBack);
        Assert.Equal((Dsl, StepStatus.Done), (notice.To, _world.Step("parents").Status));
        Assert.Contains(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.IncidentTold } t && t.Owner == Dsl);

        Ok(_world.Close(summary: "Canary second end"));
        Ok(_world.Keep(Head, c => IncidentDecider.Approve(_world.State, _world.Facts, new ApproveClosure(true, null), c)));
        Ok(_world.Keep(Dsl, c => IncidentDecider.Reopen(_world.State, _world.Facts, new ReopenIncident("Canary: it goes on"), c)));
        Assert.Equal(["Canary second end", "Canary: it goes on"], Said(RemarkKind.Closed, RemarkKind.Reopened));
        Assert.Equal((RemarkKind.Reopened, Dsl), (_world.State.Remarks[^1].Kind, _world.State.Remarks[^1].By!.Value));
    }

    [Fact]
    public void Findings_of_the_monitoring_and_of_an_earlier_debrief_were_lost()
    {
        Ok(_world.Debrief(new DebriefIncident("Canary first findings", [Dsl], [], new DateOnly(2026, 12, 1), true, "Canary gap")));
        Ok(Monitor("Canary: still tense", new DateOnly(2026, 12, 10)));
        Ok(Monitor("Canary: calm", null));
        Assert.Equal(["Canary: still tense", "Canary: calm"], Said(RemarkKind.MonitoringReviewed));
        _world.EndEverything();
        Ok(_world.Close());
        Ok(_world.Keep(Head, c => IncidentDecider.Approve(_world.State, _world.Facts, new ApproveClosure(true, null), c)));
        Ok(_world.Keep(Dsl, c => IncidentDecider.Reopen(_world.State, _world.Facts, new ReopenIncident("Canary"), c)));
        Ok(_world.Debrief(new DebriefIncident("Canary second findings", [Dsl], [], null, false, null)));
        Assert.Equal(["Canary first findings"], Said(RemarkKind.Debriefed));
        Assert.Equal("Canary gap", _world.State.Remarks.Single(r => r.Kind == RemarkKind.Debriefed).PolicyReason!.Plain);
    }

    [Fact]
    public void Why_it_was_triaged_again_and_what_agencies_answered_before_is_kept()
    {
        Ok(_world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "Canary: knew it" }));
        Assert.Equal([null, "Canary: knew it"], Said(RemarkKind.Triaged));
        Ok(_world.Refer(Agency.SocialCare));
        Ok(_world.Refer(new RecordReferral(1, Agency.SocialCare, ReferralDecision.Referred, Response: "Canary: will visit")));
        Ok(_world.Refer(new RecordReferral(1, Agency.SocialCare, ReferralDecision.Referred, Response: "Canary: has visited", Outcome: "Canary: closed")));
        Assert.Equal(["Canary: will visit", "Canary: has visited"], _world.State.Remarks.Where(r => r.Kind == RemarkKind.ReferralNews).Select(r => r.Response!.Plain));
    }

    [Fact]
    public void The_first_of_two_deciders_is_read_by_the_second()
    {
        var world = Triaged(Illegal);
        Ok(world.Refer(Agency.Police));
        Ok(world.Police(new RecordPoliceResponse(PoliceOutcome.NoReply, null, null, null)));
        Ok(world.Decide(new DecideWithoutReply(WithoutReply.InternalProcedure, Agency.SocialCare, "Canary advice", "Canary why", false, null), Dsl));
        var said = Assert.Single(world.State.Remarks, r => r.Kind == RemarkKind.DecisionProposed);
        Assert.Equal((Dsl, "Canary advice", "Canary why"), (said.By!.Value, said.Advice!.Plain, said.Reason!.Plain));
    }

    [Fact]
    public void The_original_of_a_correction_could_be_read_by_nobody()
    {
        Ok(_world.Complete("support-pupil"));
        Ok(Correct(new CorrectRecord(CorrectedField.What, "r", Text: "Canary right")));
        Ok(Correct(new CorrectRecord(CorrectedField.What, "r", Text: "Canary righter")));
        Ok(Correct(new CorrectRecord(CorrectedField.Place, "r", Text: "Canary hall")));
        Ok(Correct(new CorrectRecord(CorrectedField.Address, "r", 1, "https://canary.example/y", "Other")));
        Ok(Correct(new CorrectRecord(CorrectedField.StepOutcome, "r", _world.Step("support-pupil").Number, "Canary other outcome")));
        Ok(Correct(new CorrectRecord(CorrectedField.HappenedAt, "r", At: At(11, 10, 9, 0))));
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "r", Pupil: Amy, Part: PupilPart.Affected)));

        var corrections = Read(_world).Corrections;
        Assert.Equal(
            ["Canary Amelia showed a site", "Canary right", "Canary room 4", "https://canary.example/x", "Canary outcome", null, null], corrections.Select(c => c.Before));
        Assert.Equal("Canary pictures", corrections[3].Description);
        Assert.Equal((At(11, 10, 9, 30), PupilPart.Alleged), (corrections[5].HappenedAt!.Value, corrections[6].Part!.Value));
    }

    [Fact]
    public void The_original_of_what_parents_were_told_of_a_debrief_and_of_a_closure_is_read_beside_it()
    {
        Ok(_world.Complete(_world.Done("parents") with { Parents = new ParentContact(ContactEnding.Made, "Canary mother", ContactWay.Telephone, "Canary told", null, null, null) }));
        Ok(_world.Debrief(new DebriefIncident("Canary found", [Dsl], [new ChangeAgreed("Canary change", NetworkManager, new DateOnly(2026, 11, 20))], null, true, "Canary gap")));
        _world.EndEverything();
        Ok(_world.Close(summary: "Canary end"));
        Ok(Correct(new CorrectRecord(CorrectedField.ParentsContact, "r", _world.Step("parents").Number, At: At(11, 10, 9, 45), Contact: new CorrectedContact(1, "Canary father", null, "Canary all", null))));
        Ok(Correct(new CorrectRecord(CorrectedField.Debrief, "r", Text: "Canary right", Description: "Canary other gap")));
        Ok(Correct(new CorrectRecord(CorrectedField.Change, "r", 1, "Canary right")));
        Ok(Correct(new CorrectRecord(CorrectedField.Closure, "r", Text: "Canary right")));

        var record = Read(_world);
        Assert.Equal([(null, null), ("Canary found", "Canary gap"), ("Canary change", null), ("Canary end", null)], record.Corrections.Select(c => (c.Before, c.Beside)));
        var contact = record.Corrections[0].Contact!;
        Assert.Equal(("Canary mother", "Canary told", contact.At), (contact.Who, contact.Said, record.Corrections[0].AtBefore!.Value));
        Assert.Equal(("Canary father", "Canary all"), (record.Steps.Single(s => s.Contacts.Count > 0).Contacts[0].Who, record.Steps.Single(s => s.Contacts.Count > 0).Contacts[0].Said));
    }

    [Fact]
    public void All_of_it_is_stored_sealed_and_opens_for_those_who_see_the_record()
    {
        Ok(_world.Debrief(new DebriefIncident("Canary found", [Dsl], [], new DateOnly(2026, 12, 1), false, null)));
        Ok(Monitor("Canary: calm", null));
        _world.EndEverything();
        Ok(_world.Close(summary: "Canary first end"));
        Ok(_world.Keep(Head, c => IncidentDecider.Approve(_world.State, _world.Facts, new ApproveClosure(false, "Canary: not yet"), c)));
        var remarks = Read(_world).Remarks!;
        Assert.Equal(["Canary: calm", "Canary first end", "Canary: not yet"], remarks.Select(r => r.Findings ?? r.Summary ?? r.Reason).OfType<string>());
    }

    private IEnumerable<string?> Said(params RemarkKind[] kinds) =>
        _world.State.Remarks.Where(r => kinds.Contains(r.Kind)).Select(r => (r.Findings ?? r.Summary ?? r.Reason)?.Plain);

    private Result<Grains.Events> Monitor(string findings, DateOnly? until) =>
        _world.Keep(Dsl, c => IncidentDecider.ReviewMonitoring(_world.State, _world.Facts, new ReviewMonitoring(findings, until), c));

    private Result<Grains.Events> Correct(CorrectRecord command) => _world.Keep(Dsl, c => IncidentDecider.Correct(_world.State, _world.Facts, command, c));

    private static IncidentView Read(IncidentWorld world)
    {
        var keyring = new StoredTests.RecordingKeyring();
        var (append, _) = Appending.Compose(new IncidentModel(), keyring, Key, 0, IncidentState.Empty, Grains.Events.Of([.. world.Events]), world.As(Dsl), default, 1000);
        var row = append.Rows.Single(r => r.Table == IncidentTables.Incident).Body;
        Assert.DoesNotContain("canary", System.Text.Encoding.UTF8.GetString(row.Span), StringComparison.OrdinalIgnoreCase);
        using var opening = new OpeningScope(keyring, Key);
        return StoredJson.Read<IncidentView>(row.Span);
    }
}
