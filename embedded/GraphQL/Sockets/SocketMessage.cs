using System.Text.Json;

namespace OnlineSafetyTrust.Embedded.GraphQL.Sockets;

/// <summary>A message of the client.</summary>
/// <param name="Id">Of the operation; null where there is none.</param>
/// <param name="Payload">A JSON object; empty where there is none.</param>
internal readonly record struct SocketMessage(string Type, string? Id, ReadOnlyMemory<byte> Payload)
{
    private const int LongestId = 128;
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 66 };

    public static bool TryParse(ReadOnlyMemory<byte> json, out SocketMessage message)
    {
        message = default;
        try
        {
            var reader = new Utf8JsonReader(json.Span, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!Member(ref reader, json, ref message))
                {
                    return false;
                }
            }

            return !reader.Read() && message.Type is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Member(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref SocketMessage message)
    {
        var isType = reader.ValueTextEquals("type"u8);
        if (isType || reader.ValueTextEquals("id"u8))
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.GetString() is not { Length: > 0 and <= LongestId } text)
            {
                return false;
            }

            message = isType ? message with { Type = text } : message with { Id = text };
            return true;
        }

        var isPayload = reader.ValueTextEquals("payload"u8);
        reader.Read();
        if (isPayload && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
        {
            return false;
        }

        var (start, isObject) = ((int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartObject);
        reader.Skip();
        if (isPayload && isObject)
        {
            message = message with { Payload = json[start..(int)reader.BytesConsumed] };
        }

        return true;
    }
}
