using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>An event's row, as it is stored and hashed.</summary>
internal readonly record struct EventRow(
    long Position, string Tenant, string Stream, long Version, string Type, long At, string Actor, string? CommandId, string CorrelationId, ReadOnlyMemory<byte> Payload, byte[] PrevHash);

/// <summary>
/// SHA-256 over every stored column: numbers big-endian in 8 bytes, texts in UTF-8 and bytes behind their length in 4 bytes, -1 for absent.
/// The order is the table's and never changes; a new column needs a new chain.
/// </summary>
internal static class EventHash
{
    public static readonly byte[] Start = new byte[32];

    public static byte[] Of(in EventRow row, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        Number(buffer, row.Position);
        Text(buffer, row.Tenant);
        Text(buffer, row.Stream);
        Number(buffer, row.Version);
        Text(buffer, row.Type);
        Number(buffer, row.At);
        Text(buffer, row.Actor);
        Text(buffer, row.CommandId);
        Text(buffer, row.CorrelationId);
        Bytes(buffer, row.Payload.Span);
        Bytes(buffer, row.PrevHash);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>The store-wide chain: without the key nobody can make a shortened store look whole.</summary>
    public static byte[] Extend(byte[] key, ReadOnlySpan<byte> head, long position, ReadOnlySpan<byte> hash)
    {
        Span<byte> input = stackalloc byte[72];
        head.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], position);
        hash.CopyTo(input[40..]);
        return HMACSHA256.HashData(key, input);
    }

    private static void Number(ArrayBufferWriter<byte> buffer, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    private static void Text(ArrayBufferWriter<byte> buffer, string? text)
    {
        var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        var span = buffer.GetSpan(4 + length);
        BinaryPrimitives.WriteInt32BigEndian(span, text is null ? -1 : length);
        Encoding.UTF8.GetBytes(text, span[4..]);
        buffer.Advance(4 + length);
    }

    private static void Bytes(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        var span = buffer.GetSpan(4 + bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(span, bytes.Length);
        bytes.CopyTo(span[4..]);
        buffer.Advance(4 + bytes.Length);
    }
}
