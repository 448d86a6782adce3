using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class ClosingTests
{
    private static readonly DebriefIncident ADebrief = new("Canary findings", [Dsl, Head], [new ChangeAgreed("Canary change", NetworkManager, new DateOnly(2026, 11, 20))], new DateOnly(2026, 12, 1), true, "Canary gap");

    private readonly IncidentWorld _world = Triaged();

    [Fact]
    public void Closing_needs_every_step_and_says_how_many_are_open()
    {
        Refused("STEPS_OPEN", _world.Close());
        _world.EndEverything();
        Refused("NOT_ALLOWED", _world.Close(Teacher));
        Refused("SUMMARY_MISSING", _world.Close(summary: " "));
        Ok(_world.Close());
        Assert.Equal(IncidentStatus.Closed, _world.State.Status());
        Refused("INCIDENT_CLOSED", _world.Close());
        Assert.DoesNotContain(_world.Rows(), r => r.Table == SchoolTables.Follower);
        Assert.Contains(_world.Counts, c => c is { Counter: "incidents-closed", Dimensions: "nature=inappropriate-material", By: 1 });
    }

    [Fact]
    public void A_record_was_closed_over_parents_still_to_be_told_and_left_a_task_nobody_could_finish()
    {
        var risk = new ParentContact(ContactEnding.NotMadeRisk, null, null, null, "Canary risk", null, new DateOnly(2026, 11, 20));
        Ok(_world.Complete(_world.Done("parents") with { Parents = risk }));
        _world.EndEverything();
        Refused("PARENTS_WITHHELD", _world.Close());
        Refused("CONTACT_RISK_INCOMPLETE", _world.Complete(_world.Done("parents") with { Parents = risk with { ReviewOn = null } }));

        _world.Until(At(11, 23, 12, 0));
        Refused("PARENTS_WITHHELD", _world.Close());
        var task = Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskView>(), t => t.Kind == "parents-review");
        Assert.Equal(At(11, 20, 9, 0), task.DueAt);
        Ok(_world.Complete(_world.Done("parents") with { Parents = risk with { ReviewOn = null } }));
        Ok(_world.Close());
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskView { Kind: "parents-review" });
    }

    [Fact]
    public void A_record_was_closed_over_a_referral_nobody_had_answered()
    {
        _world.EndEverything();
        Ok(_world.Refer(Agency.EarlyHelp));
        Refused("REFERRAL_UNANSWERED", _world.Close());
        _world.Until(At(11, 20, 12, 0));
        var task = Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskView>(), t => t.Kind == "referral-chase");
        Assert.Equal(At(11, 11, 9, 0), task.DueAt);
        var last = _world.State.Referrals[^1].Number;
        Ok(_world.Refer(new RecordReferral(last, Agency.EarlyHelp, ReferralDecision.Referred, Outcome: "Canary never answered")));
        Ok(_world.Close());
    }

    [Fact]
    public void A_referral_made_while_the_closure_waits_is_answered_before_it_is_approved()
    {
        var world = Triaged(before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher, Role.Dsl], [Role.Headteacher]) }));
        world.EndEverything();
        Ok(world.Close());
        Ok(world.Refer(Agency.EarlyHelp, Teacher));
        Refused("REFERRAL_UNANSWERED", Approve(world, Head));
        Ok(Approve(world, Head, approve: false, "Canary open"));
    }

    [Fact]
    public void A_closed_incident_takes_no_more_work()
    {
        _world.EndEverything();
        Ok(_world.Close());
        Refused("INCIDENT_CLOSED", _world.Triage(ATriage with { Reason = "again" }));
        Refused("INCIDENT_CLOSED", _world.Complete("support-pupil"));
        Refused("INCIDENT_CLOSED", _world.Debrief(ADebrief));
        Assert.DoesNotContain(_world.Due(), d => d.What.StartsWith("step", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_policy_wants_a_second_approver_somebody_else_approves()
    {
        var world = Triaged(before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher, Role.Dsl], [Role.Headteacher]) }));
        Refused("NO_CLOSURE_ASKED", Approve(world, Head));
        world.EndEverything();
        Ok(world.Close());
        Assert.Equal(IncidentStatus.AwaitsApproval, world.State.Status());
        Assert.Contains(world.Rows(), r => r.Body is TaskView { Kind: "closure-approval" } t && t.Owner == Head);
        Refused("CLOSURE_ASKED", world.Close());
        Refused("OWN_CLOSURE", Approve(world, Dsl));
        Refused("NOT_AN_APPROVER", Approve(world, Deputy));

        Refused("REASON_MISSING", Approve(world, Head, approve: false));
        Ok(Approve(world, Head, approve: false, "Canary missing"));
        Assert.Equal(IncidentStatus.Open, world.State.Status());
        Ok(world.Close());
        Ok(Approve(world, Head));
        Assert.Equal((IncidentStatus.Closed, Head), (world.State.Status(), world.State.Closure!.ApprovedBy!.Value));
        Refused("INCIDENT_CLOSED", Approve(world, Head));
        Refused("NOT_ALLOWED", Reopen(world, Dsl));
    }

    [Fact]
    public void Reopening_needs_a_reason_and_takes_the_closure_back()
    {
        Refused("NOT_CLOSED", Reopen(_world, Dsl));
        _world.EndEverything();
        Ok(_world.Close());
        Refused("REASON_MISSING", Reopen(_world, Dsl, " "));
        Ok(Reopen(_world, Dsl));
        Assert.Equal(IncidentStatus.Open, _world.State.Status());
        Assert.Equal(0, _world.Counts.Where(c => c.Counter == "incidents-closed").Sum(c => c.By));
        Refused("NOT_CLOSED", Reopen(_world, Dsl));
        Ok(_world.Close());
    }

    [Fact]
    public void A_debrief_gives_changes_owners_watches_to_a_date_and_flags_the_policy()
    {
        Ok(_world.Debrief(ADebrief));
        Assert.Equal(IncidentStatus.Monitored, _world.State.Status());
        Assert.Contains(_world.Rows(), r => r.Body is TaskView { Kind: "debrief-change", Title: "Make the change that was agreed in a debrief." } t && t.Owner == NetworkManager);
        Assert.Contains(_world.State.Notices, n => n.Kind == IncidentNotices.PolicyReview && n.To == Head);
        Refused("ALREADY_DEBRIEFED", _world.Debrief(ADebrief));

        _world.Until(At(12, 1, 12, 0));
        Assert.Equal((At(11, 20, 15, 30), NetworkManager), _world.Events.OfType<ChangeOverdue>().Select(e => (e.Nominal, e.To!.Value)).Single());
        Assert.Equal((At(12, 1, 9, 0), Dsl), _world.Events.OfType<MonitoringDue>().Select(e => (e.Nominal, e.To!.Value)).Single());
    }

    [Fact]
    public void Bad_debriefs_are_refused()
    {
        Refused("FINDINGS_MISSING", _world.Debrief(ADebrief with { Findings = "" }));
        Refused("CHANGE_INCOMPLETE", _world.Debrief(ADebrief with { Changes = [ADebrief.Changes[0] with { DueOn = new DateOnly(2026, 11, 1) }] }));
        Refused("CHANGE_INCOMPLETE", _world.Debrief(ADebrief with { Changes = [ADebrief.Changes[0] with { Owner = new PersonId(Guid.NewGuid()) }] }));
        Refused("PRESENT_UNKNOWN", _world.Debrief(ADebrief with { Present = [new PersonId(Guid.NewGuid())] }));
        Refused("MONITOR_IN_PAST", _world.Debrief(ADebrief with { MonitorUntil = new DateOnly(2026, 11, 1) }));
        Refused("POLICY_REASON_MISSING", _world.Debrief(ADebrief with { PolicyReason = null }));
        Refused("NOT_ALLOWED", _world.Debrief(ADebrief, Teacher));
    }

    [Fact]
    public void The_situation_is_watched_until_the_review_ends_it()
    {
        Refused("NOT_MONITORED", Monitor(null));
        Ok(_world.Debrief(ADebrief));
        _world.EndEverything();
        Refused("STILL_MONITORED", _world.Close());
        Refused("MONITOR_IN_PAST", Monitor(new DateOnly(2026, 11, 1)));
        Ok(Monitor(new DateOnly(2026, 12, 10)));
        Assert.Contains(_world.Due(), d => d.What == "monitoring" && d.At == At(12, 10, 9, 0));
        Ok(Monitor(null));
        Ok(_world.Close());
        Assert.Contains(_world.Due(), d => d.What == "change/1");
    }

    [Fact]
    public void A_change_is_done_by_its_owner_after_the_closure_too()
    {
        Refused("NOT_FOUND", Change(NetworkManager));
        Ok(_world.Debrief(ADebrief));
        Refused("NOT_ALLOWED", Change(Teacher));
        Ok(Change(NetworkManager));
        Nothing(Change(NetworkManager));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskView { Kind: "debrief-change" });
    }

    [Fact]
    public void A_debrief_the_policy_demands_holds_up_the_closure()
    {
        var world = Triaged(before: w => w.With(p => p with { Debrief = new DebriefRules(DebriefFor.EveryIncident, [Role.Dsl], new PolicyPeriod(2, PeriodUnit.Week)) }));
        Ok(world.Debrief(ADebrief with { MonitorUntil = null, Changes = [] }));
        Assert.Equal(new DateOnly(2026, 11, 24), world.State.Debrief!.MonitorUntil);
        Assert.Equal(StepStatus.Done, world.Step("debrief").Status);
    }

    [Fact]
    public void A_correction_keeps_the_original_and_marks_what_was_changed()
    {
        Ok(Correct(new CorrectRecord(CorrectedField.What, "Canary wrong child", Text: "Canary right")));
        Ok(Correct(new CorrectRecord(CorrectedField.Address, "Typo", 1, "https://canary.example/y", "Other")));
        Ok(Correct(new CorrectRecord(CorrectedField.PupilPart, "Mixed up", Pupil: Amy, Part: PupilPart.Affected)));
        Ok(Correct(new CorrectRecord(CorrectedField.HappenedAt, "Wrong", At: At(11, 10, 9, 0))));
        Ok(Correct(new CorrectRecord(CorrectedField.Place, "Wrong", Text: "Canary hall")));
        Assert.Equal("Canary right", _world.State.What!.Plain);
        Assert.Equal("Canary Amelia showed a site", _world.Events.OfType<IncidentReported>().Single().What.Plain);
        Assert.Equal([CorrectedField.What, CorrectedField.Address, CorrectedField.PupilPart, CorrectedField.HappenedAt, CorrectedField.Place], _world.State.Corrections.Select(c => c.Field));
        Nothing(Correct(new CorrectRecord(CorrectedField.PupilPart, "Mixed up", Pupil: Amy, Part: PupilPart.Affected)));
    }

    [Fact]
    public void Bad_corrections_are_refused()
    {
        Refused("REASON_MISSING", Correct(new CorrectRecord(CorrectedField.What, "", Text: "x")));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.What, "r")));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.Address, "r", 9, "x")));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.PupilPart, "r", Pupil: Ben, Part: PupilPart.Witness)));
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.StepOutcome, "r", _world.Step("parents").Number, "x")));
        Refused("IN_THE_FUTURE", Correct(new CorrectRecord(CorrectedField.HappenedAt, "r", At: _world.Now.AddDays(1))));
        Refused("NOT_ALLOWED", Correct(new CorrectRecord(CorrectedField.What, "r", Text: "x"), Teacher));
    }

    private Contracts.Result<Grains.Events> Correct(CorrectRecord command, PersonId? by = null) => _world.Keep(by ?? Dsl, c => IncidentDecider.Correct(_world.State, _world.Facts, command, c));

    private Contracts.Result<Grains.Events> Monitor(DateOnly? to) => _world.Keep(Dsl, c => IncidentDecider.ReviewMonitoring(_world.State, _world.Facts, new ReviewMonitoring("Canary calm", to), c));

    private Contracts.Result<Grains.Events> Change(PersonId by) => _world.Keep(by, c => IncidentDecider.CompleteChange(_world.State, _world.Facts, new CompleteChange(1, "Canary done"), c));

    private static Contracts.Result<Grains.Events> Approve(IncidentWorld world, PersonId by, bool approve = true, string? reason = null) =>
        world.Keep(by, c => IncidentDecider.Approve(world.State, world.Facts, new ApproveClosure(approve, reason), c));

    private static Contracts.Result<Grains.Events> Reopen(IncidentWorld world, PersonId by, string reason = "Canary new") =>
        world.Keep(by, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident(reason), c));
}
