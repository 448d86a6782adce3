using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>A silo of a cluster: membership, reminders and process state in PostgreSQL through Orleans' AdoNet providers.</summary>
internal static class Stack
{
    /// <summary>Other silos work on the same store.</summary>
    public static bool IsAlone => false;

    private const string Invariant = "Npgsql";

    public static void UseSilo(IHostApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString("Cluster")
            ?? throw new InvalidOperationException("Set ConnectionStrings:Cluster to the PostgreSQL database of the cluster, with Maximum Pool Size.");
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("onlinesafetytrust", "onlinesafetytrust"));
            silo.ConfigureEndpoints(siloPort: builder.Configuration.GetValue("Cluster:SiloPort", 11111), gatewayPort: builder.Configuration.GetValue("Cluster:GatewayPort", 30000));
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.AddAdoNetGrainStorage("process", options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(10));
            // A dead silo is voted out in under two seconds instead of ten: callers wait that long.
            silo.Configure<ClusterMembershipOptions>(options =>
                (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(1), 2, 1));
        });
    }
}
