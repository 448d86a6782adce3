using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>What the product itself needs to know to tell subscribers that something changed. Ids only; never an answer to somebody's question.</summary>
public sealed class ChangeReader(ViewReader views)
{
    private const int MostTasks = 100_000;

    /// <summary>Who has which open task.</summary>
    /// <param name="streams">Only tasks of these; null: the school's.</param>
    public async Task<IReadOnlyList<(string Task, PersonId Owner)>> OpenTasksAsync(TenantId tenant, IReadOnlyCollection<StreamId>? streams, CancellationToken ct)
    {
        var where = new Listing().And(views.AnyOf("stream", "@streams"), "streams", streams?.Select(s => s.Value).ToArray());
        var rows = await views.QueryAsync<TaskView>(ProductReads.Of(tenant), TaskTables.Task, where.Where, where.Args, "", MostTasks, ct);
        return [.. rows.Select(r => (r.Id, r.Body.Owner))];
    }

    /// <summary>Who makes which day's check of a pupil.</summary>
    public async Task<IReadOnlyList<(PupilId Pupil, DateOnly Date, PersonId? Checker)>> CheckersAsync(TenantId school, IReadOnlyList<(PupilId Pupil, DateOnly Date)> checks, CancellationToken ct)
    {
        var found = await views.FindManyAsync<CheckView>(ProductReads.Of(school), CheckTables.Check, [.. checks.Select(Id)], ct);
        return [.. checks.Select(c => (c.Pupil, c.Date, found.GetValueOrDefault(Id(c))?.Body.Checker))];

        static string Id((PupilId Pupil, DateOnly Date) check) => $"{check.Pupil}@{check.Date:yyyy-MM-dd}";
    }

    public async Task<TenantId?> TrustAsync(TenantId school, CancellationToken ct) =>
        (await views.FindAsync<SchoolView>(ProductReads.Of(school), SchoolTables.School, school.Value.ToString("D"), ct))?.Body.Trust;
}
