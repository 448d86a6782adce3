using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>Wraps every key with a new master key. The records are not touched; copies of the key store made before need the old one.</summary>
internal static class RotateKeyCommand
{
    /// <param name="to">Made when it is not there.</param>
    public static async Task<int> RunAsync(string data, FileInfo to, CancellationToken ct)
    {
        await using var services = await UpkeepCommands.FindAsync(data, ct);
        using var alone = DataLock.Take(data);
        if (!to.Exists)
        {
            StoreUpkeep.CreateMasterKey(to.FullName);
        }

        var (wrapped, damaged) = await services.GetRequiredService<StoreUpkeep>().RotateMasterKeyAsync(to.FullName);
        Console.WriteLine($"{wrapped} keys are wrapped with {to.FullName}. Before the next start put it where the master key is read from; keep the old one apart for as long as copies of the key store from before today are kept.");
        if (damaged > 0)
        {
            Console.WriteLine($"{damaged} keys did not open before and do not now: './dev verify' says whose they are.");
        }

        return 0;
    }
}
