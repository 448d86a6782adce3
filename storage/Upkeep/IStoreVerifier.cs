namespace OnlineSafetyTrust.Storage.Upkeep;

/// <param name="Problems">In plain words, the first <see cref="IStoreVerifier.MostProblems"/>; empty when all is well.</param>
/// <param name="ProblemCount">All, also those not listed.</param>
public sealed record VerifyReport(IReadOnlyList<string> Problems, long ProblemCount, long Events, long Streams, long ViewRows, long DueRows)
{
    public bool Ok => ProblemCount == 0;
}

/// <summary>Holds the whole store against the journal's chains and against the fold of its events. Reads one unchanging picture; the product may run.</summary>
public interface IStoreVerifier
{
    const int MostProblems = 200;

    /// <param name="views">Null: views are not compared.</param>
    /// <param name="due">Null: deadlines are not compared.</param>
    Task<VerifyReport> VerifyAsync(ViewFold? views, DueFold? due, CancellationToken ct);
}
