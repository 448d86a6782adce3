using Microsoft.AspNetCore.Authentication;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>A request that carries a token must carry a good one: it is never served as anonymous instead.</summary>
internal sealed class RefuseBadTokens(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Asked again because the framework keeps the result of a success only; the handler answers from its memory.
        if ((await context.AuthenticateAsync()).Failure is { } failure)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            await context.Response.WriteAsJsonAsync(new { errors = new[] { new { message = failure.Message, extensions = new { code = "AUTH_NOT_AUTHENTICATED" } } } });
            return;
        }

        await next(context);
    }
}
