using Microsoft.Data.Sqlite;

namespace OnlineSafetyTrust.Storage.Sqlite;

/// <summary>
/// Moves what was committed from the write-ahead log into the file, beside the commits instead of inside them: SQLite's own way lets
/// every thousandth page's commit wait for two more syncs, and with readers about, every commit. Nothing is less durable: a commit is
/// synced in the log before it is acknowledged. Does nothing while nothing is written.
/// </summary>
internal sealed class Checkpointer(Func<SqliteConnection> open) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>64 MB of log: readers that overlap without end are waited for, so that it begins anew.</summary>
    private const long LongestLog = 16_384;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private SqliteConnection? _connection;
    private Task _running = Task.CompletedTask;
    private bool _written;

    public void Written()
    {
        lock (_lock)
        {
            _written = true;
            if (_running.IsCompleted && !_stop.IsCancellationRequested)
            {
                _running = Task.Run(RunAsync);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection?.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (TakeWritten())
        {
            await Task.Delay(Pause, _stop.Token);
            try
            {
                _connection ??= open();
                if (Checkpoint("PASSIVE") > LongestLog)
                {
                    Checkpoint("RESTART");
                }
            }
            catch (Exception error) when (error is SqliteException or StoreException)
            {
                // A full or failing disk: the log keeps everything, and whoever writes next is told.
            }
        }
    }

    private bool TakeWritten()
    {
        lock (_lock)
        {
            var written = _written;
            _written = false;
            return written;
        }
    }

    /// <returns>Pages in the log.</returns>
    private long Checkpoint(string mode)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var row = command.ExecuteReader();
        return row.Read() ? row.GetInt64(1) : 0;
    }
}
