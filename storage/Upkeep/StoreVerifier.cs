using System.Data.Common;

namespace OnlineSafetyTrust.Storage.Upkeep;

internal sealed class StoreVerifier(Store store) : IStoreVerifier
{
    public Task<VerifyReport> VerifyAsync(StreamFold? fold, CancellationToken ct) =>
        store.Database.ReadStillAsync(connection => VerifyAsync(connection, fold, ct), ct);

    private async Task<VerifyReport> VerifyAsync(DbConnection connection, StreamFold? fold, CancellationToken ct)
    {
        var dialect = store.Database.Dialect;
        var problems = new Problems();
        var chains = new ChainCheck(connection, dialect, store.HeadKey, HeadExporter.Read(store.Options.HeadPath), problems);
        await chains.RunAsync(ct);
        await CommandCheck.RunAsync(connection, dialect, problems);
        await KeyCheck.RunAsync(connection, dialect, store.KeyStore, problems, ct);
        await OutboxLines.CheckAsync(connection, dialect, problems);
        var folds = new FoldCheck(connection, dialect, store.Tables, store.Keyring, problems);
        if (fold is not null)
        {
            await folds.RunAsync(fold, ct);
        }

        return new VerifyReport(problems.Listed, problems.Count, chains.Events, chains.Streams, folds.Counts);
    }
}

internal sealed class Problems
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
}
