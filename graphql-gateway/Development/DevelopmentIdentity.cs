using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Development;

/// <summary>Signs tokens for personas with a key of its own that never leaves the process's data directory.</summary>
internal sealed class DevelopmentIdentity : ITokenIssuer
{
    public const string Issuer = "urn:onlinesafetytrust:development";
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private readonly ECDsaSecurityKey _key;
    private readonly string _audience;
    private readonly TimeProvider _system;

    public DevelopmentIdentity(IOptions<TokenOptions> options, TimeProvider system, string keyFile)
    {
        (_audience, _system) = (options.Value.Audience, system);
        _key = new ECDsaSecurityKey(LoadOrCreate(keyFile)) { KeyId = "development" };
    }

    public ValueTask<(string Issuer, IEnumerable<SecurityKey> Keys)?> FindAsync(CancellationToken ct) =>
        ValueTask.FromResult<(string, IEnumerable<SecurityKey>)?>((Issuer, [_key]));

    public string Token(TenantId tenant, PersonId person)
    {
        var now = _system.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = _audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Life,
            Claims = new Dictionary<string, object> { [TokenClaims.Subject] = person.ToString(), [TokenClaims.Tenant] = tenant.ToString() },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    // Kept between starts, so that a restart does not sign everybody out.
    private static ECDsa LoadOrCreate(string file)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file))
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }

        PrivateDirectory.Create(System.IO.Path.GetDirectoryName(file)!);
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, mode);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        return key;
    }
}
