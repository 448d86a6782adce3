using System.Buffers;
using System.Data.Common;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Keys;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Upkeep;

/// <summary>
/// Reads the journal once, in order. A stream's chain shows an altered event; the head's chain shows missing ones, and the exported heads
/// show a store that was cut back or rewritten together with its head.
/// </summary>
internal sealed class ChainCheck(DbConnection connection, Dialect dialect, byte[] headKey, IReadOnlyList<(string File, ExportedHead? Head)> exported, Problems problems)
{
    private const string Page = """
        SELECT position, tenant, stream, version, type, at, actor, command_id, correlation_id, payload, prev_hash, hash
          FROM events WHERE position > @after ORDER BY position LIMIT 1000
        """;

    private const string AfterRestore = "What to do after a restore says docs/runbooks/back-up-and-restore.md.";

    private readonly Dictionary<(string Tenant, string Stream), StreamHead> _streams = [];
    private readonly ILookup<long, (string File, ExportedHead? Head)> _exported = exported.Where(e => e.Head is not null).ToLookup(e => e.Head!.Position);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private long _position;
    private byte[] _hmac = EventHash.Start;

    public long Events { get; private set; }

    public long Streams { get; private set; }

    /// <summary>Keys that events are sealed with, each with the first stream that needs it.</summary>
    public Dictionary<string, string> Sealing { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (file, _) in exported.Where(e => e.Head is null))
        {
            problems.Add($"{file} cannot be read: the head in it was altered or half written. Take it from where heads leave the machine to.");
        }

        while (await connection.ListAsync(dialect, Page, Arguments.Of(("after", _position)), Read) is { Count: > 0 } page)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var (row, hash) in page)
            {
                Check(row, hash);
            }
        }

        // Counted before the check, which takes out what it finds.
        Streams = _streams.Count;
        await CheckHeadAsync();
        await CheckStreamsAsync();
    }

    private void Check(in EventRow row, byte[] hash)
    {
        if (row.Position != _position + 1)
        {
            problems.Add($"Events {_position + 1} to {row.Position - 1} of the journal are missing.");
        }

        var before = _streams.GetValueOrDefault((row.Tenant, row.Stream), StreamHead.New);
        if (row.Version != before.Version + 1)
        {
            problems.Add($"Stream {row.Tenant}/{row.Stream} jumps from version {before.Version} to {row.Version}: events are missing.");
        }
        else if (!row.PrevHash.AsSpan().SequenceEqual(before.LastHash))
        {
            problems.Add($"Version {row.Version} of {row.Tenant}/{row.Stream} does not follow the one before: the stream was altered.");
        }

        var actual = EventHash.Of(row, _buffer);
        if (!actual.AsSpan().SequenceEqual(hash))
        {
            problems.Add($"Version {row.Version} of {row.Tenant}/{row.Stream} (event {row.Position}) was altered: its hash does not match what is stored.");
        }

        _streams[(row.Tenant, row.Stream)] = new StreamHead(row.Version, hash);
        _hmac = EventHash.Extend(headKey, _hmac, row.Position, actual);
        _position = row.Position;
        Events++;
        _keys.Clear();
        SealedText.KeysIn(row.Payload.Span, _keys);
        foreach (var key in _keys.Where(k => !Sealing.ContainsKey(k)))
        {
            Sealing[key] = $"{row.Tenant}/{row.Stream}";
        }

        foreach (var (file, head) in _exported[row.Position])
        {
            if (head!.Hmac != Convert.ToHexStringLower(_hmac))
            {
                problems.Add($"The journal up to event {row.Position} is not the one that {file} was written for: it was altered since, or an older copy was put back. {AfterRestore}");
            }
        }
    }

    private async Task CheckHeadAsync()
    {
        var head = (await connection.ListAsync(dialect, "SELECT position, hmac FROM head WHERE id = 1", null, row => (Position: row.GetInt64(0), Hmac: row.GetFieldValue<byte[]>(1))))[0];
        if (head.Position != _position)
        {
            problems.Add($"The journal ends at event {_position}, but its head is {head.Position}: events at its end are missing.");
        }
        else if (!head.Hmac.AsSpan().SequenceEqual(_hmac))
        {
            problems.Add("The journal's head does not match its events: events were altered, removed or put in.");
        }

        foreach (var (file, exportedHead) in _exported.Where(g => g.Key > _position).SelectMany(g => g))
        {
            problems.Add($"{file} shows that the journal once reached event {exportedHead!.Position}; now it ends at {_position}: events at its end were removed, or an older copy was put back. {AfterRestore}");
        }
    }

    private async Task CheckStreamsAsync()
    {
        var listed = await connection.ListAsync(dialect, "SELECT tenant, stream, version, last_hash FROM streams", null,
            row => (Key: (row.GetString(0), row.GetString(1)), Head: new StreamHead(row.GetInt64(2), row.GetFieldValue<byte[]>(3))));
        foreach (var ((tenant, stream), head) in listed)
        {
            if (!_streams.Remove((tenant, stream), out var found))
            {
                problems.Add($"Stream {tenant}/{stream} is listed with {head.Version} events and has none.");
            }
            else if (found.Version != head.Version || !found.LastHash.AsSpan().SequenceEqual(head.LastHash))
            {
                problems.Add($"Stream {tenant}/{stream} is listed with {head.Version} events and ends at version {found.Version}, or its last event was altered.");
            }
        }

        foreach (var (tenant, stream) in _streams.Keys)
        {
            problems.Add($"Stream {tenant}/{stream} has events and is not listed.");
        }
    }

    private static (EventRow Row, byte[] Hash) Read(DbDataReader row) => (
        new EventRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5), row.GetString(6),
            row.IsDBNull(7) ? null : row.GetString(7), row.GetString(8), row.GetFieldValue<byte[]>(9), row.GetFieldValue<byte[]>(10)),
        row.GetFieldValue<byte[]>(11));
}
