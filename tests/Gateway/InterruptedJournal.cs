using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Lets something happen between a decision and its storing.</summary>
internal sealed class InterruptedJournal(IJournal journal) : IJournal
{
    private string _kind = "";
    private Func<Task>? _interruption;

    public void BeforeFirst(string kind, Func<Task> interruption) => (_kind, _interruption) = (kind, interruption);

    public ValueTask<StreamHistory> ReadAsync(StreamKey key, string shape, CancellationToken ct) => journal.ReadAsync(key, shape, ct);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(StreamKey key, long toVersion, CancellationToken ct) => journal.ReadEventsAsync(key, toVersion, ct);

    public ValueTask<CommandTrace?> FindCommandAsync(TenantId tenant, Actor actor, Guid commandId, CancellationToken ct) => journal.FindCommandAsync(tenant, actor, commandId, ct);

    public ValueTask<IReadOnlyList<string>> FindLookupAsync(TenantId tenant, string kind, ReadOnlyMemory<byte> digest, CancellationToken ct) => journal.FindLookupAsync(tenant, kind, digest, ct);

    public async ValueTask<AppendOutcome> AppendAsync(Append append)
    {
        if (append.Key.Stream.Kind == _kind && Interlocked.Exchange(ref _interruption, null) is { } interruption)
        {
            await interruption();
        }

        return await journal.AppendAsync(append);
    }
}
