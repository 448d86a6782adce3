using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Devices;
using static OnlineSafetyTrust.Contracts.Devices.CustodyState;
using static OnlineSafetyTrust.Contracts.Devices.CustodyStep;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Devices;

public class CustodyTests
{
    private static readonly DeviceId Phone = new(Guid.Parse("55555555-0000-7000-8000-000000000001"));
    private static readonly EssentialOverride HeadDecided = new(Of(Role.Headteacher), "A board, tried out");

    private readonly StoredStream<DeviceState> _device = new(new DeviceModel(), DeviceKey.Of(GivenSchool.Id, Phone));

    /// <summary>Written out by hand, apart from the code's own table.</summary>
    private static readonly Dictionary<CustodyState, string> Expected = new()
    {
        [WithPupil] = "Confiscate>Confiscated Remove>Removed Seal>SealedAsEvidence",
        [Returned] = "Confiscate>Confiscated Remove>Removed Seal>SealedAsEvidence",
        [ReturnedToParent] = "Confiscate>Confiscated Remove>Removed Seal>SealedAsEvidence",
        [Confiscated] = "Remove>Removed Seal>SealedAsEvidence HandToStaff>Confiscated HandToPolice>WithPolice ReturnToHolder>Returned ReturnToParent>ReturnedToParent Examine>Confiscated DeleteMaterial>Confiscated",
        [Removed] = "Seal>SealedAsEvidence HandToStaff>Removed HandToPolice>WithPolice ReturnToHolder>Returned ReturnToParent>ReturnedToParent Examine>Removed DeleteMaterial>Removed",
        [SealedAsEvidence] = "HandToStaff>SealedAsEvidence HandToPolice>WithPolice ReturnToHolder>Returned ReturnToParent>ReturnedToParent",
        [WithPolice] = "HandToStaff>Confiscated ReturnToHolder>Returned ReturnToParent>ReturnedToParent",
    };

    public static TheoryData<CustodyState, CustodyStep, bool> EveryPair()
    {
        var pairs = new TheoryData<CustodyState, CustodyStep, bool>();
        foreach (var state in Enum.GetValues<CustodyState>())
        {
            foreach (var step in Enum.GetValues<CustodyStep>())
            {
                pairs.Add(state, step, false);
                pairs.Add(state, step, true);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Every_step_from_every_state_is_in_the_table_or_refused(CustodyState state, CustodyStep step, bool frozen)
    {
        Register();
        foreach (var before in WayTo(state))
        {
            Do(before);
        }

        if (frozen)
        {
            Freeze();
        }

        var next = Expected[state].Split(' ').Select(e => e.Split('>')).Where(e => e[0] == step.ToString()).Select(e => Enum.Parse<CustodyState>(e[1])).Cast<CustodyState?>().SingleOrDefault();
        var result = Decide(step)(_device.State, By(Role.Dsl));
        var safe = step is Confiscate or Remove or Seal or HandToPolice || (step == HandToStaff && state == SealedAsEvidence);
        if (next is null || (frozen && !safe))
        {
            var error = Assert.Single(result.Errors);
            Assert.Equal(ErrorKind.Refused, error.Kind);
            Assert.True(!frozen || safe || error.Code == "DEVICE_FROZEN", error.Code);
            return;
        }

        _device.Do(By(Role.Dsl), Decide(step));
        Assert.Equal(next, _device.State.Record!.Custody);
        Assert.Equal(next, _device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1].State);
        Assert.Equal(next.ToString(), Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device)).Custody.ToString());
    }

    [Fact]
    public void A_teacher_takes_a_phone_and_incident_and_pupil_hear_of_it()
    {
        Register();
        _device.Do(By(Role.ClassTeacher), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Canary's locker", "Behaviour policy 4.2", Incident), c));

        Assert.Equal(new StepFulfilled(StepKind.ConfiscateDevice, Pupil, DeviceKey.Stream(Phone), Actor.Of(Of(Role.ClassTeacher))), _device.Message<StepFulfilled>(StepFulfilled.Message));
        Assert.Equal(new CustodyChanged(Phone, Confiscated, false, EssentialPurpose.None), _device.Message<CustodyChanged>(CustodyChanged.Message));
        var link = Assert.Single(_device.Rows<CustodyEntryView>(DeviceTables.Custody));
        Assert.Equal(("Canary's locker", "Behaviour policy 4.2", Pupil, Of(Role.ClassTeacher)), (link.Place, link.LawfulGround, link.FromHolder!.Pupil!.Value, link.ToStaff!.Value));
        Assert.DoesNotContain("Canary", System.Text.Encoding.UTF8.GetString(_device.Last!.Events[0].Payload.Span), StringComparison.Ordinal);
        _device.Refused(By(Role.ClassTeacher), "CUSTODY_ORDER", Decide(Confiscate));
    }

    [Fact]
    public void All_devices_are_removed_only_when_somebody_confirms_that_none_is_left()
    {
        Register();
        var remove = new TakeDevice(Taking.Remove, "Safe", "Plan", Incident);
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, remove, c));
        Assert.DoesNotContain(StepFulfilled.Message, _device.Messages);
        Assert.True(_device.Message<CustodyChanged>(CustodyChanged.Message).UntilStrategy);
        Do(ReturnToHolder);
        Assert.False(_device.Message<CustodyChanged>(CustodyChanged.Message).UntilStrategy);
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, remove with { NoneLeft = true }, c));
        Assert.Equal(StepKind.RemoveAllDevices, _device.Message<StepFulfilled>(StepFulfilled.Message).Kind);
    }

    [Fact]
    public void Removed_until_a_strategy_stays_so_through_seal_and_police()
    {
        Register();
        Do(Remove);
        Do(Seal);
        Do(HandToPolice);
        Do(HandToStaff);
        Assert.True(_device.State.Record!.UntilStrategy);
    }

    [Fact]
    public void One_form_of_any_leader_undid_a_removal_until_a_strategy()
    {
        Register();
        Do(Remove);
        var decided = new StrategyOverride(Of(Role.Headteacher), "Canary is watched at home");
        Func<DeviceState, CommandContext, Result<Events>> Return(ReturnedTo to, StrategyOverride? head = null, bool waits = true) =>
            (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(to, "Released", head), c, waits: waits);

        _device.Refused(By(Role.SeniorLeader), "STRATEGY_NOT_AGREED", Return(ReturnedTo.Holder));
        _device.Refused(By(Role.SeniorLeader), "HEAD_IN_PERSON", Return(ReturnedTo.Holder, decided));
        _device.Refused(By(Role.Dsl), "NOT_THE_HEAD", Return(ReturnedTo.Holder, decided with { DecidedBy = Of(Role.Dsl) }));
        _device.Refused(By(Role.DeputyDsl), "REASON_MISSING", Return(ReturnedTo.Holder, decided with { Reason = " " }));
        _device.Refused(By(Role.SeniorLeader), "OVERRIDE_NOT_ASKED", Return(ReturnedTo.Holder, decided, waits: false));
        // It waits for nothing itself, but its pupil is to hold none.
        _device.Refused(By(Role.SeniorLeader), "STRATEGY_NOT_AGREED", (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c, forbidden: true));
        Assert.True(CustodyDecider.Return(_device.State, Facts, new ReturnDevice(ReturnedTo.Parent), By(Role.SeniorLeader), forbidden: true).Ok);
        Assert.True(Return(ReturnedTo.Holder, waits: false)(_device.State, By(Role.SeniorLeader)).Ok);

        Assert.False(CustodyDecider.IsLeft(_device.State, null));
        _device.Do(By(Role.DeputyDsl), Return(ReturnedTo.Holder, decided));
        // Given back by the head's decision it does not stand in the way of the removal that it was taken for, only of another.
        Assert.False(CustodyDecider.IsLeft(_device.State, null));
        Assert.True(CustodyDecider.IsLeft(_device.State, Incident));
        Assert.False(_device.Message<CustodyChanged>(CustodyChanged.Message).UntilStrategy);
        Assert.Equal(NoticeKind.StrategyOverrideDecision, _device.Message<Notice>(Notice.Message).Kind);
        var told = _device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1].StrategyOverride!;
        Assert.Equal((Of(Role.Headteacher), "Canary is watched at home"), (told.DecidedBy, told.Reason));
        Assert.DoesNotContain("Canary", System.Text.Encoding.UTF8.GetString(_device.Last!.Events[0].Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_gets_a_removed_device_and_the_pupil_goes_on_without()
    {
        Register();
        Do(Remove);
        _device.Do(By(Role.SeniorLeader), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent), c, waits: true));
        Assert.Equal(new CustodyChanged(Phone, ReturnedToParent, true, EssentialPurpose.None), _device.Message<CustodyChanged>(CustodyChanged.Message));

        // Back in school and taken in a lesson: not anybody's to give back.
        Do(Confiscate);
        _device.Refused(By(Role.ClassTeacher), "NOT_ALLOWED", Decide(ReturnToParent));
        _device.Refused(By(Role.Dsl), "STRATEGY_NOT_AGREED", (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c, waits: true));

        _device.Do(By(Role.Headteacher), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent, null, new StrategyOverride(Of(Role.Headteacher), "Agreed by telephone")), c, waits: true));
        Assert.Equal(new CustodyChanged(Phone, Returned, false, EssentialPurpose.None), _device.Message<CustodyChanged>(CustodyChanged.Message));
        Assert.DoesNotContain(Notice.Message, _device.Messages);
    }

    [Fact]
    public void What_the_head_gave_back_was_asked_for_again_where_only_its_confiscation_had_named_the_incident()
    {
        Register();
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Office", "Behaviour policy", Incident), c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Office", "All of hers", null, true), c));
        _device.Do(By(Role.Headteacher), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder, null, new StrategyOverride(Of(Role.Headteacher), "Watched at home")), c, waits: true));
        Assert.False(CustodyDecider.IsLeft(_device.State, Incident));
        Assert.True(CustodyDecider.IsLeft(_device.State, new IncidentId(Guid.NewGuid())));
    }

    [Fact]
    public void A_phone_that_a_parent_was_given_once_was_never_asked_for_again()
    {
        Register();
        Do(Confiscate);
        Assert.Equal((true, false), Stands(Incident));
        Do(ReturnToParent);
        Assert.Equal((false, true), Stands(Incident));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "At home", "Agreed with the mother", Incident, true), c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent, "She keeps it"), c, waits: true));
        Assert.Equal((true, false), Stands(Incident));
        // A later incident asks anew, and so does this one when it was seen in school and given back since.
        Assert.Equal((false, true), Stands(new IncidentId(Guid.NewGuid())));
        Do(Confiscate);
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c));
        Do(Confiscate);
        Do(ReturnToParent);
        Assert.Equal((true, true), Stands(Incident));

        (bool Taken, bool Left) Stands(IncidentId incident) => (CustodyDecider.IsTaken(_device.State, incident), CustodyDecider.IsLeft(_device.State, incident));
    }

    [Theory]
    [InlineData(Confiscate, Role.ClassTeacher, true)]
    [InlineData(Confiscate, Role.SupportStaff, true)]
    [InlineData(Confiscate, Role.Volunteer, false)]
    [InlineData(Confiscate, Role.Governor, false)]
    [InlineData(Seal, Role.KeyWorker, true)]
    [InlineData(Seal, Role.ChairOfGovernors, false)]
    public void Any_member_of_staff_takes_or_seals(CustodyStep step, Role role, bool may)
    {
        Register();
        Assert.Equal(may, Decide(step)(_device.State, By(role)).Ok);
    }

    [Fact]
    public void The_police_and_what_became_an_incident_are_for_leaders()
    {
        Register();
        Do(Confiscate);
        _device.Refused(By(Role.ClassTeacher), "NOT_ALLOWED", Decide(HandToPolice));
        Assert.True(Decide(ReturnToHolder)(_device.State, By(Role.ClassTeacher)).Ok);
        Do(ReturnToHolder);
        _device.Do(By(Role.ClassTeacher), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan", Incident), c));
        _device.Refused(By(Role.ClassTeacher), "NOT_ALLOWED", Decide(ReturnToHolder));
        Assert.True(Decide(ReturnToParent)(_device.State, By(Role.SeniorLeader)).Ok);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        Register();
        _device.Refused(By(Role.Dsl), "PLACE_MISSING", (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, " ", "Plan"), c));
        _device.Refused(By(Role.Dsl), "GROUND_MISSING", (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", ""), c));
        _device.Refused(By(Role.Dsl), "SEAL_MISSING", (s, c) => CustodyDecider.Seal(s, Facts, new SealAsEvidence("Safe", ""), c));
        _device.Refused(By(Role.Dsl), "PLACE_MISSING", (s, c) => CustodyDecider.Seal(s, Facts, new SealAsEvidence("", "1"), c));
        Do(Seal);
        _device.Refused(By(Role.Dsl), "OFFICER_MISSING", (s, c) => CustodyDecider.HandOver(s, Facts, new HandOverDevice(null, "", null, "Station", "1"), c));
        _device.Refused(By(Role.Dsl), "PLACE_MISSING", (s, c) => CustodyDecider.HandOver(s, Facts, new HandOverDevice(null, "PC 1", null, "", "1"), c));
        _device.Refused(By(Role.Dsl), "SEAL_MISSING", (s, c) => CustodyDecider.HandOver(s, Facts, new HandOverDevice(null, "PC 1", null, "Station", null), c));
        _device.Refused(By(Role.Dsl), "PERSON_UNKNOWN", (s, c) => CustodyDecider.HandOver(s, Facts, new HandOverDevice(new PersonId(Guid.NewGuid()), null, null, "Safe", "1"), c));
        _device.Refused(By(Role.Dsl), "NOTE_MISSING", (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c));
    }

    [Fact]
    public void Custody_goes_from_hand_to_hand()
    {
        Register();
        Do(Confiscate);
        _device.Do(By(Role.SeniorLeader), (s, c) => CustodyDecider.HandOver(s, Facts, new HandOverDevice(Of(Role.NetworkManager), null, null, "Server room", null), c));
        Assert.Equal(Of(Role.NetworkManager), _device.State.Record!.Custodian);
        var link = _device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1];
        Assert.Equal((Of(Role.Dsl), Of(Role.NetworkManager)), (link.FromStaff!.Value, link.ToStaff!.Value));
        Do(HandToPolice);
        Assert.Null(_device.State.Record!.Custodian);
    }

    [Fact]
    public void Examining_needs_role_ground_and_no_evidence()
    {
        Register();
        var examine = new RecordExamination("Section 91", true, false, true, "Canary's pictures deleted", Incident);
        void Refused(string code, RecordExamination e, Role by = Role.NetworkManager) => _device.Refused(By(by), code, (s, c) => CustodyDecider.Examine(s, Facts, e, c));

        Refused("NOT_IN_CUSTODY", examine);
        Do(Confiscate);
        Refused("NOT_ALLOWED", examine, Role.ClassTeacher);
        Refused("GROUND_MISSING", examine with { LawfulGround = "" });
        Refused("MAY_BE_EVIDENCE", examine with { NothingIsEvidence = false });
        Refused("FINDINGS_MISSING", examine with { Findings = "" });
        _device.Do(By(Role.NetworkManager), (s, c) => CustodyDecider.Examine(s, Facts, examine, c));
        Assert.Equal(StepKind.RemoveMaterial, _device.Message<StepFulfilled>(StepFulfilled.Message).Kind);
        _device.Do(By(Role.NetworkManager), (s, c) => CustodyDecider.Examine(s, Facts, examine with { Deleted = false }, c));
        Assert.DoesNotContain(StepFulfilled.Message, _device.Messages);
        Do(Seal);
        Refused("DEVICE_IS_EVIDENCE", examine);
    }

    [Fact]
    public void A_nude_that_was_found_was_nobodys_task()
    {
        var facts = Facts with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.DeputyDsl), new(2026, 11, 4), new(2026, 11, 4))] };
        Register();
        Found(facts);
        Assert.Equal((TaskKind.DeviceFrozen, Of(Role.Dsl), null), Owned());
        Assert.Equal(DeviceKey.Stream(Phone), Assert.Single(_device.Rows<SchoolFollower>(SchoolTables.Follower)).Stream);
        var due = Assert.Single(_device.Due);
        Assert.Equal((NudeTask.Due, At(2026, 11, 4, 0, 0)), (due.What, due.At));
        _device.Do(Product(due.At), (s, c) => NudeTask.Assign(s, facts, c));
        Assert.Equal(Of(Role.DeputyDsl), Owned().Owner);
        Assert.Empty(_device.Do(Product(due.At), (s, c) => NudeTask.Assign(s, facts, c)));

        void Refused(string code, string reason, Role by) => _device.Refused(By(by), code, (s, c) => NudeTask.Answer(s, facts, new AnswerNudeFound(reason), c));
        Refused("NOT_ALLOWED", "Canary's statue", Role.NetworkManager);
        Refused("REASON_MISSING", " ", Role.DeputyDsl);
        _device.Do(By(Role.DeputyDsl), (s, c) => NudeTask.Answer(s, facts, new AnswerNudeFound("Canary's statue"), c));
        Assert.DoesNotContain("Canary", System.Text.Encoding.UTF8.GetString(_device.Last!.Events[0].Payload.Span), StringComparison.Ordinal);
        var view = Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device));
        Assert.Equal(("Canary's statue", true, null), (view.WhyNoIncident, view.Frozen, view.AwaitsIncidentSince));
        Nothing();
        Refused("NOTHING_TO_ANSWER", "Canary's statue", Role.Dsl);
    }

    [Fact]
    public void The_incident_that_takes_the_device_over_ends_the_task()
    {
        Register();
        Found(Facts);
        Assert.Equal(Of(Role.Dsl), Owned().Owner);
        Freeze();
        Nothing();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_found_on_a_device_that_another_incident_had_frozen_was_forgotten_and_released_with_it(bool same)
    {
        Register();
        Freeze();
        Found(Facts);
        Assert.Equal(Of(Role.Dsl), Owned().Owner);
        if (same)
        {
            _device.Do(By(Role.Dsl), (s, c) => NudeTask.Answer(s, Facts, new AnswerNudeFound("The same picture"), c));
            Nothing();
        }

        _device.Do(Product(Monday), (s, _) => DeviceDecider.Release(s, Incident));
        Assert.Equal(!same, _device.State.Record!.Frozen);
        if (!same)
        {
            // Answered a moment later it is no other.
            _device.Do(By(Role.Dsl), (s, c) => NudeTask.Answer(s, Facts, new AnswerNudeFound("The same picture"), c));
            Assert.False(_device.State.Record.Frozen);
        }
    }

    [Fact]
    public void What_was_found_again_after_an_answer_or_on_a_device_taken_over_was_kept_nowhere()
    {
        Register();
        Found(Facts);
        _device.Do(By(Role.Dsl), (s, c) => NudeTask.Answer(s, Facts, new AnswerNudeFound("A statue"), c));
        Found(Facts);
        Assert.Equal(Of(Role.Dsl), Owned().Owner);
        Freeze();
        Nothing();
        Found(Facts);
        Assert.Equal(Of(Role.Dsl), Owned().Owner);
        Assert.Equal(3, _device.State.Chain.Count);
    }

    private void Found(SchoolFacts facts) => _device.Do(
        By(Role.ClassTeacher),
        (s, c) => NudeTask.With(CustodyDecider.Examine(s, facts, new RecordExamination("Seen in passing", true, true, false, "Canary's picture"), c), s, facts, c));

    private (TaskKind Kind, PersonId Owner, PupilId? Pupil) Owned() =>
        Assert.Single(_device.Rows<TaskView>(TaskTables.Task)) is var task ? (task.Kind, task.Owner, task.Pupil) : default;

    private void Nothing()
    {
        Assert.Empty(_device.Rows<TaskView>(TaskTables.Task));
        Assert.Empty(_device.Rows<SchoolFollower>(SchoolTables.Follower));
        Assert.Empty(_device.Due);
    }

    [Fact]
    public void What_was_done_with_a_device_without_naming_its_incident_left_the_step_open()
    {
        var other = new IncidentId(Guid.NewGuid());
        Register();
        Do(Confiscate);
        Await(Incident, StepKind.RemoveMaterial, StepKind.IsolateAndSealDevice);
        Await(other, StepKind.IsolateAndSealDevice);
        var examine = new RecordExamination("Section 91", true, false, true, "Canary's pictures deleted");
        _device.Do(By(Role.NetworkManager), (s, c) => CustodyDecider.Examine(s, Facts, examine, c));
        Assert.Equal((StepKind.RemoveMaterial, $"stream:{IncidentKey.Of(GivenSchool.Id, Incident)}"), Told());

        // Of two nobody can say which is meant.
        Do(Seal);
        Assert.DoesNotContain(StepFulfilled.Message, _device.Messages);
        Do(ReturnToHolder);
        Await(Incident);
        Do(Seal);
        Assert.Equal((StepKind.IsolateAndSealDevice, $"stream:{IncidentKey.Of(GivenSchool.Id, other)}"), Told());
        Assert.Empty(_device.Do(Product(Monday), (s, _) => DeviceDecider.Await(s, new DeviceAwaited(other, [StepKind.IsolateAndSealDevice]))));

        void Await(IncidentId incident, params StepKind[] kinds) => Assert.Single(_device.Do(Product(Monday), (s, _) => DeviceDecider.Await(s, new DeviceAwaited(incident, kinds))));

        (StepKind, string) Told() => (_device.Message<StepFulfilled>(StepFulfilled.Message).Kind, Assert.Single(_device.Last!.Outbox, m => m.Kind == StepFulfilled.Message).Destination);
    }

    [Fact]
    public void A_device_is_frozen_until_every_incident_has_released_it()
    {
        var other = new IncidentId(Guid.NewGuid());
        // The freeze may come before the device is in the register.
        Freeze();
        Register();
        Freeze(other);
        Assert.Empty(_device.Do(Product(Monday), (s, _) => DeviceDecider.Freeze(s, other)));
        Assert.True(Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device)).Frozen);
        _device.Do(Product(Monday), (s, _) => DeviceDecider.Release(s, other));
        _device.Refused(By(Role.Headteacher), "DEVICE_FROZEN", Decide(Examine));
        Do(Seal);
        Assert.Equal(StepKind.IsolateAndSealDevice, _device.Message<StepFulfilled>(StepFulfilled.Message).Kind);
        _device.Do(Product(Monday), (s, _) => DeviceDecider.Release(s, Incident));
        Assert.Empty(_device.Do(Product(Monday), (s, _) => DeviceDecider.Release(s, Incident)));
        Do(ReturnToParent);
    }

    [Fact]
    public void A_nude_that_was_found_was_forgotten_and_the_same_person_could_delete_it()
    {
        Register();
        Do(Confiscate);
        var found = new RecordExamination("", false, true, false, "Canary");
        _device.Refused(By(Role.Governor) with { Actor = Actor.Of(new PersonId(Guid.NewGuid())) }, "NOT_ALLOWED", (s, c) => CustodyDecider.Examine(s, Facts, found, c));
        _device.Do(By(Role.SupportStaff), (s, c) => CustodyDecider.Examine(s, Facts, found, c));

        var view = Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device));
        Assert.Equal((true, Confiscated, Of(Role.Dsl)), (view.Frozen, view.Custody, view.Custodian!.Value));
        Assert.Equal((Examine, Of(Role.SupportStaff)), (_device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1].Step, _device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1].By.Person!.Value));
        Assert.Equal(2, _device.Last!.Outbox.Count(m => m.Kind == Notice.Message));
        Assert.DoesNotContain("nude", string.Concat(_device.Last.Outbox.Select(m => System.Text.Encoding.UTF8.GetString(m.Payload.Span))), StringComparison.OrdinalIgnoreCase);
        _device.Refused(By(Role.Dsl), "DEVICE_FROZEN", Decide(DeleteMaterial));
        _device.Refused(By(Role.Dsl), "DEVICE_FROZEN", Decide(ReturnToParent));
        Assert.Empty(_device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Examine(s, Facts, found, c)));

        // The incident takes over, and what it releases is free.
        Freeze();
        _device.Do(Product(Monday), (s, _) => DeviceDecider.Release(s, Incident));
        Assert.False(_device.State.Record!.Frozen);
        Do(ReturnToParent);
    }

    [Fact]
    public void Nobody_but_the_finder_holds_a_dsls_role_so_the_head_is_told()
    {
        Register();
        var facts = Facts with { Staff = [.. Facts.Staff.Where(s => s.Person != Of(Role.DeputyDsl))] };
        var events = _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Examine(s, facts, new RecordExamination("", false, true, false, ""), c));
        Assert.Equal([Of(Role.Headteacher)], Assert.IsType<DeviceNudeFound>(Assert.Single(events)).Told);
        Assert.Equal(WithPupil, _device.State.Record!.Custody);
    }

    [Fact]
    public void A_frozen_phone_in_the_pupils_hand_could_not_be_taken_and_the_refusal_said_why_to_anybody()
    {
        Register();
        Freeze();
        foreach (var step in new[] { ReturnToHolder, Examine })
        {
            Assert.DoesNotContain("illegal", string.Join(' ', Decide(step)(_device.State, By(Role.ClassTeacher)).Errors.Select(e => e.Message)), StringComparison.OrdinalIgnoreCase);
        }

        _device.Refused(By(Role.SeniorLeader), "ASK_DSL", Decide(ReturnToHolder));
        _device.Refused(By(Role.NetworkManager), "NOT_ALLOWED", Decide(ReturnToHolder));
        _device.Do(By(Role.ClassTeacher), Decide(Confiscate));
        _device.Refused(By(Role.ClassTeacher), "ASK_DSL", Decide(HandToStaff));
        _device.Do(By(Role.ClassTeacher), Decide(Seal));
        _device.Do(By(Role.ClassTeacher), Decide(HandToStaff));
        Assert.Equal((SealedAsEvidence, Of(Role.Headteacher)), (_device.State.Record!.Custody, _device.State.Record.Custodian!.Value));
        _device.Refused(By(Role.Dsl), "DEVICE_FROZEN", Decide(ReturnToHolder));
    }

    [Fact]
    public void The_incident_that_a_device_is_taken_sealed_or_examined_for_hears_of_it_and_holds_it()
    {
        Register();
        _device.Do(By(Role.ClassTeacher), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan", Incident), c));
        Assert.Equal(new DeviceInvolved(Phone, Actor.Of(Of(Role.ClassTeacher))), _device.Message<DeviceInvolved>(DeviceInvolved.Message));
        _device.Refused(By(Role.Dsl), "DEVICE_FROZEN", (s, c) => CustodyDecider.Examine(s, Facts, new RecordExamination("Section 91", true, false, true, "Deleted"), c, held: true));
        _device.Refused(By(Role.Dsl), "DEVICE_FROZEN", (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c, held: true));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Seal(s, Facts, new SealAsEvidence("Safe", "B-17", Incident), c));
        Assert.Equal(Phone, _device.Message<DeviceInvolved>(DeviceInvolved.Message).Device);
    }

    [Fact]
    public void An_essential_device_stays_unless_the_head_decides_and_a_replacement_works()
    {
        Register(EssentialPurpose.Communication);
        Assert.Equal(EssentialPurpose.Communication, _device.Message<CustodyChanged>(CustodyChanged.Message).Essential);
        foreach (var step in new[] { Confiscate, Remove, Seal })
        {
            _device.Refused(By(Role.Headteacher), "ESSENTIAL_DEVICE", Decide(step));
        }

        var take = new TakeDevice(Taking.Confiscate, "Safe", "Plan", null, false, HeadDecided with { DecidedBy = Of(Role.Dsl) });
        _device.Refused(By(Role.Dsl), "NOT_THE_HEAD", (s, c) => CustodyDecider.Take(s, Facts, take, c));
        // Naming the head is not having asked the head.
        foreach (var role in (Role[])[Role.ClassTeacher, Role.SeniorLeader, Role.NetworkManager])
        {
            _device.Refused(By(role), "HEAD_IN_PERSON", (s, c) => CustodyDecider.Take(s, Facts, take with { EssentialOverride = HeadDecided }, c));
            _device.Refused(By(role), "HEAD_IN_PERSON", (s, c) => CustodyDecider.Seal(s, Facts, new SealAsEvidence("Safe", "S1", null, HeadDecided), c));
        }

        _device.Refused(By(Role.Dsl), "REPLACEMENT_MISSING", (s, c) => CustodyDecider.Take(s, Facts, take with { EssentialOverride = HeadDecided with { Replacement = "" } }, c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, take with { EssentialOverride = HeadDecided }, c));
        Assert.Contains(Notice.Message, _device.Messages);
        Assert.Equal("A board, tried out", _device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1].EssentialOverride!.Replacement);
        // Once taken, sealing needs no second decision.
        Do(Seal);
    }

    [Fact]
    public void Addresses_of_the_material_slipped_in_beside_the_frozen_device()
    {
        const string Seen = "Seen at canary.com/bar.jpg";
        Freeze();
        Assert.Equal("label", Refusal((s, c) => DeviceDecider.Register(s, new DeviceFacts(Facts), new RegisterDevice(DeviceOwnership.School, false, DeviceKind.Phone, Seen, null, null), Phone, c)));
        Register();
        Assert.Equal("place", Refusal((s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, Seen, "Plan"), c)));
        Assert.Equal("lawfulGround", Refusal((s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", Seen), c)));
        Assert.Equal("essentialOverride.replacement", Refusal((s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", "Plan", EssentialOverride: HeadDecided with { Replacement = Seen }), c)));
        Assert.Equal("sealNumber", Refusal((s, c) => CustodyDecider.Seal(s, Facts, new SealAsEvidence("Safe", Seen), c)));
        Assert.Equal("reason", Refusal((s, c) => DeviceCorrecting.Correct(s, new KnownDevice("Black phone", "SN1"), new DeviceFacts(Facts), new CorrectDevice(Seen, Kind: DeviceKind.Tablet), c)));
        Do(Seal);
        Assert.Equal("officer", Refusal((s, c) => CustodyDecider.HandOver(s, Facts, new HandOverDevice(null, Seen, "R1", "Station", "B-18"), c)));
        Assert.True(CustodyDecider.HandOver(_device.State, Facts, new HandOverDevice(null, "pc.smith@met.police.uk", "R1", "Station", "B-18"), By(Role.Dsl)).Ok);
        _device.Do(Product(Monday), (s, _) => DeviceDecider.Release(s, Incident));
        Assert.True(CustodyDecider.HandOver(_device.State, Facts, new HandOverDevice(null, Seen, "R1", "Station", "B-18"), By(Role.Dsl)).Ok);
    }

    [Fact]
    public void A_released_device_is_about_the_material_as_long_as_its_incident_is_on_the_path()
    {
        const string Seen = "Seen at canary.com/bar.jpg";
        Register();
        Do(Confiscate);
        Assert.Equal("findings", Refusal((s, c) => CustodyDecider.Examine(s, Facts, new RecordExamination("Section 91", true, false, true, Seen), c, guarded: true)));
        Assert.Equal("note", Refusal((s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent, Seen), c, guarded: true)));
        Do(DeleteMaterial);
    }

    [Fact]
    public void A_nude_found_is_kept_whatever_was_written_but_without_the_address()
    {
        const string Seen = "Looked at canary.com/bar.jpg";
        Register();
        _device.Do(By(Role.ClassTeacher), (s, c) => CustodyDecider.Examine(s, Facts, new RecordExamination(Seen, true, true, false, Seen), c));
        Assert.Equal("Looked at [address left out]", _device.Rows<CustodyEntryView>(DeviceTables.Custody)[^1].LawfulGround);
        Assert.Equal("reason", Refusal((s, c) => NudeTask.Answer(s, Facts, new AnswerNudeFound(Seen), c)));
    }

    [Fact]
    public void Nothing_is_done_to_a_device_that_is_not_there()
    {
        foreach (var step in Enum.GetValues<CustodyStep>())
        {
            _device.Refused(By(Role.Dsl), "NOT_FOUND", Decide(step));
        }
    }

    [Fact]
    public void The_chain_stays_whole_when_the_state_forgets_its_oldest_links()
    {
        Register();
        for (var i = 0; i < 60; i++)
        {
            Do(Confiscate);
            Do(ReturnToHolder);
        }

        var links = _device.Rows<CustodyEntryView>(DeviceTables.Custody).OrderBy(l => l.Number).ToList();
        Assert.Equal((120, 1, 120), (links.Count, links[0].Number, links[^1].Number));
    }

    private static CustodyStep[] WayTo(CustodyState state) => state switch
    {
        WithPupil => [],
        Confiscated => [Confiscate],
        Removed => [Remove],
        SealedAsEvidence => [Seal],
        WithPolice => [Confiscate, HandToPolice],
        ReturnedToParent => [Confiscate, ReturnToParent],
        _ => [Confiscate, ReturnToHolder],
    };

    private static Func<DeviceState, CommandContext, Result<Events>> Decide(CustodyStep step) => (s, c) => step switch
    {
        Confiscate => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan"), c),
        Remove => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", "Plan"), c),
        Seal => CustodyDecider.Seal(s, Facts, new SealAsEvidence("Safe", "B-17"), c),
        HandToStaff => CustodyDecider.HandOver(s, Facts, new HandOverDevice(Of(Role.Headteacher), null, null, "Safe", "B-18"), c),
        HandToPolice => CustodyDecider.HandOver(s, Facts, new HandOverDevice(null, "PC 1", "R1", "Station", "B-18"), c),
        ReturnToHolder => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder, "Released"), c),
        ReturnToParent => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent, "Released"), c),
        Examine => CustodyDecider.Examine(s, Facts, new RecordExamination("Section 91", true, false, false, "Nothing"), c),
        _ => CustodyDecider.Examine(s, Facts, new RecordExamination("Section 91", true, false, true, "Deleted"), c),
    };

    private void Register(EssentialPurpose essential = EssentialPurpose.None) => _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Register(
        s, new DeviceFacts(Facts), new RegisterDevice(DeviceOwnership.Personal, false, DeviceKind.Phone, "Black phone", "SN 1", DeviceHolder.Of(Pupil), Essential: essential), Phone, c));

    /// <summary>The field that has an address in it.</summary>
    private string Refusal(Func<DeviceState, CommandContext, Result<Events>> decide)
    {
        var error = Assert.Single(decide(_device.State, By(Role.Dsl)).Errors);
        Assert.Equal("LINK_IN_TEXT", error.Code);
        return Assert.Single(error.Fields);
    }

    private void Do(CustodyStep step) => _device.Do(By(Role.Dsl), Decide(step));

    private void Freeze(IncidentId? incident = null) => _device.Do(Product(Monday), (s, _) => DeviceDecider.Freeze(s, incident ?? Incident));
}
