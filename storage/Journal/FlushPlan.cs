using System.Buffers;
using System.Runtime.InteropServices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Storage.Sql;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>
/// Decides in memory what one flush writes: who conflicts, who was answered before, and the rows of everybody else.
/// Appends see those before them in the same flush. Pure: no database, no clock.
/// </summary>
internal sealed class FlushPlan
{
    private readonly Facts _facts;
    private readonly byte[] _headKey;
    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly FlushRows _rows = new();

    private FlushPlan(Facts facts, byte[] headKey, ArrayBufferWriter<byte> buffer)
    {
        (_facts, _headKey, _buffer) = (facts, headKey, buffer);
        Head = facts.Head;
    }

    public Head Head { get; private set; }

    public bool HasRows => _rows.Any;

    public bool HasOutbox { get; private set; }

    public int Events { get; private set; }

    public int Conflicts { get; private set; }

    public IEnumerable<RowBatch> Batches => _rows.Batches();

    public static FlushPlan Make(IReadOnlyList<Work> works, Facts facts, byte[] headKey, ArrayBufferWriter<byte> buffer)
    {
        var plan = new FlushPlan(facts, headKey, buffer);
        for (var i = 0; i < works.Count; i++)
        {
            switch (works[i])
            {
                case AppendWork append: append.Outcome = plan.Add(append); break;
                case AuditWork audit: plan.Add(audit); break;
            }
        }

        return plan;
    }

    private AppendOutcome Add(AppendWork work)
    {
        var append = work.Append;
        if (work.CommandId is { } id && _facts.Commands.TryGetValue(new(work.Tenant, work.Actor, id), out var earlier))
        {
            return new AppendOutcome(AppendStatus.CommandKnown, 0, earlier);
        }

        var stream = _facts.Streams.GetValueOrDefault((work.Tenant, work.Stream), StreamHead.New);
        if (stream.Version != append.ExpectedVersion)
        {
            Conflicts++;
            return new AppendOutcome(AppendStatus.VersionConflict, 0, null);
        }

        if (append.Premise is { } premise && _facts.Streams.GetValueOrDefault((work.Tenant, premise.Stream.Value), StreamHead.New).Version != premise.Version)
        {
            Conflicts++;
            return new AppendOutcome(AppendStatus.PremiseChanged, 0, null);
        }

        if (work.Only.Any(n => _facts.Numbers.TryGetValue(n.Key, out var holders) && holders.Any(h => h != n.Row.Id)))
        {
            Conflicts++;
            return new AppendOutcome(AppendStatus.NumberTaken, 0, null);
        }

        Renumber(append);

        if (append.Events.Count > 0)
        {
            stream = AddEvents(work, stream);
            _facts.Streams[(work.Tenant, work.Stream)] = stream;
            _rows.Streams[(work.Tenant, work.Stream)] = stream;
        }

        if (work.CommandId is { } commandId)
        {
            var hash = Exact(append.InputHash);
            _rows.Batch(TableWrite.Commands).Add(work.Tenant).Add(work.Actor).Add(commandId).Add(hash).Add(work.Stream).Add(stream.Version).Add(work.At);
            _facts.Commands[new(work.Tenant, work.Actor, commandId)] = new CommandTrace(append.Key.Stream, stream.Version, hash, append.At);
        }

        AddOutbox(work);
        _rows.Add(work, stream.Version);
        return new AppendOutcome(AppendStatus.Appended, Head.Position, null);
    }

    private void Renumber(Append append)
    {
        foreach (var gone in append.GoneLookups)
        {
            _facts.Numbers.GetValueOrDefault(AppendWork.KeyOf(append, gone))?.Remove(gone.Id);
        }

        foreach (var now in append.Lookups)
        {
            _facts.Numbers.GetValueOrDefault(AppendWork.KeyOf(append, now))?.Add(now.Id);
        }
    }

    private StreamHead AddEvents(AppendWork work, StreamHead stream)
    {
        var rows = _rows.Batch(TableWrite.Events);
        var (position, hmac) = (Head.Position, Head.Hmac);
        foreach (var e in work.Append.Events)
        {
            position++;
            var row = new EventRow(position, work.Tenant, work.Stream, stream.Version + 1, e.Type, work.At, work.Actor, work.CommandId, work.CorrelationId, e.Payload, stream.LastHash);
            var hash = EventHash.Of(row, _buffer);
            rows.Add(position).Add(row.Tenant).Add(row.Stream).Add(row.Version).Add(row.Type).Add(row.At).Add(row.Actor).Add(row.CommandId)
                .Add(row.CorrelationId).Add(Exact(e.Payload)).Add(row.PrevHash).Add(hash);
            hmac = EventHash.Extend(_headKey, hmac, position, hash);
            stream = new StreamHead(row.Version, hash);
        }

        Head = Head with { Position = position, Hmac = hmac };
        Events += work.Append.Events.Count;
        return stream;
    }

    private void AddOutbox(AppendWork work)
    {
        foreach (var message in work.Append.Outbox)
        {
            Head = Head with { Outbox = Head.Outbox + 1 };
            HasOutbox = true;
            _rows.Batch(TableWrite.Outbox).Add(Head.Outbox).Add(work.Tenant).Add(message.Id.ToString("D")).Add(message.Destination).Add(message.Kind)
                .Add(Exact(message.Payload)).Add(work.CorrelationId).Add(0L);
            _rows.Lines[message.Destination] = Head.Outbox;
        }
    }

    private void Add(AuditWork work)
    {
        var position = Head.Audit + 1;
        Head = Head with { Audit = position };
        _rows.Batch(TableWrite.ReadAudit).Add(position).Add(work.Tenant).Add(work.Row.Actor.Value).Add(work.Roles).Add(work.Row.Purpose)
            .Add(work.Row.Operation).Add(work.Row.CorrelationId.ToString("D")).Add(Microseconds.ToUnix(work.Row.At));
        foreach (var record in work.Records)
        {
            _rows.Batch(TableWrite.ReadAuditRecords).Add(work.Tenant).Add(record).Add(position);
        }
    }

    internal static byte[] Exact(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var part) && part.Offset == 0 && part.Array!.Length == part.Count ? part.Array : bytes.ToArray();
}
