using System.Diagnostics;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>The first call to a record after a start: one of 10 events against one of 10,000, the latter at its worst, just before its next snapshot.</summary>
internal static class ColdActivation
{
    private const int Few = 10;
    private const int Pairs = 3;
    private const int Starts = 4;

    public static async Task RunAsync(Settings settings)
    {
        var many = settings.Short ? 1_099 : 10_099;
        Table.Title($"Cold activation of a pupil's record with {Few} and {many:N0} events");
        foreach (var database in (Database[])[Database.Sqlite, Database.PostgreSql])
        {
            using var store = StoreUnderTest.Create(database);
            var ground = await Founding.FoundAsync(store, (2 * Pairs) + 4);
            await GrowAsync(store, ground, many);
            var (few, often) = (new List<double>(), new List<double>());
            for (var start = 0; start < Starts; start++)
            {
                await MeasureAsync(store, ground, few, often);
            }

            var (a, b) = (few.Order().ElementAt(few.Count / 2), often.Order().ElementAt(often.Count / 2));
            Table.Line($"{database}", $"{Few} events {a:0.00} ms ({few.Min():0.00}–{few.Max():0.00}), {many:N0} events {b:0.00} ms ({often.Min():0.00}–{often.Max():0.00}), {few.Count} samples each");
            Table.Verdict($"ratio {b / a:0.00} (at most 3)", b / a <= 3);
        }
    }

    private static async Task GrowAsync(StoreUnderTest store, Ground ground, int many)
    {
        await using var app = await InProcess.StartAsync(store);
        await Task.WhenAll(ground.Pupils.Take(2 * Pairs).Select((pupil, i) => Task.Run(async () =>
        {
            var grain = app.Grains().GetGrain<IPupilGrain>(PupilKey.Of(ground.School, pupil).ToString());
            for (var version = 2; version <= (i < Pairs ? Few : many); version++)
            {
                await InProcess.DoneAsync(grain.UpdateAsync(InProcess.System(ground.School) with { CommandId = null }, new UpdatePupil(ClassName: new Change<string>($"7-{version}"))));
            }
        })));
        await app.StopAsync();
    }

    private static async Task MeasureAsync(StoreUnderTest store, Ground ground, List<double> few, List<double> many)
    {
        await using var app = await InProcess.StartAsync(store);
        // The way to a record is compiled on others first.
        foreach (var warm in ground.Pupils.Skip(2 * Pairs))
        {
            await TimeAsync(app.Grains(), ground, warm);
        }

        for (var i = 0; i < Pairs; i++)
        {
            few.Add(await TimeAsync(app.Grains(), ground, ground.Pupils[i]));
            many.Add(await TimeAsync(app.Grains(), ground, ground.Pupils[Pairs + i]));
        }

        await app.StopAsync();
    }

    private static async Task<double> TimeAsync(IGrainFactory grains, Ground ground, PupilId pupil)
    {
        var started = Stopwatch.GetTimestamp();
        var facts = await grains.GetGrain<IPupilGrain>(PupilKey.Of(ground.School, pupil).ToString()).GetFactsAsync(0);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return facts?.Pupil == pupil ? took : throw new InvalidOperationException("Another pupil answered.");
    }
}
