using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>What is derived must equal the fold of the events. Holds a digest per row in memory: about 200 bytes each.</summary>
internal sealed class FoldCheck(DbConnection connection, Dialect dialect, IReadOnlyList<ViewTable> tables, Problems problems)
{
    private readonly Dictionary<(string Table, string Tenant, string Id), string> _rows = [];
    private readonly Dictionary<(string Tenant, string Stream, string What), long> _due = [];

    public long ViewRows { get; private set; }

    public long DueRows { get; private set; }

    public async Task RunAsync(ViewFold? views, DueFold? due, CancellationToken ct)
    {
        if (views is null && due is null)
        {
            return;
        }

        StreamKey? last = null;
        while (await Streams.PageAfterAsync(connection, dialect, last) is { Count: > 0 } page)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var key in page)
            {
                TryFold(key, await Streams.EventsAsync(connection, dialect, key), views, due);
            }

            last = page[^1];
        }

        if (views is not null)
        {
            await CompareViewsAsync();
        }

        if (due is not null)
        {
            await CompareDueAsync();
        }
    }

    private void TryFold(StreamKey key, IReadOnlyList<StoredEvent> events, ViewFold? views, DueFold? due)
    {
        try
        {
            Fold(key, events, views, due);
        }
        catch (Exception error)
        {
            // Damaged events break folds in any way; the report must still name the rest. The message could hold personal data: only its type.
            problems.Add($"The events of {key} cannot be read: {error.GetType().Name}.");
        }
    }

    private void Fold(StreamKey key, IReadOnlyList<StoredEvent> events, ViewFold? views, DueFold? due)
    {
        var tenant = key.Tenant.ToString();
        foreach (var row in views?.Invoke(key, events) ?? [])
        {
            if (!_rows.TryAdd((row.Table.TableName, tenant, row.Id), Digest(key.Stream.Value, row.Values, row.Body.Span)))
            {
                problems.Add($"Row {row.Id} of {row.Table.TableName} in {tenant} is written by two streams, one of them {key.Stream}.");
            }
        }

        foreach (var row in due?.Invoke(key, events) ?? [])
        {
            _due[(tenant, key.Stream.Value, row.What)] = Microseconds.ToUnix(row.At);
        }
    }

    private async Task CompareViewsAsync()
    {
        foreach (var table in tables)
        {
            var sql = $"SELECT tenant, id, stream, body{string.Concat(table.Columns.Select(c => $", {c.Name}"))} FROM {table.TableName} WHERE (tenant, id) > (@tenant, @id) ORDER BY tenant, id LIMIT 1000";
            var (tenant, id) = ("", "");
            while (await connection.ListAsync(dialect, sql, Arguments.Of(("tenant", tenant), ("id", id)), row => RawRow.Read(row, table)) is { Count: > 0 } page)
            {
                foreach (var row in page)
                {
                    Compare(table, row);
                }

                (tenant, id) = (page[^1].Tenant, page[^1].Id);
            }
        }

        foreach (var (table, tenant, id) in _rows.Keys)
        {
            problems.Add($"Row {id} of {table} in {tenant} is missing. Rebuild the view.");
        }
    }

    private void Compare(ViewTable table, RawRow row)
    {
        ViewRows++;
        if (!_rows.Remove((table.TableName, row.Tenant, row.Id), out var expected))
        {
            problems.Add($"Row {row.Id} of {table.TableName} in {row.Tenant} follows from no event. Rebuild the view.");
        }
        else if (expected != Digest(row.Stream, row.Values, row.Body))
        {
            problems.Add($"Row {row.Id} of {table.TableName} in {row.Tenant} differs from what its events say. Rebuild the view.");
        }
    }

    private async Task CompareDueAsync()
    {
        foreach (var (key, at) in await connection.ListAsync(dialect, "SELECT tenant, stream, what, at FROM due", null, row => (Key: (row.GetString(0), row.GetString(1), row.GetString(2)), At: row.GetInt64(3))))
        {
            DueRows++;
            if (!_due.Remove(key, out var expected))
            {
                problems.Add($"Deadline {key.Item3} of {key.Item1}/{key.Item2} follows from no event.");
            }
            else if (expected != at)
            {
                problems.Add($"Deadline {key.Item3} of {key.Item1}/{key.Item2} is at {Microseconds.FromUnix(at):O} and should be at {Microseconds.FromUnix(expected):O}.");
            }
        }

        foreach (var (tenant, stream, what) in _due.Keys)
        {
            problems.Add($"Deadline {what} of {tenant}/{stream} is missing.");
        }
    }

    private static string Digest(string stream, IReadOnlyList<object?> values, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in values.Prepend(stream))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(value is null ? "\0null" : Convert.ToString(value, CultureInfo.InvariantCulture)!));
            hash.AppendData([0]);
        }

        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
