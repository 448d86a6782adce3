using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Puts a silo into a host. The name is Orleans', so that hosts read the same on both stacks.</summary>
public static class OrleansHosting
{
    public static IHostApplicationBuilder UseOrleans(
        this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostBuilder);
        return hostBuilder.ConfigureServices((context, services) => Add(services, context.Configuration, configureDelegate));
    }

    public static IHostBuilder UseOrleans(
        this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostBuilder);
        return hostBuilder.ConfigureServices((context, services) =>
            Add(services, context.Configuration, silo => configureDelegate(context, silo)));
    }

    private static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        // A host may be configured in several places; the silo is added by the first.
        if (services.All(service => service.ServiceType != typeof(Silo)))
        {
            AddSilo(services);
        }

        configure(new HostedBuilder(services, configuration));
    }

    private static void AddSilo(IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiloLink>();
        services.AddSingleton(new SingletonServices(services));
        services.AddSingleton<Silo>();
        services.AddSingleton<IdleCollector>();
        services.AddSingleton<Reminders>();
        services.AddSingleton<ReminderPump>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Silo>().Factory);
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Silo>().Factory);
        services.AddHostedService<SiloLifetime>();
    }
}
