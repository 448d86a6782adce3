using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Demo;

/// <summary>Ids and contexts that are the same in every build of the demo.</summary>
internal static class DemoIds
{
    // 2025-01-01T00:00:00Z: tenants have time-ordered ids, so these carry a time of their own.
    private const long TenantTime = 1_735_689_600_000;

    public static Guid Command(string text) => new(Hash(text), bigEndian: true);

    public static Guid Tenant(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash(text).CopyTo(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, TenantTime << 16);
        time[..6].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public static CommandContext Context(TenantId tenant, Actor actor, string purpose, string command) =>
        new(tenant, actor, purpose, Command("correlation " + command), Command(command), default);

    private static ReadOnlySpan<byte> Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes("demo|" + text)).AsSpan(0, 16);
}

/// <summary>The demo gives only commands that should be accepted: a refusal is a fault of the demo or of the product.</summary>
internal static class Accepted
{
    public static async Task<T> Done<T>(this Task<Result<T>> answer, string what)
    {
        var result = await answer;
        return result.Ok ? result.Value : throw new InvalidOperationException($"Demo, {what}: {string.Join("; ", result.Errors.Select(e => $"{e.Code} {e.Message}"))}");
    }
}
