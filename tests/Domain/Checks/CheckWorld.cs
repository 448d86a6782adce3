using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Checks;

namespace OnlineSafetyTrust.Domain.Tests.Checks;

/// <summary>One pupil's checks at one school, folded in memory: given events, when something happens, then events and messages.</summary>
internal sealed class CheckWorld
{
    public static readonly TenantId School = TenantId.School(Guid.Parse("01930000-0000-7000-8000-000000000001"));
    public static readonly PupilId Pupil = new(Guid.Parse("01930000-0000-7000-8000-0000000000aa"));
    public static readonly PersonId Dsl = Person(1);
    public static readonly PersonId Deputy = Person(2);
    public static readonly PersonId Head = Person(3);
    public static readonly PersonId Teacher = Person(4);
    public static readonly PersonId KeyWorker = Person(5);
    public static readonly PersonId Stranger = Person(6);
    public static readonly PersonId Network = Person(7);

    // Monday.
    public static readonly DateOnly Monday = new(2026, 11, 9);

    private readonly CheckModel _model = new();

    public SchoolCalendar Calendar { get; set; } = new(
        [
            new SchoolTerm("Autumn", new(2026, 9, 2), new(2026, 12, 18), new(2026, 10, 26), new(2026, 10, 30)),
            new SchoolTerm("Spring", new(2027, 1, 5), new(2027, 4, 1), new(2027, 2, 15), new(2027, 2, 19)),
        ],
        [new(2026, 11, 27)], [], new(8, 50), new(15, 20));

    public List<CoverPeriod> Covers { get; } = [];

    public List<StaffFacts> Staff { get; } =
    [
        Holding(Dsl, Role.Dsl), Holding(Deputy, Role.DeputyDsl), Holding(Head, Role.Headteacher), Holding(Teacher, Role.ClassTeacher), Holding(KeyWorker, Role.KeyWorker),
        Holding(Stranger, Role.ClassTeacher), Holding(Network, Role.NetworkManager),
    ];

    public CheckerFacts Checkers { get; set; } = new(Teacher, KeyWorker);

    public CheckState State { get; private set; } = CheckState.Empty;

    public DateTimeOffset Now { get; set; } = At(Monday, 8, 0);

    public List<Message> Messages { get; } = [];

    public SchoolFacts SchoolFacts => new(School, default, 7, Nation.England, Phase.Secondary, Calendar, Staff, Covers, null, null);

    public bool HasStrategy { get; set; }

    public CheckFacts Facts => new(SchoolFacts, Checkers, HasStrategy);

    /// <summary>Winter time: local is UTC.</summary>
    public static DateTimeOffset At(DateOnly day, int hour, int minute) => new(day, new TimeOnly(hour, minute), TimeSpan.Zero);

    public static PersonId Person(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));

    public static StaffFacts Holding(PersonId person, Role role) => new(person, [new RoleHolding(role, new(2020, 1, 1), null)], false);

    public static ScheduleChecks Request(DateOnly? from = null, bool removed = false, bool strategy = false, IncidentId? incident = null) =>
        new(Pupil, from ?? Monday, new TimeOnly(15, 30), [CheckItem.OnlyAgreedDevices], "The blue case only", CheckerKind.ClassTeacher, null, removed, incident, strategy,
            strategy ? null : new DateOnly(2026, 12, 14));

    public static CommandContext By(PersonId? person, DateTimeOffset now) =>
        new(School, person is { } p ? Actor.Of(p) : Actor.System, "daily-check", Guid.Empty, null, now);

    public static string? Open(Personal<string>? text) => text?.Plain;

    /// <summary>And the checks hear of it.</summary>
    public IReadOnlyList<object> StrategyEnds(bool draft = false)
    {
        HasStrategy = false;
        return Accept(null, (s, f, c) => CheckDecider.StrategyChanged(s, f, new(false, draft), c));
    }

    public CheckWorld Scheduled(bool removed = false, bool strategy = false)
    {
        HasStrategy = strategy;
        Accept(Dsl, (s, f, c) => CheckDecider.Schedule(s, f, Request(removed: removed, strategy: strategy), Open, c));
        Messages.Clear();
        return this;
    }

    public Result<Events> Try(PersonId? by, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide) => decide(State, Facts, By(by, Now));

    public IReadOnlyList<object> Accept(PersonId? by, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide)
    {
        var result = Try(by, decide);
        Assert.True(result.Ok, string.Join(", ", result.Errors.Select(e => e.Code)));
        return Fold(by, result.Value);
    }

    public DomainError Refuse(PersonId? by, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide) => Assert.Single(Try(by, decide).Errors);

    public IReadOnlyList<object> Record(PersonId by, DateOnly date, CheckResult result, string? note = null, bool noneHeld = false) =>
        Accept(by, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(date, result, note, noneHeld), Open, c));

    public DomainError RefuseRecord(PersonId by, DateOnly date, CheckResult result = CheckResult.Clear, string? note = null, bool noneHeld = false) =>
        Refuse(by, (s, f, c) => CheckRecording.Record(s, f, new RecordCheck(date, result, note, noneHeld), Open, c));

    /// <summary>The clock moves, stopping at each deadline, as the pump does.</summary>
    public IReadOnlyList<object> Until(DateTimeOffset time)
    {
        var all = new List<object>();
        while (_model.Due(State).Select(d => (DateTimeOffset?)d.At).Min() is { } at && at <= time)
        {
            Now = at > Now ? at : Now;
            var events = Tick();
            Assert.NotEmpty(events);
            all.AddRange(events);
        }

        Now = time;
        return all;
    }

    /// <summary>The clock jumps: nothing ran in between.</summary>
    public IReadOnlyList<object> WakeAt(DateTimeOffset time)
    {
        Now = time;
        return Tick();
    }

    public IReadOnlyList<object> Tick() => Accept(null, (s, f, c) => CheckDeadlines.OnDue(s, f, c));

    public IEnumerable<(NoticeKind Kind, PersonId To)> Notices() => Messages.Where(m => m.Kind == Notice.Message)
        .Select(m => (((Notice)m.Body).Kind, new PersonId(Guid.Parse(m.Destination[^36..]))));

    public IEnumerable<Row> Rows() => _model.Rows(ChecksKey.Of(School, Pupil), State);

    public IEnumerable<TaskView> Tasks() => Rows().Where(r => r.Table == TaskTables.Task).Select(r => (TaskView)r.Body);

    public IEnumerable<Contracts.Journal.DueRow> Due() => _model.Due(State);

    private Events Fold(PersonId? by, Events events)
    {
        var actor = by is { } p ? Actor.Of(p) : Actor.System;
        foreach (var e in events)
        {
            var meta = new EventMeta(0, Now, actor);
            var next = State.Apply(e, meta);
            Messages.AddRange(_model.Reactions(ChecksKey.Of(School, Pupil), State, e, next, meta));
            State = next;
        }

        return events;
    }
}
