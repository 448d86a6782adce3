using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class NoticeTests
{
    private readonly IncidentWorld _world = new();

    [Fact]
    public void A_notice_not_seen_by_the_end_of_the_next_school_day_escalates_once()
    {
        Ok(_world.Report());
        _world.Until(At(11, 11, 15, 29));
        Assert.Empty(_world.Events.OfType<NoticeEscalated>());

        _world.Until(At(11, 20, 12, 0));
        var escalated = Assert.Single(_world.Events.OfType<NoticeEscalated>());
        Assert.Equal(("n1", Deputy, At(11, 11, 15, 30)), (escalated.Id, escalated.To, escalated.Nominal));
        Assert.Equal(1, _world.Messages.Count(m => m.Body is Notice { Kind: NoticeKind.IncidentEscalated }));
    }

    [Fact]
    public void A_notice_of_friday_waits_over_the_weekend()
    {
        _world.Now = At(11, 13, 10, 0);
        Ok(_world.Report());
        Assert.Equal(At(11, 16, 15, 30), _world.State.Notices[0].SeeBy);
    }

    [Fact]
    public void In_danger_a_notice_escalates_after_an_hour_at_night_too()
    {
        _world.Now = At(11, 14, 23, 0);
        Ok(_world.Report(AReport with { Danger = ImmediateDanger.Yes, NumbersShown = true }));
        _world.Until(At(11, 15, 0, 0));
        Assert.Equal(3, _world.Events.OfType<NoticeEscalated>().Count());
        Assert.All(_world.Events.OfType<NoticeEscalated>(), e => Assert.Equal(At(11, 15, 0, 0), e.Nominal));
    }

    [Fact]
    public void A_notice_that_was_seen_does_not_escalate()
    {
        Ok(_world.Report());
        Ok(_world.See(Dsl));
        Assert.DoesNotContain(_world.Due(), d => d.What.StartsWith("notice/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_that_cannot_be_delivered_escalates_at_once_and_once()
    {
        Ok(_world.Report());
        var failed = new NoticeFailed("n1", Dsl, _world.Now);
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.Failed(_world.State, _world.Facts, failed, c)));
        Assert.Equal(Deputy, _world.State.Notices[0].EscalatedTo);
        Nothing(_world.Keep(_world.AsSystem(), c => IncidentDecider.Failed(_world.State, _world.Facts, failed, c)));
    }

    [Fact]
    public void With_nobody_left_to_tell_the_escalation_is_recorded_all_the_same()
    {
        Ok(_world.Without(Deputy, Head, Senior).Report());
        _world.Until(At(11, 11, 15, 30));
        Assert.Null(Assert.Single(_world.Events.OfType<NoticeEscalated>()).To);
    }

    [Fact]
    public void The_mail_servers_word_is_kept_once()
    {
        Ok(_world.Report());
        var sent = new NoticeSent("n1", Dsl, _world.Now);
        Ok(_world.Keep(_world.AsSystem(), _ => IncidentDecider.Delivered(_world.State, sent)));
        Assert.Equal(_world.Now, _world.State.Notices[0].SentAt);
        Nothing(_world.Keep(_world.AsSystem(), _ => IncidentDecider.Delivered(_world.State, sent)));
    }

    [Fact]
    public void Late_triage_reminds_then_tells_a_deputy_then_the_head_each_once()
    {
        Ok(_world.Report());
        Ok(_world.See(Dsl));
        _world.Until(At(11, 30, 12, 0));
        Assert.Equal(
            [
                (OverdueStage.Owner, At(11, 10, 15, 30), Dsl),
                (OverdueStage.Dsl, At(11, 11, 15, 30), Deputy),
                (OverdueStage.Headteacher, At(11, 12, 15, 30), Head),
            ],
            _world.Events.OfType<TriageOverdue>().Select(e => (e.Stage, e.Nominal, e.To!.Value)));
    }

    [Fact]
    public void After_downtime_every_stage_is_recorded_and_only_the_highest_tells()
    {
        Ok(_world.Report());
        Ok(_world.See(Dsl));
        _world.Now = At(11, 13, 9, 0);
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.OnDue(_world.State, _world.Facts, "triage", c)));
        Assert.Equal([null, null, Head], _world.Events.OfType<TriageOverdue>().Select(e => e.To));
        Assert.All(_world.State.TriageOverdue, o => Assert.Equal(At(11, 13, 9, 0), o.Actual));
        Assert.Single(_world.Messages, m => m.Body is Notice { Kind: NoticeKind.TriageOverdue });
        Nothing(_world.Keep(_world.AsSystem(), c => IncidentDecider.OnDue(_world.State, _world.Facts, "triage", c)));
    }

    [Fact]
    public void A_closure_announced_in_the_morning_moves_what_is_not_yet_due()
    {
        Ok(_world.Report());
        _world.Facts = _world.Facts with { Calendar = Autumn with { Closures = [new Contracts.Schools.SchoolClosure(new DateOnly(2026, 11, 10), new DateOnly(2026, 11, 10), "snow", _world.Now)] } };
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.SchoolChanged(_world.State, _world.Facts, c)));
        Assert.Equal(At(11, 11, 15, 30), _world.State.Triage!.DueAt);
    }

    [Fact]
    public void A_report_of_the_holidays_is_late_on_working_days_and_does_not_wait_for_term()
    {
        _world.Now = At(10, 27, 11, 0);
        Ok(_world.Report(AReport with { HappenedAt = _world.Now }));
        var triage = _world.State.Triage!;
        Assert.Equal((At(10, 28, 17, 0), At(10, 28, 17, 0), At(10, 29, 17, 0), At(10, 30, 17, 0)), (triage.DueAt, triage.OwnerAt, triage.DslAt, triage.HeadAt));
        Assert.All(_world.State.Notices, n => Assert.Equal(At(10, 28, 17, 0), n.SeeBy));

        // On the last Friday of half-term, the school's own day comes first.
        var friday = new IncidentWorld { Now = At(10, 30, 17, 30) };
        Ok(friday.Report(AReport with { HappenedAt = friday.Now }));
        Assert.Equal(At(11, 2, 15, 30), friday.State.Triage!.DueAt);
    }
}
