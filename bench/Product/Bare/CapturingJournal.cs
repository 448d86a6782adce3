using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Bench.Bare;

/// <summary>Passes everything on and keeps the appends of one kind of stream.</summary>
internal sealed class CapturingJournal(IJournal journal, string kind) : IJournal
{
    public List<Append> Appends { get; } = [];

    public ValueTask<StreamHistory> ReadAsync(StreamKey key, string shape, CancellationToken ct) => journal.ReadAsync(key, shape, ct);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(StreamKey key, long toVersion, CancellationToken ct) => journal.ReadEventsAsync(key, toVersion, ct);

    public ValueTask<CommandTrace?> FindCommandAsync(TenantId tenant, Actor actor, Guid commandId, CancellationToken ct) => journal.FindCommandAsync(tenant, actor, commandId, ct);

    public ValueTask<IReadOnlyList<string>> FindLookupAsync(TenantId tenant, string kind, ReadOnlyMemory<byte> digest, CancellationToken ct) => journal.FindLookupAsync(tenant, kind, digest, ct);

    public ValueTask<AppendOutcome> AppendAsync(Append append)
    {
        if (append.Key.Stream.Kind == kind)
        {
            lock (Appends)
            {
                Appends.Add(append);
            }
        }

        return journal.AppendAsync(append);
    }
}
