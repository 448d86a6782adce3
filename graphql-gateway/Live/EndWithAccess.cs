using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>An answer that goes on for as long as the client listens ends with the access of whoever asked. WebSockets: <see cref="Identity.SocketSignIn"/>.</summary>
internal sealed class EndWithAccess(RequestDelegate next, LiveAccess access)
{
    public async Task InvokeAsync(HttpContext context, Session session)
    {
        if (session.Found is not { } reader || context.WebSockets.IsWebSocketRequest)
        {
            await next(context);
            return;
        }

        using var watch = await access.WatchAsync(reader, context.User, context.Abort, context.RequestAborted);
        if (watch is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await next(context);
    }
}
