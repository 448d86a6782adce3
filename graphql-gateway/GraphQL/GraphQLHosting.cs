using OnlineSafetyTrust.Gateway.GraphQL.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Audit;
using OnlineSafetyTrust.Gateway.GraphQL.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.GraphQL.Schools;
using OnlineSafetyTrust.Gateway.GraphQL.Strategies;
using OnlineSafetyTrust.Gateway.GraphQL.Tasks;
using OnlineSafetyTrust.Gateway.GraphQL.Trends;
using OnlineSafetyTrust.Gateway.GraphQL.Trusts;
using OnlineSafetyTrust.Gateway.GraphQL.Viewers;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL;

internal static class GraphQLHosting
{
    /// <summary>The whole schema and its guards.</summary>
    public static void AddGateway(this IServiceCollection services, IHostEnvironment environment, ApiOptions options)
    {
        services.AddSingleton<ISchoolDays, SchoolDays>();
        services.AddSingleton<References>();
        services.AddScoped<IMarkedFieldObserver>(s => s.GetRequiredService<Session>());
        services.AddScoped<IncidentCommands>();
        services.AddScoped<DeviceCommands>();
        services.AddSingleton<SessionAudit>();
        services.AddSingleton<TaskBook>();
        services.AddSingleton<LiveAccess>();
        services.AddHostedService<JournalFollower>();
        var server = services.AddGraphQLServer();
        StoredDocuments.Add(server, services, options);
        ApiStack.AddSubscriptions(ApiStack.AddBounds(server))
            .AddQueryType().AddMutationType()
            .AddTypeExtension<ViewerQueries>().AddTypeExtension<TrustQueries>().AddTypeExtension<SchoolQueries>().AddTypeExtension<PupilQueries>()
            .AddTypeExtension<DeviceQueries>().AddTypeExtension<IncidentQueries>().AddTypeExtension<TaskQueries>().AddTypeExtension<CheckQueries>()
            .AddTypeExtension<AccessQueries>().AddTypeExtension<AccessLogQueries>().AddTypeExtension<PolicyQueries>().AddTypeExtension<TrendQueries>().AddTypeExtension<InvitationQueries>().AddTypeExtension<IncidentLogQueries>()
            .AddTypeExtension<ReportMutations>().AddTypeExtension<StepMutations>().AddTypeExtension<PathMutations>().AddTypeExtension<ClosingMutations>().AddTypeExtension<InvitationMutations>()
            .AddTypeExtension<DeviceMutations>().AddTypeExtension<BanMutations>().AddTypeExtension<StrategyMutations>().AddTypeExtension<CheckMutations>()
            .AddTypeExtension<SchoolMutations>().AddTypeExtension<PolicyMutations>().AddTypeExtension<PersonMutations>().AddTypeExtension<PupilMutations>()
            .AddType<NotFoundError>().AddType<RefusedError>().AddType<InvalidError>().AddType<ConflictError>().AddType<ErasedError>()
            .AddDataLoader<PersonById>().AddDataLoader<PupilById>().AddDataLoader<ContactsByPupil>().AddDataLoader<BansByPupil>().AddDataLoader<StrategyByPupil>().AddDataLoader<FormerStrategies>().AddDataLoader<ChecksByPupil>().AddDataLoader<DeviceById>().AddDataLoader<IncidentById>()
            .AddDataLoader<CheckHistoryByPupil>().AddDataLoader<ChainByDevice>().AddDataLoader<UsesByDevice>().AddDataLoader<HistoryByDevice>().AddDataLoader<CalendarBySchool>()
            .AddGlobalObjectIdentification()
            .AddAuthorization()
            .AddErrorFilter<MaskUnexpected>()
            .AddFieldMark<PersonalAttribute>("personal", "Personal data: who reads it stands in the access log, and it is never logged otherwise.")
            .AddMaxExecutionDepthRule(15, skipIntrospectionFields: true)
            .ModifyPagingOptions(o => (o.MaxPageSize, o.DefaultPageSize, o.IncludeTotalCount, o.RequirePagingBoundaries) = (Connections.LargestSize, Connections.DefaultSize, false, false))
            .ModifyCostOptions(o => (o.MaxFieldCost, o.MaxTypeCost, o.DefaultResolverCost) = (5000, 5000, 1))
            .ModifyRequestOptions(o => (o.IncludeExceptionDetails, o.ExecutionTimeout) = (false, TimeSpan.FromSeconds(10)))
            .DisableIntrospection(!environment.IsDevelopment());
    }
}
