using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Notifications;

public static class TaskTables
{
    /// <summary>
    /// What a person has to do (K1). Id: <c>{stream}#{name}</c>. Columns: owner (person id), due_at (microseconds;
    /// <see cref="NoDeadline"/>), assigned_at, kind, pupil (whom it concerns, or null). A row exists while the task is open.
    /// </summary>
    public static readonly ViewTable Task = new(
        "task",
        7,
        [
            new("owner", ColumnKind.Text), new("due_at", ColumnKind.Number), new("assigned_at", ColumnKind.Number), new("kind", ColumnKind.Text), new("pupil", ColumnKind.Text),
        ],
        [["owner", "due_at"], ["owner", "assigned_at"]])
    {
        AboutPupil = "pupil",
    };

    /// <summary>In due_at of a task without a deadline: it comes after all others.</summary>
    public const long NoDeadline = long.MaxValue;

    /// <summary>As the column kind has it.</summary>
    public static string Word(TaskKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}

/// <summary>A task as its owner sees it. Says nothing of an incident that the owner may not see.</summary>
/// <param name="Title">What to do, in words of the policy pack or the product. Never personal.</param>
/// <param name="Record">Stream that the task belongs to.</param>
/// <param name="Step">Its name within the stream, such as a step's id.</param>
/// <param name="Pupil">Whom it concerns, where the owner must know.</param>
/// <param name="ToDo">What somebody asks of the owner in their own words; null: the title says it.</param>
/// <param name="Work">Of a step of an incident: what its owner has to know to do it.</param>
/// <param name="What">Of a change agreed in a debrief: what to change.</param>
public sealed record TaskView(string Id, PersonId Owner, TaskKind Kind, string Title, StreamId Record, string? Step, PupilId? Pupil, DateTimeOffset? DueAt, DateTimeOffset AssignedAt,
    [property: Personal] string? ToDo = null, StepWork? Work = null, [property: Personal] string? What = null)
{
    /// <summary>What is asked of the owner.</summary>
    [JsonIgnore]
    public string? Asked => ToDo ?? What;
}

/// <summary>What doing a step takes, and nothing else of its incident.</summary>
/// <param name="Kind">What kind of step.</param>
/// <param name="Mode">To be done, or to be considered.</param>
/// <param name="Devices">Registered devices of the incident, for steps about devices.</param>
/// <param name="Pupils">Whom a step is about that is recorded pupil by pupil.</param>
/// <param name="Ended">Those of them for whom it is done, or decided against.</param>
public sealed record StepWork(StepKind Kind, StepMode Mode, IReadOnlyList<DeviceId> Devices, IReadOnlyList<PupilId> Pupils, IReadOnlyList<PupilId>? Ended = null)
{
    /// <summary>Done in words for each pupil who is alleged or affected: one call to one parent is not all of it.</summary>
    public static bool IsRecordedPerPupil(StepKind kind) => kind is StepKind.ContactParents or StepKind.SupportPupil;

    /// <param name="devices">Of the incident.</param>
    /// <param name="people">Of the incident; witnesses are not concerned.</param>
    /// <param name="fulfilledFor">For whom the step is done.</param>
    public static StepWork Of(StepRule rule, IReadOnlyList<DeviceId> devices, IReadOnlyList<PupilInvolved> people, IReadOnlyList<PupilId> fulfilledFor) => new(
        rule.Kind, rule.Mode,
        rule.Kind is StepKind.ConfiscateDevice or StepKind.RemoveAllDevices or StepKind.IsolateAndSealDevice or StepKind.RemoveMaterial ? devices : [],
        Told(rule.Kind, people), [.. Told(rule.Kind, people).Intersect(fulfilledFor)]);

    /// <summary>Whom a step of this kind is about: measures are against those who did it and nobody else, parents and support are for those to whom it was done as well.</summary>
    public static IEnumerable<PupilId> Concerned(StepKind kind, IReadOnlyList<PupilInvolved> people) =>
        people.Where(p => IsRecordedPerPupil(kind) ? p.Part != PupilPart.Witness : p.Part == PupilPart.Alleged).Select(p => p.Pupil);

    // Who only does the step learns no names that it can be done without.
    private static IReadOnlyList<PupilId> Told(StepKind kind, IReadOnlyList<PupilInvolved> people) => IsRecordedPerPupil(kind) ? [.. Concerned(kind, people)] : [];
}
