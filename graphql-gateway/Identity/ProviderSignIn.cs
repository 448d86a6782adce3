using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using OnlineSafetyTrust.StaffConsole;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>The console's sign-in through the provider: out to it, back from it, and into one of the person's schools.</summary>
internal sealed partial class ProviderSignIn(CodeFlow flow, KnownSignIns people, DirectoryReader directory, IDataProtectionProvider protection, IHttpContextAccessor request, IConfiguration configuration, ILogger<ProviderSignIn> log)
    : IProviderSignIn
{
    private const string Root = $"{ConsoleHosting.Root}/sign-in";
    private const string TripCookie = "ost-trip";
    private const string PlacesCookie = "ost-places";
    private static readonly TimeSpan TimeToChoose = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("sign-in.places").ToTimeLimitedDataProtector();

    public bool IsSetUp => flow.IsSetUp;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet($"{Root}/start", (ProviderSignIn signIn, HttpContext context, string? returnUrl) => signIn.StartAsync(context, returnUrl));
        app.MapGet($"{Root}/back", (ProviderSignIn signIn, HttpContext context) => signIn.BackAsync(context));
    }

    public IReadOnlyList<SignInPlace> Places() => Kept() is { } kept ? [.. kept.Places.Select(p => new SignInPlace(p.Tenant, p.Name))] : [];

    public (ClaimsPrincipal Person, string ReturnUrl)? Choose(string tenant)
    {
        if (Kept() is not { } kept || kept.Places.FirstOrDefault(p => p.Tenant == tenant) is not { } place)
        {
            return null;
        }

        request.HttpContext!.Response.Cookies.Delete(PlacesCookie, Options(request.HttpContext, null));
        return (PersonOfCookie.Ticket(TenantId.Parse(place.Tenant), new PersonId(place.Person), place.SignIn), kept.ReturnUrl);
    }

    private async Task<IResult> StartAsync(HttpContext context, string? returnUrl)
    {
        if (!flow.IsSetUp)
        {
            return Results.NotFound();
        }

        try
        {
            var own = returnUrl is not null && returnUrl.StartsWith(ConsoleHosting.Root, StringComparison.Ordinal) ? returnUrl : ConsoleHosting.Root;
            var (address, kept) = await flow.StartAsync(Here(context), own, context.RequestAborted);
            context.Response.Cookies.Append(TripCookie, kept, Options(context, CodeFlow.Patience));
            return Results.Redirect(address);
        }
        catch (Exception e) when (IsOfProvider(e, context))
        {
            LogUnreachable(e);
            return Problem("provider");
        }
    }

    private async Task<IResult> BackAsync(HttpContext context)
    {
        var kept = context.Request.Cookies[TripCookie];
        context.Response.Cookies.Delete(TripCookie, Options(context, null));
        try
        {
            if (await flow.FinishAsync(kept, context.Request.Query, context.RequestAborted) is not { } who)
            {
                return Problem("again");
            }

            var places = await PlacesOfAsync(who.Issuer, who.Subject, context.RequestAborted);
            return places.Count switch
            {
                0 => Problem("nobody"),
                1 => await EnterAsync(context, places[0], who.ReturnUrl),
                _ => Ask(context, new Choice(places, who.ReturnUrl)),
            };
        }
        catch (Exception e) when (IsOfProvider(e, context))
        {
            LogUnreachable(e);
            return Problem("provider");
        }
    }

    private async Task<List<Place>> PlacesOfAsync(string issuer, string subject, CancellationToken ct)
    {
        var places = new List<Place>();
        foreach (var trust in await directory.TrustsAsync(ct))
        {
            if (await people.FindAsync(issuer, subject, trust.Id, ct) is { } lead)
            {
                places.Add(new Place(trust.Id.ToString(), trust.Name, lead.Person.Value, lead.SignIn));
            }

            foreach (var school in trust.Schools)
            {
                if (await people.FindAsync(issuer, subject, school.School, ct) is { } person)
                {
                    places.Add(new Place(school.School.ToString(), (await directory.SchoolAsync(school.School, ct))?.Name ?? school.Urn, person.Person.Value, person.SignIn));
                }
            }
        }

        return places;
    }

    private static async Task<IResult> EnterAsync(HttpContext context, Place place, string returnUrl)
    {
        await context.SignInAsync(ConsoleHosting.Scheme, PersonOfCookie.Ticket(TenantId.Parse(place.Tenant), new PersonId(place.Person), place.SignIn));
        return Results.LocalRedirect(returnUrl);
    }

    private IResult Ask(HttpContext context, Choice choice)
    {
        context.Response.Cookies.Append(PlacesCookie, _protector.Protect(JsonSerializer.Serialize(choice), TimeToChoose), Options(context, TimeToChoose));
        return Results.LocalRedirect(Root);
    }

    private Choice? Kept()
    {
        try
        {
            return request.HttpContext?.Request.Cookies[PlacesCookie] is { Length: > 0 } kept ? JsonSerializer.Deserialize<Choice>(_protector.Unprotect(kept)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Behind a proxy this process does not know its own address.
    private string Here(HttpContext context) =>
        $"{(configuration["Mail:PublicAddress"] is { Length: > 0 } known ? known.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}")}{Root}/back";

    private static CookieOptions Options(HttpContext context, TimeSpan? life) =>
        // Lax: the provider sends the browser back from another site.
        new() { Path = Root, HttpOnly = true, Secure = context.Request.IsHttps || !context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment(), SameSite = SameSiteMode.Lax, MaxAge = life };

    private static IResult Problem(string what) => Results.LocalRedirect($"{Root}?problem={what}");

    // No answer, or one that makes no sense: the person is told; a fault of ours is not dressed up as one of the provider.
    private static bool IsOfProvider(Exception e, HttpContext context) =>
        !context.RequestAborted.IsCancellationRequested && e is HttpRequestException or TaskCanceledException or JsonException;

    [LoggerMessage(1, LogLevel.Error, "The sign-in provider could not be reached or answered nonsense")]
    private partial void LogUnreachable(Exception exception);

    private sealed record Place(string Tenant, string Name, Guid Person, string? SignIn);

    private sealed record Choice(IReadOnlyList<Place> Places, string ReturnUrl);
}
