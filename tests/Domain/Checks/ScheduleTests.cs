using System.Globalization;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Checks;
using OnlineSafetyTrust.Grains.Pupils;
using static OnlineSafetyTrust.Domain.Tests.Checks.CheckWorld;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

public class ScheduleTests
{
    private static Func<CheckState, CheckFacts, CommandContext, Result<Grains.Events>> Schedule(ScheduleChecks command) =>
        (s, f, c) => CheckDecider.Schedule(s, f, command, Open, c);

    [Fact]
    public void The_first_check_is_planned_for_its_checker_with_all_its_times()
    {
        var world = new CheckWorld();

        var events = world.Accept(Dsl, Schedule(Request(incident: new IncidentId(Guid.Parse("01930000-0000-7000-8000-0000000000ff")))));

        var plan = events.OfType<CheckPlanned>().Single();
        Assert.Equal(Monday, plan.Date);
        Assert.Equal(new CheckPlan(At(Monday, 15, 30), At(Monday, 16, 30), At(Monday.AddDays(1), 9, 0), Teacher), plan.Plan);
        Assert.Equal([("check/2026-11-09", At(Monday, 15, 30)), ("review", At(new(2026, 12, 14), 9, 0))], world.Due().Select(d => (d.What, d.At)));
        var task = Assert.Single(world.Tasks());
        Assert.Equal((TaskKind.DailyCheck, Teacher), (task.Kind, task.Owner));

        Assert.Equal(ChecksKey.Stream(Pupil).Value, Assert.Single(world.Rows(), r => r.Table == SchoolTables.Follower).Id);
        var fulfilled = world.Messages.First(m => m.Kind == StepFulfilled.Message);
        Assert.Equal($"stream:{School}/incident/01930000-0000-7000-8000-0000000000ff", fulfilled.Destination);
        Assert.Equal(new StepFulfilled(StepKind.DailyChecks, Pupil, ChecksKey.Stream(Pupil), Actor.Of(Dsl)), fulfilled.Body);
        // The weekly update of the plan is set up with it: nobody can do that step by themselves.
        Assert.Equal([StepKind.DailyChecks, StepKind.WeeklyUpdate], world.Messages.Select(m => m.Body).OfType<StepFulfilled>().Select(m => m.Kind));
        var week = world.Messages.Single(m => m.Kind == WeekOccasion.Message);
        Assert.Equal($"stream:{School}/week/2026-11-09", week.Destination);
    }

    [Fact]
    public void The_same_again_changes_nothing_and_another_one_is_refused()
    {
        var world = new CheckWorld().Scheduled();

        Assert.Empty(world.Accept(Dsl, Schedule(Request())));
        Assert.Equal("CHECKS_ALREADY_SCHEDULED", world.Refuse(Dsl, Schedule(Request() with { By = new(14, 0) })).Code);
        Assert.Equal("CHECKS_ALREADY_SCHEDULED", world.Refuse(Dsl, Schedule(Request() with { LookForNote = "The red case" })).Code);
    }

    [Theory]
    [InlineData("2026-11-09", 9, "2026-11-09")]
    [InlineData("2026-11-09", 16, "2026-11-09")]
    [InlineData("2026-11-14", 9, "2026-11-16")]
    [InlineData("2026-11-27", 9, "2026-11-30")]
    public void Without_a_first_day_they_begin_today_or_on_the_next_school_day(string today, int hour, string first)
    {
        var world = new CheckWorld { Now = At(DateOnly.Parse(today, CultureInfo.InvariantCulture), hour, 0) };

        Assert.Equal(DateOnly.Parse(first, CultureInfo.InvariantCulture), world.Accept(Dsl, Schedule(Request() with { From = null })).OfType<ChecksScheduled>().Single().Terms.From);
    }

    [Fact]
    public void Beyond_the_calendar_there_is_no_first_day()
    {
        var world = new CheckWorld { Now = At(new(2027, 9, 6), 9, 0) };

        Assert.Equal("NOT_A_SCHOOL_DAY", world.Refuse(Dsl, Schedule(Request() with { From = null })).Code);
    }

    public static TheoryData<string, string, string> NoSchoolDays => new()
    {
        { "2026-11-14", "from", "a weekend" },
        { "2026-12-21", "from", "a holiday" },
        { "2026-11-27", "from", "an INSET day" },
        { "2027-02-15", "from", "half-term" },
        { "2026-11-11", "from", "a closure" },
        { "2027-09-06", "from", "beyond the calendar" },
    };

    [Theory]
    [MemberData(nameof(NoSchoolDays))]
    public void A_check_for_a_day_without_school_is_refused(string day, string field, string why)
    {
        var world = new CheckWorld();
        world.Calendar = world.Calendar with { Closures = [new(new(2026, 11, 11), new(2026, 11, 11), "Boiler", At(Monday, 7, 0))] };
        var from = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        var error = world.Refuse(Dsl, Schedule(Request(from) with { ReviewOn = from.AddDays(20) }));

        Assert.True(error.Code == "NOT_A_SCHOOL_DAY" && error.Kind == ErrorKind.Invalid && error.Fields.Single() == field, why);
        Assert.Null(world.State.Status);
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var command = Request(new(2026, 11, 7)) with { By = new(5, 0), LookFor = [], ReviewOn = null, Provider = new("Elsewhere", "Ring the office") };

        var errors = new CheckWorld().Try(Dsl, Schedule(command)).Errors;

        Assert.Equal(["BY_TIME_WRONG", "LOOK_FOR_MISSING", "NOT_A_SCHOOL_DAY", "PROVIDER_NOT_NEEDED", "REVIEW_MISSING", "START_PAST"], errors.Select(e => e.Code).Order());
        Assert.All(errors, e => Assert.NotEmpty(e.Fields));
    }

    private static Func<CheckState, CheckFacts, CommandContext, Result<Grains.Events>> Agreed(TimeOnly? by) => (s, f, c) => AgreedChecks.Note(s, f, Pupil, by, c);

    [Fact]
    public void Checks_that_a_strategy_agreed_were_only_words()
    {
        var world = new CheckWorld { Now = At(Monday, 10, 0) };
        world.Accept(null, Agreed(new(15, 30)));
        Assert.Empty(world.Accept(null, Agreed(new(15, 30))));
        var task = Assert.Single(world.Tasks());
        Assert.Equal((TaskKind.ChecksToSchedule, Dsl, At(Monday, 15, 20)), (task.Kind, task.Owner, task.DueAt!.Value));
        Assert.Equal([(NoticeKind.ChecksToSchedule, Dsl)], world.Notices());
        Assert.Equal([TaskTables.Task, SchoolTables.Follower], world.Rows().Select(r => r.Table));

        // Nobody does it: the DSL is reminded, on the next school day the head is told, each once.
        Assert.Equal(2, world.Until(At(Monday.AddDays(5), 12, 0)).OfType<ScheduleOverdue>().Count());
        Assert.Equal([(NoticeKind.ChecksToScheduleOverdue, Dsl), (NoticeKind.ChecksToScheduleEscalated, Head)], world.Notices().Skip(1));
        Assert.Equal([(Dsl, TaskKind.ChecksToSchedule), (Head, TaskKind.ChecksToSchedule)], world.Tasks().Select(t => (t.Owner, t.Kind)));
        Assert.Empty(world.Due());

        world.Now = At(Monday.AddDays(7), 10, 0);
        world.HasStrategy = true;
        world.Accept(Dsl, Schedule(Request(Monday.AddDays(7), strategy: true)));
        Assert.Equal(TaskKind.DailyCheck, Assert.Single(world.Tasks()).Kind);
        Assert.DoesNotContain(world.Due(), d => d.What == "schedule");
    }

    [Fact]
    public void A_schedule_that_is_asked_for_follows_calendar_cover_and_strategy()
    {
        var world = new CheckWorld { Now = At(Monday, 16, 0) };
        world.Accept(null, Agreed(new(14, 0)));
        Assert.Equal(At(Monday.AddDays(1), 15, 20), world.State.Asked!.DueAt);

        world.Calendar = world.Calendar with { Closures = [new(Monday.AddDays(1), Monday.AddDays(1), "Snow", At(Monday, 17, 0))] };
        world.Covers.Add(new(Dsl, Deputy, Monday.AddDays(2), Monday.AddDays(2)));
        Assert.Empty(Assert.Single(world.Tick().OfType<ScheduleAsked>()).Notified);
        Assert.Equal((At(Monday.AddDays(2), 15, 20), At(Monday.AddDays(3), 9, 0)), (world.State.Asked.DueAt, world.State.Asked.HeadAt));
        world.Until(At(Monday.AddDays(2), 8, 0));
        Assert.Equal(Deputy, Assert.Single(world.Tasks()).Owner);

        // Down for days: only the higher stage tells anybody.
        world.Messages.Clear();
        var late = world.WakeAt(At(Monday.AddDays(4), 10, 0)).OfType<ScheduleOverdue>().ToList();
        Assert.Equal([(CheckStage.Dsl, true), (CheckStage.Head, false)], late.Select(l => (l.Stage, l.Overtaken)));
        Assert.Equal([(NoticeKind.ChecksToScheduleEscalated, Head)], world.Notices());

        world.Accept(null, Agreed(null));
        Assert.Empty(world.Tasks());
        Assert.Empty(world.Due());
        Assert.DoesNotContain(world.Rows(), r => r.Table == SchoolTables.Follower);
    }

    [Fact]
    public void Running_checks_are_not_asked_for_until_they_end_before_the_strategy()
    {
        var world = new CheckWorld().Scheduled();
        world.Accept(null, Agreed(new(15, 30)));
        Assert.Null(world.State.Asked);
        world.Accept(Dsl, (s, f, c) => CheckDecider.End(s, f, new EndChecks("All clear"), c));
        Assert.Equal(TaskKind.ChecksToSchedule, Assert.Single(world.Tasks()).Kind);
        world.Checkers = world.Checkers with { LeftOn = Monday };
        Assert.Null(new CheckWorld { Checkers = world.Checkers }.Accept(null, Agreed(new(15, 30))).OfType<ScheduleAsked>().FirstOrDefault());
    }

    [Fact]
    public void Teachers_cannot_schedule_and_leavers_cannot_be_checked()
    {
        var world = new CheckWorld();
        Assert.Equal("NOT_ALLOWED", world.Refuse(Teacher, Schedule(Request())).Code);

        world.Checkers = world.Checkers with { LeftOn = Monday };
        Assert.Equal("PUPIL_LEFT", world.Refuse(Dsl, Schedule(Request())).Code);
    }

    [Fact]
    public void Begun_after_the_days_time_the_first_check_is_on_the_next_school_day()
    {
        var world = new CheckWorld { Now = At(Monday, 16, 0) };

        world.Accept(Head, Schedule(Request()));

        Assert.Equal(Monday.AddDays(1), world.State.Planned!.Date);
    }

    [Fact]
    public void An_off_site_pupil_is_asked_for_by_the_key_worker()
    {
        var world = new CheckWorld();

        world.Accept(Dsl, Schedule(Request() with { Checker = CheckerKind.OffSiteProvider, Provider = new("The Farm", "Mr A, 01234") }));

        Assert.Equal(KeyWorker, world.State.Planned!.Plan.Checker);
    }

    [Fact]
    public void A_check_is_never_nobodys()
    {
        var world = new CheckWorld { Checkers = new(null, null) };

        world.Accept(Head, Schedule(Request()));

        Assert.Equal(Dsl, world.State.Planned!.Plan.Checker);
    }

    [Fact]
    public void The_dsl_ends_checks_at_a_review_with_a_reason_and_may_schedule_new_ones()
    {
        var world = new CheckWorld().Scheduled();
        Assert.Equal("NOT_ALLOWED", world.Refuse(Head, (s, f, c) => CheckDecider.End(s, f, new("Done"), c)).Code);
        Assert.Equal("REASON_MISSING", world.Refuse(Dsl, (s, f, c) => CheckDecider.End(s, f, new(" "), c)).Code);

        var events = world.Accept(Dsl, (s, f, c) => CheckDecider.End(s, f, new("Risk is gone"), c));

        Assert.Equal(WithdrawalCause.ChecksEnded, events.OfType<CheckWithdrawn>().Single().Cause);
        Assert.Equal((ChecksEndCause.Review, Monday), (events.OfType<ChecksEnded>().Single().Cause, events.OfType<ChecksEnded>().Single().ReviewedOn!.Value));
        Assert.DoesNotContain(world.Rows(), r => r.Table == SchoolTables.Follower);
        Assert.Empty(world.Due());
        Assert.Empty(world.Tasks());
        Assert.Equal("CHECKS_ENDED", world.Refuse(Dsl, (s, f, c) => CheckDecider.End(s, f, new("Again"), c)).Code);
        Assert.Equal("CHECKS_ENDED", world.RefuseRecord(Teacher, Monday).Code);

        world.Accept(Dsl, Schedule(Request()));
        Assert.Equal(Monday, world.State.Planned!.Date);
    }

    [Fact]
    public void Checks_with_a_strategy_end_with_it_and_only_with_it()
    {
        var world = new CheckWorld().Scheduled(strategy: true);
        Assert.Equal("CHECKS_FOLLOW_STRATEGY", world.Refuse(Dsl, (s, f, c) => CheckDecider.End(s, f, new("Done"), c)).Code);
        Assert.Empty(world.Accept(null, (s, f, c) => CheckDecider.StrategyChanged(s, f, new(true), c)));

        // It ended while the pupil counted as having left: nobody tells the checks again.
        Assert.True(CheckDecider.End(world.State, world.Facts with { HasStrategy = false }, new("Done"), By(Dsl, world.Now)).Ok);
        world.StrategyEnds();

        Assert.Equal((ScheduleStatus.Ended, ChecksEndCause.StrategyEnded), (world.State.Status!.Value, world.State.EndCause!.Value));
        Assert.Empty(world.Accept(null, (s, f, c) => CheckDecider.StrategyChanged(s, f, new(false), c)));
    }

    [Fact]
    public void Checks_that_named_a_strategy_the_pupil_did_not_have_went_on_for_ever()
    {
        var world = new CheckWorld();
        var request = Request(strategy: true);
        Assert.Equal("STRATEGY_MISSING", world.Refuse(Dsl, Schedule(request)).Code);
        world.Scheduled();
        var change = new ChangeChecks(request.By, request.LookFor, null, request.Checker, null, false, true, null);
        Assert.Equal("STRATEGY_MISSING", world.Refuse(Dsl, (s, f, c) => CheckDecider.Change(s, f, change, Open, c)).Code);

        world.HasStrategy = true;
        world.Accept(Dsl, (s, f, c) => CheckDecider.Change(s, f, change, Open, c));
        Assert.True(world.State.Terms!.WithStrategy);
    }

    [Fact]
    public void A_draft_that_is_given_up_ends_no_checks_but_the_dsl_reviews_them_on_the_next_school_day()
    {
        var world = new CheckWorld().Scheduled(strategy: true);
        world.StrategyEnds(draft: true);
        Assert.True(world.State.IsActive);
        Assert.Empty(world.Accept(null, (s, f, c) => CheckDecider.StrategyChanged(s, f, new(false, Draft: true), c)));

        world.Until(At(Monday.AddDays(1), 9, 0));

        Assert.Contains((NoticeKind.ChecksReview, Dsl), world.Notices());
        Assert.Contains(world.Tasks(), t => t.Kind == TaskKind.ChecksReview);
        world.Accept(Dsl, (s, f, c) => CheckDecider.End(s, f, new("The risk is gone"), c));
    }

    [Fact]
    public void Where_the_school_has_neither_dsl_nor_deputy_the_head_who_has_the_tasks_may_do_them()
    {
        var world = new CheckWorld().Scheduled();
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");
        Assert.Equal("NOT_ALLOWED", world.Refuse(Head, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, null, "A spare"), c)).Code);

        world.Staff.RemoveAll(s => s.Person == Dsl || s.Person == Deputy);
        world.Tick();
        Assert.Equal(Head, Assert.Single(world.Tasks(), t => t.Kind == TaskKind.CheckConcern).Owner);
        world.Accept(Head, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, null, "A spare"), c));
        world.Accept(Head, (s, f, c) => CheckDecider.Continue(s, f, new(new(2027, 1, 20), "Not yet"), c));
        world.Accept(Head, (s, f, c) => CheckDecider.End(s, f, new("The risk is gone"), c));
    }

    [Fact]
    public void Checks_without_a_strategy_do_not_care_for_one() =>
        Assert.Empty(new CheckWorld().Scheduled().Accept(null, (s, f, c) => CheckDecider.StrategyChanged(s, f, new(false), c)));

    [Fact]
    public void A_review_is_asked_for_on_its_day_reminded_once_and_answered_by_going_on()
    {
        var world = new CheckWorld().Scheduled();
        var on = new DateOnly(2026, 12, 14);
        world.Until(At(on, 8, 59));
        world.Messages.Clear();

        world.Until(At(on, 9, 0));
        Assert.Contains((NoticeKind.ChecksReview, Dsl), world.Notices());
        Assert.Contains(world.Tasks(), t => t.Kind == TaskKind.ChecksReview && t.Owner == Dsl);
        world.Messages.Clear();
        world.Until(At(on.AddDays(1), 9, 0));
        world.Until(At(on.AddDays(3), 18, 0));
        Assert.Single(world.Notices(), n => n.Kind == NoticeKind.ChecksReviewOverdue);

        world.Accept(Dsl, (s, f, c) => CheckDecider.Continue(s, f, new(new(2027, 1, 20), "Two more weeks"), c));
        Assert.DoesNotContain(world.Tasks(), t => t.Kind == TaskKind.ChecksReview);
        Assert.Contains(world.Due(), d => d.What == "review" && d.At == At(new(2027, 1, 20), 9, 0));
    }

    [Fact]
    public void Checks_of_a_pupil_who_left_end()
    {
        var world = new CheckWorld().Scheduled();
        world.Checkers = world.Checkers with { LeftOn = Monday.AddDays(-1) };

        Assert.Equal(ChecksEndCause.PupilLeft, world.Tick().OfType<ChecksEnded>().Single().Cause);
        Assert.Empty(world.Due());
        // Their own stream has the task of it.
        Assert.Equal(new MeasureEnded(Measure.DailyChecks), Assert.Single(world.Messages, m => m.Kind == MeasureEnded.Message).Body);
    }

    [Fact]
    public void Checks_that_hear_of_a_leavers_strategy_first_end_because_the_pupil_left()
    {
        var world = new CheckWorld { HasStrategy = true };
        world.Accept(Dsl, Schedule(Request() with { WithStrategy = true, ReviewOn = null }));
        world.Checkers = world.Checkers with { LeftOn = Monday.AddDays(-1) };
        Assert.Equal(ChecksEndCause.PupilLeft, world.StrategyEnds().OfType<ChecksEnded>().Single().Cause);
    }

    [Fact]
    public void The_check_of_the_last_day_on_roll_was_withdrawn_when_the_office_recorded_the_leaver()
    {
        var world = new CheckWorld().Scheduled(strategy: true);
        world.Checkers = world.Checkers with { LeftOn = Monday };
        Assert.Empty(world.Tick());
        Assert.Empty(world.StrategyEnds());
        Assert.Equal([Teacher], world.WakeAt(At(Monday, 15, 30)).OfType<CheckOverdue>().Single().Notified);

        var recorded = world.Accept(Teacher, (s, f, c) => CheckRecording.Record(s, f, new(Monday, CheckResult.Clear), Open, c));
        Assert.Equal(ChecksEndCause.PupilLeft, recorded.OfType<ChecksEnded>().Single().Cause);
        Assert.DoesNotContain(recorded, e => e is CheckPlanned);
        Assert.Empty(world.Due());
    }

    [Fact]
    public void A_missed_check_of_the_last_day_reaches_the_head_before_the_others_end()
    {
        var world = new CheckWorld().Scheduled();
        world.Checkers = world.Checkers with { LeftOn = Monday };
        world.Until(At(Monday.AddDays(1), 8, 0));
        Assert.True(world.State.IsActive);
        world.Until(At(Monday.AddDays(1), 9, 0));
        Assert.Contains((NoticeKind.CheckMissed, Head), world.Notices());
        Assert.Equal((CheckStatus.Missed, ChecksEndCause.PupilLeft), (world.State.Day(Monday)!.Status, world.State.EndCause));
    }

    [Fact]
    public void Checks_of_the_next_strategy_ended_when_the_end_of_the_one_before_was_told_late()
    {
        var world = new CheckWorld().Scheduled(strategy: true);
        Assert.Empty(world.Accept(null, (s, f, c) => CheckDecider.StrategyChanged(s, f, new(false), c)));
        Assert.Equal(ChecksEndCause.StrategyEnded, world.StrategyEnds().OfType<ChecksEnded>().Single().Cause);
    }

    [Fact]
    public void A_changed_time_holds_from_today_only_if_it_is_not_over()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 14, 0);
        ChangeChecks Change(TimeOnly by) => new(by, [CheckItem.OnlyAgreedDevices], "The blue case only", CheckerKind.KeyWorker, null, true, false, new(2026, 12, 14));

        world.Accept(Dsl, (s, f, c) => CheckDecider.Change(s, f, Change(new(12, 0)), Open, c));
        Assert.Equal((At(Monday, 15, 30), KeyWorker), (world.State.Planned!.Plan.ByAt, world.State.Planned.Plan.Checker!.Value));
        Assert.Empty(world.Accept(Dsl, (s, f, c) => CheckDecider.Change(s, f, Change(new(12, 0)), Open, c)));

        world.Record(KeyWorker, Monday, CheckResult.Clear, noneHeld: true);
        Assert.Equal(At(Monday.AddDays(1), 12, 0), world.State.Planned!.Plan.ByAt);
    }
}
