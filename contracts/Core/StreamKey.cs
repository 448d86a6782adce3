namespace OnlineSafetyTrust.Contracts;

/// <summary>
/// One stream of events inside one tenant: <c>incident/{uuid}</c>, <c>pupil/{uuid}</c>, or a single name such as <c>school</c>.
/// Compares by byte.
/// </summary>
[GenerateSerializer, Immutable, Alias("StreamId")]
public readonly record struct StreamId(string Value)
{
    public StreamId(string kind, Guid id)
        : this($"{kind}/{id:D}")
    {
    }

    /// <summary>What stands before the first slash; the grain that owns the stream follows from it.</summary>
    public string Kind => Value.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? Value[..slash] : Value;

    /// <summary>The UUID behind the last slash, or <see cref="Guid.Empty"/> where the stream has none.</summary>
    public Guid Id => Guid.TryParseExact(Value.AsSpan(Value.LastIndexOf('/') + 1), "D", out var id) ? id : Guid.Empty;

    public override string ToString() => Value;
}

/// <summary>A grain's key: <c>{tenant}/{stream}</c>, the tenant always first.</summary>
[GenerateSerializer, Immutable, Alias("StreamKey")]
public readonly record struct StreamKey(TenantId Tenant, StreamId Stream)
{
    public override string ToString() => $"{Tenant}/{Stream}";

    public static StreamKey Parse(string text) =>
        text.Length > 39 && text[38] == '/' && TenantId.TryParse(text[..38], out var tenant)
            ? new StreamKey(tenant, new StreamId(text[39..]))
            : throw new FormatException("A grain key is written {tenant}/{stream}.");
}
