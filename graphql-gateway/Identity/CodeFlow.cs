using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>
/// OpenID Connect's authorization code flow with PKCE (RFC 7636, S256) for people at a browser. What the browser brings back is believed only
/// together with the cookie of the browser that set out.
/// </summary>
internal sealed class CodeFlow(OpenIdIssuer provider, TokenVerifier verifier, IOptions<TokenOptions> options, IDataProtectionProvider protection) : IDisposable
{
    /// <summary>How long somebody may take at the provider.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("sign-in.code-flow").ToTimeLimitedDataProtector();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = TimeSpan.FromSeconds(20) };

    public bool IsSetUp => options.Value is { Authority.Length: > 0, ClientId.Length: > 0 };

    /// <returns>Where the browser goes, and what it keeps meanwhile.</returns>
    public async Task<(string Address, string Kept)> StartAsync(string redirectUri, string returnUrl, CancellationToken ct)
    {
        var known = await provider.ConfigurationAsync(ct) ?? throw new InvalidOperationException("No provider is configured.");
        var trip = new Trip(Random(), Random(), Random(), redirectUri, returnUrl);
        var ask = new OpenIdConnectMessage
        {
            IssuerAddress = known.AuthorizationEndpoint, ClientId = options.Value.ClientId, RedirectUri = redirectUri, ResponseType = OpenIdConnectResponseType.Code,
            ResponseMode = OpenIdConnectResponseMode.Query, Scope = OpenIdConnectScope.OpenId, State = trip.State, Nonce = trip.Nonce,
            // Classroom machines are shared: whoever sat there before may still be signed in at the provider.
            Prompt = "login",
        };
        ask.SetParameter("code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(trip.Verifier))));
        ask.SetParameter("code_challenge_method", "S256");
        return (ask.CreateAuthenticationRequestUrl(), _protector.Protect(JsonSerializer.Serialize(trip), Patience));
    }

    /// <summary>Who came back. Null: it was not this browser, it took too long, or the provider's answer is not what it must be.</summary>
    public async Task<(string Issuer, string Subject, string ReturnUrl)?> FinishAsync(string? kept, IQueryCollection answer, CancellationToken ct)
    {
        if (TripOf(kept) is not { } trip || !Same(trip.State, answer["state"]) || answer["code"] is not [{ Length: > 0 } code] || await provider.ConfigurationAsync(ct) is not { } known
            // RFC 9207: an answer of another provider.
            || (answer.TryGetValue("iss", out var issuer) && issuer != known.Issuer))
        {
            return null;
        }

        return await ExchangeAsync(known, trip, code, ct) is { } idToken
            && await verifier.VerifyAsync(provider, idToken, options.Value.ClientId, ct) is { Subject.Length: > 0 } token
            && token.TryGetPayloadValue<string>("nonce", out var nonce) && Same(trip.Nonce, nonce)
            && (token.Audiences.Count() == 1 || token.Azp == options.Value.ClientId)
                ? (token.Issuer, token.Subject, trip.ReturnUrl)
                : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> ExchangeAsync(OpenIdConnectConfiguration known, Trip trip, string code, CancellationToken ct)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = trip.RedirectUri, ["code_verifier"] = trip.Verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, known.TokenEndpoint);
        if (options.Value.ClientSecret.Length > 0)
        {
            var credentials = $"{Uri.EscapeDataString(options.Value.ClientId)}:{Uri.EscapeDataString(options.Value.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
        }
        else
        {
            fields["client_id"] = options.Value.ClientId;
        }

        request.Content = new FormUrlEncodedContent(fields);
        using var response = await _http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<TokenAnswer>(ct))?.IdToken : null;
    }

    private Trip? TripOf(string? kept)
    {
        try
        {
            return string.IsNullOrEmpty(kept) ? null : JsonSerializer.Deserialize<Trip>(_protector.Unprotect(kept));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    /// <summary>What the browser keeps, sealed, while its person is at the provider.</summary>
    private sealed record Trip(string State, string Nonce, string Verifier, string RedirectUri, string ReturnUrl);

    private sealed record TokenAnswer([property: JsonPropertyName("id_token")] string? IdToken);
}
