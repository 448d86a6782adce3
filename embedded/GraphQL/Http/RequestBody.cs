using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>The members of a request that count. Document is null when there is none.</summary>
internal readonly record struct RequestBody(ReadOnlyMemory<byte>? Document, string? DocumentId, string? OperationName, JsonElement Variables)
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };

    /// <summary>False when the bytes are no such request. The document may be a slice of <paramref name="json"/>.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> json, out RequestBody body)
    {
        body = default;
        try
        {
            var reader = new Utf8JsonReader(json.Span, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!Member(ref reader, json, ref body))
                {
                    return false;
                }
            }

            // Anything after the object is an error too: Read throws or goes on.
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Member(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref RequestBody body)
    {
        if (reader.ValueTextEquals("query"u8))
        {
            reader.Read();
            body = body with { Document = Text(ref reader, json, out var fits) };
            return fits;
        }

        if (reader.ValueTextEquals("variables"u8))
        {
            reader.Read();
            var isObject = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
            body = body with { Variables = JsonElement.ParseValue(ref reader) };
            return isObject;
        }

        if (reader.ValueTextEquals("extensions"u8))
        {
            reader.Read();
            var fits = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
            reader.Skip();
            return fits;
        }

        var isName = reader.ValueTextEquals("operationName"u8);
        if (isName || reader.ValueTextEquals("documentId"u8) || reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                return false;
            }

            var text = reader.GetString();
            body = isName ? body with { OperationName = text } : body with { DocumentId = text };
            return true;
        }

        reader.Read();
        reader.Skip();
        return true;
    }

    private static ReadOnlyMemory<byte>? Text(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, out bool fits)
    {
        fits = reader.TokenType is JsonTokenType.String or JsonTokenType.Null;
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        if (!reader.ValueIsEscaped)
        {
            return json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        var copy = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(copy);
        return copy.AsMemory(0, length);
    }

    /// <summary>The whole body as the pipe holds it; null when it is larger than allowed. The caller advances the pipe.</summary>
    public static async ValueTask<ReadOnlySequence<byte>?> ReadAsync(PipeReader pipe, int maxBytes, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.Buffer.Length > maxBytes)
            {
                pipe.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
