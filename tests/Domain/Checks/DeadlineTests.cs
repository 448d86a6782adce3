using System.Globalization;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Checks;
using static OnlineSafetyTrust.Domain.Tests.Checks.CheckWorld;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

public class DeadlineTests
{
    private static readonly DateOnly Tuesday = Monday.AddDays(1);
    private static readonly DateOnly Wednesday = Monday.AddDays(2);
    private static readonly DateOnly Thursday = Monday.AddDays(3);

    private static SchoolClosure Snow(DateOnly day, DateTimeOffset announced) => new(day, day, "Snow", announced);

    [Fact]
    public void Overdue_reminds_the_checker_then_the_dsl_then_the_head_each_once()
    {
        var world = new CheckWorld().Scheduled();

        world.Until(At(Monday, 15, 30));
        Assert.Equal([(NoticeKind.CheckOverdue, Teacher)], world.Notices());
        Assert.Equal(Tuesday, world.State.Planned!.Date);
        world.Until(At(Monday, 16, 30));
        Assert.Equal([(NoticeKind.CheckOverdue, Teacher), (NoticeKind.CheckEscalated, Dsl)], world.Notices());
        Assert.Contains(world.Tasks(), t => t.Kind == TaskKind.CheckEscalated && t.Owner == Dsl);
        var last = world.Until(At(Tuesday, 15, 29));

        Assert.Equal([(NoticeKind.CheckOverdue, Teacher), (NoticeKind.CheckEscalated, Dsl), (NoticeKind.CheckMissed, Head)], world.Notices());
        var head = Assert.Single(last.OfType<CheckOverdue>());
        Assert.Equal((CheckStage.Head, At(Tuesday, 9, 0), At(Tuesday, 9, 0), false), (head.Stage, head.NominalAt, head.ActualAt, head.Overtaken));
        Assert.Equal(CheckStatus.Missed, world.State.Day(Monday)!.Status);
        Assert.Equal(["check/2026-11-10", "review"], world.Due().Select(d => d.What));
    }

    [Fact]
    public void A_missed_check_vanished_from_every_list_and_the_head_who_was_told_had_no_task()
    {
        var world = new CheckWorld().Scheduled();
        world.Until(At(Wednesday, 10, 0));

        Assert.Equal([Monday, Tuesday, Wednesday], Waiting(world));
        Assert.Equal([(Head, "missed/2026-11-09"), (Head, "missed/2026-11-10")], world.Tasks().Where(t => t.Kind == TaskKind.CheckMissed).Select(t => (t.Owner, t.Step!)));
        Assert.Contains(world.Tasks(), t => t.Kind == TaskKind.DailyCheck && t.Step == "check/2026-11-09");

        world.Record(Teacher, Monday, CheckResult.Clear);
        Assert.Equal("NOT_ALLOWED", world.Refuse(Dsl, Acknowledge(Tuesday, "Spoken with the teacher")).Code);
        Assert.Equal("REASON_MISSING", world.Refuse(Head, Acknowledge(Tuesday, " ")).Code);
        Assert.Equal("CHECK_NOT_MISSED", world.Refuse(Head, Acknowledge(Monday, "Spoken with the teacher")).Code);
        world.Accept(Head, Acknowledge(Tuesday, "Spoken with the teacher"));

        Assert.Equal([Wednesday], Waiting(world));
        Assert.DoesNotContain(world.Tasks(), t => t.Kind == TaskKind.CheckMissed);
        Assert.Equal("CHECK_NOT_MISSED", world.Refuse(Head, Acknowledge(Tuesday, "Again")).Code);
        world.Record(Teacher, Tuesday, CheckResult.Clear);

        // The head's cover has the task.
        world.Covers.Add(new CoverPeriod(Head, Stranger, Thursday, Thursday));
        world.Until(At(Thursday, 10, 0));
        Assert.Equal(Stranger, Assert.Single(world.Tasks(), t => t.Kind == TaskKind.CheckMissed).Owner);
        world.Accept(Stranger, Acknowledge(Wednesday, "Spoken with the teacher"));
    }

    [Fact]
    public void A_concern_of_an_earlier_day_waits_until_it_is_answered()
    {
        var world = new CheckWorld().Scheduled();
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");
        world.Until(At(Tuesday, 10, 0));
        Assert.Equal([Monday, Tuesday], Waiting(world));

        world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, null, "A spare"), c));
        Assert.Equal([Tuesday], Waiting(world));
    }

    private static IEnumerable<DateOnly> Waiting(CheckWorld world) =>
        world.Rows().Where(r => r.Table == CheckTables.Check && r.Values[^1] is 1L).Select(r => DateOnly.Parse((string)r.Values[0]!, CultureInfo.InvariantCulture));

    private static Func<CheckState, CheckFacts, CommandContext, Result<Events>> Acknowledge(DateOnly day, string reason) =>
        (s, f, c) => CheckDecider.AcknowledgeMissed(s, f, new AcknowledgeMissedCheck(day, reason), c);

    [Fact]
    public void A_deadline_told_twice_has_no_effect()
    {
        var world = new CheckWorld().Scheduled();
        world.Until(At(Monday, 15, 30));

        Assert.Empty(world.Tick());
    }

    [Fact]
    public void After_downtime_every_day_gets_its_record_and_only_the_highest_stage_tells()
    {
        var world = new CheckWorld().Scheduled();
        world.Record(Teacher, Monday, CheckResult.Clear);
        world.Messages.Clear();

        // Down from Tuesday noon to Thursday noon.
        var events = world.WakeAt(At(Thursday, 12, 0)).OfType<CheckOverdue>().ToList();

        Assert.Equal(
            [
                (Tuesday, CheckStage.Checker, At(Tuesday, 15, 30), true), (Tuesday, CheckStage.Dsl, At(Tuesday, 16, 30), true), (Tuesday, CheckStage.Head, At(Wednesday, 9, 0), false),
                (Wednesday, CheckStage.Checker, At(Wednesday, 15, 30), true), (Wednesday, CheckStage.Dsl, At(Wednesday, 16, 30), true), (Wednesday, CheckStage.Head, At(Thursday, 9, 0), false),
            ],
            events.Select(e => (e.Date, e.Stage, e.NominalAt, e.Overtaken)));
        Assert.All(events, e => Assert.Equal(At(Thursday, 12, 0), e.ActualAt));
        Assert.Equal([(NoticeKind.CheckMissed, Head), (NoticeKind.CheckMissed, Head)], world.Notices());
        Assert.Equal(Thursday, world.State.Planned!.Date);
        Assert.Empty(world.Tick());
    }

    [Fact]
    public void Recording_right_after_downtime_brings_the_missed_days_along()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Wednesday, 15, 40);

        world.Record(Teacher, Wednesday, CheckResult.Clear);

        Assert.Equal(
            [(Monday, CheckStatus.Missed), (Tuesday, CheckStatus.Missed), (Wednesday, CheckStatus.Clear), (Thursday, CheckStatus.Planned)],
            world.State.Days.Select(d => (d.Date, d.Status)));
        // Whoever records is not reminded of the very same check.
        Assert.DoesNotContain(world.Notices(), n => n.Kind == NoticeKind.CheckOverdue);
    }

    [Fact]
    public void Weekends_holidays_and_inset_days_ask_for_nothing()
    {
        var world = new CheckWorld().Scheduled();

        var planned = world.Until(At(new(2027, 2, 25), 0, 0)).OfType<CheckPlanned>().Select(p => p.Date).ToHashSet();

        Assert.DoesNotContain(planned, d => d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.DoesNotContain(new DateOnly(2026, 11, 27), planned);
        Assert.DoesNotContain(planned, d => d > new DateOnly(2026, 12, 18) && d < new DateOnly(2027, 1, 5));
        Assert.DoesNotContain(planned, d => d > new DateOnly(2027, 2, 12) && d < new DateOnly(2027, 2, 22));
        Assert.Contains(new DateOnly(2027, 1, 5), planned);
    }

    [Fact]
    public void A_closure_announced_that_morning_cancels_the_day()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 7, 10);
        world.Calendar = world.Calendar with { Closures = [Snow(Monday, world.Now)] };

        var withdrawn = world.Tick().OfType<CheckWithdrawn>().Single();

        Assert.Equal((Monday, CheckStatus.Planned, WithdrawalCause.NotASchoolDay), (withdrawn.Date, withdrawn.Was, withdrawn.Cause));
        Assert.Equal(Tuesday, world.State.Planned!.Date);
        Assert.Empty(world.Until(At(Tuesday, 15, 29)));
        Assert.Empty(world.Notices());
    }

    [Fact]
    public void A_closure_announced_after_the_reminder_withdraws_what_is_open_and_keeps_what_was()
    {
        var world = new CheckWorld().Scheduled();
        world.Until(At(Monday, 15, 45));
        world.Calendar = world.Calendar with { Closures = [Snow(Monday, world.Now)] };

        Assert.Equal(CheckStatus.Overdue, world.Tick().OfType<CheckWithdrawn>().Single().Was);
        world.Until(At(Tuesday, 15, 29));

        Assert.Equal([(NoticeKind.CheckOverdue, Teacher)], world.Notices());
        Assert.Equal((CheckStatus.Withdrawn, CheckStage.Checker), (world.State.Day(Monday)!.Status, world.State.Day(Monday)!.Reached));
        Assert.Equal("NOT_A_SCHOOL_DAY", world.RefuseRecord(Teacher, Monday).Code);
    }

    [Fact]
    public void A_closure_entered_by_mistake_after_the_reminder_lost_the_day()
    {
        var world = new CheckWorld().Scheduled();
        var calendar = world.Calendar;
        world.Until(At(Monday, 15, 45));
        world.Calendar = calendar with { Closures = [Snow(Monday, world.Now)] };
        world.Tick();
        world.Now = At(Monday, 15, 50);
        world.Calendar = calendar;
        Assert.Single(world.Tick().OfType<CheckReinstated>());
        Assert.Empty(world.Tick());
        Assert.Equal((CheckStatus.Overdue, CheckStage.Checker), (world.State.Day(Monday)!.Status, world.State.Day(Monday)!.Reached));

        world.Until(At(Tuesday, 12, 0));
        Assert.Equal([(NoticeKind.CheckOverdue, Teacher), (NoticeKind.CheckEscalated, Dsl), (NoticeKind.CheckMissed, Head)], world.Notices());
        Assert.Equal(CheckStatus.Missed, world.State.Day(Monday)!.Status);
    }

    [Fact]
    public void A_closure_that_was_taken_back_the_day_after_left_its_check_to_nobody()
    {
        var world = new CheckWorld().Scheduled();
        var calendar = world.Calendar;
        world.Now = At(Monday, 7, 10);
        world.Calendar = calendar with { Closures = [Snow(Monday, world.Now)] };
        world.Tick();
        world.Now = At(Tuesday, 8, 30);
        world.Record(Teacher, Tuesday, CheckResult.Clear);
        world.Now = At(Tuesday, 10, 0);
        world.Calendar = calendar;
        world.Tick();
        Assert.Equal(CheckStatus.Missed, world.State.Day(Monday)!.Status);
        Assert.Equal([(NoticeKind.CheckMissed, Head)], world.Notices());
        Assert.Empty(world.Tick());
    }

    [Fact]
    public void A_day_of_checks_that_have_ended_comes_not_back_with_the_next_ones()
    {
        var world = new CheckWorld().Scheduled();
        var calendar = world.Calendar;
        world.Until(At(Monday, 15, 45));
        world.Calendar = calendar with { Closures = [Snow(Monday, world.Now)] };
        world.Tick();
        world.Now = At(Tuesday, 8, 0);
        world.Accept(Dsl, (s, f, c) => CheckDecider.End(s, f, new EndChecks("Risk is gone"), c));
        world.Calendar = calendar;
        world.Tick();
        world.Accept(Dsl, (s, f, c) => CheckDecider.Schedule(s, f, CheckWorld.Request(Tuesday.AddDays(1)), CheckWorld.Open, c));
        Assert.Equal(CheckStatus.Withdrawn, world.State.Day(Monday)!.Status);
    }

    [Fact]
    public void A_recorded_check_outlives_a_closure_announced_later()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 10, 0);
        world.Record(Teacher, Monday, CheckResult.Clear);
        world.Calendar = world.Calendar with { Closures = [Snow(Monday, At(Monday, 12, 0))] };

        Assert.Empty(world.Tick());
        Assert.Equal(CheckStatus.Clear, world.State.Day(Monday)!.Status);
        Assert.NotEmpty(world.Record(Teacher, Monday, CheckResult.PupilAbsent));
    }

    [Fact]
    public void A_closure_that_is_taken_back_brings_the_day_back()
    {
        var world = new CheckWorld().Scheduled();
        world.Calendar = world.Calendar with { Closures = [Snow(Monday, At(Monday, 7, 0))] };
        world.Tick();
        world.Calendar = world.Calendar with { Closures = [] };

        world.Tick();

        Assert.Equal([Monday], world.State.Days.Where(d => d.IsOpen).Select(d => d.Date));
        world.Until(At(Monday, 15, 30));
        Assert.Equal([(NoticeKind.CheckOverdue, Teacher)], world.Notices());
    }

    [Fact]
    public void A_closed_next_day_moves_the_heads_stage_on()
    {
        var world = new CheckWorld().Scheduled();
        world.Until(At(Monday, 17, 0));
        world.Calendar = world.Calendar with { Closures = [Snow(Tuesday, world.Now)] };
        world.Tick();

        Assert.Empty(world.Until(At(Wednesday, 8, 59)).OfType<CheckOverdue>());
        Assert.Single(world.Until(At(Wednesday, 9, 0)).OfType<CheckOverdue>(), e => e.Stage == CheckStage.Head);
    }

    [Fact]
    public void Cover_changes_who_is_asked()
    {
        var world = new CheckWorld().Scheduled();
        world.Covers.Add(new CoverPeriod(Teacher, Stranger, Monday, Monday));

        Assert.Equal(Stranger, world.Tick().OfType<CheckReplanned>().Single().Plan.Checker);
        world.Until(At(Monday, 15, 30));

        Assert.Equal([(NoticeKind.CheckOverdue, Stranger)], world.Notices());
        Assert.Equal(Teacher, world.State.Planned!.Plan.Checker);
    }

    [Fact]
    public void What_waits_for_the_dsl_goes_to_their_cover_and_comes_back_at_midnight_even_when_the_checks_have_ended()
    {
        var world = new CheckWorld().Scheduled(strategy: true);
        world.Until(At(Monday, 10, 0));
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");
        world.Covers.AddRange([new CoverPeriod(Dsl, Head, Tuesday, Tuesday), new CoverPeriod(Dsl, Stranger, Monday.AddDays(4), Monday.AddDays(5))]);
        world.Tick();
        Assert.Equal(Dsl, Concern());

        world.Until(At(Tuesday, 0, 0).AddMinutes(-1));
        Assert.Equal(Dsl, Concern());
        world.Until(At(Tuesday, 0, 0));
        Assert.Equal(Head, Concern());
        world.Until(At(Wednesday, 0, 0));
        Assert.Equal(Dsl, Concern());

        world.StrategyEnds();
        Assert.False(world.State.IsActive);
        Assert.Contains(world.Rows(), r => r.Table == SchoolTables.Follower);
        world.Until(At(Monday.AddDays(4), 0, 0));
        Assert.Equal(Stranger, Concern());
        // The cover leaves: the deputy is next in line.
        world.Staff[world.Staff.FindIndex(s => s.Person == Stranger)] = Holding(Stranger, Role.ClassTeacher) with { Left = true };
        world.Tick();
        Assert.Equal(Deputy, Concern());
        world.Until(At(Monday.AddDays(6), 0, 0));
        Assert.Equal(Dsl, Concern());

        world.Accept(Dsl, (s, f, c) => CheckDecider.AnswerConcern(s, f, new(Monday, null, "A spare"), c));
        Assert.DoesNotContain(world.Rows(), r => r.Table == SchoolTables.Follower);
        Assert.Empty(world.Due());

        PersonId Concern() => Assert.Single(world.Tasks(), t => t is { Kind: TaskKind.CheckConcern, Step: "concern/2026-11-09" }).Owner;
    }

    // Who is asked for Monday's check, the class teacher being away that day.
    [Theory]
    [InlineData("cover", "")]
    [InlineData("key worker", "cover left")]
    [InlineData("key worker", "circle")]
    [InlineData("dsl", "cover left, key worker left")]
    [InlineData("deputy", "cover left, key worker left, dsl away with the cover")]
    public void A_check_is_never_asked_of_somebody_away_or_gone(string asked, string what)
    {
        var world = new CheckWorld().Scheduled();
        world.Covers.Add(new CoverPeriod(Teacher, Stranger, Monday, Monday));
        var happens = what.Split(", ");
        foreach (var (leaver, word) in new[] { (Stranger, "cover left"), (KeyWorker, "key worker left") }.Where(l => happens.Contains(l.Item2)))
        {
            Assert.NotEmpty(word);
            world.Staff[world.Staff.FindIndex(s => s.Person == leaver)] = Holding(leaver, Role.ClassTeacher) with { Left = true };
        }

        world.Covers.AddRange(what == "circle" ? [new CoverPeriod(Stranger, Teacher, Monday, Monday)] : what.EndsWith("the cover", StringComparison.Ordinal) ? [new CoverPeriod(Dsl, Stranger, Monday, Monday)] : []);
        world.Tick();

        var people = new Dictionary<string, PersonId> { ["cover"] = Stranger, ["key worker"] = KeyWorker, ["dsl"] = Dsl, ["deputy"] = Deputy };
        Assert.Equal(people[asked], world.State.Planned!.Plan.Checker);
    }

    [Theory]
    [InlineData("2026-10-23", "2026-10-26", 14, 15, 9)]
    [InlineData("2027-03-25", "2027-03-30", 15, 14, 8)]
    public void Local_times_stay_local_over_both_clock_changes(string before, string after, int utcBefore, int utcAfter, int headUtc)
    {
        var (first, next) = (DateOnly.Parse(before, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(after, System.Globalization.CultureInfo.InvariantCulture));
        var world = new CheckWorld { Now = At(first, 7, 0) };
        world.Calendar = world.Calendar with { Terms = [.. world.Calendar.Terms.Select(t => t with { HalfTermStart = null, HalfTermEnd = null })] };
        world.Accept(Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request(first) with { ReviewOn = new(2027, 7, 1) }, Open, c));

        Assert.Equal(At(first, utcBefore, 30), world.State.Planned!.Plan.ByAt);
        Assert.Equal(At(next, headUtc, 0), world.State.Planned.Plan.HeadAt);
        world.Until(At(first, 20, 0));
        Assert.Equal((next, At(next, utcAfter, 30)), (world.State.Planned!.Date, world.State.Planned.Plan.ByAt));
    }

    [Fact]
    public void At_the_calendars_end_the_dsl_is_told_once_and_checks_go_on_with_the_next_one()
    {
        var world = new CheckWorld { Now = At(new(2027, 4, 1), 7, 0) };
        world.Accept(Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request(new(2027, 4, 1)) with { ReviewOn = new(2027, 7, 1) }, Open, c));

        world.Until(At(new(2027, 4, 10), 9, 0));

        Assert.Single(world.Notices(), n => n == (NoticeKind.ChecksCalendarMissing, Dsl));
        Assert.Contains(world.Tasks(), t => t.Kind == TaskKind.ChecksCalendarMissing);
        Assert.Single(world.Notices(), n => n.Kind == NoticeKind.CheckMissed);
        world.Calendar = world.Calendar with { Terms = [.. world.Calendar.Terms, new SchoolTerm("Summer", new(2027, 4, 19), new(2027, 7, 20), null, null)] };
        world.Tick();
        Assert.Equal(new DateOnly(2027, 4, 19), world.State.Planned!.Date);
        Assert.DoesNotContain(world.Tasks(), t => t.Kind == TaskKind.ChecksCalendarMissing);
    }
}
