using System.Text.Json;

namespace OnlineSafetyTrust.Storage.Tests;

/// <summary>The process that crash tests kill: appends without end and prints each stream once it is acknowledged.</summary>
public static class CrashingChild
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["append", var options])
        {
            return 64;
        }

        await using var store = await TestStore.OpenAsync(JsonSerializer.Deserialize<StoreOptions>(options)!);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var key = Samples.NewStream();
                await store.Journal.AppendAsync(Samples.Note(store.Keyring, key, 0, "title", "text"));
                Console.WriteLine(key);
            }
        })));
        return 0;
    }
}
