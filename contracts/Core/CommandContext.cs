using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Contracts;

/// <summary>Who does something: a person <c>p/{uuid}</c>, an integration <c>i/{uuid}</c> or the product itself, <c>system</c>.</summary>
[GenerateSerializer, Immutable, Alias("Actor")]
public readonly record struct Actor(string Value)
{
    public static readonly Actor System = new("system");

    /// <summary>Somebody without an account who holds a link: a party to a strategy (D4).</summary>
    public static readonly Actor ByLink = new("link");

    public static Actor Of(PersonId person) => new($"p/{person}");

    public PersonId? Person => Value.StartsWith("p/", StringComparison.Ordinal) && Guid.TryParseExact(Value.AsSpan(2), "D", out var id) ? new PersonId(id) : null;

    public bool IsSystem => Value == "system";

    public override string ToString() => Value;
}

/// <summary>In what circumstances a command is given. Identity comes from the verified token, never from the caller's input.</summary>
/// <param name="Purpose">Why personal data is touched, as recorded in the audit: <c>safeguarding</c>, <c>daily-check</c>, <c>roster</c>…</param>
/// <param name="CommandId">Same id, same input: answered once. Null: the caller cannot retry safely and no command row is kept.</param>
/// <param name="Now">Product time, UTC, whole microseconds; set by the grain when its turn begins.</param>
/// <param name="Input">
/// Bytes that stand for what the caller sent, where the command holds more than that: values looked up or filled in on the way would make
/// a retry differ. Null: the command is exactly what was sent.
/// </param>
[GenerateSerializer, Immutable, Alias("CommandContext")]
public sealed record CommandContext(TenantId Tenant, Actor Actor, string Purpose, Guid CorrelationId, Guid? CommandId, DateTimeOffset Now, byte[]? Input = null)
{
    /// <summary>
    /// The id of what a creating command makes: derived from tenant, actor and command id, so that a retry reaches the same grain.
    /// Without a command id it is new each time.
    /// </summary>
    public Guid NewId(string kind)
    {
        if (CommandId is not { } command)
        {
            // The gateway makes ids before the grain sets the time.
            return Now == default ? Guid.CreateVersion7() : Guid.CreateVersion7(Now);
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant}|{Actor}|{command:D}|{kind}"), hash);
        // RFC 9562 version 8 (custom): the hash, with version and variant bits set.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>Product times are UTC in whole microseconds, what every supported database keeps.</summary>
public static class Microseconds
{
    public static DateTimeOffset Truncate(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>Microseconds since 1970-01-01T00:00:00Z: how times are stored on both databases.</summary>
    public static long ToUnix(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromUnix(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
