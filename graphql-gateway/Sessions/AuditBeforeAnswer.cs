using System.Diagnostics;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Gateway.Sessions;

/// <summary>
/// Opens the session of a request and makes its read audit durable before the first byte of the answer leaves (J1). When the audit
/// cannot be stored, or holds no record although a field marked <c>@personal</c> was answered, the answer does not leave.
/// </summary>
internal sealed class AuditBeforeAnswer(RequestDelegate next, IReadAudit audit, [FromKeyedServices(ProductClock.Key)] TimeProvider clock)
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
            await RecordAsync(session, context.Request.Path);
        }
        catch
        {
            context.Abort();
            throw;
        }
    }

    private Task RecordAsync(Session session, PathString path)
    {
        var reader = session.Reader;
        var seen = reader.TakeSeen();
        if (session.Personal is { Count: > 0 } personal)
        {
            Activity.Current?.SetTag("ost.personal", string.Join(' ', personal));
            if (seen.Count == 0)
            {
                throw new InvalidOperationException($"{string.Join(", ", personal)} would be answered, and no record would stand for it in the read audit.");
            }
        }

        return seen.Count == 0
            ? Task.CompletedTask
            : audit.RecordAsync(new ReadAuditRow(
                reader.Tenant, reader.Actor, [.. reader.Roles], session.Purpose, session.Operation ?? Unnamed(path), reader.CorrelationId, Microseconds.Truncate(clock.GetUtcNow()), seen)).AsTask();
    }

    // The fields that fetch anything by its id belong to no resolver of ours; pages are their paths.
    private static string Unnamed(PathString path) => path == "/graphql" ? "node" : path.ToString();
}
