using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Contracts.Serialization;

/// <summary>
/// JSON of what is stored: events, states, view rows, messages. camelCase, enums by name, typed ids as text, absent instead of null,
/// unknown members ignored (release N reads N+1). Personal values are sealed on the way in and opened on the way out,
/// inside a <see cref="SealingScope"/> or <see cref="OpeningScope"/>.
/// </summary>
public static class StoredJson
{
    public static readonly JsonSerializerOptions Options = Create(new DefaultJsonTypeInfoResolver { Modifiers = { UsePersonalConverters } });

    /// <summary>The same without sealing, for digests of a command's input: never stored, never sent.</summary>
    private static readonly JsonSerializerOptions Unsealed = Create(new DefaultJsonTypeInfoResolver());

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static byte[] Write(object value, Type type) => JsonSerializer.SerializeToUtf8Bytes(value, type, Options);

    public static object Read(ReadOnlySpan<byte> json, Type type) =>
        JsonSerializer.Deserialize(json, type, Options) ?? throw new JsonException($"Stored {type.Name} is null.");

    /// <summary>Plain bytes of a command or an input and its type's name, to be digested under a key and forgotten.</summary>
    public static byte[] ForDigest(object command) =>
        [.. Encoding.UTF8.GetBytes(command.GetType().Name), .. JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), Unsealed)];

    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Stored {typeof(T).Name} is null.");

    private static JsonSerializerOptions Create(IJsonTypeInfoResolver types)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            TypeInfoResolver = types,
            Converters = { new JsonStringEnumConverter<TaskKind>(JsonNamingPolicy.KebabCaseLower), new JsonStringEnumConverter<NoticeKind>(JsonNamingPolicy.KebabCaseLower), new JsonStringEnumConverter(), new TypedIdConverterFactory(), new TextConverter<TenantId>(TenantId.Parse), new TextConverter<StreamId>(t => new StreamId(t)), new TextConverter<StreamKey>(StreamKey.Parse), new TextConverter<Actor>(t => new Actor(t)), new TextConverter<KeyOwner>(t => new KeyOwner(t)) },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The field's name is part of what authenticates a sealed value, and only the property knows it.</summary>
    private static void UsePersonalConverters(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType is { IsGenericType: true } p && p.GetGenericTypeDefinition() == typeof(Personal<>))
            {
                property.CustomConverter = (JsonConverter)Activator.CreateInstance(typeof(PersonalConverter<>).MakeGenericType(p.GetGenericArguments()), property.Name)!;
            }
            else if (property.AttributeProvider is MemberInfo member && member.IsDefined(typeof(PersonalAttribute)))
            {
                property.CustomConverter = (JsonConverter)Activator.CreateInstance(typeof(OpenedConverter<>).MakeGenericType(property.PropertyType), property.Name)!;
            }
        }
    }
}

/// <summary>While a stream's events and rows are written on this thread: whose keys seal what.</summary>
public sealed class SealingScope : IDisposable
{
    [ThreadStatic]
    private static SealingScope? _current;

    private readonly SealingScope? _outer = _current;
    private readonly IKeyring _keyring;
    private readonly StreamKey _stream;

    public SealingScope(IKeyring keyring, StreamKey stream)
    {
        (_keyring, _stream) = (keyring, stream);
        _current = this;
    }

    /// <summary>Version of the event being written.</summary>
    public long Version { get; set; }

    public List<KeyAssignment> Assigned { get; } = [];

    internal static SealingScope Current => _current ?? throw new InvalidOperationException("Personal data is written inside a SealingScope only.");

    internal string Seal(string field, KeyOwner owner, ReadOnlySpan<byte> plain) => _keyring.Seal(_stream, Version, field, owner, plain, Assigned);

    public void Dispose() => _current = _outer;
}

/// <summary>While a stream's rows are read on this thread: where sealed values are opened.</summary>
public sealed class OpeningScope : IDisposable
{
    [ThreadStatic]
    private static OpeningScope? _current;

    private readonly OpeningScope? _outer = _current;
    private readonly IKeyring _keyring;
    private readonly StreamKey _stream;
    private readonly bool _showLost;

    /// <param name="showLost">What a lost key sealed reads as <see cref="Unreadable"/>; otherwise it is an error.</param>
    public OpeningScope(IKeyring keyring, StreamKey stream, bool showLost = false)
    {
        (_keyring, _stream, _showLost) = (keyring, stream, showLost);
        _current = this;
    }

    /// <summary>Something read as <see cref="Unreadable"/>.</summary>
    public bool HasLost { get; private set; }

    internal static OpeningScope Current => _current ?? throw new InvalidOperationException("Personal data is opened inside an OpeningScope only.");

    internal byte[]? Open(string field, string sealedText, out bool lost)
    {
        try
        {
            lost = false;
            return _keyring.Open(_stream, field, sealedText);
        }
        catch (RecordUnreadableException) when (_showLost)
        {
            HasLost = lost = true;
            return null;
        }
    }

    public void Dispose() => _current = _outer;
}
