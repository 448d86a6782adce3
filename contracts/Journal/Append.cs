namespace OnlineSafetyTrust.Contracts.Journal;

/// <summary>Everything one command changes: stored in one transaction or not at all.</summary>
public sealed record Append
{
    public required StreamKey Key { get; init; }

    /// <summary>Version of the stream that the decision was made on; 0 for a stream that does not exist yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>Another stream of the tenant that the decision rests on, at the version it was read at.</summary>
    public Premise? Premise { get; init; }

    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTimeOffset At { get; init; }

    public required Actor Actor { get; init; }

    public required Guid CorrelationId { get; init; }

    /// <summary>With a command id a row is kept for 90 days that answers a retry.</summary>
    public Guid? CommandId { get; init; }

    /// <summary>HMAC-SHA256 of the command's input; empty without a command id.</summary>
    public ReadOnlyMemory<byte> InputHash { get; init; }

    public IReadOnlyList<ViewRow> Rows { get; init; } = [];

    public IReadOnlyList<ViewRowKey> GoneRows { get; init; } = [];

    /// <summary>Deadlines set or moved; a row replaces the stream's earlier one of the same name.</summary>
    public IReadOnlyList<DueRow> Due { get; init; } = [];

    public IReadOnlyList<string> GoneDue { get; init; } = [];

    public IReadOnlyList<CounterDelta> Counters { get; init; } = [];

    public IReadOnlyList<OutboxMessage> Outbox { get; init; } = [];

    public IReadOnlyList<KeyAssignment> Keys { get; init; } = [];

    public IReadOnlyList<LookupRow> Lookups { get; init; } = [];

    /// <summary>One without a digest takes away all numbers of its kind that its id has.</summary>
    public IReadOnlyList<LookupRow> GoneLookups { get; init; } = [];

    /// <summary>The state after the last event, when it is time for a snapshot.</summary>
    public Snapshot? Snapshot { get; init; }
}

/// <summary>An append is refused when <paramref name="Stream"/> has moved on.</summary>
public sealed record Premise(StreamId Stream, long Version);

/// <param name="Type">Stable name such as <c>incident.reported.v1</c>.</param>
public sealed record NewEvent(string Type, ReadOnlyMemory<byte> Payload);

public sealed record Snapshot(string Shape, ReadOnlyMemory<byte> State);

/// <param name="What">Name of the deadline within the stream, such as <c>step/3</c>.</param>
/// <param name="At">Product time at which the stream's grain is called.</param>
public sealed record DueRow(string What, DateTimeOffset At);

/// <summary>Adds to a count of the school's day. Dimensions never name a person.</summary>
/// <param name="Dimensions"><c>nature=unknowing;year=7;phase=secondary</c>: names in alphabetical order.</param>
public sealed record CounterDelta(DateOnly Day, string Counter, string Dimensions, int By);

/// <param name="Id">The receiver's command id: delivery may repeat, its effect may not.</param>
/// <param name="Destination"><c>stream:{tenant}/{stream}</c>, <c>followers:{tenant}</c> or <c>mail:{tenant}/{person}</c>; messages to one stream or to the followers of one school keep their order, mails do not.</param>
/// <param name="Payload">UTF-8 JSON; personal values sealed, never needed for mail.</param>
public sealed record OutboxMessage(Guid Id, string Destination, string Kind, ReadOnlyMemory<byte> Payload);

/// <summary>From now on <paramref name="Key"/> seals values of <paramref name="Owner"/>; an owner may have several keys.</summary>
public sealed record KeyAssignment(KeyOwner Owner, Guid Key);

/// <summary>Exact look-up of a number (UPN, serial number) by its HMAC; goes with the owner's keys.</summary>
/// <param name="Kind"><c>upn</c>, <c>serial</c>…</param>
/// <param name="Digest">32 bytes: HMAC-SHA256 under the tenant's look-up key.</param>
/// <param name="Only">The append is refused while another id has this number.</param>
public sealed record LookupRow(string Kind, ReadOnlyMemory<byte> Digest, string Id, KeyOwner Owner, bool Only = false);
