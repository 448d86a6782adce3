using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.GraphQL;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Puts the process together: silo, sign-in, GraphQL, health.</summary>
internal static class GatewayHost
{
    private const long LargestBody = 1024 * 1024;

    /// <param name="configure">Tests replace parts here; configuration belongs in <see cref="HostSettings.Configuration"/>.</param>
    public static WebApplication Build(HostSettings settings, string? environment = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Configuration);
        SettingWords.Check(builder.Configuration);
        var api = builder.Configuration.GetSection("Api").Get<ApiOptions>() ?? new ApiOptions();
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentUpgradedConnections = api.MaxSockets;
        });
        var development = builder.Environment.IsDevelopment();
        builder.AddSilo(settings.Store(builder.Configuration), movableClock: development);
        AddSignIn(builder, settings, development);
        builder.Services.AddSingleton<ProductDay>();
        builder.Services.AddScoped<Session>();
        builder.Services.AddGateway(builder.Environment, api);
        builder.Services.Configure<ApiOptions>(builder.Configuration.GetSection("Api"));
        builder.Services.AddSingleton<CostBudget>();
        builder.Services.AddCors();
        ApiStack.Add(builder.Services);
        builder.Services.AddConsole(settings, development);
        MailLinks.Add(builder, settings);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Readiness>());
        Telemetry.Add(builder);
        configure?.Invoke(builder);

        if (!development && string.IsNullOrWhiteSpace(builder.Configuration["Identity:Authority"]))
        {
            throw new MisconfiguredException("Nobody could sign in: set Identity:Authority to the OpenID Connect provider's address, or ASPNETCORE_ENVIRONMENT=Development to try it out.");
        }

        var app = builder.Build();
        if (development)
        {
            DevelopmentGuard.Check(app.Environment, settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries), app.Configuration);
        }

        Map(app, development);
        return app;
    }

    private static void AddSignIn(WebApplicationBuilder builder, HostSettings settings, bool development)
    {
        var services = builder.Services;
        services.Configure<TokenOptions>(builder.Configuration.GetSection("Identity"));
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<PersonOfToken>();
        services.AddSingleton<BearerSignIn>();
        services.AddSingleton<OpenIdIssuer>();
        services.AddSingleton<ITokenIssuer>(s => s.GetRequiredService<OpenIdIssuer>());
        services.AddSingleton<KnownSignIns>();
        services.AddSingleton<ISignInMap>(s => s.GetRequiredService<KnownSignIns>());
        if (development)
        {
            services.AddSingleton<RosterCurrent>();
            services.AddSingleton<DemoBuild>();
            services.AddSingleton<Personas>();
            services.AddSingleton<ISignInMap>(s => s.GetRequiredService<Personas>());
            services.AddSingleton(s => ActivatorUtilities.CreateInstance<DevelopmentIdentity>(s, System.IO.Path.Combine(settings.DataDirectory, "development-signing.pem")));
            services.AddSingleton<ITokenIssuer>(s => s.GetRequiredService<DevelopmentIdentity>());
        }

        services.AddSignIns(development);
        services.AddAuthorization();
    }

    private static void Map(WebApplication app, bool development)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseConsole();
        app.UseMiddleware<CrossSiteGuard>();
        UseCors(app);
        app.UseWebSockets();
        app.UseMiddleware<UnsignedSockets>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseWhen(context => !ConsoleHosting.IsConsole(context), api => api.UseMiddleware<RefuseBadTokens>());
        app.UseMiddleware<AuditBeforeAnswer>();
        app.UseWhen(context => !ConsoleHosting.IsConsole(context), api => api.UseMiddleware<EndWithAccess>());
        app.UseAuthorization();
        app.MapGet("/healthz/live", () => "alive");
        app.MapGet("/healthz/ready", (Readiness readiness) => readiness.IsReady ? Results.Text("ready") : Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable));
        ApiStack.Map(app);
        app.MapConsole();
        ProviderSignIn.Map(app);
        if (development)
        {
            app.MapDevelopment();
        }
    }

    /// <summary>Browsers ask first whether a page of another site may call; only named sites may.</summary>
    private static void UseCors(WebApplication app)
    {
        var origins = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.AllowedOrigins;
        if (origins.Count > 0)
        {
            app.UseCors(cors => cors.WithOrigins([.. origins]).WithMethods("GET", "POST").WithHeaders("authorization", "content-type", "accept", "graphql-preflight").WithExposedHeaders("retry-after"));
        }
    }
}
