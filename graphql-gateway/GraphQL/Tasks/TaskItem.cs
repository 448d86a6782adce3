using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.GraphQL.Strategies;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Tasks;

/// <summary>Something that a person has to do. Says nothing of an incident that its owner may not see.</summary>
[Node]
[GraphQLName("Task")]
public sealed class TaskItem(TaskView view, DateTimeOffset now)
{
    /// <summary>Its global id, the same in lists and in what is pushed.</summary>
    [ID]
    public string Id => view.Id;

    /// <summary>What kind of work it is.</summary>
    public TaskKind Kind => view.Kind;

    /// <summary>What to do.</summary>
    public string Title => view.Title;

    /// <summary>What the DSL asks of the owner in their own words; null: the title says it.</summary>
    [Personal]
    public string? ToDo => view.Asked;

    /// <summary>By when it is to be done.</summary>
    public DateTimeOffset? DueAt => view.DueAt;

    /// <summary>Its deadline has passed.</summary>
    public bool Overdue => view.DueAt < now;

    /// <summary>When it was given to its owner.</summary>
    public DateTimeOffset AssignedAt => view.AssignedAt;

    /// <summary>For completeStep and its like; opens nothing for those who may not see the incident.</summary>
    [ID(nameof(Incident))]
    public string? IncidentId => Of(IncidentKey.Kind);

    /// <summary>For agreeStrategy and its like.</summary>
    [ID(nameof(Strategy))]
    public string? StrategyId => Of(StrategyKey.Kind);

    /// <summary>Monday of the weekly update to be sent.</summary>
    public DateOnly? Week => view.Record.Kind == WeekKey.Kind ? WeekKey.Monday(view.Record) : null;

    /// <summary>Number of the step, change or referral within its incident: what completeStep and its like ask for.</summary>
    public int? Step => int.TryParse(view.Step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The day of the check that it is about.</summary>
    public DateOnly? Date => DateOnly.TryParseExact(view.Step?.Split('/')[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Of a step of an incident: its kind.</summary>
    public StepKind? StepKind => view.Work?.Kind;

    /// <summary>Of a step of an incident: to be done, or to be considered.</summary>
    public StepMode? StepMode => view.Work?.Mode;

    /// <summary>Registered devices that a step about devices, or a task of a device, is about.</summary>
    public Task<IReadOnlyList<Device>> GetDevicesAsync(DeviceById devices, CancellationToken ct) =>
        devices.DevicesAsync(view.Record.Kind == DeviceKey.Kind ? [new DeviceId(view.Record.Id)] : view.Work?.Devices ?? [], ct);

    /// <summary>Whom a step is about that is recorded pupil by pupil: contact with parents, support of pupils.</summary>
    public Task<IReadOnlyList<Pupil>> GetPupilsAsync(PupilById pupils, CancellationToken ct) => pupils.PupilsAsync(view.Work?.Pupils ?? [], ct);

    /// <summary>Those of them for whom it is done, or decided against.</summary>
    public Task<IReadOnlyList<Pupil>> GetEndedForAsync(PupilById pupils, CancellationToken ct) => pupils.PupilsAsync(view.Work?.Ended ?? [], ct);

    /// <summary>Whose task it is: the caller's, or of somebody for whom the caller stands in.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>Whom it concerns, where the owner must know.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) =>
        pupils.PupilAsync(view.Pupil ?? (view.Record.Kind is ChecksKey.Kind or StrategyKey.Kind ? new PupilId(view.Record.Id) : null), ct);

    [NodeResolver]
    public static async Task<TaskItem?> GetAsync(string id, Session session, TaskReader tasks, ProductDay today, CancellationToken ct) =>
        await tasks.FindAsync(session.Asks(SessionAudit.Node).Reader, id, ct) is { } view ? new TaskItem(view, today.Instant) : null;

    private string? Of(string kind) => view.Record.Kind == kind ? view.Record.Id.ToString("D") : null;
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class TaskQueries
{
    /// <summary>What the caller has to do.</summary>
    /// <param name="kind">Only these kinds.</param>
    /// <param name="order">In which order.</param>
    [Authorize]
    [UsePaging(ConnectionName = "Tasks")]
    public async Task<Connection<TaskItem>> GetTasksAsync(
        IReadOnlyList<TaskKind>? kind, [DefaultValue(TasksOrder.DueAtAsc)] TasksOrder order, int? first, string? after, int? last, string? before, Session session, TaskReader tasks, ProductDay today,
        CancellationToken ct)
    {
        var now = today.Instant;
        return Connections.Of(await tasks.PageAsync(session.Asks().Reader, kind, order, Connections.Page(first, after, last, before), ct), t => new TaskItem(t, now));
    }
}
