using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole;

/// <summary>What a host needs to serve the console.</summary>
public static class ConsoleHosting
{
    public const string Root = "/console";

    /// <summary>Cookie scheme of the console; the host adds it.</summary>
    public const string Scheme = "Console";

    /// <summary>The host adds <see cref="IConsoleSession"/> (per request), <see cref="IConsoleClock"/>, <see cref="IProviderSignIn"/> and, in Development, <see cref="ISignInDoor"/>.</summary>
    /// <param name="secureCookies">Browsers send them over TLS only, whatever this process sees of it.</param>
    public static IServiceCollection AddConsole(this IServiceCollection services, bool secureCookies)
    {
        services.AddAntiforgery(o =>
        {
            o.Cookie = new FormCookie(secureCookies) { Name = "ost-form", Path = Root, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Strict, SecurePolicy = CookieSecurePolicy.SameAsRequest };
            o.FormFieldName = "_form";
        });
        services.AddRazorPages(o =>
            {
                o.Conventions.AuthorizeFolder("/");
                o.Conventions.AllowAnonymousToPage("/SignIn");
                o.Conventions.AllowAnonymousToPage("/Problem");
                o.Conventions.AllowAnonymousToPage("/Sign");
            })
            .AddMvcOptions(o => o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true)
            .ConfigureApplicationPartManager(AddPages);
        services.AddScoped<Wording>();
        services.AddScoped<Names>();
        services.AddScoped<Menu>();
        services.AddScoped<Drawing.SheetFiles>();
        services.AddSingleton<Drawing.PdfPrinter>();
        services.AddScoped<Fields.Offers>();
        services.AddSingleton<Pages.Pupils.PupilReads>();
        services.AddScoped<Pages.Incidents.IncidentDesk>();
        services.AddScoped<Pages.Pupils.PupilSearch>();
        services.AddScoped<Pages.Pupils.PupilDesk>();
        services.AddScoped<Pages.Checks.ChecksDesk>();
        services.AddScoped<Pages.Devices.DeviceDesk>();
        services.AddScoped<Pages.Report.ReportReads>();
        services.AddHttpContextAccessor();
        return services;
    }

    /// <summary>As routing sees it: whatever the case.</summary>
    public static bool IsConsole(HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Before routing: headers of every page, and pages for what went wrong.</summary>
    public static void UseConsole(this IApplicationBuilder app) => app.UseWhen(
        IsConsole,
        console => console.Use(SecurityHeaders.AddAsync).UseExceptionHandler($"{Root}/problem/500").UseStatusCodePagesWithReExecute(Root + "/problem/{0}"));

    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => Results.Redirect(Root));
        app.MapGet(Stylesheet.Path, Stylesheet.Serve);
        // Mails name records by the product's own addresses; the console is where a person reads them.
        app.MapGet("/{kind:regex(^(incidents|checks|weekly-updates|strategies|pupils|devices|school)$)}/{**rest}", (string kind, string? rest) => Results.Redirect($"{Root}/{kind}/{rest}"));
        app.MapGet($"{Root}/strategies/{{pupil:guid}}", (Guid pupil) => Results.Redirect($"{Root}/pupils/{pupil}/strategy"));
        app.MapRazorPages();
    }

    private static void AddPages(ApplicationPartManager parts)
    {
        var own = typeof(ConsoleHosting).Assembly;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(own).GetApplicationParts(own).Where(p => parts.ApplicationParts.All(known => known.Name != p.Name || known.GetType() != p.GetType())))
        {
            parts.ApplicationParts.Add(part);
        }
    }
}

/// <summary>Where a proxy ends TLS, requests come in plain; told that its cookie is always Secure, the framework would then refuse every form.</summary>
internal sealed class FormCookie(bool secure) : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure |= secure;
        return options;
    }
}

internal static class Stylesheet
{
    private static readonly byte[] Text = Read();

    /// <summary>Carries the content's hash, so that browsers may keep it for good.</summary>
    public static readonly string Path = $"{ConsoleHosting.Root}/assets/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Text))[..16]}.css";

    public static IResult Serve(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Text, "text/css; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("console.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
