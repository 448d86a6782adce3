using System.Data.Common;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>Something that waits for its flush.</summary>
internal abstract class Work
{
    public abstract void Complete();

    public abstract void Fail(Exception problem);
}

/// <summary>Texts are made on the caller's thread: the sequencer's time is the store's throughput.</summary>
internal sealed class AppendWork(Append append) : Work
{
    private readonly TaskCompletionSource<AppendOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Append Append { get; } = append;

    public string Tenant { get; } = append.Key.Tenant.ToString();

    public string Stream { get; } = append.Key.Stream.Value;

    public string? PremiseStream { get; } = append.Premise?.Stream.Value;

    /// <summary>Numbers that nobody else may have.</summary>
    public IReadOnlyList<(NumberKey Key, LookupRow Row)> Only { get; } = [.. append.Lookups.Where(l => l.Only).Select(l => (KeyOf(append, l), l))];

    public string Actor { get; } = append.Actor.Value;

    public string? CommandId { get; } = append.CommandId?.ToString("D");

    public string CorrelationId { get; } = append.CorrelationId.ToString("D");

    public long At { get; } = Microseconds.ToUnix(append.At);

    public AppendOutcome Outcome { get; set; } = null!;

    public Task<AppendOutcome> Task => _done.Task;

    public override void Complete() => _done.SetResult(Outcome);

    public override void Fail(Exception problem) => _done.SetException(problem);

    public static NumberKey KeyOf(Append append, LookupRow row) => new(append.Key.Tenant.ToString(), row.Kind, Convert.ToHexString(row.Digest.Span));
}

internal sealed class AuditWork(ReadAuditRow row) : Work
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadAuditRow Row { get; } = row;

    public string Tenant { get; } = row.Tenant.ToString();

    public string Roles { get; } = string.Join(',', row.Roles);

    public string[] Records { get; } = [.. row.Records.Distinct(StringComparer.Ordinal)];

    public Task Task => _done.Task;

    public override void Complete() => _done.SetResult();

    public override void Fail(Exception problem) => _done.SetException(problem);
}

/// <summary>A change of state that is no record (leases, process state), made inside the flush's transaction on the writer's connection.</summary>
internal abstract class ChangeWork : Work
{
    /// <summary>May run again when the flush is retried.</summary>
    public abstract Task RunAsync(DbConnection connection);

    /// <summary>Its own failure, undone by a savepoint; the rest of the flush goes on.</summary>
    public Exception? Failure { get; set; }
}

internal sealed class ChangeWork<T>(Func<DbConnection, Task<T>> change) : ChangeWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override async Task RunAsync(DbConnection connection) => _result = await change(connection);

    public override void Complete()
    {
        if (Failure is null)
        {
            _done.SetResult(_result);
        }
        else
        {
            _done.SetException(Failure);
        }
    }

    public override void Fail(Exception problem) => _done.SetException(problem);
}
