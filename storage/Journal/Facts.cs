using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>The store's one row that every flush locks: last positions and the head of the HMAC chain.</summary>
internal readonly record struct Head(long Position, byte[] Hmac, long Outbox, long Audit);

internal readonly record struct StreamHead(long Version, byte[] LastHash)
{
    public static readonly StreamHead New = new(0, EventHash.Start);
}

internal readonly record struct CommandKey(string Tenant, string Actor, string CommandId);

/// <param name="Digest">In hexadecimal digits.</param>
internal readonly record struct NumberKey(string Tenant, string Kind, string Digest);

/// <summary>What a flush must know before it decides: read after the head is locked, so nobody can change it meanwhile.</summary>
internal sealed class Facts
{
    public Head Head { get; set; }

    public Dictionary<(string Tenant, string Stream), StreamHead> Streams { get; } = [];

    public Dictionary<CommandKey, CommandTrace> Commands { get; } = [];

    /// <summary>Who has the numbers that only one may have; those that are asked for, and no others.</summary>
    public Dictionary<NumberKey, HashSet<string>> Numbers { get; } = [];
}

/// <summary>Where flushes go. One connection, used by the sequencer alone.</summary>
internal interface IFlushTarget : IAsyncDisposable
{
    /// <summary>The writer's connection, inside the transaction that <see cref="BeginAsync"/> began.</summary>
    System.Data.Common.DbConnection Connection { get; }

    /// <summary>Begins the transaction, locks the head and reads the facts these works need.</summary>
    ValueTask<Facts> BeginAsync(IReadOnlyList<Work> works);

    ValueTask CommitAsync(FlushPlan plan);

    ValueTask RollbackAsync();

    /// <summary>Turns the database's error into a sentence.</summary>
    StoreException Explain(Exception error, bool committing);
}
