using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Grains;

/// <summary>A task with words of somebody's own as it is stored; <see cref="TaskView"/> is what reads it.</summary>
internal sealed record TaskRow(
    string Id, PersonId Owner, TaskKind Kind, string Title, StreamId Record, string? Step, PupilId? Pupil, DateTimeOffset? DueAt, DateTimeOffset AssignedAt, Personal<string>? ToDo,
    StepWork? Work = null, Personal<string>? What = null);

/// <summary>What people have to do (K1), as rows of <see cref="TaskTables.Task"/>.</summary>
internal static class TaskRows
{
    public static Row Of(TaskRow task) => Of(task.Id, task.Owner, task.DueAt, task.AssignedAt, task.Kind, task.Pupil, task);

    public static Row Of(TaskView task) => Of(task.Id, task.Owner, task.DueAt, task.AssignedAt, task.Kind, task.Pupil, task);

    private static Row Of(string id, PersonId owner, DateTimeOffset? dueAt, DateTimeOffset assignedAt, TaskKind kind, PupilId? pupil, object body) => new(
        TaskTables.Task, id, [owner.ToString(), dueAt is { } due ? Microseconds.ToUnix(due) : TaskTables.NoDeadline, Microseconds.ToUnix(assignedAt), TaskTables.Word(kind), pupil?.ToString()], body);
}
