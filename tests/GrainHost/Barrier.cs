using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace OnlineSafetyTrust.GrainHost.Tests;

/// <summary>Where a grain and a test meet, by key: the grain says that it came and waits to be let through.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the test run.")]
internal sealed class Barrier
{
    private static readonly ConcurrentDictionary<string, Barrier> All = new();

    private readonly SemaphoreSlim _came = new(0);
    private readonly SemaphoreSlim _open = new(0);

    public static Barrier At(string key) => All.GetOrAdd(key, _ => new Barrier());

    /// <summary>The grain's side.</summary>
    public async Task PassAsync()
    {
        _came.Release();
        await _open.WaitAsync();
    }

    public void Came() => _came.Release();

    /// <summary>The test's side: waits until somebody came.</summary>
    public async Task ArrivalAsync() =>
        Assert.True(await _came.WaitAsync(Cluster.Patience), "Nobody came to the barrier.");

    public void Open(int times = 1) => _open.Release(times);

    public bool IsEmpty => _came.CurrentCount == 0;
}
