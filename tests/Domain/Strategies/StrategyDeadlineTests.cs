using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Grains.Strategies;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;
using static OnlineSafetyTrust.Domain.Tests.Strategies.StrategyTests;

namespace OnlineSafetyTrust.Domain.Tests.Strategies;

public class StrategyDeadlineTests
{
    private static readonly DateTimeOffset FifthDay = At(2026, 11, 10, 15, 30);
    private static readonly DateTimeOffset ReviewBegins = At(2026, 12, 1, 9, 0);
    private static readonly DateTimeOffset ReviewEnds = At(2026, 12, 1, 15, 30);

    private readonly StoredStream<StrategyState> _strategy = new(new StrategyModel(), StrategyKey.Of(GivenSchool.Id, Pupil));

    [Fact]
    public void Refusal_and_silence_go_to_the_head_after_five_school_days_once()
    {
        Draft();
        Agree(School);
        Agree(Parent, StrategyAnswer.Refused);
        Assert.Empty(Due(FifthDay.AddMicroseconds(-1)));
        var referred = Assert.IsType<StrategyReferredToHead>(Assert.Single(Due(FifthDay.AddHours(3))));
        Assert.Equal((FifthDay, FifthDay.AddHours(3), Of(Role.Headteacher)), (referred.Nominal, referred.Actual, referred.Head!.Value));
        Assert.Equal(Parent, Assert.Single(referred.Refused));
        Assert.Equal(SocialCare, Assert.Single(referred.Silent));
        Assert.Equal(NoticeKind.StrategyHeadDecision, _strategy.Message<Notice>(Notice.Message).Kind);
        Assert.Contains(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyHeadDecision && t.Owner == Of(Role.Headteacher));
        Assert.DoesNotContain(_strategy.Due, d => d.What == "agreement");
        Assert.Empty(Due(FifthDay.AddDays(9)));
        // Agreement may still come.
        AgreeAll();
        Assert.Equal(TaskKind.StrategyReview, Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).Kind);
    }

    [Fact]
    public void Refusal_and_silence_went_to_the_head_who_could_decide_nothing()
    {
        Refused(Role.Headteacher, "NOT_FOUND", InForce);
        Draft();
        Agree(School);
        Agree(Parent, StrategyAnswer.Refused);
        Refused(Role.Headteacher, "STRATEGY_NOT_REFERRED", InForce);
        Due(FifthDay);
        Refused(Role.Dsl, "NOT_ALLOWED", InForce);
        Refused(Role.SeniorLeader, "NOT_ALLOWED", InForce);
        Refused(Role.Headteacher, "REASON_MISSING", InForce with { Reason = " " });
        Refused(Role.Headteacher, "PUPIL_NOT_HEARD", InForce);
        Agree(Kim, StrategyAnswer.ViewGiven);

        var decided = Assert.IsType<StrategyDecided>(_strategy.Do(By(Role.Headteacher, FifthDay), (s, c) => StrategyDecider.Decide(s, Facts, InForce, c))[0]);
        Assert.Equal([Parent, SocialCare], decided.Without);
        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((StrategyStatus.Active, Supervision.Independent, "The parents were heard"), (view.Status, view.InForce!.Supervision, view.Decision!.DecisionReason));
        Assert.Equal(TaskKind.StrategyReview, Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).Kind);
        Assert.True(_strategy.Message<StrategyChanged>(StrategyChanged.Message).Active);
        Refused(Role.Headteacher, "STRATEGY_NOT_REFERRED", InForce);
    }

    [Fact]
    public void The_head_may_give_a_refused_draft_up_and_where_there_is_none_whoever_has_the_task()
    {
        Draft();
        var none = Facts with { Staff = [.. Facts.Staff.Where(s => s.Person != Of(Role.Headteacher))] };
        _strategy.Do(Product(FifthDay), (s, c) => StrategyDeadlines.OnDue(s, none, c));
        _strategy.Do(By(Role.SeniorLeader, FifthDay), (s, c) => StrategyDecider.Decide(s, none, InForce with { Decision = StrategyDecision.End }, c));

        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((StrategyStatus.Ended, StrategyEndCause.HeadDecided, StrategyDecision.End), (view.Status, view.EndCause!.Value, view.Decision!.Decision));
        Assert.Equal(new StrategyChanged(false, Draft: true), _strategy.Message<StrategyChanged>(StrategyChanged.Message));
        Assert.Empty(_strategy.Due);
    }

    [Fact]
    public void Interim_terms_of_a_draft_nobody_agreed_to_were_never_reviewed()
    {
        Draft();
        Due(FifthDay);
        Assert.Equal([("review", ReviewBegins), ("review-overdue", ReviewEnds)], _strategy.Due.Select(d => (d.What, d.At)));
        Assert.IsType<ReviewReminded>(Assert.Single(Due(ReviewBegins)));
        Assert.Contains(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyReview);

        var looser = new ReviewStrategy(ReviewResult.StepDown, new StrategyTerms(Supervision.Supervised), "It works", new DateOnly(2027, 1, 12));
        _strategy.Do(By(Role.Headteacher, ReviewBegins), (s, c) => StrategyDecider.Review(s, Facts, looser, c));

        var told = _strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message);
        Assert.Equal((StrategyStatus.Draft, Supervision.Supervised, true), (told.Status, told.Terms!.Supervision, told.MayLoosen));
        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((Supervision.Independent, Supervision.Supervised, Supervision.Supervised, 1), (view.Terms.Supervision, view.Interim.Supervision, view.InForce!.Supervision, view.TermsVersion));
        Assert.DoesNotContain(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyReview);
        Assert.Contains(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyHeadDecision);
    }

    private static readonly DecideStrategy InForce = new(StrategyDecision.InForce, "The parents were heard");

    private void Refused(Role by, string code, DecideStrategy command) => _strategy.Refused(By(by, FifthDay), code, (s, c) => StrategyDecider.Decide(s, Facts, command, c));

    [Fact]
    public void A_review_is_reminded_on_its_day_and_overdue_at_its_end()
    {
        Active();
        Assert.Equal([("review", ReviewBegins), ("review-overdue", ReviewEnds)], _strategy.Due.Select(d => (d.What, d.At)));
        Assert.Empty(Due(ReviewBegins.AddMicroseconds(-1)));
        Assert.IsType<ReviewReminded>(Assert.Single(Due(ReviewBegins)));
        Assert.Equal(NoticeKind.StrategyReview, _strategy.Message<Notice>(Notice.Message).Kind);
        Assert.Empty(Due(ReviewBegins.AddHours(1)));
        Assert.Equal(Of(Role.Dsl), Assert.IsType<ReviewWentOverdue>(Assert.Single(Due(ReviewEnds))).Told);
        Assert.Equal(NoticeKind.StrategyReviewOverdue, _strategy.Message<Notice>(Notice.Message).Kind);
        Assert.Empty(_strategy.Due);
        Assert.Empty(Due(ReviewEnds.AddDays(1)));
        Assert.Equal(ReviewEnds, Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).DueAt);
    }

    [Fact]
    public void After_downtime_only_the_highest_stage_tells_anybody()
    {
        Active();
        var events = Due(ReviewEnds.AddDays(1));
        Assert.True(Assert.IsType<ReviewReminded>(events[0]).Overtaken);
        Assert.Equal(ReviewEnds, Assert.IsType<ReviewWentOverdue>(events[1]).Nominal);
        Assert.Equal(NoticeKind.StrategyReviewOverdue, _strategy.Message<Notice>(Notice.Message).Kind);
    }

    [Fact]
    public void A_review_on_a_day_without_school_is_due_on_the_next_school_day()
    {
        Draft(Plan with { ReviewOn = new DateOnly(2026, 12, 24) });
        AgreeAll();
        Assert.Equal(At(2027, 1, 4, 9, 0), _strategy.State.Review!.RemindAt);
    }

    [Fact]
    public void Deadlines_keep_the_schools_hour_over_the_clock_change()
    {
        _strategy.Do(By(Role.Dsl, At(2026, 10, 23, 12, 0)), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
        // Half-term and the change to winter time lie between; Friday 6 November is an INSET day.
        Assert.Equal(new DateTimeOffset(2026, 11, 9, 15, 30, 0, TimeSpan.Zero), Assert.Single(_strategy.Due, d => d.What == "agreement").At);
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Another day"), c));
        _strategy.Do(By(Role.Dsl, At(2026, 10, 15, 12, 0)), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
        Assert.Equal(new DateTimeOffset(2026, 10, 22, 14, 30, 0, TimeSpan.Zero), Assert.Single(_strategy.Due, d => d.What == "agreement").At);
    }

    [Fact]
    public void Snow_moves_what_is_still_ahead_and_not_what_was_overdue()
    {
        Draft();
        var snow = Closed(new DateOnly(2026, 11, 10), At(2026, 11, 10, 7, 0));
        Assert.Single(Rearm(snow, At(2026, 11, 10, 7, 0)));
        Assert.Equal(At(2026, 11, 11, 15, 30), Assert.Single(_strategy.Due, d => d.What == "agreement").At);
        Assert.Empty(Rearm(snow, At(2026, 11, 10, 7, 1)));
        Due(At(2026, 11, 11, 15, 30));
        Assert.Empty(Rearm(Facts, At(2026, 11, 12, 7, 0)));
    }

    [Fact]
    public void Snow_on_the_morning_of_a_review_moves_its_end_though_it_was_reminded()
    {
        Active();
        Due(ReviewBegins);
        Assert.Single(Rearm(Closed(new DateOnly(2026, 12, 1), ReviewBegins.AddHours(1)), ReviewBegins.AddHours(1)));
        Assert.Equal(("review-overdue", At(2026, 12, 2, 15, 30)), _strategy.Due.Select(d => (d.What, d.At)).Single());
    }

    [Fact]
    public void What_fell_to_somebody_who_left_goes_to_the_cover_or_the_dsl()
    {
        Draft();
        var covered = Facts with { Covers = [new CoverPeriod(Of(Role.KeyWorker), Of(Role.ClassTeacher), new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 4))] };
        Rearm(covered, Monday);
        Assert.Equal(Of(Role.ClassTeacher), Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).Owner);
        Assert.Equal(NoticeKind.StrategyAgreement, _strategy.Message<Notice>(Notice.Message).Kind);
        var left = Facts with { Staff = [.. Facts.Staff.Select(s => s with { Left = s.Person == Of(Role.KeyWorker) })] };
        Rearm(left, Monday.AddDays(3));
        Assert.Equal(Of(Role.Dsl), Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).Owner);
    }

    // The last day of cover, and 00:00 in London of the day after, by hand: summer time ends on 25 October 2026 and begins on 28 March 2027.
    [Theory]
    [InlineData("2026-10-23", "2026-10-23T23:00:00Z")]
    [InlineData("2026-10-25", "2026-10-26T00:00:00Z")]
    [InlineData("2026-11-04", "2026-11-05T00:00:00Z")]
    [InlineData("2027-03-27", "2027-03-28T00:00:00Z")]
    [InlineData("2027-03-28", "2027-03-28T23:00:00Z")]
    public void What_went_to_a_cover_comes_back_at_midnight_after_the_last_day(string last, string back)
    {
        var (lastDay, end) = (DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(back, System.Globalization.CultureInfo.InvariantCulture));
        var covered = Facts with { Covers = [new CoverPeriod(Of(Role.KeyWorker), Of(Role.ClassTeacher), lastDay.AddDays(-2), lastDay)] };
        var drafted = London.ToInstant(lastDay.AddDays(-9), new TimeOnly(10, 0));
        _strategy.Do(By(Role.Dsl, drafted), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { ReviewOn = new DateOnly(2027, 7, 1) }, Pupil, c));
        Rearm(covered, drafted.AddHours(1));
        Assert.Equal(Of(Role.KeyWorker), Agreement().Owner);

        Until(covered, end.AddMicroseconds(-1));
        Assert.Equal(Of(Role.ClassTeacher), Agreement().Owner);
        Until(covered, end);
        Assert.Equal(Of(Role.KeyWorker), Agreement().Owner);
        Assert.Equal(NoticeKind.StrategyAgreement, _strategy.Message<Notice>(Notice.Message).Kind);
        Assert.DoesNotContain(_strategy.Due, d => d.What == "hand-over");

        TaskView Agreement() => Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyAgreement);
    }

    [Fact]
    public void The_heads_decision_and_an_active_strategy_go_to_the_cover_and_back()
    {
        CoverPeriod[] covers = [
            new(Of(Role.Headteacher), Of(Role.SeniorLeader), new DateOnly(2026, 11, 12), new DateOnly(2026, 11, 13)), new(Of(Role.KeyWorker), Of(Role.ClassTeacher), new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 20))];
        var covered = Facts with { Covers = covers };
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, covered, Plan, Pupil, c));
        Assert.Equal(Of(Role.Headteacher), Owner(FifthDay, TaskKind.StrategyHeadDecision));
        Assert.Equal(Of(Role.SeniorLeader), Owner(At(2026, 11, 12, 0, 0), TaskKind.StrategyHeadDecision));
        Assert.Equal(Of(Role.Headteacher), Owner(At(2026, 11, 14, 0, 0), TaskKind.StrategyHeadDecision));
        foreach (var party in new[] { Kim, School, Parent, SocialCare })
        {
            _strategy.Do(By(Role.Dsl, At(2026, 11, 16, 9, 0)), (s, c) => StrategyDecider.Agree(s, covered, new AgreeStrategy(party, StrategyAnswer.Agreed, SignatureForm.OnScreen, "Canary"), c));
        }

        Assert.Equal(Of(Role.KeyWorker), Owner(At(2026, 11, 19, 23, 59), TaskKind.StrategyReview));
        Assert.Equal(Of(Role.ClassTeacher), Owner(At(2026, 11, 20, 0, 0), TaskKind.StrategyReview));
        Assert.Equal(Of(Role.KeyWorker), Owner(At(2026, 11, 21, 0, 0), TaskKind.StrategyReview));
        _strategy.Do(By(Role.Dsl, At(2026, 11, 22, 9, 0)), (s, c) => StrategyDecider.End(s, covered, new EndStrategy("Over"), c));
        Assert.Empty(_strategy.Due);

        PersonId Owner(DateTimeOffset at, TaskKind kind)
        {
            Until(covered, at);
            return Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == kind).Owner;
        }
    }

    [Fact]
    public void After_downtime_over_the_end_of_a_cover_both_the_referral_and_the_hand_over_happen()
    {
        var covered = Facts with { Covers = [new CoverPeriod(Of(Role.KeyWorker), Of(Role.ClassTeacher), new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 11))] };
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, covered, Plan, Pupil, c));
        Assert.Equal(Of(Role.ClassTeacher), _strategy.State.Assigned);

        var late = FifthDay.AddDays(4);
        Assert.IsType<StrategyReferredToHead>(Assert.Single(OnDue(covered, late)));
        Assert.IsType<StrategyRearmed>(Assert.Single(OnDue(covered, late)));
        Assert.Equal(Of(Role.KeyWorker), _strategy.State.Assigned);
        Assert.Empty(OnDue(covered, late));
        Assert.DoesNotContain(_strategy.Due, d => d.What is "agreement" or "hand-over");
    }

    // The key worker is away and their cover has left, or is away too and covered by the key worker.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_nobody_to_stand_in_the_dsl_has_it_until_the_owner_is_back(bool left)
    {
        var (first, last) = (new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 4));
        var cover = new CoverPeriod(Of(Role.KeyWorker), Of(Role.ClassTeacher), first, last);
        var facts = left
            ? Facts with { Covers = [cover], Staff = [.. Facts.Staff.Select(s => s with { Left = s.Person == Of(Role.ClassTeacher) })] }
            : Facts with { Covers = [cover, new CoverPeriod(Of(Role.ClassTeacher), Of(Role.KeyWorker), first, last)] };
        Draft();
        Rearm(facts, Monday);
        Assert.Equal(Of(Role.Dsl), _strategy.State.Assigned);
        Until(facts, At(2026, 11, 5, 0, 0));
        Assert.Equal(Of(Role.KeyWorker), _strategy.State.Assigned);
    }

    [Fact]
    public void A_head_appointed_after_the_referral_gets_the_decision()
    {
        Draft();
        var nobody = Facts with { Staff = [] };
        _strategy.Do(Product(FifthDay), (s, c) => StrategyDeadlines.OnDue(s, nobody, c));
        Assert.DoesNotContain(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyHeadDecision);
        Rearm(Facts, FifthDay.AddDays(1));
        Assert.Contains(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyHeadDecision && t.Owner == Of(Role.Headteacher));
    }

    [Fact]
    public void Tasks_say_nothing_personal()
    {
        Draft();
        Due(FifthDay);
        Assert.All(_strategy.Rows<TaskView>(TaskTables.Task), t => Assert.DoesNotContain("Canary", t.Title, StringComparison.Ordinal));
        Assert.All(_strategy.Last!.Outbox, m => Assert.DoesNotContain("Canary", System.Text.Encoding.UTF8.GetString(m.Payload.Span), StringComparison.Ordinal));
    }

    private static SchoolFacts Closed(DateOnly day, DateTimeOffset announced) => Facts with { Calendar = Calendar with { Closures = [new SchoolClosure(day, day, "Snow", announced)] } };

    private void Draft(DraftStrategy? plan = null) => _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, plan ?? Plan, Pupil, c));

    private void Agree(StrategyParty party, StrategyAnswer answer = StrategyAnswer.Agreed) => _strategy.Do(
        By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(party, answer, SignatureForm.OnScreen, "Canary", View: "Canary says so"), c));

    private void AgreeAll()
    {
        foreach (var party in new[] { Kim, School, Parent, SocialCare })
        {
            Agree(party);
        }
    }

    private void Active()
    {
        Draft();
        AgreeAll();
    }

    private Events Due(DateTimeOffset now) => OnDue(Facts, now);

    private Events OnDue(SchoolFacts facts, DateTimeOffset now) => _strategy.Do(Product(now), (s, c) => StrategyDeadlines.OnDue(s, facts, c));

    /// <summary>Moves the clock, stopping at each deadline as the pump would.</summary>
    private void Until(SchoolFacts facts, DateTimeOffset time)
    {
        while (_strategy.Due.Select(d => (DateTimeOffset?)d.At).Min() is { } at && at <= time)
        {
            Assert.NotEmpty(OnDue(facts, at));
        }
    }

    private Events Rearm(SchoolFacts facts, DateTimeOffset now) => _strategy.Do(Product(now), (s, c) => StrategyDeadlines.Rearm(s, facts, c));
}
