using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Checks;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>The product's own rules over the scripted months: deadlines and actions in order of time, messages delivered at once.</summary>
internal sealed class TermSimulation
{
    private static readonly CheckModel CheckRules = new();
    private static readonly WeekModel WeekRules = new();

    private readonly ScriptedSchool _school;
    private readonly TenantId _tenant;
    private readonly CheckState[] _checks = [.. Enumerable.Repeat(CheckState.Empty, TermScript.PupilsPerSchool)];
    private readonly Dictionary<DateOnly, WeekState> _weeks = [];
    private readonly PriorityQueue<Action, (DateTimeOffset, int)> _actions = new();
    private SchoolFacts _facts;
    private DateTimeOffset _now = TermScript.Utc(TermScript.First, new(7, 30));

    public TermSimulation(ScriptedSchool school)
    {
        _school = school;
        _tenant = TenantId.School(new Guid(school.Name[0], 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));
        _facts = new SchoolFacts(_tenant, default, 1, Nation.England, Phase.Secondary, CalendarOf(school), StaffOf(school), [], null, null);
    }

    public List<Reached> Reached { get; } = [];

    public int Recorded { get; private set; }

    public int Missed { get; private set; }

    public int Withdrawn { get; private set; }

    public int WeeksSent => _weeks.Values.Count(w => w.Status == WeeklyUpdateStatus.Submitted);

    public IEnumerable<WeekState> Weeks => _weeks.Values;

    public IEnumerable<CheckState> Checks => _checks;

    public void Run()
    {
        Script();
        var end = TermScript.Utc(TermScript.Last, new(20, 0));
        while (true)
        {
            var due = NextDue();
            var hasAction = _actions.TryPeek(out _, out var next);
            if (due is { } d && (!hasAction || d.When <= next.Item1))
            {
                if (d.When > end)
                {
                    return;
                }

                _now = d.When;
                d.Run();
            }
            else if (hasAction && next.Item1 <= end)
            {
                _now = next.Item1;
                _actions.Dequeue()();
            }
            else
            {
                return;
            }
        }
    }

    private void Script()
    {
        for (var p = 0; p < TermScript.PupilsPerSchool; p++)
        {
            var command = new ScheduleChecks(
                Pupil(p), TermScript.First, _school.By, [CheckItem.OnlyAgreedDevices], null, CheckerKind.ClassTeacher, ReviewOn: TermScript.Last.AddDays(60));
            Check(p, _school.Dsl, (s, f, c) => CheckDecider.Schedule(s, f, command, CheckWorld.Open, c));
        }

        if (_school.Snow is { } snow)
        {
            At(TermScript.SnowAnnounced(snow), () => Close(snow));
        }

        if (_school.LateClosure is { } late)
        {
            At(TermScript.LateClosureAnnounced(late), () => Close(late));
        }

        At(TermScript.Utc(_school.CoverFrom.AddDays(-3), new(12, 0)), () => Change(f => f with { Covers = [new CoverPeriod(_school.Teacher(0), _school.Cover, _school.CoverFrom, _school.CoverTo)] }));
        foreach (var day in _school.Open)
        {
            for (var p = 0; p < TermScript.PupilsPerSchool; p++)
            {
                var pupil = p;
                if (TermScript.RecordedAt(_school, p, day) is { } at)
                {
                    At(at, () => Check(pupil, _school.Checker(pupil, day), (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(day, CheckResult.Clear), CheckWorld.Open, c)));
                }
            }
        }

        foreach (var week in _school.Open.Where(d => d != _school.Snow && d != _school.LateClosure).GroupBy(TermScript.MondayOf))
        {
            At(TermScript.SubmittedAt(_school, week.Max()), () => Week(week.Key, _school.Dsl, (s, f, c) => WeekDecider.Submit(s, f, new SubmitWeeklyUpdate("Seen to"), CheckWorld.Open, c)));
        }
    }

    private void At(DateTimeOffset time, Action action)
    {
        if (time < TermScript.DownFrom || time >= TermScript.DownTo)
        {
            _actions.Enqueue(action, (time, _actions.Count));
        }
    }

    private void Close(DateOnly day) => Change(f => f with { Calendar = f.Calendar with { Closures = [.. f.Calendar.Closures, new SchoolClosure(day, day, "Closed", _now)] } });

    private void Change(Func<SchoolFacts, SchoolFacts> change)
    {
        _facts = change(_facts) with { Version = _facts.Version + 1 };
        foreach (var monday in _weeks.Keys.ToList())
        {
            Week(monday, null, (s, f, c) => WeekDeadlines.OnDue(s, f, c));
        }

        for (var p = 0; p < _checks.Length; p++)
        {
            Check(p, null, (s, f, c) => CheckDeadlines.OnDue(s, f, c));
        }
    }

    /// <summary>The earliest deadline; one that fell into the downtime runs when the machine is back, in its nominal order.</summary>
    private (DateTimeOffset When, Action Run)? NextDue()
    {
        (DateTimeOffset At, Action Run)? first = null;
        void Offer(DateTimeOffset at, Action run) => first = first is null || at < first.Value.At ? (at, run) : first;

        for (var p = 0; p < _checks.Length; p++)
        {
            var pupil = p;
            foreach (var due in CheckRules.Due(_checks[p]))
            {
                Offer(due.At, () => Check(pupil, null, (s, f, c) => CheckDeadlines.OnDue(s, f, c)));
            }
        }

        foreach (var (monday, state) in _weeks)
        {
            foreach (var due in WeekRules.Due(state))
            {
                Offer(due.At, () => Week(monday, null, (s, f, c) => WeekDeadlines.OnDue(s, f, c)));
            }
        }

        return first is not { } f ? null : (f.At >= TermScript.DownFrom && f.At < TermScript.DownTo ? TermScript.DownTo : f.At > _now ? f.At : _now, f.Run);
    }

    private void Check(int pupil, PersonId? by, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide)
    {
        var result = decide(_checks[pupil], new CheckFacts(_facts, new CheckerFacts(_school.Teacher(pupil), null)), Context(by));
        // Whoever wants to record a check of a day that was called off is refused.
        foreach (var e in result.Value ?? Events.None)
        {
            var before = _checks[pupil];
            var meta = new EventMeta(0, _now, Actor.System);
            _checks[pupil] = before.Apply(e, meta);
            Note(pupil, e);
            foreach (var message in CheckRules.Reactions(ChecksKey.Of(_tenant, Pupil(pupil)), before, e, _checks[pupil], meta).Where(m => m.Kind == WeekOccasion.Message))
            {
                var news = (WeekOccasion)message.Body;
                Week(TermScript.MondayOf(news.Date), null, (s, f, c) => WeekDecider.Note(s, f, TermScript.MondayOf(news.Date), news, c));
            }
        }
    }

    private void Week(DateOnly monday, PersonId? by, Func<WeekState, SchoolFacts, CommandContext, Result<Events>> decide)
    {
        var result = decide(_weeks.GetValueOrDefault(monday, WeekState.Empty), _facts, Context(by));
        Assert.True(result.Ok, $"{_school.Name} {monday} {_now}: {string.Join(", ", result.Errors.Select(e => e.Code))}");
        foreach (var e in result.Value)
        {
            _weeks[monday] = _weeks.GetValueOrDefault(monday, WeekState.Empty).Apply(e, new EventMeta(0, _now, Actor.System));
            switch (e)
            {
                case WeeklyUpdateDrafted d:
                    Reached.Add(new Reached(_school.Name, $"{monday:yyyy-MM-dd}", "draft", d.NominalAt, d.ActualAt, string.Join(',', d.Notified)));
                    break;
                case WeeklyUpdateOverdue o:
                    Reached.Add(new Reached(_school.Name, $"{monday:yyyy-MM-dd}", o.Stage.ToString().ToLowerInvariant(), o.NominalAt, o.ActualAt, string.Join(',', o.Notified)));
                    break;
            }
        }
    }

    private void Note(int pupil, object e)
    {
        switch (e)
        {
            case CheckOverdue o:
                Reached.Add(new Reached(_school.Name, $"{pupil}@{o.Date:yyyy-MM-dd}", o.Stage.ToString().ToLowerInvariant(), o.NominalAt, o.ActualAt, string.Join(',', o.Notified)));
                Missed += o.Stage == CheckStage.Head ? 1 : 0;
                break;
            case CheckRecorded r:
                Recorded++;
                // Nobody records what the head was told of as missed in this script.
                Assert.NotEqual(CheckStatus.Missed, _checks[pupil].Day(r.Date)!.Status);
                break;
            case CheckWithdrawn:
                Withdrawn++;
                break;
        }
    }

    private CommandContext Context(PersonId? by) => new(_tenant, by is { } p ? Actor.Of(p) : Actor.System, "test", Guid.Empty, null, _now);

    private PupilId Pupil(int n) => new(new Guid(_school.Name[0], (short)n, 0x7001, 0x80, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Terms around the open days, everything else inside them an INSET day or a holiday.</summary>
    private static SchoolCalendar CalendarOf(ScriptedSchool school) => school.Name == "Ash"
        ? new([
                new("Autumn", new(2026, 9, 2), new(2026, 12, 18), new(2026, 10, 24), new(2026, 11, 1)),
                new("Spring", new(2027, 1, 5), new(2027, 3, 25), new(2027, 2, 13), new(2027, 2, 21)),
                new("Summer", new(2027, 4, 12), new(2027, 7, 20), null, null)],
            [new(2026, 11, 2)], [], new(8, 45), new(15, 20))
        : new([
                new("Autumn", new(2026, 9, 2), new(2026, 12, 16), new(2026, 10, 12), new(2026, 10, 16)),
                new("Spring", new(2027, 1, 4), new(2027, 3, 31), new(2027, 2, 20), new(2027, 2, 28)),
                new("Summer", new(2027, 4, 19), new(2027, 7, 23), null, null)],
            [new(2026, 11, 27), new(2027, 1, 4)], [], new(9, 0), new(15, 10));

    private static StaffFacts[] StaffOf(ScriptedSchool school) =>
    [
        CheckWorld.Holding(school.Dsl, Role.Dsl), CheckWorld.Holding(school.Head, Role.Headteacher), CheckWorld.Holding(school.Cover, Role.SupportStaff),
        CheckWorld.Holding(school.Teacher(0), Role.ClassTeacher), CheckWorld.Holding(school.Teacher(10), Role.ClassTeacher), CheckWorld.Holding(school.Teacher(20), Role.ClassTeacher),
    ];
}
