using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Embedded.Grains.TestingHost;

/// <summary>A silo and a client in the test's process; references live on when the silo is restarted.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly SiloLink _link = new();
    private InProcessSiloHandle? _silo;
    private IHost? _client;

    public InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    public InProcessTestClusterOptions Options { get; }

    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silo is null ? [] : new([_silo]);

    public IClusterClient Client => _client?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The cluster was not deployed or has been stopped.");

    public IServiceProvider GetSiloServiceProvider() =>
        _silo?.ServiceProvider ?? throw new InvalidOperationException("No silo runs.");

    public async Task DeployAsync()
    {
        if (_silo is not null)
        {
            throw new InvalidOperationException("Cluster host already deployed.");
        }

        _silo = await StartSiloAsync(0);
        if (Options.InitializeClientOnDeploy)
        {
            await InitializeClientAsync();
        }
    }

    public async Task InitializeClientAsync()
    {
        var builder = NewHost("TestClusterClient");
        Options.ClientHostConfigurationDelegates.ForEach(configure => configure(builder));
        builder.Services.AddSingleton<IClusterClient>(provider => new GrainFactory(_link, provider));
        builder.Services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
        _client = builder.Build();
        await _client.StartAsync();
    }

    public async Task StopClusterClientAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
        {
            await client.StopAsync();
            client.Dispose();
        }
    }

    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        if (_silo is { } silo)
        {
            await StopSiloAsync(silo);
        }
    }

    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await instance.SiloHost.StopAsync();
        await KillSiloAsync(instance);
    }

    /// <summary>Ends the silo without deactivating its grains.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        instance.IsActive = false;
        instance.SiloHost.Dispose();
        Interlocked.CompareExchange(ref _silo, null, instance);
        return Task.CompletedTask;
    }

    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await StopSiloAsync(instance);
        return _silo = await StartSiloAsync(instance.InstanceNumber);
    }

    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync() => _silo is null
        ? _silo = await StartSiloAsync(0)
        : throw new NotSupportedException("The embedded host has one silo.");

    public void Dispose()
    {
        _client?.Dispose();
        _silo?.SiloHost.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAllSilosAsync();

    private static HostApplicationBuilder NewHost(string name) => Host.CreateApplicationBuilder(
        new HostApplicationBuilderSettings
        {
            ApplicationName = name,
            EnvironmentName = Environments.Development,
            DisableDefaults = true,
        });

    private async Task<InProcessSiloHandle> StartSiloAsync(short instanceNumber)
    {
        var name = $"Silo_{instanceNumber}";
        var builder = NewHost(name);
        builder.Services.AddSingleton(_link);
        foreach (var configure in Options.SiloHostConfigurationDelegates)
        {
            configure(new InProcessTestSiloSpecificOptions { SiloName = name }, builder);
        }

        builder.UseOrleans(silo => silo.Configure<ClusterOptions>(cluster =>
            (cluster.ClusterId, cluster.ServiceId) = (Options.ClusterId, Options.ServiceId)));
        var host = builder.Build();
        await host.StartAsync();
        return new InProcessSiloHandle { Name = name, SiloHost = host, InstanceNumber = instanceNumber };
    }
}

/// <summary>A running silo of a test cluster.</summary>
public sealed class InProcessSiloHandle
{
    public required string Name { get; init; }

    public required IHost SiloHost { get; init; }

    public short InstanceNumber { get; init; }

    public bool IsActive { get; internal set; } = true;

    public IServiceProvider ServiceProvider => SiloHost.Services;
}
