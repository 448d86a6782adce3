namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>What was not as the events say, and is now.</summary>
/// <param name="Lines">Destinations whose messages nobody would have delivered.</param>
public sealed record Mended(long Counters, long Lookups, long Snapshots, long Lines);

/// <summary>Versions of the rules by which a store has its deadlines and counters.</summary>
public sealed record DerivedRules(long Due, long Counters);

/// <summary>Puts right what is derived and no view, where it stands: what is as it should be is not touched. The product may run; one rebuild at a time (<see cref="AloneAsync"/>).</summary>
public interface IDerivedRebuilder
{
    /// <summary>Waits until no other rebuild runs, of this process or another; ends with what it gives.</summary>
    Task<IAsyncDisposable> AloneAsync(CancellationToken ct);

    /// <summary>By which rules deadlines and counters were last built; 0: by none.</summary>
    Task<DerivedRules> BuiltByAsync(CancellationToken ct);

    /// <summary>Deadlines that should be there and are not come back, others go; claims of the rest stay.</summary>
    /// <param name="version">Of the rules that <paramref name="fold"/> follows.</param>
    /// <param name="damaged">Told of streams that cannot be folded: their deadlines are left alone.</param>
    /// <returns>Deadlines that were put right.</returns>
    Task<long> RebuildDueAsync(StreamFold fold, long version, Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct);

    /// <summary>Counters, look-ups, snapshots and the outbox's lines.</summary>
    /// <param name="version">Of the rules by which <paramref name="fold"/> counts.</param>
    /// <param name="damaged">Told of streams that cannot be folded: nobody knows what their school's counters are without them, so those are left alone, and no look-up is removed there.</param>
    Task<Mended> RebuildRestAsync(StreamFold fold, long version, Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct);
}
