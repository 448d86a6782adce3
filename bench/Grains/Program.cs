using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OnlineSafetyTrust.Bench.Grains;

const int Callers = 32;
const int Grains = 1000;
const int Births = 100_000;
var note = new Note("A. Teacher", 7, DateTimeOffset.UnixEpoch);
var page = new Page("Log", ["one", "two", "three"]);

var builder = Host.CreateApplicationBuilder();
builder.UseOrleans(silo => silo.UseLocalhostClustering());
using var host = builder.Build();
await host.StartAsync();
var factory = host.Services.GetRequiredService<IGrainFactory>();
var grains = Enumerable.Range(0, Grains).Select(i => factory.GetGrain<IBenchGrain>($"g{i}")).ToArray();

for (var round = 0; round < 3; round++)
{
    await CallsAsync("empty calls", grain => grain.Nothing());
    await CallsAsync("record each way", grain => grain.Echo(note));
    await CallsAsync("record with a list", grain => grain.Turn(page));
}

await BirthsAsync();
await host.StopAsync();

async Task CallsAsync(string what, Func<IBenchGrain, Task> call)
{
    var time = TimeSpan.FromSeconds(2);
    var clock = Stopwatch.StartNew();
    var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
    {
        var count = 0;
        for (var i = caller * 31; clock.Elapsed < time; i++, count++)
        {
            await call(grains[i % Grains]);
        }

        return count;
    })));
    Print(what, $"{counts.Sum() / clock.Elapsed.TotalSeconds:N0} a second");
}

async Task BirthsAsync()
{
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var clock = Stopwatch.StartNew();
    await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
    {
        for (var i = caller; i < Births; i += Callers)
        {
            await factory.GetGrain<IBenchGrain>($"born-{i}").Nothing();
        }
    })));
    var took = clock.Elapsed;
    var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
    Print($"{Births:N0} activations", $"{took.TotalSeconds:N2} s, {bytes / Births:N0} bytes each");
}

static void Print(string what, string result) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24}{result}"));
