using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>What a silo can be given.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Of no effect: the embedded silo is always alone.</summary>
    public static ISiloBuilder UseLocalhostClustering(this ISiloBuilder builder) => builder;

    public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configureOptions);
        return builder;
    }

    public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(builder.Services);
        return builder;
    }

    public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
        where TImplementation : class, IIncomingGrainCallFilter =>
        builder.ConfigureServices(services => services.AddSingleton<IIncomingGrainCallFilter, TImplementation>());

    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter) =>
        builder.ConfigureServices(services => services.AddSingleton(filter));

    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
        builder.AddTableGrainStorage(name, _ => new InMemoryGrainStateTable());

    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) =>
        builder.AddMemoryGrainStorage(PersistentStates.DefaultStorage);

    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) =>
        builder.ConfigureServices(services => services.TryAddSingleton<IReminderTable, InMemoryReminderTable>());

    /// <summary>Embedded only: durable storage in a table of the product; without a factory, the registered one.</summary>
    public static ISiloBuilder AddTableGrainStorage(
        this ISiloBuilder builder, string name, Func<IServiceProvider, IGrainStateTable>? table = null) =>
        builder.ConfigureServices(services => services.AddKeyedSingleton<IGrainStorage>(
            name, (provider, _) => new TableGrainStorage((table ?? (all => all.GetRequiredService<IGrainStateTable>()))(provider))));
}
