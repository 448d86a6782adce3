namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>How much of what is derived was compared.</summary>
public sealed record DerivedCounts(long ViewRows, long DueRows, long Counters, long Lookups, long Snapshots);

/// <param name="Problems">In plain words, the first <see cref="IStoreVerifier.MostProblems"/>; empty when all is well.</param>
/// <param name="ProblemCount">All, also those not listed.</param>
/// <param name="NotCompared">What a start has to build first, in plain words; null when everything was compared.</param>
public sealed record VerifyReport(IReadOnlyList<string> Problems, long ProblemCount, long Events, long Streams, DerivedCounts Derived, string? NotCompared)
{
    public bool Ok => ProblemCount == 0;
}

/// <summary>
/// Holds the whole store against the journal's chains and against the fold of its events, and the outbox against its lines. Reads one
/// unchanging picture and writes nothing; the product may run, and the store need only be opened to read.
/// </summary>
public interface IStoreVerifier
{
    const int MostProblems = 200;

    /// <param name="fold">Null: what is derived is not compared.</param>
    /// <param name="rules">That <paramref name="fold"/> follows; null: deadlines and counters are compared whatever rules they were built by.</param>
    Task<VerifyReport> VerifyAsync(StreamFold? fold, DerivedRules? rules, CancellationToken ct);
}
