using System.Diagnostics.CodeAnalysis;

namespace OnlineSafetyTrust.Contracts;

/// <summary>Where somebody is signed in.</summary>
public enum TenantKind
{
    /// <summary>At a school.</summary>
    School,

    /// <summary>At a trust.</summary>
    Trust,
}

/// <summary>
/// A school <c>s/{uuidv7}</c> or a trust <c>t/{uuidv7}</c>. First in every grain key, stream, row and predicate.
/// </summary>
[GenerateSerializer, Immutable, Alias("TenantId")]
public readonly record struct TenantId(TenantKind Kind, Guid Value)
{
    public static TenantId School(Guid id) => new(TenantKind.School, id);

    public static TenantId Trust(Guid id) => new(TenantKind.Trust, id);

    public override string ToString() => string.Create(38, this, static (span, id) =>
    {
        span[0] = id.Kind == TenantKind.School ? 's' : 't';
        span[1] = '/';
        id.Value.TryFormat(span[2..], out _, "D");
    });

    public static TenantId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A tenant is written s/{uuid} or t/{uuid}.");

    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        id = default;
        if (text is not { Length: 38 } || text[1] != '/' || text[0] is not ('s' or 't') || !Guid.TryParseExact(text.AsSpan(2), "D", out var value))
        {
            return false;
        }

        id = new TenantId(text[0] == 's' ? TenantKind.School : TenantKind.Trust, value);
        return true;
    }
}
