namespace OnlineSafetyTrust.Contracts.Journal;

/// <summary>Deadlines that are due. Claimed by an index; idle costs one probe.</summary>
public interface IDueStore
{
    /// <summary>Leases up to <paramref name="max"/> rows with <c>at &lt;= now</c>, earliest first, until <paramref name="leaseUntil"/> (system time).</summary>
    ValueTask<IReadOnlyList<ClaimedDue>> ClaimAsync(int shard, DateTimeOffset now, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct);

    /// <summary>Gives a claimed row back, to be claimed again after <paramref name="notBefore"/> (system time).</summary>
    ValueTask ReleaseAsync(ClaimedDue due, DateTimeOffset notBefore, CancellationToken ct);

    /// <summary>The earliest deadline of all, or null.</summary>
    ValueTask<DateTimeOffset?> NextAsync(CancellationToken ct);
}

public sealed record ClaimedDue(StreamKey Key, string What, DateTimeOffset At);

/// <summary>Messages on their way. Leased, in order per destination, retried with back-off, dead-lettered in sight.</summary>
public interface IOutboxStore
{
    /// <summary>Leases the oldest undelivered message of up to <paramref name="max"/> destinations that are not leased and not backing off.</summary>
    ValueTask<IReadOnlyList<LeasedMessage>> LeaseAsync(DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct);

    ValueTask DeliveredAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct);

    /// <summary>Tries again at <paramref name="notBefore"/> (system time); null: dead, kept in sight, its destination goes on.</summary>
    ValueTask FailedAsync(LeasedMessage message, DateTimeOffset? notBefore, string error, CancellationToken ct);

    /// <summary>Counts by state; <c>Ready</c> are those that could be delivered now.</summary>
    ValueTask<OutboxCounts> CountAsync(DateTimeOffset systemNow, CancellationToken ct);

    /// <summary>Completes when a flush has stored messages since the last call. Wake-ups are coalesced.</summary>
    ValueTask WaitAsync(TimeSpan atMost, CancellationToken ct);
}

/// <param name="Attempt">From 1.</param>
public sealed record LeasedMessage(long Position, TenantId Tenant, OutboxMessage Message, int Attempt, Guid CorrelationId);

public sealed record OutboxCounts(long Ready, long Leased, long BackingOff, long Dead);
