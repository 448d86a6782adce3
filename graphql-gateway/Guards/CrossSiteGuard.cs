using Microsoft.Extensions.Options;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>
/// Pages of other sites do not call the API, by HTTP or WebSocket, unless the site is named in the configuration. The API takes no
/// cookies, so such a page would have no rights; this keeps it from trying.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next, IOptions<ApiOptions> options)
{
    public Task InvokeAsync(HttpContext context) => IsForeign(context.Request) ? RefuseAsync(context) : next(context);

    private bool IsForeign(HttpRequest request)
    {
        if (ConsoleHosting.IsConsole(request.HttpContext))
        {
            return false;
        }

        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin))
        {
            return request.Headers["Sec-Fetch-Site"] == "cross-site";
        }

        // The scheme may have been changed by a proxy that ends TLS; the host may not.
        var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return !isOwn && !options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        const string Message = "Pages of this site may not call the API. Whoever runs it can name the site in Api:AllowedOrigins.";
        return context.Response.WriteAsJsonAsync(new { errors = new[] { new { message = Message, extensions = new { code = "CROSS_SITE" } } } });
    }
}
