using System.Net;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Development;

/// <summary>
/// The persona picker and the movable clock exist in Development only, bound to loopback, without forwarded headers and for the host
/// names of loopback. With them switched on anywhere else the process does not start.
/// </summary>
internal static class DevelopmentGuard
{
    /// <summary>Refuses to start an unsafe combination.</summary>
    /// <exception cref="MisconfiguredException">With the way out.</exception>
    public static void Check(IHostEnvironment environment, IEnumerable<string> addresses, IConfiguration configuration)
    {
        if (!environment.IsDevelopment())
        {
            throw new MisconfiguredException("Development sign-in works in Development only. Set ASPNETCORE_ENVIRONMENT=Development, or configure Identity:Authority.");
        }

        if (addresses.FirstOrDefault(a => !IsLoopback(a)) is { } address)
        {
            throw new MisconfiguredException($"Development sign-in is bound to this machine only, not to '{address}'. Use --urls http://127.0.0.1:PORT.");
        }

        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new MisconfiguredException("Development sign-in listens where --urls says. Remove Kestrel:Endpoints from the configuration.");
        }

        // The framework reads the second; the environment may have been read without its prefix being taken off.
        if (ForwardingSwitches.Any(name => string.Equals(configuration[name], "true", StringComparison.OrdinalIgnoreCase)))
        {
            throw new MisconfiguredException("Development sign-in does not work behind a proxy. Switch forwarded headers off.");
        }
    }

    private static readonly string[] ForwardingSwitches = ["ASPNETCORE_FORWARDEDHEADERS_ENABLED", "FORWARDEDHEADERS_ENABLED"];

    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && context.Request.Host.Host is "localhost" or "127.0.0.1"
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
