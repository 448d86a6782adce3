using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnlineSafetyTrust.Contracts.Serialization;

/// <summary>Stored side: writes the sealed text, reads it back without opening it.</summary>
internal sealed class PersonalConverter<T>(string field) : JsonConverter<Personal<T>>
{
    public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Personal<T>.FromSealed(field, reader.GetString() ?? throw new JsonException("A sealed value is text."));

    public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options)
    {
        if (value.Sealed is null)
        {
            if (Unreadable.StandsIn(value.Plain))
            {
                // Shown in a form, and sent back as if somebody had written it.
                throw new StandInSentException();
            }

            value.SealAs(field, SealingScope.Current.Seal(field, value.Owner, JsonSerializer.SerializeToUtf8Bytes(value.Plain, options)));
        }
        else if (value.Field != field)
        {
            throw new InvalidOperationException($"A value sealed as '{value.Field}' would not open as '{field}': give both properties one name.");
        }

        writer.WriteStringValue(value.Sealed);
    }
}

/// <summary>Reading side: a plain property marked <see cref="PersonalAttribute"/> opens the sealed text; erased values read as default, those of a lost key as the scope says.</summary>
internal sealed class OpenedConverter<T>(string field) : JsonConverter<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var plain = OpeningScope.Current.Open(field, reader.GetString() ?? throw new JsonException("A sealed value is text."), out var lost);
        return lost ? (T)Unreadable.Of(typeof(T)) : plain is null ? default : JsonSerializer.Deserialize<T>(plain, options);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"'{field}' is personal: store it as Personal<{typeof(T).Name}>.");
}
