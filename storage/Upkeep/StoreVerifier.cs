using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

internal sealed class StoreVerifier(Store store) : IStoreVerifier
{
    public Task<VerifyReport> VerifyAsync(StreamFold? fold, DerivedRules? rules, CancellationToken ct) =>
        store.Database.ReadStillAsync(connection => VerifyAsync(connection, fold, rules, ct), ct);

    private async Task<VerifyReport> VerifyAsync(DbConnection connection, StreamFold? fold, DerivedRules? rules, CancellationToken ct)
    {
        var dialect = store.Database.Dialect;
        var problems = new Problems(connection, store.Database.Explain);
        var chains = new ChainCheck(connection, dialect, store.HeadKey, [.. HeadExporter.Read(store.Options.HeadPath)], problems);
        var keys = new KeyCheck(connection, dialect, store.KeyStore, problems);
        await problems.OfAsync("The journal", () => chains.RunAsync(ct));
        await problems.OfAsync("The commands", () => CommandCheck.RunAsync(connection, dialect, problems));
        await problems.OfAsync("The read audit", () => ReadAuditCheck.RunAsync(connection, dialect, problems));
        await problems.OfAsync("The keys", () => keys.RunAsync(chains.Sealing, ct));
        await problems.OfAsync("The outbox", () => OutboxLines.CheckAsync(connection, dialect, problems));

        var versions = (await connection.ListAsync(dialect, "SELECT name, built FROM view_tables", null, row => (Name: row.GetString(0), Built: row.GetInt64(1)))).ToDictionary(v => v.Name, v => v.Built, StringComparer.Ordinal);
        var built = store.Tables.Where(t => versions.GetValueOrDefault(t.TableName) != 0).ToList();
        var (due, counters) = (rules is null || versions.GetValueOrDefault("due") == rules.Due, rules is null || versions.GetValueOrDefault("counters") == rules.Counters);
        var folds = new FoldCheck(connection, dialect, built, due, counters, store.Keyring, problems);
        if (fold is not null)
        {
            await problems.OfAsync("What is derived", () => folds.RunAsync(fold, ct));
        }

        return new VerifyReport(problems.Listed, problems.Count, chains.Events, chains.Streams, folds.Counts, fold is null ? null : NotCompared([.. store.Tables.Except(built).Select(t => t.TableName), .. due ? (string[])[] : ["due"], .. counters ? (string[])[] : ["counters"]]));
    }

    /// <summary>Of another release, or a start that goes on: what no run has built yet is no damage.</summary>
    private static string? NotCompared(IReadOnlyList<string> names) => names.Count == 0 ? null
        : $"Not compared: {string.Join(", ", names)}. The store is of another release, and a start of this one builds them. Verify again after it.";
}

/// <param name="explain">Of the database's own errors.</param>
internal sealed class Problems(DbConnection connection, Func<Exception, StoreException> explain)
{
    public List<string> Listed { get; } = [];

    public long Count { get; private set; }

    public void Add(string problem)
    {
        if (Count++ < IStoreVerifier.MostProblems)
        {
            Listed.Add(problem);
        }
    }

    /// <summary>What ends one check is a problem of its own, and the next goes on: damage in one place must not hide it in another.</summary>
    public async Task OfAsync(string what, Func<Task> check)
    {
        await connection.ExecuteAsync("SAVEPOINT checked");
        try
        {
            await check();
            await connection.ExecuteAsync("RELEASE SAVEPOINT checked");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // After an error PostgreSQL refuses everything else in the transaction.
            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT checked");

            // Any other message could hold personal data: only its type.
            Add($"{what} could not be checked to the end: {(error is StoreException or DbException ? explain(error).Message : error.GetType().Name + ".")}");
        }
    }
}
