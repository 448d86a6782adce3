using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>Where grains run in one process: that it is the only one on the store, from before it is opened. Once another one is, the host stops.</summary>
internal sealed partial class OnlyProcess(IHostApplicationLifetime host, TimeProvider system, ILogger<OnlyProcess> log) : IAsyncDisposable
{
    /// <summary>A database server notices within half a minute that the machine of the process before is gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ended = new();
    private IOnlyProcess? _held;
    private Task _watching = Task.CompletedTask;

    public void Watch(IOnlyProcess held) => (_held, _watching) = (held, WatchAsync(held));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _ended.Dispose();
        await (_held?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task WatchAsync(IOnlyProcess held)
    {
        using var timer = new PeriodicTimer(LookEvery, system);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                try
                {
                    if (!await held.StillAsync(_ended.Token))
                    {
                        LogAnother();
                        host.StopApplication();
                        return;
                    }
                }
                catch (StoreException e)
                {
                    // Nothing can be stored either: whoever comes back first has it.
                    LogUnknown(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host has stopped.
        }
    }

    [LoggerMessage(LogLevel.Critical, "The connection to the database was lost, and another process works on it now. This one stops: it would answer from what it has in memory.")]
    private partial void LogAnother();

    [LoggerMessage(LogLevel.Warning, "Whether this is the only process on the database cannot be asked.")]
    private partial void LogUnknown(StoreException why);
}
