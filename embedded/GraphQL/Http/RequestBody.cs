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
            if (json.Span.StartsWith("\uFEFF"u8))
            {
                json = json[3..];
            }

            var reader = new Utf8JsonReader(json.Span, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            var members = Members.None;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // Whoever reads along may take the first of two, and we the last.
                var member = MemberOf(ref reader);
                if ((member & members) != 0 || !Read(member, ref reader, json, ref body))
                {
                    return false;
                }

                members |= member;
            }

            // Anything after the object is an error too: Read throws or goes on.
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Members MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("query"u8) ? Members.Query
        : reader.ValueTextEquals("variables"u8) ? Members.Variables
        : reader.ValueTextEquals("extensions"u8) ? Members.Extensions
        : reader.ValueTextEquals("operationName"u8) ? Members.OperationName
        : reader.ValueTextEquals("documentId"u8) || reader.ValueTextEquals("id"u8) ? Members.DocumentId
        : Members.None;

    private static bool Read(Members member, ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref RequestBody body)
    {
        reader.Read();
        switch (member)
        {
            case Members.Query:
                body = body with { Document = Text(ref reader, json, out var fits) };
                return fits;
            case Members.Variables:
                body = body with { Variables = JsonElement.ParseValue(ref reader) };
                return body.Variables.ValueKind is JsonValueKind.Null or JsonValueKind.Object;
            case Members.OperationName or Members.DocumentId when reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null):
                return false;
            case Members.OperationName:
                body = body with { OperationName = reader.GetString() };
                return true;
            case Members.DocumentId:
                body = body with { DocumentId = reader.GetString() };
                return true;
            default:
                var isObject = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
                reader.Skip();
                return isObject || member == Members.None;
        }
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

    [Flags]
    private enum Members
    {
        None = 0,
        Query = 1,
        Variables = 2,
        Extensions = 4,
        OperationName = 8,
        DocumentId = 16,
    }
}
