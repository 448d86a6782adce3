namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>What was not as the events say, and is now.</summary>
/// <param name="Lines">Destinations whose messages nobody would have delivered.</param>
public sealed record Mended(long Counters, long Lookups, long Snapshots, long Lines);

/// <summary>Puts right what is derived and no view, where it stands: what is as it should be is not touched. The product may run; one rebuild at a time.</summary>
public interface IDerivedRebuilder
{
    /// <summary>By which version of the rules the deadlines were last built; 0: by none.</summary>
    Task<long> DueVersionAsync(CancellationToken ct);

    /// <summary>Deadlines that should be there and are not come back, others go; claims of the rest stay.</summary>
    /// <param name="version">Of the rules that <paramref name="fold"/> follows.</param>
    /// <returns>Deadlines that were put right.</returns>
    Task<long> RebuildDueAsync(StreamFold fold, long version, IProgress<RebuildProgress>? progress, CancellationToken ct);

    /// <summary>Counters, look-ups, snapshots and the outbox's lines.</summary>
    Task<Mended> RebuildRestAsync(StreamFold fold, IProgress<RebuildProgress>? progress, CancellationToken ct);
}
