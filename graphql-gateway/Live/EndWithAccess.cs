using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.Live;

/// <summary>
/// An event stream ends with the access of whoever asked for it; an answer that is merely on its way does not, or a change of one's own
/// roles would cut off its own reply. WebSockets: <see cref="Identity.SocketSignIn"/>.
/// </summary>
internal sealed class EndWithAccess(RequestDelegate next, LiveAccess access)
{
    public async Task InvokeAsync(HttpContext context, Session session)
    {
        IDisposable? watch = null;
        if (session.Found is { } reader)
        {
            context.Response.OnStarting(async () =>
            {
                if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true
                    && (watch = await access.WatchAsync(reader, context.User, context.Abort, context.RequestAborted)) is null)
                {
                    context.Abort();
                }
            });
        }

        try
        {
            await next(context);
        }
        finally
        {
            watch?.Dispose();
        }
    }
}
