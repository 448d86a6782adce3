using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OnlineSafetyTrust.Gateway.Identity;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>An OpenID Connect provider in this process that signs in whoever <see cref="Subject"/> names, without asking.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string Client = "console-client";
    public const string Secret = "fictional secret";
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "fake" };
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string RedirectUri)> _codes = new();
    private WebApplication _app = null!;

    public string Address { get; private set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>What goes wrong: nonce, audience, issuer, key, expired; empty: nothing.</summary>
    public string Fault { get; set; } = "";

    /// <summary>Of the last visit.</summary>
    public string Prompt { get; private set; } = "";

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        provider._app = builder.Build();
        provider.Map();
        await provider._app.StartAsync();
        provider.Address = provider._app.Urls.Single();
        return provider;
    }

    /// <summary>For the API, as an integration would have it.</summary>
    public string AccessToken(TenantId tenant, string subject)
    {
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = new TokenOptions().Audience, IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { [TokenClaims.Subject] = subject, [TokenClaims.Tenant] = tenant.ToString() },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address, authorization_endpoint = $"{Address}/authorize", token_endpoint = $"{Address}/token", jwks_uri = $"{Address}/keys",
        }));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(_key);
            return Results.Json(new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.Kid, use = "sig" } } });
        });
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            var ask = request.Query;
            if (ask["client_id"] != Client || ask["response_type"] != "code" || ask["code_challenge_method"] != "S256" || ask["scope"] != "openid")
            {
                return Results.BadRequest();
            }

            Prompt = ask["prompt"].ToString();
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (ask["code_challenge"].ToString(), ask["nonce"].ToString(), ask["redirect_uri"].ToString());
            return Results.Redirect($"{ask["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(ask["state"].ToString())}&iss={Uri.EscapeDataString(Address)}");
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var client = Encoding.ASCII.GetString(Convert.FromBase64String(AuthenticationHeaderValue.Parse(request.Headers.Authorization.ToString()).Parameter!));
            return client == $"{Client}:{Uri.EscapeDataString(Secret)}" && form["grant_type"] == "authorization_code" && _codes.TryRemove(form["code"].ToString(), out var known) && known.RedirectUri == form["redirect_uri"]
                && known.Challenge == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
                    ? Results.Json(new { access_token = "unused", token_type = "Bearer", id_token = IdToken(known.Nonce) })
                    : Results.BadRequest();
        });
    }

    private string IdToken(string nonce)
    {
        var now = DateTime.UtcNow.AddMinutes(Fault == "expired" ? -60 : 0);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Fault == "issuer" ? "https://elsewhere.example" : Address,
            Audience = Fault == "audience" ? "another-client" : Client,
            IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = Subject, ["nonce"] = Fault == "nonce" ? "of another sign-in" : nonce },
            SigningCredentials = new SigningCredentials(Fault == "key" ? new ECDsaSecurityKey(foreign) { KeyId = "fake" } : _key, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
