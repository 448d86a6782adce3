using System.Data.Common;
using Dapper;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Postgres;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

internal sealed class ViewRebuilder(Store store) : IViewRebuilder
{
    /// <summary>So few changed streams may be folded while appends wait.</summary>
    private const int FewEnough = 20;

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private readonly Dialect _dialect = store.Database.Dialect;

    public async Task<IReadOnlyList<ViewTable>> UnbuiltAsync(CancellationToken ct)
    {
        var names = await store.Database.QueryAsync("SELECT name FROM view_tables WHERE built = 0", null, row => row.GetString(0), ct);
        return [.. store.Tables.Where(t => names.Contains(t.TableName))];
    }

    public async Task RebuildAsync(ViewTable table, StreamFold fold, Func<StreamId, bool>? concerns, Action<StreamKey, Exception> damaged, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        var build = new Build(table, fold, concerns ?? (_ => true), damaged, TableWrite.View(table, $"{table.TableName}_next"));
        var position = await BeginAsync(build);
        var streams = await ReadAsync(c => Streams.CountAsync(c, _dialect), ct);
        var read = 0L;
        StreamKey? last = null;
        while (await ReadAsync(c => Streams.PageAfterAsync(c, _dialect, last), ct) is { Count: > 0 } page)
        {
            ct.ThrowIfCancellationRequested();
            await AddAsync(build, page, ct);
            last = page[^1];
            read += page.Count;
            progress?.Report(new RebuildProgress(read, streams));
        }

        while (true)
        {
            position = await CatchUpAsync(build, position, () => progress?.Report(new RebuildProgress(read, streams)), ct);
            try
            {
                await SwapAsync(build, position);
                return;
            }
            catch (Exception error) when (PostgresErrors.IsBusy(error))
            {
                // A backup or a verification reads every table to its end: it is waited for outside the flush, which keeps all commands waiting.
                await Task.Delay(AskAgain, ct);
            }
        }
    }

    private Task<long> BeginAsync(Build build)
    {
        var access = store.Options.Provider == StoreProvider.PostgreSql ? new ReaderAccess(store.Options.ReaderConnectionString!).For(build.Table, build.Next.Table) : "";
        return store.Sequencer.RunAsync(async c =>
        {
            await c.ExecuteAsync($"DROP TABLE IF EXISTS {build.Next.Table}");
            await c.ExecuteAsync(ViewSchema.Create(build.Table, build.Next.Table, $"_{Guid.NewGuid():N}"[..9], _dialect) + access);
            return await Streams.HeadAsync(c, _dialect);
        });
    }

    private async Task<long> CatchUpAsync(Build build, long position, Action tell, CancellationToken ct)
    {
        while (true)
        {
            var head = await ReadAsync(c => Streams.HeadAsync(c, _dialect), ct);
            var changed = await ReadAsync(c => Streams.ChangedAsync(c, _dialect, position, head), ct);
            if (changed.Count <= FewEnough)
            {
                return position;
            }

            foreach (var part in changed.Chunk(200))
            {
                await AddAsync(build, part, ct);
            }

            position = head;
            tell();
        }
    }

    /// <summary>Inside a flush, with the head locked: nothing is appended between the last fold and the new name.</summary>
    private Task<bool> SwapAsync(Build build, long position) => store.Sequencer.RunAsync(async c =>
    {
        await c.ExecuteAsync(_dialect.KeepAlone(build.Table.TableName));
        foreach (var key in await Streams.ChangedAsync(c, _dialect, position, await Streams.HeadAsync(c, _dialect)))
        {
            await ReplaceAsync(c, build, key, build.Rows(key, await Streams.EventsAsync(c, _dialect, key)));
        }

        await c.ExecuteAsync($"DROP TABLE {build.Table.TableName}");
        await c.ExecuteAsync($"ALTER TABLE {build.Next.Table} RENAME TO {build.Table.TableName}");
        await c.ExecuteAsync("UPDATE view_tables SET built = 1 WHERE name = @name", new { name = build.Table.TableName });
        return true;
    });

    private async Task AddAsync(Build build, IReadOnlyList<StreamKey> keys, CancellationToken ct)
    {
        var folded = await ReadAsync(
            async c =>
            {
                var all = new List<(StreamKey Key, IReadOnlyList<ViewRow>? Rows)>();
                foreach (var key in keys.Where(k => build.Concerns(k.Stream)))
                {
                    all.Add((key, build.Rows(key, await Streams.EventsAsync(c, _dialect, key))));
                }

                return all;
            },
            ct);
        await store.Database.WriteAsync(async c =>
        {
            foreach (var (key, rows) in folded)
            {
                await ReplaceAsync(c, build, key, rows);
            }

            return true;
        });
    }

    /// <param name="rows">Null: those it has in the table that serves.</param>
    private static async Task ReplaceAsync(DbConnection c, Build build, StreamKey key, IReadOnlyList<ViewRow>? rows)
    {
        var (tenant, stream) = (key.Tenant.ToString(), key.Stream.Value);
        await c.ExecuteAsync($"DELETE FROM {build.Next.Table} WHERE tenant = @tenant AND stream = @stream", new { tenant, stream });
        if (rows is null)
        {
            await c.ExecuteAsync($"INSERT INTO {build.Next.Table} SELECT * FROM {build.Table.TableName} WHERE tenant = @tenant AND stream = @stream", new { tenant, stream });
        }
        else if (rows.Count > 0)
        {
            var batch = new RowBatch(build.Next);
            foreach (var row in rows)
            {
                ViewWrites.Fill(batch, tenant, stream, row);
            }

            await c.RunAsync(batch);
        }
    }

    private Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken ct) => store.Database.ReadStillAsync(read, ct);

    private sealed record Build(ViewTable Table, StreamFold Fold, Func<StreamId, bool> Concerns, Action<StreamKey, Exception> Damaged, TableWrite Next)
    {
        /// <returns>Null: they cannot be folded.</returns>
        public IReadOnlyList<ViewRow>? Rows(StreamKey key, IReadOnlyList<StoredEvent> events)
        {
            try
            {
                return Concerns(key.Stream) ? [.. Fold(key, events, null).Rows.Where(r => r.Table.TableName == Table.TableName)] : [];
            }
            catch (Exception error)
            {
                // Damaged events break folds in any way. One record must not keep all others from being listed.
                Damaged(key, error);
                return null;
            }
        }
    }
}
