namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>No other process works on the database until this is disposed of.</summary>
public interface IOnlyProcess : IAsyncDisposable
{
    /// <summary>Looks whether it is still so, and makes it so again after the database server let it go: with a lost connection it has.</summary>
    /// <returns>False: another process works on it now, and this one must stop.</returns>
    /// <exception cref="StoreException">The server does not answer; nobody knows.</exception>
    Task<bool> StillAsync(CancellationToken ct);
}
