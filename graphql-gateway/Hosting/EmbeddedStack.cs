using System.Security.Claims;
using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Gateway.GraphQL.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.Tasks;
using OnlineSafetyTrust.Gateway.GraphQL.Trends;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>What the GraphQL engine in this process asks of its host.</summary>
internal static class ApiStack
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IOperationHost, AuditedOperations>();
        services.AddSingleton<IOperationBudget, RequestBudget>();
    }

    /// <summary>Steps, people, devices of an incident: lists that are no pages, and that lead back to where they came from.</summary>
    public static IRequestExecutorBuilder AddBounds(IRequestExecutorBuilder builder) => builder.ModifyCostOptions(o => o.AssumedListSize = 10);

    public static IRequestExecutorBuilder AddSubscriptions(IRequestExecutorBuilder builder) => builder
        .AddSubscriptionType().AddInMemorySubscriptions().AddSocketSessionInterceptor<SocketSignIn>()
        .AddTypeExtension<IncidentSubscriptions>().AddTypeExtension<TaskSubscriptions>().AddTypeExtension<CheckSubscriptions>().AddTypeExtension<TrendSubscriptions>();

    public static void Map(WebApplication app)
    {
        app.MapGraphQL("/graphql").WithOptions(new GraphQLServerOptions { EnforceGetRequestsPreflightHeader = true, JsonByDefault = true });
        var inspector = app.Services.GetRequiredService<IDocumentInspector>();
        (app.Services.GetService<IOperationDocumentStorage>() as StoredDocuments)?.Check(d => inspector.Inspect(d) is [var first, ..] ? Said(first) : null);
    }

    private static string Said(IError error) => error.Locations is [var at, ..] ? $"{error.Message} (line {at.Line}, column {at.Column})" : error.Message;

    /// <summary>Operations on sockets and subscriptions' answers are signed in like a request's; all are audited before the answer leaves.</summary>
    private sealed class AuditedOperations(SessionAudit audit) : IOperationHost
    {
        /// <summary>They see every record of their school by role alone; what others see may depend on who they are.</summary>
        private static readonly Role[] SeeByRole = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

        public string? SightOf(ClaimsPrincipal? user, string field)
        {
            if (Session.ReaderOf(user) is not { } reader)
            {
                return null;
            }

            var byRole = field == "trendsChanged" || (field != "taskAssigned" && reader.HasAny(SeeByRole));
            return $"{reader.Tenant} {string.Join(',', reader.Roles.Order())} {(byRole ? "" : reader.Actor.Value)}";
        }

        public void Begin(IServiceProvider services, ClaimsPrincipal? user)
        {
            if (user is not null)
            {
                services.GetRequiredService<Session>().SignIn(user);
            }
        }

        public async ValueTask BeforeSendAsync(IServiceProvider services, IReadOnlyList<ClaimsPrincipal?> users, CancellationToken cancellation)
        {
            var session = services.GetRequiredService<Session>();
            if (session.Found is not null)
            {
                await audit.RecordAsync(session, users.Select(Session.ReaderOf).OfType<Contracts.Journal.Reader>().DistinctBy(r => r.Actor), SessionAudit.Node);
            }
        }
    }

    private sealed class RequestBudget(CostBudget budget, IOptions<ApiOptions> options) : IOperationBudget
    {
        private readonly Holdings<(TenantId Tenant, Actor Person)> _subscriptions = new(options.Value.MaxSubscriptionsPerPerson);

        public TimeSpan? Take(HttpContext http, double cost) => Session.ReaderOf(http.User) is { } reader
            ? budget.Take(PersonOf(reader), reader.Tenant.ToString(), cost)
            : budget.Take(http.Connection.RemoteIpAddress?.ToString() ?? "", null, cost);

        /// <summary>The person pays for what they are sent, the school or trust for what is executed.</summary>
        public TimeSpan? TakeAnswer(ClaimsPrincipal? user, double cost, bool isShared) =>
            Session.ReaderOf(user) is { } reader ? budget.Take(PersonOf(reader), isShared ? null : reader.Tenant.ToString(), cost) : null;

        // No subscription opens for nobody.
        public IDisposable? HoldSubscription(ClaimsPrincipal? user) => Session.ReaderOf(user) is { } reader ? _subscriptions.TryTake((reader.Tenant, reader.Actor)) : null;

        private static string PersonOf(Contracts.Journal.Reader reader) => $"{reader.Tenant} {reader.Actor.Value}";
    }
}
