using System.Text;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Domain.Tests.Access;

/// <summary>A stream as a grain would keep it: every event is composed, stored as bytes and folded from them again.</summary>
internal sealed class StoredStream<TState>(StreamModel<TState> model, StreamKey key) where TState : class, IState<TState>
{
    private readonly List<StoredEvent> _events = [];
    private readonly List<CounterDelta> _counters = [];
    private readonly HashSet<(string Kind, string Digest, string Id)> _lookups = [];

    public LegibleKeyring Keyring { get; } = new();

    public TState State { get; private set; } = TState.Empty;

    public IReadOnlyList<StoredEvent> Stored => _events;

    /// <summary>What the last command stored.</summary>
    public Append? Last { get; private set; }

    public IEnumerable<string> EventNames => Last!.Events.Select(e => e.Type);

    public Events Do(CommandContext context, Func<TState, CommandContext, Result<Events>> decide)
    {
        var decision = decide(State, context);
        Assert.True(decision.Ok, string.Join(", ", decision.Errors.Select(e => e.Code)));
        Last = null;
        if (decision.Value!.Count == 0)
        {
            return decision.Value;
        }

        (Last, _) = Appending.Compose(model, Keyring, key, _events.Count, State, decision.Value, context, ReadOnlyMemory<byte>.Empty, 1);
        var known = _events.Count;
        _events.AddRange(Last.Events.Select((e, i) => new StoredEvent(
            known + i + 1, key, known + i + 1, e.Type, context.Now, context.Actor, null, Guid.Empty, e.Payload)));
        State = StreamModel<TState>.Fold(TState.Empty, _events);
        // A snapshot taken now must be the state itself.
        Assert.Equal(StoredJson.Write(State), StoredJson.Write(StoredJson.Read<TState>(Last.Snapshot!.State.Span)));
        AsProjected();
        return decision.Value;
    }

    /// <summary>What verifying expects is what the appends have stored.</summary>
    private void AsProjected()
    {
        _counters.AddRange(Last!.Counters);
        _lookups.ExceptWith(Last.GoneLookups.Select(l => (l.Kind, Convert.ToHexString(l.Digest.Span), l.Id)));
        _lookups.UnionWith(Last.Lookups.Select(l => (l.Kind, Convert.ToHexString(l.Digest.Span), l.Id)));
        var projected = model.Project(key, _events, new StoredSnapshot(Last.Snapshot!.Shape, _events.Count, Last.Snapshot.State));
        Assert.Equal(SnapshotState.Fits, projected.Snapshot);
        Assert.Equal(_counters, projected.Counters);
        Assert.Equal(
            _lookups.Order(),
            projected.Lookups.Select(l => (l.Kind, Convert.ToHexString(Keyring.DigestText(key.Tenant, l.Kind, Keyring.Open(key, l.Value)!)), l.Id)).Distinct().Order());
    }

    public void Refused(CommandContext context, string code, Func<TState, CommandContext, Result<Events>> decide) =>
        Assert.Contains(code, decide(State, context).Errors.Select(e => e.Code));

    public IReadOnlyList<TView> Rows<TView>(ViewTable table)
    {
        using var opening = new OpeningScope(Keyring, key);
        return [.. model.Project(key, _events).Rows.Where(r => r.Table.Name == table.Name).Select(r => StoredJson.Read<TView>(r.Body.Span))];
    }

    public IReadOnlyList<DueRow> Due => model.Project(key, _events).Due;

    public TBody Message<TBody>(string kind) => StoredJson.Read<TBody>(Assert.Single(Last!.Outbox, m => m.Kind == kind).Payload.Span);

    public IEnumerable<string> Messages => Last!.Outbox.Select(m => m.Kind);
}

/// <summary>Seals legibly, and opens only under the field's own name.</summary>
internal sealed class LegibleKeyring : IKeyring
{
    public ValueTask ReserveAsync(int newOwners, CancellationToken ct) => ValueTask.CompletedTask;

    public string Seal(StreamKey stream, long version, string field, KeyOwner owner, ReadOnlySpan<byte> plain, ICollection<KeyAssignment> assigned) =>
        $"p1:{owner}:{version}:{field}:{Convert.ToBase64String(plain)}";

    public ValueTask FetchAsync(IReadOnlyCollection<string> sealedTexts, CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask FetchFromAsync(IReadOnlyCollection<ReadOnlyMemory<byte>> documents, CancellationToken ct) => ValueTask.CompletedTask;

    public byte[]? Open(StreamKey stream, string field, string sealedText)
    {
        var parts = sealedText.Split(':');
        Assert.Equal(field, parts[3]);
        return Convert.FromBase64String(parts[4]);
    }

    public byte[] Digest(TenantId tenant, string kind, ReadOnlySpan<byte> value) => [.. Encoding.UTF8.GetBytes(kind), .. value];

    public ValueTask DestroyAsync(TenantId tenant, KeyOwner owner, CancellationToken ct) => ValueTask.CompletedTask;
}
