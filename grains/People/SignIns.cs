using System.Text;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Grains.People;

/// <summary>How a sign-in is recognised without being kept.</summary>
public static class SignIns
{
    /// <summary>HMAC under the tenant's look-up key, hex: without that key nobody can try out sign-ins.</summary>
    /// <param name="signIn">Issuer and subject: <c>{issuer}|{subject}</c>.</param>
    public static string Digest(IKeyring keyring, TenantId tenant, string signIn) =>
        Convert.ToHexStringLower(keyring.Digest(tenant, "sign-in", Encoding.UTF8.GetBytes(signIn)));
}
