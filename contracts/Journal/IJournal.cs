namespace OnlineSafetyTrust.Contracts.Journal;

/// <summary>The record of everything that happened. One sequencer per process groups what arrives into one transaction per flush.</summary>
public interface IJournal
{
    /// <summary>The newest usable snapshot of a stream and the events after it, oldest first.</summary>
    /// <param name="shape">Fingerprint of the state's shape; a snapshot of another shape is not returned.</param>
    ValueTask<StreamHistory> ReadAsync(StreamKey key, string shape, CancellationToken ct);

    /// <summary>Events of a stream up to and including <paramref name="toVersion"/>, oldest first, without snapshots.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(StreamKey key, long toVersion, CancellationToken ct);

    /// <summary>What an earlier command with this id did, or null.</summary>
    ValueTask<CommandTrace?> FindCommandAsync(TenantId tenant, Actor actor, Guid commandId, CancellationToken ct);

    /// <summary>Ids of the tenant's records that have this number, in order.</summary>
    ValueTask<IReadOnlyList<string>> FindLookupAsync(TenantId tenant, string kind, ReadOnlyMemory<byte> digest, CancellationToken ct);

    /// <summary>
    /// Returns once the append is flushed to disk together with all that belongs to it, or was refused whole.
    /// Cannot be cancelled once queued. An exception means that the outcome is unknown: forget the state and read again.
    /// </summary>
    ValueTask<AppendOutcome> AppendAsync(Append append);
}

public static class EarlierCommands
{
    /// <summary>What the command did, if it was done already: its answer does not depend on what has become since of the records that it names.</summary>
    public static async ValueTask<CommandTrace?> FindEarlierAsync(this IJournal journal, CommandContext context) =>
        context.CommandId is { } id ? await journal.FindCommandAsync(context.Tenant, context.Actor, id, CancellationToken.None) : null;
}

/// <param name="Snapshot">Stored state at <paramref name="SnapshotVersion"/>, or null: fold from the start.</param>
public sealed record StreamHistory(ReadOnlyMemory<byte>? Snapshot, long SnapshotVersion, IReadOnlyList<StoredEvent> Events);

/// <param name="Position">Place in the whole store, from 1, gapless, in commit order.</param>
/// <param name="Version">Place in the stream, from 1, gapless.</param>
/// <param name="Type">Stable name such as <c>incident.reported.v1</c>.</param>
/// <param name="Payload">UTF-8 JSON; personal values sealed.</param>
public sealed record StoredEvent(
    long Position, StreamKey Key, long Version, string Type, DateTimeOffset At, Actor Actor, Guid? CommandId, Guid CorrelationId, ReadOnlyMemory<byte> Payload);

/// <param name="InputHash">32 bytes; another hash under the same id is a conflict.</param>
/// <param name="Version">The stream's version after the command: folding to it gives the command's reply again.</param>
/// <param name="At">Product time of the command.</param>
public sealed record CommandTrace(StreamId Stream, long Version, ReadOnlyMemory<byte> InputHash, DateTimeOffset At);

public enum AppendStatus
{
    Appended,

    /// <summary>The stream is no longer at the expected version; nothing was stored.</summary>
    VersionConflict,

    /// <summary>The premise no longer holds; nothing was stored.</summary>
    PremiseChanged,

    /// <summary>The same command was stored before (see <see cref="AppendOutcome.Earlier"/>); nothing was stored now.</summary>
    CommandKnown,

    /// <summary>Another record has a number that only one may have; nothing was stored.</summary>
    NumberTaken,
}

/// <param name="Position">Of the last event stored.</param>
public sealed record AppendOutcome(AppendStatus Status, long Position, CommandTrace? Earlier);
