using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OnlineSafetyTrust.Silo.Hosting;

/// <summary>The silo inside this process; reminders and process state in the product's own database.</summary>
internal static class Stack
{
    /// <summary>The store belongs to this process alone.</summary>
    public static bool IsAlone => true;

    public static void UseSilo(IHostApplicationBuilder builder) =>
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.Services.AddSingleton<IReminderTable, StoredReminders>();
            silo.Services.AddSingleton<IGrainStateTable, StoredGrainState>();
            silo.AddTableGrainStorage("process");
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(10));
        });
}
