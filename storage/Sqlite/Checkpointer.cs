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

    /// <summary>Milliseconds.</summary>
    private const int LongestRestart = 100;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private SqliteConnection? _connection;
    private long _longest = LongestLog;
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
                _connection ??= Open();
                var log = Checkpoint("PASSIVE").Pages;
                if (log > _longest)
                {
                    // In vain while a long read, a backup or a verification, needs the log: again when it has grown as much once more.
                    _longest = Checkpoint("RESTART").Busy ? log + LongestLog : LongestLog;
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

    private SqliteConnection Open()
    {
        var connection = open();

        // A restart holds the writer's lock while it waits for readers: so long every commit may wait for it.
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, LongestRestart);
        return connection;
    }

    /// <returns>Whether somebody's reads or writes kept it from the end, and the pages in the log.</returns>
    private (bool Busy, long Pages) Checkpoint(string mode)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0) != 0, row.GetInt64(1)) : (false, 0);
    }
}
