using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Identity;

namespace OnlineSafetyTrust.Gateway.Tests.Identity;

/// <summary>A gateway that believes an issuer with an RSA key, as providers have one, and somebody to sign in.</summary>
public sealed class TokenWorld : IAsyncLifetime
{
    private readonly RSA _rsa = RSA.Create(2048);

    internal RunningGateway Gateway { get; private set; } = null!;

    internal SchoolUnderTest School { get; private set; } = null!;

    internal SchoolUnderTest Other { get; private set; } = null!;

    internal RsaSecurityKey Key => new(_rsa) { KeyId = "provider" };

    internal byte[] PublicPem => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

    internal byte[] PublicDer => _rsa.ExportSubjectPublicKeyInfo();

    public async Task InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync(configure: b => b.Services.AddSingleton<ITokenIssuer>(new Provider(new RsaSecurityKey(_rsa.ExportParameters(false)) { KeyId = "provider" })));
        (_, School, Other) = await TwoSchools.FoundAsync(Gateway);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _rsa.Dispose();
    }

    // The development issuer's name, so that its people can sign in by this key too.
    private sealed class Provider(SecurityKey key) : ITokenIssuer
    {
        public ValueTask<(string Issuer, IEnumerable<SecurityKey> Keys)?> FindAsync(CancellationToken ct) => new((DevelopmentIdentity.Issuer, [key]));
    }
}

/// <summary>Every token but a good one is refused whole: 401, never served as anonymous.</summary>
public sealed class TokenTests(TokenWorld world) : IClassFixture<TokenWorld>
{
    private static readonly DateTime s_now = RunningGateway.Start.UtcDateTime;

    [Fact]
    public async Task A_good_token_signs_in() => Assert.Equal(HttpStatusCode.OK, await StatusAsync(Signed()));

    [Fact]
    public async Task No_token_is_nobody()
    {
        var answer = await world.Gateway.QueryAsync("{ schools { urn } }");

        Assert.Equal("AUTH_NOT_AUTHENTICATED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.DoesNotContain("100001", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Another_audience() => RefusedAsync(Signed(d => d.Audience = "somebody-else"));

    [Fact]
    public Task No_audience() => RefusedAsync(Signed(d => d.Audience = null));

    [Fact]
    public Task Another_issuer() => RefusedAsync(Signed(d => d.Issuer = "https://issuer.example"));

    [Fact]
    public Task No_issuer() => RefusedAsync(Signed(d => d.Issuer = null));

    [Fact]
    public Task Expired() => RefusedAsync(Signed(d => (d.IssuedAt, d.NotBefore, d.Expires) = (s_now.AddHours(-2), s_now.AddHours(-2), s_now.AddHours(-1))));

    [Fact]
    public Task Without_an_end() => RefusedAsync(Handmade(new { alg = "RS256", kid = "provider", typ = "JWT" }, Claims(expires: null), Rsa));

    [Fact]
    public Task Of_the_future() => RefusedAsync(Signed(d => (d.IssuedAt, d.NotBefore, d.Expires) = (s_now, s_now.AddHours(1), s_now.AddHours(2))));

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha512)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha512)]
    public Task Another_algorithm_with_the_right_key(string algorithm) => RefusedAsync(Signed(d => d.SigningCredentials = new(world.Key, algorithm)));

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Without_a_signature(string? algorithm)
    {
        await RefusedAsync(Handmade(new { alg = algorithm, typ = "JWT" }, Claims(), _ => []));
        await RefusedAsync(Handmade(new { alg = algorithm, kid = "provider", typ = "JWT" }, Claims(), Rsa));
    }

    [Fact]
    public Task With_its_signature_cut_off() => RefusedAsync(Signed()[..(Signed().LastIndexOf('.') + 1)]);

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task The_public_key_passed_off_as_a_shared_secret(string algorithm)
    {
        foreach (var secret in (byte[][])[world.PublicPem, [.. world.PublicPem, (byte)'\n'], world.PublicDer, world.Key.Rsa.ExportParameters(false).Modulus!, world.Key.Rsa.ExportRSAPublicKey(), []])
        {
            await RefusedAsync(Handmade(new { alg = algorithm, kid = "provider", typ = "JWT" }, Claims(), text => algorithm switch
            {
                "HS256" => HMACSHA256.HashData(secret, text),
                "HS384" => HMACSHA384.HashData(secret, text),
                _ => HMACSHA512.HashData(secret, text),
            }));
        }
    }

    [Fact]
    public async Task Signed_by_a_key_of_ones_own_under_the_right_name_or_brought_along()
    {
        using var own = RSA.Create(2048);
        await RefusedAsync(Signed(d => d.SigningCredentials = new(new RsaSecurityKey(own) { KeyId = "provider" }, SecurityAlgorithms.RsaSha256)));
        await RefusedAsync(Signed(d => d.SigningCredentials = new(new RsaSecurityKey(own) { KeyId = "unknown" }, SecurityAlgorithms.RsaSha256)));
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(own.ExportParameters(false)));
        await RefusedAsync(Handmade(
            new { alg = "RS256", typ = "JWT", jwk = new { kty = "RSA", n = jwk.N, e = jwk.E } }, Claims(), text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    [Fact]
    public async Task Changed_after_it_was_signed()
    {
        var parts = Signed().Split('.');
        var other = Signed(d => d.Claims[TokenClaims.Subject] = world.School.People[Role.Headteacher].ToString()).Split('.');

        await RefusedAsync($"{parts[0]}.{other[1]}.{parts[2]}");
    }

    [Fact]
    public Task For_a_school_where_the_person_is_unknown() => RefusedAsync(Signed(d => d.Claims[TokenClaims.Tenant] = world.Other.Id.ToString()));

    [Theory]
    [InlineData("not.a.token")]
    [InlineData("..")]
    [InlineData("e30.e30.e30")]
    [InlineData(" ")]
    public Task No_token_at_all(string text) => RefusedAsync(text);

    [Fact]
    public Task Longer_than_any() => RefusedAsync(Signed() + new string('A', 10_000));

    [Fact]
    public async Task Another_scheme_or_two_headers()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Signed(), "Basic "));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Signed(), "Bearer ", twice: true));
    }

    private async Task RefusedAsync(string token) => Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));

    private async Task<HttpStatusCode> StatusAsync(string token, string scheme = "Bearer ", bool twice = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"{ schools { urn } }"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", twice ? [scheme + token, scheme + token] : [scheme + token]);
        using var response = await world.Gateway.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(response.StatusCode == HttpStatusCode.OK, body.Contains("100001", StringComparison.Ordinal));
        return response.StatusCode;
    }

    private string Signed(Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = DevelopmentIdentity.Issuer,
            Audience = new TokenOptions().Audience,
            IssuedAt = s_now,
            NotBefore = s_now,
            Expires = s_now.AddHours(1),
            Claims = new Dictionary<string, object> { [TokenClaims.Subject] = world.School.People[Role.Dsl].ToString(), [TokenClaims.Tenant] = world.School.Id.ToString() },
            SigningCredentials = new(world.Key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private Dictionary<string, object> Claims(int? expires = 3600)
    {
        var now = new DateTimeOffset(s_now).ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = DevelopmentIdentity.Issuer, ["aud"] = new TokenOptions().Audience, ["nbf"] = now, ["iat"] = now,
            [TokenClaims.Subject] = world.School.People[Role.Dsl].ToString(), [TokenClaims.Tenant] = world.School.Id.ToString(),
        };
        if (expires is { } seconds)
        {
            claims["exp"] = now + seconds;
        }

        return claims;
    }

    private byte[] Rsa(byte[] text) => world.Key.Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Handmade(object header, object claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
