using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>Wraps every key with a new master key. The records are not touched; copies of the key store made before need the old one.</summary>
internal static class RotateKeyCommand
{
    /// <param name="to">Made when it is not there.</param>
    public static async Task<int> RunAsync(string data, FileInfo to, CancellationToken ct)
    {
        using var alone = DataLock.Take(data);
        var configuration = new ConfigurationBuilder().AddJsonFile(System.IO.Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        var options = new HostSettings("", data, false).Store(configuration);
        await using var services = new ServiceCollection().AddLogging().AddMetrics().AddOnlineSafetyTrustStorage(options, new StreamModels().Tables).BuildServiceProvider();
        await services.GetRequiredService<IStoreStarter>().StartAsync(ct);
        if (!to.Exists)
        {
            StoreUpkeep.CreateMasterKey(to.FullName);
        }

        var wrapped = await services.GetRequiredService<StoreUpkeep>().RotateMasterKeyAsync(to.FullName);
        Console.WriteLine($"{wrapped} keys are wrapped with {to.FullName}. Before the next start put it where the master key is read from; keep the old one apart for as long as copies of the key store from before today are kept.");
        return 0;
    }
}
