using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Checks;
using static OnlineSafetyTrust.Domain.Tests.Checks.CheckWorld;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>What becomes of a concern that nobody answers.</summary>
public class ConcernTests
{
    private static readonly DateOnly Tuesday = Monday.AddDays(1);
    private static readonly DateOnly Friday = Monday.AddDays(4);

    [Fact]
    public void A_concern_that_a_check_found_reached_nobody_beyond_the_dsls_who_were_told_at_once()
    {
        var world = Found(Monday);
        Assert.Contains(world.Due(), d => d == new Contracts.Journal.DueRow("concern/2026-11-09", At(Monday, 11, 0)));

        world.Until(At(Monday, 11, 0));
        Assert.Equal([(NoticeKind.CheckConcern, Dsl), (NoticeKind.CheckConcernOverdue, Dsl), (NoticeKind.CheckConcernOverdue, Deputy)], world.Notices());
        Assert.Equal([Dsl], Tasks(world).Select(t => t.Owner));
        Assert.Equal("NOT_ALLOWED", world.Refuse(Head, Answer(Monday)).Code);
        world.Messages.Clear();

        Assert.Empty(Overdue(world.Until(At(Tuesday, 8, 59))));
        var told = Assert.Single(Overdue(world.Until(At(Tuesday, 9, 0))));
        Assert.Equal((CheckStage.Head, At(Tuesday, 9, 0), At(Tuesday, 9, 0), false), (told.Stage, told.NominalAt, told.ActualAt, told.Overtaken));
        Assert.Equal([(NoticeKind.CheckConcernEscalated, Head)], world.Notices());
        Assert.Equal([(Head, At(Tuesday, 9, 0)), (Dsl, At(Monday, 10, 0))], Tasks(world).Select(t => (t.Owner, t.DueAt!.Value)));

        // Each once; the head may answer what has come to them.
        Assert.Empty(Overdue(world.Until(At(Friday, 18, 0))));
        Assert.DoesNotContain(world.Due(), d => d.What.StartsWith("concern", StringComparison.Ordinal));
        Assert.Equal("NOT_ALLOWED", world.Refuse(Teacher, Answer(Monday)).Code);
        world.Accept(Head, Answer(Monday));
        Assert.Empty(Tasks(world));
    }

    [Theory]
    [InlineData(0, 10, 30)]
    [InlineData(0, 12, 0)]
    public void Answering_ends_what_would_come(int day, int hour, int minute)
    {
        var world = Found(Monday);
        world.Until(At(Monday.AddDays(day), hour, minute));
        world.Accept(Deputy, Answer(Monday));
        world.Messages.Clear();

        Assert.Empty(Overdue(world.Until(At(Tuesday, 10, 0))));
        Assert.DoesNotContain(world.Notices(), n => n.Kind is NoticeKind.CheckConcernOverdue or NoticeKind.CheckConcernEscalated);
    }

    [Fact]
    public void After_downtime_the_head_alone_is_told_and_everything_late_stands_in_its_nominal_order()
    {
        var world = Found(Monday);
        world.Messages.Clear();

        var events = world.WakeAt(At(Monday.AddDays(2), 10, 0));

        Assert.Equal([(CheckStage.Dsl, At(Monday, 11, 0), true), (CheckStage.Head, At(Tuesday, 9, 0), false)], Overdue(events).Select(e => (e.Stage, e.NominalAt, e.Overtaken)));
        Assert.All(Overdue(events), e => Assert.Equal(At(Monday.AddDays(2), 10, 0), e.ActualAt));
        Assert.Equal([(NoticeKind.CheckConcernEscalated, Head), (NoticeKind.CheckMissed, Head)], world.Notices());
        var times = events.Select(e => e switch { ConcernOverdue o => o.NominalAt, CheckOverdue o => o.NominalAt, _ => default }).Where(t => t != default).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Empty(world.Tick());
    }

    [Fact]
    public void A_concern_outlives_the_checks_that_found_it()
    {
        var world = Found(Monday);
        world.Accept(Dsl, (s, f, c) => CheckDecider.End(s, f, new EndChecks("The risk is gone"), c));

        Assert.Equal([CheckStage.Dsl, CheckStage.Head], Overdue(world.Until(At(Tuesday, 9, 0))).Select(e => e.Stage));
        Assert.Contains((NoticeKind.CheckConcernEscalated, Head), world.Notices());
        Assert.Equal([Head, Dsl], Tasks(world).Select(t => t.Owner));
        world.Accept(Head, Answer(Monday));
        Assert.Empty(world.Due());
        Assert.Empty(world.Tasks());
    }

    [Fact]
    public void A_concern_on_the_last_day_of_term_waited_for_the_head_until_the_first_of_the_next()
    {
        var world = Found(Friday);
        world.Calendar = world.Calendar with { Closures = [new SchoolClosure(Friday.AddDays(3), Friday.AddDays(14), "Flood", world.Now)] };
        world.Until(At(Friday, 12, 0));

        Assert.Empty(Overdue(world.Until(At(Friday.AddDays(3), 8, 59))));
        Assert.Equal((CheckStage.Head, At(Friday.AddDays(3), 9, 0)), Assert.Single(Overdue(world.Until(At(Friday.AddDays(3), 9, 0)))) is var told ? (told.Stage, told.NominalAt) : default);
    }

    [Fact]
    public void The_head_is_told_at_nine_in_London_on_whichever_side_of_the_clock_change()
    {
        var friday = new DateOnly(2027, 3, 26).AddDays(-1);
        var world = new CheckWorld { Now = At(friday, 7, 0) };
        world.Accept(Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request(friday) with { ReviewOn = new(2027, 7, 1) }, Open, c));
        world.Record(Teacher, friday, CheckResult.Concern, "A second phone");

        // Good Friday, the clock change and Easter Monday lie between.
        Assert.Equal(At(new DateOnly(2027, 3, 30), 8, 0), world.State.Concerns.Single().HeadAt);
    }

    [Fact]
    public void A_concern_that_was_found_before_concerns_escalated_escalates_too()
    {
        var world = new CheckWorld().Scheduled();
        world.Now = At(Monday, 10, 0);
        world.Accept(Teacher, (_, _, _) => Events.Of(
            new CheckRecorded(Monday, CheckResult.Concern, null, false, false, At(Monday, 15, 30), false), new ConcernFound(Monday, [Dsl])));
        Assert.Contains(world.Due(), d => d == new Contracts.Journal.DueRow("concern/2026-11-09", At(Monday, 11, 0)));
        world.Messages.Clear();

        var events = world.WakeAt(At(Tuesday, 9, 30));

        Assert.Equal([(CheckStage.Dsl, At(Monday, 11, 0), true), (CheckStage.Head, At(Tuesday, 9, 0), false)], Overdue(events).Select(e => (e.Stage, e.NominalAt, e.Overtaken)));
        Assert.Equal([(NoticeKind.CheckConcernEscalated, Head)], world.Notices());
    }

    [Fact]
    public void Taking_it_back_and_finding_it_again_makes_a_concern_that_waits_no_younger()
    {
        var world = Found(Monday);
        world.Until(At(Monday, 10, 40));
        world.Record(Teacher, Monday, CheckResult.Clear, "A calculator");
        world.Now = At(Monday, 10, 50);
        world.Messages.Clear();
        world.Record(Teacher, Monday, CheckResult.Concern, "No calculator");
        Assert.Equal([(NoticeKind.CheckConcern, Dsl)], world.Notices());
        Assert.Contains(world.Due(), d => d == new Contracts.Journal.DueRow("concern/2026-11-09", At(Monday, 11, 0)));

        world.Until(At(Tuesday, 9, 30));
        world.Record(Teacher, Monday, CheckResult.Clear, "A calculator after all");
        world.Record(Teacher, Monday, CheckResult.Concern, "Another one");
        Assert.Equal([Head, Dsl], Tasks(world).Select(t => t.Owner));
        Assert.Empty(Overdue(world.Until(At(Friday, 18, 0))));
        Assert.Single(world.Notices(), n => n.Kind == NoticeKind.CheckConcernEscalated);
    }

    [Fact]
    public void A_concern_that_was_taken_back_waited_in_no_list()
    {
        var world = Found(Monday);
        world.Record(Teacher, Monday, CheckResult.Clear, "A calculator");
        world.Until(At(Tuesday, 10, 0));

        Assert.True(world.State.Waits(world.State.Day(Monday)!));
        Assert.Equal((CheckStatus.Clear, true), Shown(world));
        world.Accept(Dsl, Answer(Monday));
        Assert.False(world.State.Waits(world.State.Day(Monday)!));
        Assert.Equal((CheckStatus.Clear, false), Shown(world));

        static (CheckStatus, bool) Shown(CheckWorld world) =>
            CheckReplies.Day(ChecksKey.Of(School, Pupil), world.State, Monday, Open).Check is var check ? (check.Status, check.ConcernWaits) : default;
    }

    [Fact]
    public void Where_the_school_has_neither_dsl_nor_deputy_the_head_is_reminded_and_has_one_task()
    {
        var world = new CheckWorld();
        world.Staff.RemoveAll(s => s.Person == Dsl || s.Person == Deputy);
        world.Accept(Head, (s, f, c) => CheckDecider.Schedule(s, f, Request(), Open, c));
        world.Record(Teacher, Monday, CheckResult.Concern, "A second phone");
        world.Until(At(Tuesday, 9, 0));

        Assert.Equal([(NoticeKind.CheckConcern, Head), (NoticeKind.CheckConcernOverdue, Head), (NoticeKind.CheckConcernEscalated, Head)], world.Notices().Where(n => n.To == Head && n.Kind.ToString().StartsWith("CheckConcern", StringComparison.Ordinal)));
        Assert.Equal([Head], Tasks(world).Select(t => t.Owner));
    }

    /// <summary>At ten, by the class teacher.</summary>
    private static CheckWorld Found(DateOnly day)
    {
        var world = new CheckWorld().Scheduled();
        world.Until(At(day, 10, 0));
        world.Messages.Clear();
        world.Record(Teacher, day, CheckResult.Concern, "A second phone");
        return world;
    }

    private static IEnumerable<ConcernOverdue> Overdue(IEnumerable<object> events) => events.OfType<ConcernOverdue>();

    private static IEnumerable<TaskView> Tasks(CheckWorld world) => world.Tasks().Where(t => t.Kind == TaskKind.CheckConcern);

    private static Func<CheckState, CheckFacts, CommandContext, Result<Events>> Answer(DateOnly day) =>
        (s, f, c) => CheckDecider.AnswerConcern(s, f, new AnswerConcern(day, null, "Spoken with the pupil"), c);
}
