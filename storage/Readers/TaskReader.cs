using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>In which order tasks are listed.</summary>
public enum TasksOrder
{
    /// <summary>Earliest deadline first, so overdue ones lead; those without a deadline last.</summary>
    DueAtAsc,

    /// <summary>What came last first.</summary>
    AssignedAtDesc,
}

/// <summary>One's own inbox (K1), and that of whom one stands in for. Nobody reads another person's.</summary>
public sealed class TaskReader(ViewReader views, ISchoolDays days)
{
    public async Task<Result<Page<TaskView>>> PageAsync(Reader who, IReadOnlyList<TaskKind>? kinds, TasksOrder order, PageRequest page, CancellationToken ct)
    {
        if (who.Actor.Person is not { } me)
        {
            return Listing.Empty<TaskView>();
        }

        var where = new Listing()
            .And(views.AnyOf("owner", "@owners"), "owners", await OwnersAsync(who, me, ct))
            .And(views.AnyOf("kind", "@kinds"), "kinds", kinds?.Select(TaskTables.Word).ToList());
        var columns = order == TasksOrder.AssignedAtDesc ? new KeysetOrder(("assigned_at", true)) : new KeysetOrder(("due_at", false));
        return Listing.Bodies(await views.PageAsync<TaskView>(who, TaskTables.Task, where.Where, where.Args, columns, page, ct));
    }

    /// <summary>An open task of one's own or of somebody for whom one stands in; null: none of that id.</summary>
    public async Task<TaskView?> FindAsync(Reader who, string id, CancellationToken ct)
    {
        if (who.Actor.Person is not { } me)
        {
            return null;
        }

        var where = new Listing().And("id = @id", "id", id).And(views.AnyOf("owner", "@owners"), "owners", await OwnersAsync(who, me, ct));
        return (await views.QueryAsync<TaskView>(who, TaskTables.Task, where.Where, where.Args, "", 1, ct)) is [var row] ? row.Body : null;
    }

    /// <summary>Whether a task of this person's is the reader's business.</summary>
    public async ValueTask<bool> ConcernsAsync(Reader who, PersonId owner, CancellationToken ct) =>
        who.Actor.Person is { } me && (owner == me || Sight.Selves(me, await days.FindAsync(who.Tenant, ct)).Contains(owner));

    /// <summary>A task found before, noted for the read audit.</summary>
    public static TaskView Show(Reader who, TaskView task)
    {
        who.Saw($"{TaskTables.Task.Name}/{task.Id}");
        if (task.Pupil is { } pupil)
        {
            who.Saw($"{Contracts.Pupils.PupilTables.Pupil.Name}/{pupil}");
        }

        return task;
    }

    /// <summary>Open tasks, and those overdue at <paramref name="now"/>.</summary>
    public async Task<(long Open, long Overdue)> CountAsync(Reader who, DateTimeOffset now, CancellationToken ct)
    {
        if (who.Actor.Person is not { } me)
        {
            return (0, 0);
        }

        var all = new Listing().And(views.AnyOf("owner", "@owners"), "owners", await OwnersAsync(who, me, ct));
        var open = await views.CountAsync(who, TaskTables.Task, all.Where, all.Args, ct);
        all.And("due_at < @now", "now", now);
        return (open, open == 0 ? 0 : await views.CountAsync(who, TaskTables.Task, all.Where, all.Args, ct));
    }

    private async ValueTask<string[]> OwnersAsync(Reader who, PersonId me, CancellationToken ct) =>
        [.. Sight.Selves(me, await days.FindAsync(who.Tenant, ct)).Select(p => p.ToString())];
}
