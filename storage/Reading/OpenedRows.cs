using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Keys;

namespace OnlineSafetyTrust.Storage.Reading;

/// <summary>
/// Rows as they were opened last. The database is asked each time; while it answers the very same bytes, they need not be decrypted and
/// parsed again. When a key is forgotten, so is everything that was opened.
/// </summary>
internal sealed class OpenedRows(Keyring keyring)
{
    /// <summary>Of stored bodies; what was made of them takes two or three times as much.</summary>
    private const int MostBytes = 8 << 20;

    private readonly ConcurrentDictionary<(Type Body, string Table, string Tenant, string Id), Opened> _rows = new();
    private long _bytes;

    /// <summary>To be taken before a row is opened, and given to <see cref="Keep"/>.</summary>
    public long Moment => keyring.Forgotten;

    /// <returns>Null: not opened before, changed since, or its keys may be gone.</returns>
    public object? Find(Type body, ViewTable table, RawRow row, long moment) =>
        _rows.TryGetValue((body, table.TableName, row.Tenant, row.Id), out var opened) && opened.Moment == moment && opened.Stream == row.Stream && row.Body.AsSpan().SequenceEqual(opened.Stored)
            ? opened.Body
            : null;

    public void Keep(Type body, ViewTable table, RawRow row, object opened, long moment)
    {
        if (Interlocked.Add(ref _bytes, row.Body.Length) > MostBytes)
        {
            _rows.Clear();
            Interlocked.Exchange(ref _bytes, row.Body.Length);
        }

        _rows[(body, table.TableName, row.Tenant, row.Id)] = new Opened(moment, row.Stream, row.Body, opened);
    }

    private sealed record Opened(long Moment, string Stream, byte[] Stored, object Body);
}
