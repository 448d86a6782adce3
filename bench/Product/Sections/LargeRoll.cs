using System.Diagnostics;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>Memory and start-up with 100,000 pupils, against a store with 100.</summary>
internal static class LargeRoll
{
    private const string FirstPage = "{ pupils(first: 20) { nodes { id name } } }";

    public static async Task RunAsync(Settings settings)
    {
        Table.Title("Start-up and memory with many pupils (SQLite)");
        foreach (var pupils in (int[])[100, settings.Short ? 10_000 : 100_000])
        {
            using var store = StoreUnderTest.Create(Database.Sqlite);
            var filling = Stopwatch.GetTimestamp();
            var ground = await Founding.FoundAsync(store, pupils);
            var filled = Stopwatch.GetElapsedTime(filling);
            using var gateway = await GatewayProcess.StartAsync(store, GatewayProcess.FreePort());
            using var api = new Api(gateway.Address);
            var before = ProcessorTime.Resident(gateway.Id);
            var first = await PageAsync(api, ground);
            var second = await PageAsync(api, ground);
            Table.Line($"{pupils:N0} pupils", $"ready in {gateway.Start.Took.TotalSeconds:0.00} s, {before:0} MB; first page of names {first:0} ms, then {second:0} ms, {ProcessorTime.Resident(gateway.Id):0} MB (registered at {pupils / filled.TotalSeconds:N0} a second)");
        }
    }

    private static async Task<double> PageAsync(Api api, Ground ground)
    {
        var started = Stopwatch.GetTimestamp();
        var body = await api.QueryAsync(ground.TokenOf(Role.Dsl), FirstPage);
        return body.TryGetProperty("data", out var data) && data.GetProperty("pupils").GetProperty("nodes").GetArrayLength() == 20
            ? Stopwatch.GetElapsedTime(started).TotalMilliseconds
            : throw new InvalidOperationException($"No page of pupils: {body}");
    }
}
