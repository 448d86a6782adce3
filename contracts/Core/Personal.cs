namespace OnlineSafetyTrust.Contracts;

/// <summary>Marks a plain value of a reply or view as personal data: read audit and log redaction follow from it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute;

/// <summary>
/// Whose key seals a value: a person's (<c>pupil/{uuid}</c>, <c>person/{uuid}</c>) or a record's (<c>incident/{uuid}</c>).
/// Destroying the key erases the value everywhere it was stored.
/// </summary>
[GenerateSerializer, Immutable, Alias("KeyOwner")]
public readonly record struct KeyOwner(string Value)
{
    public static KeyOwner Of(PupilId pupil) => new($"pupil/{pupil}");

    public static KeyOwner Of(PersonId person) => new($"person/{person}");

    public static KeyOwner Of(StreamId record) => new(record.Value);

    public override string ToString() => Value;
}

/// <summary>
/// Personal data inside events, state, snapshots, views and outbox. In memory it is plain (just made by a decider) or sealed
/// (read back); what is stored is always sealed: AES-256-GCM with tenant, stream, version and field (the JSON property, which views keep) as additional data.
/// Text form of a sealed value: <c>p1:{key}:{version}:{base64}</c>. <see cref="ToString"/> never shows the value.
/// </summary>
public sealed class Personal<T> : IPersonal
{
    private string? _sealed;

    private Personal(T? plain, bool hasPlain, KeyOwner owner)
    {
        Plain = plain;
        HasPlain = hasPlain;
        Owner = owner;
    }

    /// <summary>A new value, sealed under its owner's key when its event is appended.</summary>
    public static Personal<T> Of(KeyOwner owner, T value) => new(value, true, owner);

    /// <summary>A value as read back from storage.</summary>
    public static Personal<T> FromSealed(string field, string text) => new(default, false, default) { Field = field, _sealed = text };

    public T? Plain { get; }

    public bool HasPlain { get; }

    public KeyOwner Owner { get; }

    public string? Sealed => _sealed;

    /// <summary>JSON name of the property it was sealed under.</summary>
    public string? Field { get; private set; }

    /// <summary>Set once, by the serializer that appends the event; view rows written with the event carry the same text.</summary>
    public void SealAs(string field, string text) => (Field, _sealed) = (field, text);

    public override string ToString() => "[personal]";
}

/// <summary>What a serializer or logger needs to know of a <see cref="Personal{T}"/> without its type.</summary>
public interface IPersonal
{
    string? Sealed { get; }
}

public static class Personal
{
    public static Personal<T> Of<T>(KeyOwner owner, T value) => Personal<T>.Of(owner, value);

    public static Personal<string>? OfText(KeyOwner owner, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : Personal<string>.Of(owner, value.Trim());
}
