using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;

namespace OnlineSafetyTrust.Grains;

/// <summary>Turns a decision into the one append that stores it: events, rows, deadlines, counts, messages, keys.</summary>
internal static class Appending
{
    public static (Append Append, TState Next) Compose<TState>(
        StreamModel<TState> model, IKeyring keyring, StreamKey key, long version, TState before, Events events, CommandContext context, ReadOnlyMemory<byte> input, int snapshotEvery, Premise? premise = null)
        where TState : class, IState<TState>
    {
        using var sealing = new SealingScope(keyring, key);
        var stored = new NewEvent[events.Count];
        var counters = new List<CounterDelta>();
        var outbox = new List<OutboxMessage>();
        var lookups = new List<LookupRow>();
        var goneLookups = new List<LookupRow>();
        var settled = new List<Row>();
        var state = before;
        for (var i = 0; i < events.Count; i++)
        {
            var meta = new EventMeta(version + i + 1, context.Now, context.Actor);
            sealing.Version = meta.Version;
            // Sealed first: rows, messages and snapshots carry the very texts of their event.
            stored[i] = new NewEvent(EventNames.Of(events[i]), StoredJson.Write(events[i], events[i].GetType()));
            // Folded from the stored bytes, not from the decided object: the state never holds more than the journal, no plain text either.
            var next = state.Apply(StoredJson.Read(stored[i].Payload.Span, events[i].GetType()), meta);
            counters.AddRange(model.Counts(state, events[i], next, meta).Select(StreamModel<TState>.Delta));
            foreach (var message in model.Reactions(key, state, events[i], next, meta))
            {
                outbox.Add(new OutboxMessage(MessageId(key, meta.Version, outbox.Count), message.Destination, message.Kind, StoredJson.Write(message.Body, message.Body.GetType())));
            }

            goneLookups.AddRange(model.GoneLookups(state, events[i]).Select(l => Number(keyring, key, l)).OfType<LookupRow>());
            lookups.AddRange(model.Lookups(events[i], next).Select(l => Number(keyring, key, l)).OfType<LookupRow>().Where(l => !l.Digest.IsEmpty));
            settled.AddRange(model.Settled(key, state, next));
            state = next;
        }

        var (rows, goneRows) = RowChanges(model, key, before, state, settled);
        var (due, goneDue) = DueChanges(model, before, state);
        var newVersion = version + events.Count;
        var append = new Append
        {
            Key = key,
            ExpectedVersion = version,
            Premise = premise,
            Events = stored,
            At = context.Now,
            Actor = context.Actor,
            CorrelationId = context.CorrelationId,
            CommandId = context.CommandId,
            InputHash = input,
            Rows = rows,
            GoneRows = goneRows,
            Due = due,
            GoneDue = goneDue,
            Counters = counters,
            Outbox = outbox,
            Keys = sealing.Assigned,
            Lookups = lookups,
            GoneLookups = goneLookups,
            Snapshot = newVersion / snapshotEvery > version / snapshotEvery ? new Snapshot(StreamModel<TState>.Shape, StoredJson.Write(state)) : null,
        };
        return (append, state);
    }

    /// <summary>
    /// Null: it was erased. A number whose key is lost has no digest: what was found by it is found no more, whatever it is, and it is found by
    /// nothing until the key is there again; only where nobody else may have it, the command is refused.
    /// </summary>
    private static LookupRow? Number(IKeyring keyring, StreamKey key, Lookup lookup)
    {
        var plain = lookup.Only ? keyring.Open(key, lookup.Value) : keyring.OpenShown(key, lookup.Value);
        return plain is null ? null
            : new LookupRow(lookup.Kind, Unreadable.Is(plain) ? ReadOnlyMemory<byte>.Empty : keyring.DigestText(key.Tenant, lookup.Kind, plain), lookup.Id, lookup.Owner, lookup.Only);
    }

    private static (List<ViewRow> Changed, List<ViewRowKey> Gone) RowChanges<TState>(
        StreamModel<TState> model, StreamKey key, TState before, TState after, IReadOnlyList<Row> settled)
        where TState : class, IState<TState>
    {
        var gone = model.Rows(key, before).ToDictionary(StreamModel<TState>.Id);
        var changed = new List<ViewRow>();
        foreach (var row in StreamModel<TState>.Kept(settled, [.. model.Rows(key, after)]))
        {
            var encoded = StreamModel<TState>.Encode(row);
            if (!gone.Remove(StreamModel<TState>.Id(row), out var old) || !Same(StreamModel<TState>.Encode(old), encoded))
            {
                changed.Add(encoded);
            }
        }

        return (changed, [.. gone.Values.Select(r => new ViewRowKey(r.Table, r.Id))]);
    }

    private static bool Same(ViewRow a, ViewRow b) => a.Body.Span.SequenceEqual(b.Body.Span) && a.Values.SequenceEqual(b.Values);

    private static (List<DueRow> Changed, List<string> Gone) DueChanges<TState>(StreamModel<TState> model, TState before, TState after)
        where TState : class, IState<TState>
    {
        var gone = model.Due(before).ToDictionary(d => d.What, d => d.At);
        var changed = new List<DueRow>();
        foreach (var due in model.Due(after))
        {
            if (!gone.Remove(due.What, out var at) || at != due.At)
            {
                changed.Add(due);
            }
        }

        return (changed, [.. gone.Keys]);
    }

    private static Guid MessageId(StreamKey key, long version, int index) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}|{version}|{index}")).AsSpan(0, 16), bigEndian: true);
}
