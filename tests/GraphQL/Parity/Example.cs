#pragma warning disable CA1822 // Resolvers are instance methods, as the schema builders of both stacks expect them.
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Parity;

/// <summary>The made-up server whose schema and answers were observed on Hot Chocolate 15.1.</summary>
public static class Example
{
    public static IServiceCollection AddExample(this IServiceCollection services, Action<IRequestExecutorBuilder>? more = null)
    {
        var builder = services.AddLogging().AddGraphQLServer()
            .AddQueryType().AddMutationType().AddSubscriptionType()
            .AddTypeExtension<IncidentQueries>().AddTypeExtension<IncidentMutations>().AddTypeExtension<IncidentSubscriptions>()
            .AddTypeExtension<IncidentFields>().AddTypeExtension<PupilFields>()
            .AddType<IncidentClosed>().AddType<NotAllowed>()
            .AddDataLoader<PupilById>()
            .AddGlobalObjectIdentification()
            .AddAuthorization()
            .AddInMemorySubscriptions()
            .AddErrorFilter<Filter>()
            .AddMaxExecutionDepthRule(12, skipIntrospectionFields: true)
            .ModifyPagingOptions(o =>
            {
                o.MaxPageSize = 100;
                o.DefaultPageSize = 20;
                o.IncludeTotalCount = false;
                o.RequirePagingBoundaries = false;
            })
            .ModifyRequestOptions(o =>
            {
                o.IncludeExceptionDetails = false;
                o.ExecutionTimeout = TimeSpan.FromSeconds(10);
            })
            .ModifyCostOptions(o =>
            {
                o.MaxFieldCost = 5000;
                o.MaxTypeCost = 5000;
            });
        more?.Invoke(builder);
        return services;
    }
}

public enum IncidentNature { UnknowingAccess, KnowingAccess, Bullying }

[Node]
public sealed record Incident(
    [property: ID] string Id, string Title, IncidentNature Nature, DateOnly HappenedOn, DateTimeOffset ReportedAt,
    [property: GraphQLIgnore] string[] PupilIds, string? Outcome)
{
    [NodeResolver]
    public static Task<Incident?> GetAsync(string id) => Task.FromResult<Incident?>(Data.Incident(id));
}

public sealed record Pupil([property: ID(nameof(Pupil))] string Id, string Name, int YearGroup);

public static class Data
{
    public static Incident Incident(string id) =>
        new(id, "T " + id, IncidentNature.KnowingAccess, new DateOnly(2026, 11, 2), DateTimeOffset.UnixEpoch, ["p1", "p2"], null);
}

[ExtendObjectType<Incident>]
public sealed class IncidentFields
{
    public async Task<IReadOnlyList<Pupil>> GetPupilsAsync([Parent] Incident incident, PupilById pupils, CancellationToken ct) =>
        (await pupils.LoadAsync(incident.PupilIds, ct))!;
}

[ExtendObjectType<Pupil>]
public sealed class PupilFields
{
    [Authorize]
    public string GetSecret([Parent] Pupil p) => "s";

    [GraphQLDeprecated("use yearGroup")]
    public int GetYear([Parent] Pupil p) => p.YearGroup;
}

public sealed class BatchLog
{
    public System.Collections.Concurrent.ConcurrentQueue<string[]> Batches { get; } = [];
}

public sealed class PupilById(IBatchScheduler s, DataLoaderOptions o, IServiceProvider services) : BatchDataLoader<string, Pupil>(s, o)
{
    protected override Task<IReadOnlyDictionary<string, Pupil>> LoadBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        services.GetService<BatchLog>()?.Batches.Enqueue([.. keys]);
        return Task.FromResult<IReadOnlyDictionary<string, Pupil>>(keys.ToDictionary(k => k, k => new Pupil(k, "n" + k, 7)));
    }
}

public sealed record IncidentFilter(IReadOnlyList<IncidentNature>? Nature, DateOnly? From, bool? Open);

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class IncidentQueries
{
    [UsePaging(ConnectionName = "Incidents", IncludeTotalCount = true, MaxPageSize = 50)]
    [GraphQLDescription("Incidents of the school, newest first.")]
    public Task<Connection<Incident>> GetIncidentsAsync(IncidentFilter? filter, int? first, string? after, ClaimsPrincipal user, CancellationToken ct)
    {
        var nodes = new[] { Data.Incident("i1"), Data.Incident("i2") };
        var edges = nodes.Select(n => new Edge<Incident>(n, "c" + n.Id)).ToList();
        return Task.FromResult(new Connection<Incident>(edges, new ConnectionPageInfo(true, false, edges[0].Cursor, edges[^1].Cursor), 17));
    }

    public Task<Incident?> GetIncidentAsync([ID(nameof(Incident))] string id) => Task.FromResult<Incident?>(Data.Incident(id));

    public string GetBoom() => throw new InvalidOperationException("inner secret");
}

[InterfaceType("UserError")]
public interface IUserError
{
    string Message { get; }

    string Code { get; }

    IReadOnlyList<string> Path { get; }
}

public sealed record IncidentClosed(string Message, string Code, IReadOnlyList<string> Path) : IUserError;

public sealed record NotAllowed(string Message, string Code, IReadOnlyList<string> Path, string Role) : IUserError;

public sealed record CloseIncidentInput([property: ID(nameof(Incident))] string IncidentId, string Reason, Guid? CommandId);

public sealed record CloseIncidentPayload(Incident? Incident, IReadOnlyList<IUserError> Errors);

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class IncidentMutations
{
    public async Task<CloseIncidentPayload> CloseIncidentAsync(CloseIncidentInput input, ITopicEventSender sender, CancellationToken ct)
    {
        await sender.SendAsync("incident:100001", Data.Incident(input.IncidentId), ct);
        return new(null, [new NotAllowed("Only the DSL closes.", "INCIDENT_NOT_ALLOWED", ["input", "incidentId"], "DSL")]);
    }
}

[ExtendObjectType(OperationTypeNames.Subscription)]
public sealed class IncidentSubscriptions
{
    [Subscribe]
    [Topic("incident:{school}")]
    public Incident OnIncidentChanged(string school, [EventMessage] Incident incident) => incident;
}

public sealed class Filter : IErrorFilter
{
    public IError OnError(IError error) =>
        error.Exception is null ? error : error.WithMessage("Something went wrong.").WithCode("INTERNAL").WithException(null);
}
