using System.Buffers;
using System.Text;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Keys;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>Chains and sealed texts that schools hold are read for ever: these were computed outside the product, and never change.</summary>
public sealed class StoredFormTests
{
    private static readonly EventRow Row = new(
        42, "s/11111111-0000-7000-8000-000000000001", "incident/33333333-0000-7000-8000-000000000001", 7, "incident.reported.v1", 1_793_613_600_000_123,
        "p/66666666-0000-7000-8000-000000000001", null, "77777777-0000-7000-8000-000000000001", Encoding.UTF8.GetBytes("""{"what":"café"}"""), Bytes(0));

    [Fact]
    public void The_hash_of_an_event_is_what_it_always_was()
    {
        Assert.Equal("4a1669d6e74e26a920546f2586da500af4889d4e46ce9a0d09a1163ee4d65da0", Hash(Row));
        Assert.Equal("3cddfa2db00a6a8c5d53160fd1be3d6abb9e8588c6201f5ef24c59110bf5f28f", Hash(Row with { CommandId = "88888888-0000-7000-8000-000000000001" }));

        static string Hash(EventRow row) => Convert.ToHexStringLower(EventHash.Of(row, new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void The_chain_over_the_whole_store_is_what_it_always_was() => Assert.Equal(
        "d26b0e9814267164fbd0ffd683ce63eec0645b630e49b200f813961c5b6b3679",
        Convert.ToHexStringLower(EventHash.Extend(Bytes(32), EventHash.Start, 42, EventHash.Of(Row, new ArrayBufferWriter<byte>()))));

    [Fact]
    public void A_sealed_text_opens_as_it_always_did()
    {
        const string text = "p1:mZmZmQAAcACAAAAAAAAAAQ:7:AAECAwQFBgcICQoLZU+3f6DFt2utNv/qxcsq4u9Y/02cn1lLJwzYLa8Z";
        Assert.True(SealedText.TryKey(text, out var key));
        Assert.Equal(SealedText.KeyText(Guid.Parse("99999999-0000-7000-8000-000000000001")), key);
        Assert.Equal("\"Made up what\"", Encoding.UTF8.GetString(SealedText.Open(Bytes(0), StreamKey.Parse($"{Row.Tenant}/{Row.Stream}"), "what", text)));
    }

    private static byte[] Bytes(byte first) => [.. Enumerable.Range(first, 32).Select(i => (byte)i)];
}
