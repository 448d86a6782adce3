using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>The console in this host: its cookie, its session, its door in Development.</summary>
internal static class ConsoleHost
{
    private const string ByPath = "ByPath";
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    /// <summary>Pages take the cookie and nothing else, the API takes tokens and nothing else: a foreign site cannot make a browser call the API.</summary>
    public static AuthenticationBuilder AddSignIns(this IServiceCollection services, bool development) => services
        .AddAuthentication(ByPath)
        .AddPolicyScheme(ByPath, null, o => o.ForwardDefaultSelector = context => ConsoleHosting.IsConsole(context) ? ConsoleHosting.Scheme : BearerHandler.Name)
        .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Name, null)
        .AddCookie(ConsoleHosting.Scheme, o => Cookie(o, development ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always));

    public static void AddConsole(this IServiceCollection services, HostSettings settings, bool development)
    {
        services.AddConsole(secureCookies: !development);
        services.AddScoped<IConsoleSession, ConsoleSession>();
        services.AddSingleton<IConsoleClock, ConsoleClock>();
        services.AddSingleton<IPolicyShelf, PolicyShelf>();
        services.AddSingleton<ICallerBudget, CallerBudget>();
        services.AddSingleton<PersonOfCookie>();
        // Kept between starts, so that a restart does not sign everybody out.
        services.AddDataProtection().SetApplicationName("OnlineSafetyTrust").PersistKeysToFileSystem(new DirectoryInfo(System.IO.Path.Combine(settings.DataDirectory, "sign-in-keys")));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SignInKeys>();
        services.AddSingleton<CodeFlow>();
        services.AddSingleton<ProviderSignIn>();
        services.AddSingleton<IProviderSignIn>(s => s.GetRequiredService<ProviderSignIn>());
        if (development)
        {
            services.AddSingleton<ISignInDoor, PersonaDoor>();
        }
    }

    private static void Cookie(CookieAuthenticationOptions options, CookieSecurePolicy secure)
    {
        options.Cookie.Name = "ost-session";
        options.Cookie.Path = ConsoleHosting.Root;
        options.Cookie.HttpOnly = true;
        // Lax, not Strict: a link in a mail has to lead to the page, not to the sign-in.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = secure;
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.LoginPath = $"{ConsoleHosting.Root}/sign-in";
        options.AccessDeniedPath = $"{ConsoleHosting.Root}/problem/403";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<PersonOfCookie>().ValidateAsync(context);
    }
}
