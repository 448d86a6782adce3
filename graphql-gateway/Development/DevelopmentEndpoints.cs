using OnlineSafetyTrust.Silo.Clock;

namespace OnlineSafetyTrust.Gateway.Development;

internal sealed record PersonaRequest(string? Persona);

internal sealed record ClockRequest(DateTimeOffset? Now);

/// <summary>What only Development has: personas, their tokens, and a clock that can be moved forward.</summary>
internal static class DevelopmentEndpoints
{
    public static void MapDevelopment(this WebApplication app)
    {
        var dev = app.MapGroup("/dev");
        dev.AddEndpointFilter(async (context, next) => DevelopmentGuard.IsLocal(context.HttpContext) ? await next(context) : Results.NotFound());
        dev.MapGraphiQL();
        dev.MapGet("/personas", async (Personas personas, CancellationToken ct) =>
            (await personas.ListAsync(ct)).Select(p => new { persona = p.Name, role = p.Role.ToString(), school = p.School }));
        dev.MapPost("/token", async (PersonaRequest request, Personas personas, DevelopmentIdentity identity, CancellationToken ct) =>
            string.IsNullOrWhiteSpace(request.Persona) ? Problem("Send {\"persona\": \"dsl@100001\"}; GET /dev/personas lists them.")
            : await personas.FindAsync(request.Persona, ct) is { } persona ? Results.Ok(new { accessToken = identity.Token(persona.Tenant, persona.Person) })
            : Problem("There is no such persona; GET /dev/personas lists them."));
        dev.MapGet("/clock", (MovableClock clock) => new { now = clock.GetUtcNow() });
        dev.MapPost("/clock", async (ClockRequest request, ClockMover mover, CancellationToken ct) =>
            request.Now is not { } now ? Problem("Send {\"now\": \"2026-11-23T15:31:00Z\"}.")
            : await mover.MoveAsync(now, ct) is { } refusal ? Problem(refusal)
            : Results.Ok(new { now }));
    }

    private static IResult Problem(string message) => Results.BadRequest(new { error = message });
}
