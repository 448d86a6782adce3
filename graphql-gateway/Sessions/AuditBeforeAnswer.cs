namespace OnlineSafetyTrust.Gateway.Sessions;

/// <summary>
/// Opens the session of a request and makes its read audit durable before the first byte of the answer leaves (J1). When the audit
/// cannot be stored, or holds no record although a field marked <c>@personal</c> was answered, the answer does not leave. The embedded
/// GraphQL engine asks for the audit before it writes anything and answers an error instead; what is left to do here is the pages.
/// </summary>
internal sealed class AuditBeforeAnswer(RequestDelegate next, SessionAudit audit)
{
    public async Task InvokeAsync(HttpContext context, Session session)
    {
        session.SignIn(context.User);
        if (session.Found is not null)
        {
            context.Response.OnStarting(() => RecordOrAbortAsync(session, context));
        }

        await next(context);
    }

    /// <summary>
    /// Kestrel sends what is already in its buffer even when this throws, under another status: only an aborted connection keeps the
    /// answer in.
    /// </summary>
    private async Task RecordOrAbortAsync(Session session, HttpContext context)
    {
        try
        {
            await audit.RecordAsync(session, [session.Reader], Unnamed(context.Request.Path));
        }
        catch
        {
            context.Abort();
            throw;
        }
    }

    // The fields that fetch anything by its id belong to no resolver of ours; pages are their paths.
    private static string Unnamed(PathString path) => path == "/graphql" ? SessionAudit.Node : path.ToString();
}
