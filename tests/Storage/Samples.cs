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

    /// <summary>What the product's folds do: all rows of a stream from its events.</summary>
    public static IReadOnlyList<ViewRow> Fold(StreamKey key, IReadOnlyList<StoredEvent> events)
    {
        var last = events.LastOrDefault(e => e.Type == "note.taken.v1");
        return last is null ? [] : [NoteRow(key, StoredJson.Read<NoteTaken>(last.Payload.Span).Title, last.At, last.Payload)];
    }
}
