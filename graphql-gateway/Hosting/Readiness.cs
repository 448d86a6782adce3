using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Ready when the store is open and working, the silo takes calls and, where asked for, the demo is built.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime, StoreUpkeep store) : IHostedService
{
    private int _waiting;
    private volatile bool _started;

    public bool IsReady => _started && Volatile.Read(ref _waiting) == 0 && store.IsWorking;

    /// <summary>Not ready until the returned handle is disposed.</summary>
    public IDisposable Hold()
    {
        Interlocked.Increment(ref _waiting);
        return new Held(this);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _started = true);
        lifetime.ApplicationStopping.Register(() => _started = false);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class Held(Readiness readiness) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref readiness._waiting);
            }
        }
    }
}
