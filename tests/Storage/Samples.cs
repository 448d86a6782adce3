using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Serialization;

namespace OnlineSafetyTrust.Storage.Tests;

public sealed record NoteTaken(string Title, Personal<string> Text);

public sealed record NoteView
{
    public required string Title { get; init; }

    [Personal]
    public string? Text { get; init; }
}

public sealed record Counted(long Count);

/// <summary>A small feature as the product would have it: notes with a title and a sealed text.</summary>
public static class Samples
{
    public static readonly DateTimeOffset At = new(2026, 9, 1, 9, 30, 0, TimeSpan.Zero);

    public static readonly ViewTable Notes = new("note", 1, [new("title", ColumnKind.Text), new("at", ColumnKind.Number)], [["at"], ["title", "at"]]);

    public static readonly ViewTable Plain = new("plain", 1, [new("n", ColumnKind.Number)], []) { Personal = false };

    public static TenantId School() => TenantId.School(Guid.CreateVersion7());

    public static StreamKey NewStream(TenantId? tenant = null) => new(tenant ?? School(), new StreamId("note", Guid.CreateVersion7()));

    public static Reader Reader(TenantId tenant) => new(tenant, new Actor("p/test"), new HashSet<Role> { Role.Dsl }, "safeguarding", Guid.NewGuid());

    /// <summary>An append of one bare event.</summary>
    public static Append Bare(StreamKey key, long expected, string payload = "{}") => new()
    {
        Key = key,
        ExpectedVersion = expected,
        Events = [new NewEvent("note.touched.v1", System.Text.Encoding.UTF8.GetBytes(payload))],
        At = At,
        Actor = new Actor("p/test"),
        CorrelationId = Guid.NewGuid(),
    };

    /// <summary>A note with its sealed text in the event and in the view row.</summary>
    public static Append Note(IKeyring keyring, StreamKey key, long expected, string title, string text, DateTimeOffset? at = null)
    {
        using var scope = new SealingScope(keyring, key) { Version = expected + 1 };
        var taken = new NoteTaken(title, Personal.Of(KeyOwner.Of(key.Stream), text));
        var payload = StoredJson.Write(taken);
        return Bare(key, expected) with
        {
            At = at ?? At,
            Events = [new NewEvent("note.taken.v1", payload)],
            Rows = [NoteRow(key, title, at ?? At, payload)],
            Keys = scope.Assigned,
        };
    }

    public static ViewRow NoteRow(StreamKey key, string title, DateTimeOffset at, ReadOnlyMemory<byte> body) =>
        new(Notes, key.Stream.Id.ToString("D"), [title, Microseconds.ToUnix(at)], body);

    /// <summary>A note with everything that hangs on a stream.</summary>
    public static Append Whole(IKeyring keyring, StreamKey key, long expected, string title, string text)
    {
        var note = Note(keyring, key, expected, title, text);
        return note with
        {
            Due = [new DueRow("look", At)],
            Counters = [new CounterDelta(new DateOnly(2026, 9, 1), "notes", "kind=note", 1)],
            Lookups = [new LookupRow("text", keyring.DigestText(key.Tenant, "text", text), key.Stream.Value, KeyOwner.Of(key.Stream))],
            Outbox = [new OutboxMessage(Guid.CreateVersion7(), $"stream:{key}", "noted", "{}"u8.ToArray())],
            Snapshot = new Snapshot("note", note.Events[^1].Payload),
        };
    }

    /// <summary>What the product's folds do: all rows of a stream from its events.</summary>
    public static FoldedStream Fold(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot)
    {
        var last = events.LastOrDefault(IsNote);
        return new([.. last is null ? (ViewRow[])[] : [NoteRow(key, StoredJson.Read<NoteTaken>(last.Payload.Span).Title, last.At, last.Payload)]], [], [], []);
    }

    /// <summary>The same of whole notes.</summary>
    public static FoldedStream FoldWhole(StreamKey key, IReadOnlyList<StoredEvent> events, StoredSnapshot? snapshot)
    {
        var notes = events.Where(IsNote).ToList();
        return Fold(key, events, snapshot) with
        {
            Due = notes.Count > 0 ? [new DueRow("look", At)] : [],
            Counters = [.. notes.Select(_ => new CounterDelta(new DateOnly(2026, 9, 1), "notes", "kind=note", 1))],
            Lookups = [.. notes.Select(n => new FoldedLookup("text", StoredJson.Read<NoteTaken>(n.Payload.Span).Text, key.Stream.Value))],
            Snapshot = Compare(notes, snapshot),
        };
    }

    private static SnapshotState Compare(List<StoredEvent> notes, StoredSnapshot? snapshot) =>
        snapshot is null || notes.Find(n => n.Version == snapshot.Version)?.Payload.Span.SequenceEqual(snapshot.State.Span) == true ? SnapshotState.Fits
        : snapshot.State.Span[0] == (byte)'{' ? SnapshotState.Differs
        : SnapshotState.Unreadable;

    private static bool IsNote(StoredEvent stored) => stored.Type == "note.taken.v1";
}
