using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
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
        var task = Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.ParentsReview);
        Assert.Equal(At(11, 20, 9, 0), task.DueAt);
        Ok(_world.Complete(_world.Done("parents") with { Parents = risk with { ReviewOn = null } }));
        Ok(_world.Close());
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ParentsReview });
    }

    [Fact]
    public void A_record_was_closed_over_a_referral_nobody_had_answered()
    {
        _world.EndEverything();
        Ok(_world.Refer(Agency.EarlyHelp));
        Refused("REFERRAL_UNANSWERED", _world.Close());
        _world.Until(At(11, 20, 12, 0));
        var task = Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.ReferralChase);
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
    public void A_closure_was_approved_after_the_path_had_begun_to_wait_for_the_police()
    {
        var world = Triaged(Nudes, before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher, Role.Dsl], [Role.Headteacher]) }));
        Ok(world.Review(new ReviewNude(false, false, false, false, false, false, false, "Canary reason")));
        world.EndEverything();
        Ok(world.Close());
        Ok(world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred, Outcome: "Canary taken")));
        Assert.Equal(PathState.WithAgencies, world.State.Path!.State);
        Refused("PATH_FORBIDS", Approve(world, Head));
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
        Assert.Contains(world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ClosureApproval } t && t.Owner == Head);
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
    public void A_closure_that_nobody_could_approve_locked_the_incident()
    {
        var world = Triaged(before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher], [Role.Headteacher]) }));
        world.EndEverything();
        var refused = world.Close(Head);
        Refused("NO_SECOND_APPROVER", refused);
        Assert.Contains("headteacher", refused.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(IncidentStatus.Open, world.State.Status());

        // As earlier releases stored it.
        Ok(world.Keep(Head, _ => Grains.Events.Of(new ClosureAsked(world.State.What!, null))));
        Refused("CLOSURE_ASKED", world.Close());
        Refused("REASON_MISSING", Approve(world, Head, approve: false));
        Ok(Approve(world, Head, approve: false, "Canary: nobody else is here"));
        Assert.Equal(IncidentStatus.Open, world.State.Status());
        Ok(world.Close(Dsl));
        Ok(Approve(world, Head));
    }

    [Fact]
    public void Whoever_asked_takes_a_closure_back_and_approves_it_in_no_case()
    {
        var world = Triaged(before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher], [Role.Headteacher]) }));
        world.EndEverything();
        Ok(world.Close(Deputy));
        Refused("NOT_AN_APPROVER", Approve(world, Deputy));
        Refused("NOT_AN_APPROVER", Approve(world, Dsl, approve: false, "Canary"));
        var notices = world.State.Notices.Count;
        Ok(Approve(world, Deputy, approve: false, "Canary: one more call"));
        Assert.Equal((IncidentStatus.Open, notices), (world.State.Status(), world.State.Notices.Count));
        Assert.Equal(["Canary end", "Canary: one more call"], world.State.Remarks.TakeLast(2).Select(r => (r.Summary ?? r.Reason)!.Plain));
        Assert.DoesNotContain(world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.ClosureApproval });

        Ok(world.Close(Deputy));
        world.Facts = world.Facts with { Covers = [new CoverPeriod(Deputy, Senior, new(2026, 11, 10), new(2026, 11, 10))] };
        Ok(Approve(world, Senior, approve: false, "Canary: in their stead"));
    }

    [Fact]
    public void A_change_says_who_made_it_not_whose_it_was()
    {
        Ok(_world.Debrief(ADebrief));
        Ok(Change(Deputy));
        var change = _world.State.Debrief!.Changes[0];
        Assert.Equal((NetworkManager, Deputy), (change.Owner, change.DoneBy!.Value));
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
        Assert.Contains(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.DebriefChange, Title: "Make the change that was agreed in a debrief." } t && t.Owner == NetworkManager);
        Assert.Contains(_world.State.Notices, n => n.Kind == NoticeKind.PolicyReviewRaised && n.To == Head);
        // The head has the review until it is done.
        Assert.Equal((Head, new DateOnly(2026, 12, 8)), _world.State.Debrief!.Changes.Select(c => (c.Owner, c.DueOn)).Last());
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
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.DebriefChange } task && task.Owner == NetworkManager);
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
    public void A_wrong_child_could_not_be_taken_off_the_record_nor_a_missing_one_be_put_on_it()
    {
        var dimensions = new PupilDimensions("9", Phase.Secondary, false);
        var added = new CorrectRecord(CorrectedField.PupilAdded, "Canary mixed up", Pupil: Ben, Part: PupilPart.Alleged, Dimensions: dimensions);
        Ok(_world.Complete("confiscate-device"));
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.Fulfilled(_world.State, _world.Facts, new StepFulfilled(StepKind.DailyChecks, Amy, new StreamId("checks", Amy.Value), Actor.Of(Dsl)), c)));
        _world.Now += TimeSpan.FromHours(1);
        var counts = _world.Counts.Count;

        Ok(Correct(added));
        Assert.Equal([Amy, Ben], _world.State.People.Select(p => p.Pupil));
        Assert.Equal(["yearGroup=7", "yearGroup=several"], _world.Counts.Skip(counts).Where(c => c.Counter == IncidentCounts.Incidents).Select(c => c.Dimensions.Split(';')[^1]));
        // What was done for the one is asked again for the other.
        Assert.All(new[] { "confiscate-device", "daily-checks" }, id => Assert.Equal($"{StepStatus.Open} {Amy}", $"{_world.Step(id).Status} {string.Join(' ', _world.Step(id).FulfilledFor)}"));
        Assert.Equal([StepKind.ConfiscateDevice, StepKind.DailyChecks], Line(Amy).Done.Select(d => d.Kind).Where(StandardSteps.IsPerPupil));
        Assert.DoesNotContain(Line(Ben).Done, d => StandardSteps.IsPerPupil(d.Kind));
        Refused("PUPIL_TWICE", Correct(added));

        Ok(Correct(new CorrectRecord(CorrectedField.PupilWithdrawn, "Canary: it was Ben", Pupil: Amy)));
        Assert.Equal([Ben], _world.State.People.Select(p => p.Pupil));
        Assert.Equal("yearGroup=9", _world.Counts.Last(c => c.Counter == IncidentCounts.Incidents).Dimensions.Split(';')[^1]);
        Assert.Equal(Ben, Assert.Single(_world.Rows(), r => r.Table.Name == IncidentTables.IncidentPupil.Name).Body is IncidentPupilView line ? line.Pupil : default);
        Assert.Equal([(CorrectedField.PupilAdded, Ben), (CorrectedField.PupilWithdrawn, Amy)], _world.State.Corrections.Select(c => (c.Field, c.Pupil!.Value)));
        Assert.Equal(Amy, Assert.Single(_world.Events.OfType<IncidentReported>()).People.Single().Pupil);
        Refused("CORRECTION_INCOMPLETE", Correct(new CorrectRecord(CorrectedField.PupilWithdrawn, "r", Pupil: Amy)));
    }

    [Fact]
    public void A_step_that_waited_for_the_wrong_child_only_is_done_when_they_are_withdrawn()
    {
        var pupil = AReport.People[0];
        var world = Triaged(report: AReport with { People = [pupil, pupil with { Pupil = Ben }] });
        Ok(world.Keep(world.AsSystem(), c => IncidentDecider.Fulfilled(world.State, world.Facts, new StepFulfilled(StepKind.DailyChecks, Amy, new StreamId("checks", Amy.Value), Actor.Of(Dsl)), c)));
        Assert.Equal(StepStatus.Open, world.Step("daily-checks").Status);
        Ok(world.Keep(Dsl, c => IncidentDecider.Correct(world.State, world.Facts, new CorrectRecord(CorrectedField.PupilWithdrawn, "Canary", Pupil: Ben), c)));
        Assert.Equal(StepStatus.Done, world.Step("daily-checks").Status);
    }

    [Fact]
    public void A_pupil_is_added_to_an_open_incident_only_and_is_one_of_this_school()
    {
        var added = new CorrectRecord(CorrectedField.PupilAdded, "Canary", Pupil: Ben, Part: PupilPart.Affected, Dimensions: new PupilDimensions("7", Phase.Secondary, false));
        Refused("CORRECTION_INCOMPLETE", Correct(added with { Part = null }));
        Refused("CORRECTION_INCOMPLETE", Correct(added with { Dimensions = null }));
        Refused("YEAR_GROUP_UNKNOWN", Correct(added with { Dimensions = added.Dimensions! with { YearGroup = "77" } }));
        _world.EndEverything();
        Ok(_world.Close());
        Refused("INCIDENT_CLOSED", Correct(added));
        Ok(Correct(new CorrectRecord(CorrectedField.PupilWithdrawn, "Canary", Pupil: Amy)));
    }

    [Fact]
    public void Corrections_had_no_bounds()
    {
        Refused("TEXT_TOO_LONG", Correct(new CorrectRecord(CorrectedField.What, "r", Text: new string('x', IncidentErrors.LongestWhat + 1))));
        Ok(Correct(new CorrectRecord(CorrectedField.What, "r", Text: new string('x', IncidentErrors.LongestText + 1))));
        Refused("TEXT_TOO_LONG", Correct(new CorrectRecord(CorrectedField.Place, "r", Text: new string('x', IncidentErrors.LongestText + 1))));
        Refused("TEXT_TOO_LONG", Correct(new CorrectRecord(CorrectedField.Address, "r", 1, "x", new string('x', IncidentErrors.LongestText + 1))));
        Refused("TEXT_TOO_LONG", Correct(new CorrectRecord(CorrectedField.Place, new string('x', IncidentErrors.LongestText + 1), Text: "x")));
        Refused("TOO_LONG_AGO", Correct(new CorrectRecord(CorrectedField.HappenedAt, "r", At: new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero))));
    }

    private IncidentPupilView Line(PupilId pupil) => _world.Rows().Select(r => r.Body).OfType<IncidentPupilView>().Single(l => l.Pupil == pupil);

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

    private Result<Grains.Events> Correct(CorrectRecord command, PersonId? by = null) => _world.Keep(by ?? Dsl, c => IncidentDecider.Correct(_world.State, _world.Facts, command, c));

    private Result<Grains.Events> Monitor(DateOnly? to) => _world.Keep(Dsl, c => IncidentDecider.ReviewMonitoring(_world.State, _world.Facts, new ReviewMonitoring("Canary calm", to), c));

    private Result<Grains.Events> Change(PersonId by) => _world.Keep(by, c => IncidentDecider.CompleteChange(_world.State, _world.Facts, new CompleteChange(1, "Canary done"), c));

    private static Result<Grains.Events> Approve(IncidentWorld world, PersonId by, bool approve = true, string? reason = null) =>
        world.Keep(by, c => IncidentDecider.Approve(world.State, world.Facts, new ApproveClosure(approve, reason), c));

    private static Result<Grains.Events> Reopen(IncidentWorld world, PersonId by, string reason = "Canary new") =>
        world.Keep(by, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident(reason), c));
}
