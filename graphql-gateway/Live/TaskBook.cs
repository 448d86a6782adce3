using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>
/// Who has which open task, at the schools where somebody waits for new ones: no event says that a task was given, the difference of
/// two looks does.
/// </summary>
public sealed class TaskBook(ChangeReader reader) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<TenantId, School> _schools = [];

    /// <summary>Keeps a school's book until it is disposed; tasks given from now on are told.</summary>
    public async Task<IAsyncDisposable> OpenAsync(TenantId tenant, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (!_schools.TryGetValue(tenant, out var school))
            {
                _schools[tenant] = school = new School([.. await reader.OpenTasksAsync(tenant, null, ct)]);
            }

            school.Waiting++;
            return new Open(this, tenant);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What these streams gave since the last look.</summary>
    public async Task<IReadOnlyList<TaskGiven>> LookAsync(TenantId tenant, IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (!_schools.TryGetValue(tenant, out var school))
            {
                return [];
            }

            var now = await reader.OpenTasksAsync(tenant, streams, ct);
            var given = now.Where(t => !school.Tasks.Contains(t)).Select(t => new TaskGiven(t.Task, t.Owner)).ToList();
            var looked = streams.Select(s => s.Value).ToHashSet(StringComparer.Ordinal);
            school.Tasks.RemoveWhere(t => looked.Contains(t.Task[..t.Task.IndexOf('#', StringComparison.Ordinal)]));
            school.Tasks.UnionWith(now);
            return given;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask CloseAsync(TenantId tenant)
    {
        await _one.WaitAsync();
        try
        {
            if (_schools.TryGetValue(tenant, out var school) && --school.Waiting == 0)
            {
                _schools.Remove(tenant);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private sealed class School(HashSet<(string Task, PersonId Owner)> tasks)
    {
        public HashSet<(string Task, PersonId Owner)> Tasks { get; } = tasks;

        public int Waiting { get; set; }
    }

    private sealed class Open(TaskBook book, TenantId tenant) : IAsyncDisposable
    {
        private int _closed;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _closed, 1) == 0 ? book.CloseAsync(tenant) : default;
    }
}
