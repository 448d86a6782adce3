using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Checks;
using static OnlineSafetyTrust.Domain.Tests.Checks.CheckWorld;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

public class WeekTests
{
    private static readonly DateOnly Friday = Monday.AddDays(4);
    private static readonly DateOnly NextMonday = Monday.AddDays(7);

    private readonly CheckWorld _school = new();
    private readonly WeekModel _model = new();
    private readonly List<Message> _messages = [];
    private WeekState _state = WeekState.Empty;

    [Fact]
    public void The_first_check_opens_the_week_which_drafts_itself_on_its_last_school_day()
    {
        Note(Monday, CheckStatus.Planned);
        Note(Monday, CheckStatus.Concern);
        Note(Monday.AddDays(1), CheckStatus.Missed);
        Assert.True(Follows());
        Assert.Equal([At(Friday, 15, 45)], _model.Due(_state).Select(d => d.At));
        Assert.Equal("UPDATE_NOT_READY", Submit(Dsl).Errors[0].Code);

        var draft = Until(At(Friday, 15, 45)).OfType<WeeklyUpdateDrafted>().Single();

        Assert.Equal(new WeekCounts(2, 0, 1, 0, 0, 1, 0, 0), draft.Counts);
        Assert.Equal([new DayException(Monday, CheckStatus.Concern), new DayException(Monday.AddDays(1), CheckStatus.Missed)], draft.Pupils.Single().Exceptions);
        Assert.Equal([(NoticeKind.WeeklyUpdate, Dsl)], Notices());
        var task = Assert.Single(Tasks());
        Assert.Equal((TaskKind.WeeklyUpdate, Dsl, At(NextMonday, 12, 0)), (task.Kind, task.Owner, task.DueAt!.Value));
    }

    [Fact]
    public void A_person_completes_it_and_the_network_manager_is_told()
    {
        Note(Monday, CheckStatus.Clear);
        Until(At(Friday, 16, 0));
        _messages.Clear();
        Assert.Equal("NOT_ALLOWED", Submit(Teacher).Errors[0].Code);
        Assert.Equal("COMMENT_MISSING", Submit(Deputy, " ").Errors[0].Code);

        Assert.True(Submit(Deputy).Ok);

        Assert.Equal([(NoticeKind.WeeklyUpdateSent, Network)], Notices());
        Assert.False(Follows());
        Assert.Empty(Tasks());
        Assert.Empty(_model.Due(_state));
        Assert.Empty(Submit(Deputy).Value!);
        Assert.Equal("UPDATE_SENT", Submit(Deputy, "Something else").Errors[0].Code);
    }

    [Fact]
    public void Not_sent_it_reminds_its_owner_then_the_head_each_once()
    {
        Note(Monday, CheckStatus.Clear);
        Until(At(NextMonday.AddDays(3), 0, 0));

        Assert.Equal([(NoticeKind.WeeklyUpdate, Dsl), (NoticeKind.WeeklyUpdateOverdue, Dsl), (NoticeKind.WeeklyUpdateEscalated, Head)], Notices());
        Assert.Empty(_model.Due(_state));
        Assert.Single(Tasks());
    }

    [Fact]
    public void After_downtime_only_the_highest_stage_tells()
    {
        Note(Monday, CheckStatus.Clear);
        _school.Now = At(NextMonday.AddDays(2), 10, 0);

        var events = Do(null, (s, f, c) => WeekDeadlines.OnDue(s, f, c));

        Assert.Equal([(WeeklyUpdateStage.Owner, At(NextMonday, 12, 0), true), (WeeklyUpdateStage.Head, At(NextMonday.AddDays(1), 9, 0), false)],
            events.OfType<WeeklyUpdateOverdue>().Select(e => (e.Stage, e.NominalAt, e.Overtaken)));
        Assert.Equal([(NoticeKind.WeeklyUpdateEscalated, Head)], Notices());
    }

    [Fact]
    public void Late_results_amend_the_draft_and_later_become_addenda()
    {
        Note(Friday, CheckStatus.Overdue);
        Until(At(Friday, 15, 50));
        Assert.Single(Note(Friday, CheckStatus.Clear).OfType<WeeklyDraftAmended>());
        Submit(Dsl);

        Assert.Single(Note(Friday, CheckStatus.Concern).OfType<WeeklyAddendum>());
        Assert.Empty(Note(Friday, CheckStatus.Concern));
        Assert.Equal(CheckStatus.Concern, Assert.Single(_state.Addenda).Status);
    }

    [Fact]
    public void A_closed_friday_moves_the_draft_to_thursday_and_a_closed_week_needs_none()
    {
        Note(Monday, CheckStatus.Planned);
        _school.Calendar = _school.Calendar with { Closures = [new(Friday, Friday, "Snow", At(Monday, 7, 0))] };
        Do(null, (s, f, c) => WeekDeadlines.OnDue(s, f, c));
        Assert.Equal([At(Friday.AddDays(-1), 15, 45)], _model.Due(_state).Select(d => d.At));

        _school.Calendar = _school.Calendar with { Closures = [new(Monday, Friday, "Snow", At(Monday, 7, 0))] };
        Note(Monday, CheckStatus.Withdrawn);
        Assert.Equal(WeeklyUpdateStatus.NotNeeded, _state.Status);
        Assert.Empty(_model.Due(_state));
        Assert.Equal("NOT_FOUND", Submit(Dsl).Errors[0].Code);

        // The closure is taken back.
        _school.Calendar = _school.Calendar with { Closures = [] };
        Note(Monday, CheckStatus.Planned);
        Assert.Equal([At(Friday, 15, 45)], _model.Due(_state).Select(d => d.At));
    }

    [Fact]
    public void A_week_whose_checks_were_all_withdrawn_needs_none()
    {
        Note(Monday, CheckStatus.Planned);
        Note(Monday, CheckStatus.Withdrawn);

        Assert.Single(Until(At(Friday, 16, 0)).OfType<WeeklyUpdateNotNeeded>());
        Assert.Empty(Notices());
    }

    [Fact]
    public void The_owner_follows_the_roles()
    {
        Note(Monday, CheckStatus.Clear);
        _school.Covers.Add(new(Dsl, Deputy, Friday, Friday));

        Until(At(Friday, 15, 45));

        Assert.Equal([(NoticeKind.WeeklyUpdate, Deputy)], Notices());
    }

    [Fact]
    public void The_update_that_waits_goes_to_the_cover_and_comes_back_at_midnight()
    {
        Note(Monday, CheckStatus.Clear);
        _school.Covers.Add(new(Dsl, Head, Friday, Friday.AddDays(1)));
        Until(At(Friday, 16, 0));
        Assert.Equal(Head, Assert.Single(Tasks()).Owner);

        Until(At(Friday.AddDays(2), 0, 0).AddMinutes(-1));
        Assert.Equal(Head, Assert.Single(Tasks()).Owner);
        Until(At(Friday.AddDays(2), 0, 0));
        Assert.Equal(Dsl, Assert.Single(Tasks()).Owner);
        Assert.Equal([At(NextMonday, 12, 0)], _model.Due(_state).Select(d => d.At));
    }

    private Events Note(DateOnly date, CheckStatus status) =>
        Do(null, (s, f, c) => WeekDecider.Note(s, f, Monday, new WeekOccasion(Pupil, date, status, false, false, false), c));

    private Result<Events> Submit(PersonId by, string comment = "Two phones returned")
    {
        var result = WeekDecider.Submit(_state, _school.SchoolFacts, new SubmitWeeklyUpdate(comment), Open, By(by, _school.Now));
        if (result.Ok)
        {
            Do(by, (_, _, _) => result.Value);
        }

        return result;
    }

    private List<object> Until(DateTimeOffset time)
    {
        var all = new List<object>();
        while (_model.Due(_state).Select(d => (DateTimeOffset?)d.At).Min() is { } at && at <= time)
        {
            _school.Now = at;
            all.AddRange(Do(null, (s, f, c) => WeekDeadlines.OnDue(s, f, c)));
        }

        _school.Now = time;
        return all;
    }

    private Events Do(PersonId? by, Func<WeekState, SchoolFacts, CommandContext, Events> decide)
    {
        var events = decide(_state, _school.SchoolFacts, By(by, _school.Now));
        foreach (var e in events)
        {
            var meta = new EventMeta(0, _school.Now, by is { } p ? Actor.Of(p) : Actor.System);
            var next = _state.Apply(e, meta);
            _messages.AddRange(_model.Reactions(WeekKey.Of(School, Monday), _state, e, next, meta));
            _state = next;
        }

        return events;
    }

    private IEnumerable<(NoticeKind Kind, PersonId To)> Notices() => _messages.Where(m => m.Kind == Notice.Message)
        .Select(m => (((Notice)m.Body).Kind, new PersonId(Guid.Parse(m.Destination[^36..]))));

    private bool Follows() => Rows().Any(r => r.Table == SchoolTables.Follower);

    private IEnumerable<Row> Rows() => _model.Rows(WeekKey.Of(School, Monday), _state);

    private IEnumerable<TaskView> Tasks() => Rows().Where(r => r.Table == TaskTables.Task).Select(r => (TaskView)r.Body);
}
