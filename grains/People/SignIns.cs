using System.Diagnostics.CodeAnalysis;
using System.Text;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Grains.People;

/// <summary>How a sign-in is recognised without being kept.</summary>
public static class SignIns
{
    /// <summary><c>{issuer}|{subject}</c>. Issuers are web addresses and hold no bar; subjects may.</summary>
    public static string Of(string issuer, string subject) => $"{issuer}|{subject}";

    /// <summary>HMAC under the tenant's look-up key, hex: without that key nobody can try out sign-ins. Null for none.</summary>
    /// <param name="signIn">See <see cref="Of"/>.</param>
    [return: NotNullIfNotNull(nameof(signIn))]
    public static string? Digest(IKeyring keyring, TenantId tenant, string? signIn) =>
        signIn is null ? null : Convert.ToHexStringLower(keyring.Digest(tenant, "sign-in", Encoding.UTF8.GetBytes(signIn)));

    internal static bool IsOne(string signIn) =>
        signIn.Split('|', 2) is [var issuer, var subject] && !string.IsNullOrWhiteSpace(subject) && signIn.Trim().Length == signIn.Length
        && Uri.TryCreate(issuer, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
