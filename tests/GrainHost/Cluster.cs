using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GrainHost.Tests;

/// <summary>Starts a silo for one test, with its clock.</summary>
internal static class Cluster
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<InProcessTestCluster> StartAsync(Action<ISiloBuilder>? configure = null, TimeProvider? clock = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("memory");
            silo.UseInMemoryReminderService();
            if (clock is not null)
            {
                silo.Services.AddSingleton(clock);
            }

            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    public static T Grain<T>(this InProcessTestCluster cluster, string key) where T : IGrainWithStringKey =>
        cluster.Client.GetGrain<T>(key);

    public static string NewKey() => Guid.NewGuid().ToString("N");
}
