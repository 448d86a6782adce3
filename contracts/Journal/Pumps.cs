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

/// <summary>Messages on their way. Leased in order per destination, retried with back-off, dead-lettered in sight.</summary>
public interface IOutboxStore
{
    const int LongestRun = 32;

    /// <summary>Leases the run of the oldest undelivered messages (at most <see cref="LongestRun"/>) of up to <paramref name="max"/> destinations that are not leased and not backing off.</summary>
    /// <returns>In the order of their storing, and so in order per destination.</returns>
    ValueTask<IReadOnlyList<LeasedMessage>> LeaseAsync(OutboxLane lane, DateTimeOffset systemNow, DateTimeOffset leaseUntil, int max, CancellationToken ct);

    /// <summary>Ends the runs of these messages; what is left of a run is given back.</summary>
    ValueTask DeliveredAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct);

    /// <summary>Ends a run at the message that failed: it is tried again at <paramref name="notBefore"/> (system time), a stream's before all that follow it; null: dead, kept in sight, its destination goes on.</summary>
    /// <param name="before">Those of its run that were delivered.</param>
    /// <param name="error">Its kind or our own sentence: stored and shown, so never a server's words, which repeat addresses.</param>
    ValueTask FailedAsync(LeasedMessage message, IReadOnlyList<LeasedMessage> before, DateTimeOffset? notBefore, string error, CancellationToken ct);

    /// <summary>Ends the runs of these messages without a word: nothing of them was tried.</summary>
    ValueTask GiveBackAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken ct);

    /// <summary>Counts by state; <c>Ready</c> are those that could be delivered now.</summary>
    ValueTask<OutboxCounts> CountAsync(DateTimeOffset systemNow, CancellationToken ct);

    /// <summary>Destinations whose messages fail and are tried again, those that have failed longest first.</summary>
    ValueTask<IReadOnlyList<FailingLine>> FailingAsync(int max, CancellationToken ct);

    /// <summary>Messages that wait without a line in <c>outbox_lines</c>: nobody will ever lease them. There are none unless somebody repaired the store by hand.</summary>
    ValueTask<IReadOnlyList<MessagesWithoutLine>> WithoutLineAsync(int max, CancellationToken ct);

    /// <summary>Gives the messages of <see cref="WithoutLineAsync"/> their lines.</summary>
    /// <returns>How many destinations are delivered to again.</returns>
    ValueTask<int> RestoreLinesAsync(CancellationToken ct);

    /// <summary>Completes when a flush has stored messages since the last call for this lane. Wake-ups are coalesced.</summary>
    ValueTask WaitAsync(OutboxLane lane, TimeSpan atMost, CancellationToken ct);
}

/// <summary>Lanes do not wait for each other: a mail server that does not answer holds up no stream.</summary>
public enum OutboxLane
{
    Streams,

    /// <summary>Destinations <c>mail:…</c>.</summary>
    Mail,
}

/// <param name="Attempt">From 1.</param>
/// <param name="Lease">Names the lease: the position of the run's oldest message.</param>
public sealed record LeasedMessage(long Position, TenantId Tenant, OutboxMessage Message, int Attempt, Guid CorrelationId, long Lease);

public sealed record OutboxCounts(long Ready, long Leased, long BackingOff, long Dead);

/// <param name="Kind">Of the message that failed most often, or the oldest.</param>
/// <param name="Attempts">Of that message.</param>
/// <param name="Since">First failure in a row (system time); null: before this was recorded.</param>
/// <param name="Error">Kind of the last error; never personal data.</param>
public sealed record FailingLine(string Destination, string Kind, int Attempts, DateTimeOffset? Since, DateTimeOffset NextTry, string Error);

public sealed record MessagesWithoutLine(string Destination, long Count, long FirstPosition);
