using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Grains.Checks;
using static OnlineSafetyTrust.Domain.Tests.Checks.CheckWorld;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

public class RecordingTests
{
    [Fact]
    public void A_concern_that_was_reported_as_an_incident_still_waited_for_the_dsl()
    {
        var (world, incident) = (new CheckWorld().Scheduled(), new IncidentId(Guid.NewGuid()));
        Assert.Empty(world.Accept(null, (s, _, _) => CheckDecider.ConcernReported(s, new(Monday, incident))));
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");

        world.Accept(null, (s, _, _) => CheckDecider.ConcernReported(s, new(Monday, incident)));

        Assert.DoesNotContain(world.Tasks(), t => t.Kind == TaskKind.CheckConcern);
        Assert.Equal(incident, Assert.Single(world.State.Concerns).Incident);
        Assert.Empty(world.Accept(null, (s, _, _) => CheckDecider.ConcernReported(s, new(Monday, new IncidentId(Guid.NewGuid())))));
    }

    private static readonly DateOnly Tuesday = Monday.AddDays(1);

    [Fact]
    public void A_clear_check_settles_the_day_and_plans_the_next()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 14, 0);

        var recorded = world.Record(Teacher, Monday, CheckResult.Clear).OfType<CheckRecorded>().Single();

        Assert.False(recorded.Late);
        Assert.Equal(CheckStatus.Clear, world.State.Day(Monday)!.Status);
        Assert.Equal(Tuesday, world.State.Planned!.Date);
        Assert.Empty(world.Record(Teacher, Monday, CheckResult.Clear));
        Assert.Empty(world.Until(At(Tuesday, 15, 29)));
    }

    [Fact]
    public void While_all_devices_are_away_each_check_confirms_it_and_afterwards_as_the_schedule_says()
    {
        var world = new CheckWorld { Checkers = new(Teacher, KeyWorker, DevicesAway: true) }.Scheduled();
        world.Now = At(Monday, 14, 0);
        Assert.Equal("NONE_HELD_MISSING", world.RefuseRecord(Teacher, Monday).Code);
        Assert.Equal("DEVICES_REMOVED", world.RefuseRecord(Teacher, Monday, CheckResult.DeviceNotInSchool).Code);
        world.Record(Teacher, Monday, CheckResult.Clear, noneHeld: true);
        Assert.True(world.State.Planned!.DevicesRemoved);

        // Agreed. The day that was keeps what it was.
        world.Checkers = new(Teacher, KeyWorker);
        Assert.IsType<DevicesAway>(Assert.Single(world.Tick()));
        Assert.Empty(world.Tick());
        Assert.Equal((false, true), (world.State.Planned!.DevicesRemoved, world.State.Day(Monday)!.DevicesRemoved));
        world.Now = At(Tuesday, 14, 0);
        Assert.NotEmpty(world.Record(Teacher, Tuesday, CheckResult.DeviceNotInSchool));

        // What the DSL set for another reason stays through it.
        world.Accept(Dsl, (s, f, c) => CheckDecider.Change(s, f, new ChangeChecks(new(15, 0), [CheckItem.OnlyAgreedDevices], null, CheckerKind.ClassTeacher, null, true, false, new(2026, 12, 14)), Open, c));
        world.Checkers = new(Teacher, KeyWorker, DevicesAway: true);
        world.Tick();
        world.Checkers = new(Teacher, KeyWorker);
        world.Tick();
        Assert.True(world.State.Planned!.DevicesRemoved);
    }

    [Fact]
    public void Only_those_who_look_after_the_pupil_record()
    {
        var world = new CheckWorld().Scheduled();
        Assert.Equal("NOT_ALLOWED", world.RefuseRecord(Stranger, Monday).Code);
        Assert.Equal("NOT_ALLOWED", world.RefuseRecord(Head, Monday).Code);
        foreach (var who in new[] { Teacher, KeyWorker, Dsl, Deputy })
        {
            Assert.True(world.Try(who, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, CheckResult.Clear), Open, c)).Ok);
        }

        world.Covers.Add(new CoverPeriod(Teacher, Stranger, Monday, Monday));
        Assert.NotEmpty(world.Record(Stranger, Monday, CheckResult.Clear));
    }

    [Fact]
    public void A_leaver_records_nothing()
    {
        var world = new CheckWorld().Scheduled();
        world.Staff[3] = world.Staff[3] with { Left = true };

        Assert.Equal("NOT_ALLOWED", world.RefuseRecord(Teacher, Monday).Code);
    }

    [Fact]
    public void Days_that_need_no_check_are_refused()
    {
        var world = new CheckWorld().Scheduled();

        Assert.Equal("CHECK_IN_FUTURE", world.RefuseRecord(Teacher, Tuesday).Code);
        Assert.Equal("CHECK_NOT_DUE", world.RefuseRecord(Teacher, new(2026, 11, 6)).Code);
        Assert.Equal("NOT_A_SCHOOL_DAY", world.RefuseRecord(Teacher, new(2026, 11, 8)).Code);
        var none = new CheckWorld();
        Assert.Equal(ErrorKind.NotFound, none.RefuseRecord(Teacher, Monday).Kind);
    }

    [Fact]
    public void Late_is_allowed_and_marked()
    {
        var world = new CheckWorld().Scheduled();
        world.Until(At(Tuesday, 10, 0));
        Assert.Equal(CheckStatus.Missed, world.State.Day(Monday)!.Status);

        Assert.True(world.Record(Teacher, Monday, CheckResult.PupilAbsent).OfType<CheckRecorded>().Single().Late);
        Assert.Equal(CheckStatus.PupilAbsent, world.State.Day(Monday)!.Status);
    }

    [Fact]
    public void Another_result_is_a_correction_with_the_original_kept()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 14, 0);
        world.Record(Teacher, Monday, CheckResult.Clear);

        var events = world.Record(KeyWorker, Monday, CheckResult.Concern, "A second phone");

        Assert.Equal((CheckResult.Clear, CheckResult.Concern), (events.OfType<CheckCorrected>().Single().Before, events.OfType<CheckCorrected>().Single().Result));
        Assert.Equal([CheckResult.Clear], world.State.Day(Monday)!.Earlier!.Select(e => e.Result));
        Assert.Single(events.OfType<ConcernFound>());
        // Taking it back does not take it from the DSL.
        Assert.Equal("NOTE_MISSING", world.RefuseRecord(KeyWorker, Monday, CheckResult.Clear).Code);
        world.Record(KeyWorker, Monday, CheckResult.Clear, "A calculator");
        Assert.Contains(world.Tasks(), t => t.Kind == TaskKind.CheckConcern);
        Assert.Equal([(CheckResult.Clear, Teacher), (CheckResult.Concern, KeyWorker)], world.State.Day(Monday)!.Earlier!.Select(e => (e.Result, e.By!.Value)));
    }

    [Fact]
    public void A_concern_goes_to_the_dsl_and_its_reply_links_to_a_report()
    {
        var world = new CheckWorld().Scheduled();
        Assert.Equal("NOTE_MISSING", world.RefuseRecord(Teacher, Monday, CheckResult.Concern).Code);

        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");

        Assert.Equal([(NoticeKind.CheckConcern, Dsl)], world.Notices());
        Assert.Equal(new ConcernLink(ChecksKey.Stream(Pupil), Pupil, Monday, null), CheckReplies.Day(ChecksKey.Of(School, Pupil), world.State, Monday, t => t?.Plain).Concern);
        Assert.Empty(world.Record(Teacher, Monday, CheckResult.Concern, "A second phone"));

        var incident = new IncidentId(Guid.Parse("01930000-0000-7000-8000-0000000000ff"));
        Assert.Equal("NOT_ALLOWED", world.Refuse(Teacher, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, incident, null), c)).Code);
        Assert.Equal("REASON_MISSING", world.Refuse(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, null, null), c)).Code);
        world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, incident, null), c));
        Assert.DoesNotContain(world.Tasks(), t => t.Kind == TaskKind.CheckConcern);
        Assert.Empty(world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, incident, null), c)));
        Assert.Equal(incident, CheckReplies.Day(ChecksKey.Of(School, Pupil), world.State, Monday, t => t?.Plain).Concern!.Incident);
    }

    [Fact]
    public void A_second_concern_of_a_day_whose_first_was_answered_told_nobody()
    {
        var world = new CheckWorld().Scheduled();
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");
        // More about what still waits is no second one.
        Assert.DoesNotContain(world.Record(Teacher, Monday, CheckResult.Concern, "A second phone, an old one"), e => e is ConcernFound);
        var answer = new AnswerConcern(Monday, null, "Her mother's");
        world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, answer, c));
        Assert.DoesNotContain(world.Tasks(), t => t.Kind == TaskKind.CheckConcern);

        Assert.Single(world.Record(KeyWorker, Monday, CheckResult.Concern, "An adult writes to her").OfType<ConcernFound>());
        Assert.Equal(Dsl, Assert.Single(world.Tasks(), t => t.Kind == TaskKind.CheckConcern).Owner);
        Assert.Null(world.State.Day(Monday)!.Answer);
        Assert.Equal("Her mother's", world.State.Day(Monday)!.Earlier![^1].Answer!.Reason!.Plain);
        Assert.NotEmpty(world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, answer with { Reason = "The police have it" }, c)));
    }

    [Fact]
    public void A_clear_result_with_its_own_note_from_a_page_of_this_morning_replaced_a_concern()
    {
        var world = new CheckWorld().Scheduled();
        Result<Grains.Events> Send(int? seen, CheckResult result, string note) =>
            world.Try(Teacher, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(Monday, result, note, ExpectedVersion: seen), t => t?.Plain, c));
        world.Record(KeyWorker, Monday, CheckResult.Concern, "A second phone");

        Assert.Equal("CHECK_CHANGED", Assert.Single(Send(0, CheckResult.Clear, "All well").Errors).Code);
        Assert.Equal("CHECK_CHANGED", Assert.Single(Send(0, CheckResult.Concern, "Another").Errors).Code);
        // The same again is no change, whatever was seen.
        Assert.Empty(Send(0, CheckResult.Concern, "A second phone").Value!);
        // Nor is answered what the DSL has not read.
        world.Record(KeyWorker, Monday, CheckResult.Concern, "A second phone, and an adult writes to her");
        var answer = new AnswerConcern(Monday, null, "Her mother's", ExpectedVersion: 1);
        Assert.Equal("CHECK_CHANGED", world.Refuse(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, answer, c)).Code);
        Assert.True(CheckDecider.AnswerConcern(world.State, world.Facts, answer with { ExpectedVersion = 2 }, CheckWorld.By(Dsl, world.Now)).Ok);
        Assert.True(Send(2, CheckResult.Clear, "A calculator").Ok);
        Assert.True(Send(null, CheckResult.Clear, "A calculator").Ok);
    }

    [Fact]
    public void While_devices_are_removed_a_clear_check_confirms_that_none_is_held()
    {
        var world = new CheckWorld().Scheduled(removed: true);

        Assert.Equal("NONE_HELD_MISSING", world.RefuseRecord(Teacher, Monday).Code);
        Assert.Equal("DEVICES_REMOVED", world.RefuseRecord(Teacher, Monday, CheckResult.DeviceNotInSchool).Code);
        Assert.True(world.Record(Teacher, Monday, CheckResult.Clear, noneHeld: true).OfType<CheckRecorded>().Single().NoneHeld);
    }

    [Fact]
    public void State_keeps_ten_settled_days_and_every_unanswered_concern()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 14, 0);
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");

        world.Until(At(new(2026, 12, 10), 12, 0));

        Assert.Equal(Monday, world.State.Days[0].Date);
        Assert.Equal(11, world.State.Days.Count(d => !d.IsOpen));
        Assert.Equal("CHECK_TOO_OLD", world.RefuseRecord(Teacher, Tuesday).Code);
        world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, null, "A calculator"), c));
        world.Until(At(new(2026, 12, 11), 12, 0));
        Assert.Equal(10, world.State.Days.Count(d => !d.IsOpen));
        Assert.Empty(world.State.Concerns);
    }
}
