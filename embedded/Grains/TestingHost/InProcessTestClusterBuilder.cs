using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Embedded.Grains.TestingHost;

/// <summary>Builds a cluster for tests; the embedded one has exactly one silo.</summary>
public sealed class InProcessTestClusterBuilder
{
    public InProcessTestClusterBuilder() : this(1)
    {
    }

    public InProcessTestClusterBuilder(short initialSilosCount) =>
        Options = new InProcessTestClusterOptions { InitialSilosCount = initialSilosCount };

    public InProcessTestClusterOptions Options { get; }

    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((_, host) => configureDelegate(host));
        Options.ClientHostConfigurationDelegates.Add(configureDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSiloHost(
        Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(
            host => configureClientDelegate(new HostedBuilder(host.Services, host.Configuration)));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    /// <exception cref="NotSupportedException">More than one silo: tests of several are for Orleans.</exception>
    public InProcessTestCluster Build() => Options.InitialSilosCount == 1
        ? new InProcessTestCluster(Options)
        : throw new NotSupportedException("The embedded host has one silo; set Options.InitialSilosCount to 1.");
}

/// <summary>What a test cluster is built from.</summary>
public sealed class InProcessTestClusterOptions
{
    public string ClusterId { get; set; } = $"testcluster-{Guid.NewGuid():N}";

    public string ServiceId { get; set; } = Guid.NewGuid().ToString("N");

    public short InitialSilosCount { get; set; } = 1;

    public bool InitializeClientOnDeploy { get; set; } = true;

    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What is particular to one silo.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; set; } = "";
}
