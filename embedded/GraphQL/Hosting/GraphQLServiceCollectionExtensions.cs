using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OnlineSafetyTrust.Embedded.GraphQL.Building;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Hosting;
using OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

namespace OnlineSafetyTrust.Embedded.GraphQL;

public static class GraphQLServiceCollectionExtensions
{
    /// <summary>One schema per host; called again it continues the same one.</summary>
    public static IRequestExecutorBuilder AddGraphQLServer(this IServiceCollection services)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(Registrations))?.ImplementationInstance is Registrations known)
        {
            return new RequestExecutorBuilder(services, known);
        }

        var registrations = new Registrations();
        services.AddSingleton(registrations);
        services.AddSingleton(provider => new Engine(registrations, provider));
        services.AddSingleton<IDocumentInspector>(provider => provider.GetRequiredService<Engine>());
        services.AddSingleton<SubscriptionGroups>();
        services.AddSingleton<IRequestExecutor, RequestExecutor>();
        services.AddSingleton<IRequestExecutorResolver, RequestExecutorResolver>();
        return new RequestExecutorBuilder(services, registrations);
    }

    public static IRequestExecutorBuilder AddQueryType(this IRequestExecutorBuilder builder) => builder.With(r => r.Query = true);

    public static IRequestExecutorBuilder AddMutationType(this IRequestExecutorBuilder builder) => builder.With(r => r.Mutation = true);

    public static IRequestExecutorBuilder AddSubscriptionType(this IRequestExecutorBuilder builder) => builder.With(r => r.Subscription = true);

    /// <summary>Adds the fields of a class with [ExtendObjectType].</summary>
    public static IRequestExecutorBuilder AddTypeExtension<T>(this IRequestExecutorBuilder builder) => builder.AddTypeExtension(typeof(T));

    public static IRequestExecutorBuilder AddTypeExtension(this IRequestExecutorBuilder builder, Type typeExtension) =>
        builder.With(r => r.Extensions.Add(typeExtension));

    /// <summary>Adds a type that no field leads to, such as an implementation of an interface.</summary>
    public static IRequestExecutorBuilder AddType<T>(this IRequestExecutorBuilder builder) => builder.AddType(typeof(T));

    public static IRequestExecutorBuilder AddType(this IRequestExecutorBuilder builder, Type type) =>
        builder.With(r => (type.IsDefined(typeof(ExtendObjectTypeAttribute), false) ? r.Extensions : r.Types).Add(type));

    /// <summary>
    /// Properties with the attribute carry the directive in the schema. Answered ones are told to the request's
    /// <see cref="IMarkedFieldObserver"/>; when one fails, or a field that takes marked input, its exception comes to the error filters
    /// as <see cref="MarkedFieldException"/>.
    /// </summary>
    public static IRequestExecutorBuilder AddFieldMark<TAttribute>(this IRequestExecutorBuilder builder, string directive, string description)
        where TAttribute : Attribute => builder.With(r => r.Marks.Add(new(typeof(TAttribute), directive, description)));

    /// <summary>The loader is made anew for each operation.</summary>
    public static IRequestExecutorBuilder AddDataLoader<T>(this IRequestExecutorBuilder builder)
        where T : class, IDataLoader => builder;

    public static IRequestExecutorBuilder AddGlobalObjectIdentification(this IRequestExecutorBuilder builder) => builder.With(r => r.GlobalIds = true);

    public static IRequestExecutorBuilder AddAuthorization(this IRequestExecutorBuilder builder)
    {
        builder.Services.AddAuthorization();
        return builder.With(r => r.Authorization = true);
    }

    public static IRequestExecutorBuilder AddErrorFilter<T>(this IRequestExecutorBuilder builder)
        where T : class, IErrorFilter
    {
        builder.Services.AddSingleton<IErrorFilter, T>();
        return builder;
    }

    public static IRequestExecutorBuilder AddErrorFilter(this IRequestExecutorBuilder builder, Func<IError, IError> errorFilter)
    {
        builder.Services.AddSingleton<IErrorFilter>(new FuncErrorFilter(errorFilter));
        return builder;
    }

    public static IRequestExecutorBuilder AddInMemorySubscriptions(this IRequestExecutorBuilder builder)
    {
        builder.Services.TryAddSingleton<InMemoryTopics>();
        builder.Services.TryAddSingleton<ITopicEventSender>(p => p.GetRequiredService<InMemoryTopics>());
        builder.Services.TryAddSingleton<ITopicEventReceiver>(p => p.GetRequiredService<InMemoryTopics>());
        return builder;
    }

    /// <summary>Who decides about connections over WebSocket; without one, all are accepted.</summary>
    public static IRequestExecutorBuilder AddSocketSessionInterceptor<T>(this IRequestExecutorBuilder builder)
        where T : DefaultSocketSessionInterceptor
    {
        builder.Services.AddSingleton<DefaultSocketSessionInterceptor, T>();
        return builder;
    }

    /// <param name="builder">The builder.</param>
    /// <param name="maxAllowedExecutionDepth">Fields below each other.</param>
    /// <param name="skipIntrospectionFields">Introspection is never counted here: it has a limit of its own.</param>
    public static IRequestExecutorBuilder AddMaxExecutionDepthRule(
        this IRequestExecutorBuilder builder, int maxAllowedExecutionDepth, bool skipIntrospectionFields = false) =>
        builder.With(r => r.MaxDepth = maxAllowedExecutionDepth);

    public static IRequestExecutorBuilder ModifyPagingOptions(this IRequestExecutorBuilder builder, Action<PagingOptions> configure) =>
        builder.With(r => configure(r.Paging));

    public static IRequestExecutorBuilder ModifyRequestOptions(this IRequestExecutorBuilder builder, Action<RequestExecutorOptions> configure) =>
        builder.With(r => configure(r.Request));

    public static IRequestExecutorBuilder ModifyCostOptions(this IRequestExecutorBuilder builder, Action<CostOptions> configure) =>
        builder.With(r => configure(r.Cost));

    /// <summary>Introspection is off until this is called with false.</summary>
    public static IRequestExecutorBuilder DisableIntrospection(this IRequestExecutorBuilder builder, bool disable = true) =>
        builder.With(r => r.IntrospectionDisabled = disable);

    /// <summary>Requests may name a stored document (<c>documentId</c>); needs an <see cref="IOperationDocumentStorage"/>.</summary>
    public static IRequestExecutorBuilder UsePersistedOperationPipeline(this IRequestExecutorBuilder builder) =>
        builder.With(r => r.PersistedOperations = true);

    public static IRequestExecutorBuilder AddInMemoryOperationDocumentStorage(this IRequestExecutorBuilder builder)
    {
        builder.Services.TryAddSingleton<IOperationDocumentStorage, InMemoryOperationDocumentStorage>();
        return builder;
    }

    private static IRequestExecutorBuilder With(this IRequestExecutorBuilder builder, Action<Registrations> change)
    {
        change(((RequestExecutorBuilder)builder).Registrations);
        return builder;
    }

    private sealed class FuncErrorFilter(Func<IError, IError> filter) : IErrorFilter
    {
        public IError OnError(IError error) => filter(error);
    }
}
