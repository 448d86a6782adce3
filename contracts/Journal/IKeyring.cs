using System.Text;

namespace OnlineSafetyTrust.Contracts.Journal;

/// <summary>
/// Keys of persons and records. Keys live in a store of their own, wrapped by the master key; who owns which key is in the journal's
/// database. Sealing never waits: new owners get a key from a pool that was made durable beforehand.
/// </summary>
public interface IKeyring
{
    /// <summary>Call before a series of <see cref="Seal"/>: makes sure that the pool holds at least <paramref name="newOwners"/> keys.</summary>
    ValueTask ReserveAsync(int newOwners, CancellationToken ct);

    /// <summary>Seals a value. A key assigned for the first time is added to <paramref name="assigned"/> and must be part of the append.</summary>
    /// <returns>Text form <c>p1:{key}:{version}:{base64}</c>.</returns>
    string Seal(StreamKey stream, long version, string field, KeyOwner owner, ReadOnlySpan<byte> plain, ICollection<KeyAssignment> assigned);

    /// <summary>Brings the keys of these sealed texts into memory, in one round trip.</summary>
    ValueTask FetchAsync(IReadOnlyCollection<string> sealedTexts, CancellationToken ct);

    /// <summary>Brings the keys of every sealed text inside these JSON documents into memory, in one round trip.</summary>
    ValueTask FetchFromAsync(IReadOnlyCollection<ReadOnlyMemory<byte>> documents, CancellationToken ct);

    /// <summary>The plain bytes, or null when the key was destroyed. A key not in memory is fetched, blocking: fetch first.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The text was altered or moved.</exception>
    /// <exception cref="RecordUnreadableException">The key is neither here nor was it destroyed.</exception>
    byte[]? Open(StreamKey stream, string field, string sealedText);

    /// <summary>HMAC-SHA256 under the tenant's look-up key, for exact look-ups and input hashes. 32 bytes.</summary>
    byte[] Digest(TenantId tenant, string kind, ReadOnlySpan<byte> value);

    /// <summary>Destroys every key of an owner: its values read as erased from now on, here at once, elsewhere within 60 seconds.</summary>
    ValueTask DestroyAsync(TenantId tenant, KeyOwner owner, CancellationToken ct);
}

public static class LookupDigests
{
    /// <summary>The digest that a number is looked up by.</summary>
    public static byte[] DigestText(this IKeyring keyring, TenantId tenant, string kind, string value) => keyring.Digest(tenant, kind, Encoding.UTF8.GetBytes(value));
}
