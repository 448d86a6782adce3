using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;

namespace OnlineSafetyTrust.Grains;

/// <summary>What is known of an event besides its content.</summary>
internal sealed record EventMeta(long Version, DateTimeOffset At, Actor Actor);

/// <summary>An immutable state, folded from events. <see cref="Apply"/> is total: it never throws and does no I/O.</summary>
internal interface IState<TSelf> where TSelf : IState<TSelf>
{
    static abstract TSelf Empty { get; }

    TSelf Apply(object @event, EventMeta meta);
}

/// <summary>What one event adds to counts.</summary>
internal sealed record Count(DateOnly Day, string Counter, string Dimensions, int By = 1);

/// <summary>What follows elsewhere from an event. Order per stream is kept; mails overtake each other.</summary>
/// <param name="Destination">See <see cref="Destinations"/>.</param>
internal sealed record Message(string Destination, string Kind, object Body);

internal static class Destinations
{
    public static string Stream(StreamKey key) => $"stream:{key}";

    /// <summary>Every stream that follows the school; see <c>SchoolFollowers</c>.</summary>
    public static string Followers(TenantId school) => $"followers:{school}";

    /// <summary>Every incident of a pupil that is not closed.</summary>
    public static string IncidentsOf(StreamKey pupil) => $"incidents-of:{pupil}";

    public static string Mail(TenantId tenant, PersonId person) => $"mail:{tenant}/{person}";
}

/// <summary>One row of a view, as a function of the stream's state.</summary>
/// <param name="Body">A record whose personal properties are <see cref="Personal{T}"/>, named as in the events they come from.</param>
internal sealed record Row(ViewTable Table, string Id, IReadOnlyList<object?> Values, object Body);

/// <summary>A number by which a record is found.</summary>
/// <param name="Value">Plain, or as the state holds it; what was erased is found no more.</param>
/// <param name="Only">Refused while another record has it.</param>
internal sealed record Lookup(string Kind, Personal<string> Value, string Id, KeyOwner Owner, bool Only = false);

/// <summary>
/// Everything that follows from a stream's state and events alone: rows, deadlines, counts, messages. Pure, so that grains, rebuild
/// and verification share it. Rows and deadlines are functions of the state: what is stored is the difference to the state before.
/// </summary>
internal abstract class StreamModel<TState> : IStreamModel where TState : class, IState<TState>
{
    public abstract string Kind { get; }

    public abstract IReadOnlyList<ViewTable> Tables { get; }

    public abstract IStreamGrain Grain(IGrainFactory grains, string key);

    /// <summary>Fingerprint of the state's shape; snapshots carry it.</summary>
    public static string Shape { get; } = StateShape.Of(typeof(TState));

    public virtual IEnumerable<Row> Rows(StreamKey key, TState state) => [];

    /// <summary>Rows that outlive their place in the state, in their last form: asked after each event, stored once and for good.</summary>
    public virtual IEnumerable<Row> Settled(StreamKey key, TState before, TState after) => [];

    public virtual IEnumerable<DueRow> Due(TState state) => [];

    public virtual IEnumerable<Count> Counts(TState before, object @event, TState after, EventMeta meta) => [];

    public virtual IEnumerable<Message> Reactions(StreamKey key, TState before, object @event, TState after, EventMeta meta) => [];

    /// <summary>Exact look-ups of numbers that a new event brings.</summary>
    public virtual IEnumerable<Lookup> Lookups(object @event, TState after) => [];

    /// <summary>Exact look-ups that a new event ends.</summary>
    public virtual IEnumerable<Lookup> GoneLookups(TState before, object @event) => [];

    /// <summary>The state and version of a stream as stored. A snapshot that cannot be read costs time, not the record: the events are there.</summary>
    public static async ValueTask<(TState State, long Version)> LoadAsync(IJournal journal, StreamKey key, CancellationToken ct)
    {
        var history = await journal.ReadAsync(key, Shape, ct);
        if (history.Snapshot is { } snapshot)
        {
            try
            {
                return (Fold(StoredJson.Read<TState>(snapshot.Span), history.Events), history.Events is [.., var last] ? last.Version : history.SnapshotVersion);
            }
            catch (Exception)
            {
                // Damaged in any way, found while reading it or when an event is applied to it.
                history = new StreamHistory(null, 0, await journal.ReadEventsAsync(key, long.MaxValue, ct));
            }
        }

        return (Fold(TState.Empty, history.Events), history.Events is [.., var newest] ? newest.Version : 0);
    }

    public static TState Fold(TState state, IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            state = Next(state, stored);
        }

        return state;
    }

    public FoldedStream Project(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot = null)
    {
        var state = TState.Empty;
        var settled = new List<Row>();
        var counters = new List<CounterDelta>();
        var lookups = new List<FoldedLookup>();
        var fits = snapshot is null || snapshot.Shape != Shape ? SnapshotState.Fits : SnapshotState.Differs;
        foreach (var stored in events)
        {
            var (@event, meta) = (Decode(stored), Meta(stored));
            var next = state.Apply(@event, meta);
            settled.AddRange(Settled(key, state, next));
            counters.AddRange(Counts(state, @event, next, meta).Select(Delta));
            foreach (var gone in GoneLookups(state, @event))
            {
                lookups.RemoveAll(l => (l.Kind, l.Id, l.Value.Sealed) == (gone.Kind, gone.Id, gone.Value.Sealed));
            }

            lookups.AddRange(Lookups(@event, next).Select(l => new FoldedLookup(l.Kind, l.Value, l.Id)));
            state = next;
            if (fits == SnapshotState.Differs && snapshot!.Version == stored.Version)
            {
                fits = Compare(snapshot.State.Span, state);
            }
        }

        return new FoldedStream([.. Kept(settled, [.. Rows(key, state)]).Select(Encode)], [.. Due(state)], counters, lookups, fits);
    }

    internal static CounterDelta Delta(Count count) => new(count.Day, count.Counter, count.Dimensions, count.By);

    /// <summary>The rows of the state, after those that outlived it: what comes back into the state is the state's again.</summary>
    internal static IEnumerable<Row> Kept(IReadOnlyList<Row> settled, IReadOnlyList<Row> rows)
    {
        if (settled.Count == 0)
        {
            return rows;
        }

        var known = rows.Select(Id).ToHashSet();
        return settled.GroupBy(Id).Where(g => !known.Contains(g.Key)).Select(g => g.Last()).Concat(rows);
    }

    internal static (string Table, string Id) Id(Row row) => (row.Table.Name, row.Id);

    internal static ViewRow Encode(Row row) => new(row.Table, row.Id, row.Values, StoredJson.Write(row.Body, row.Body.GetType()));

    private static SnapshotState Compare(ReadOnlySpan<byte> snapshot, TState state)
    {
        try
        {
            // Read and written again: a snapshot of the same shape may have been written by a release with another order of members.
            var expected = StoredJson.Write(state);
            return snapshot.SequenceEqual(expected) || StoredJson.Write(StoredJson.Read<TState>(snapshot)).AsSpan().SequenceEqual(expected) ? SnapshotState.Fits : SnapshotState.Differs;
        }
        catch (Exception)
        {
            return SnapshotState.Unreadable;
        }
    }

    private static TState Next(TState state, StoredEvent stored) => state.Apply(Decode(stored), Meta(stored));

    private static EventMeta Meta(StoredEvent stored) => new(stored.Version, stored.At, stored.Actor);

    private static object Decode(StoredEvent stored) =>
        StoredJson.Read(stored.Payload.Span, EventNames.TypeOf(stored.Type));
}

/// <summary>A stream's model without its state's type: what rebuild and verification use.</summary>
public interface IStreamModel
{
    /// <summary>The stream ids' first part.</summary>
    string Kind { get; }

    IReadOnlyList<ViewTable> Tables { get; }

    /// <summary>The grain that owns the stream; it is told of deadlines and messages.</summary>
    IStreamGrain Grain(IGrainFactory grains, string key);

    /// <summary>What must be stored of a stream beside its events, given all of them.</summary>
    /// <param name="snapshot">The one that is stored, to be held against the state at its version.</param>
    FoldedStream Project(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot = null);
}
