using System.Diagnostics;

namespace OnlineSafetyTrust.Bench.Measuring;

/// <summary>What was done in one stretch of time.</summary>
internal sealed record Window(int Done, TimeSpan Took, TimeSpan Processor, long[] LatencyTicks)
{
    public double PerSecond => Done / Took.TotalSeconds;

    public double ProcessorMilliseconds => Processor.TotalMilliseconds / Math.Max(1, Done);

    public double Median => Percentile(0.5);

    public double Percentile(double p) =>
        LatencyTicks.Length == 0 ? double.NaN : Stopwatch.GetElapsedTime(0, LatencyTicks[(int)Math.Min(LatencyTicks.Length - 1, p * LatencyTicks.Length)]).TotalMilliseconds;

    /// <summary>Until the compiler has done its work: windows of two seconds, until three in a row were no faster than the best before them.</summary>
    public static async Task WarmUpAsync(int clients, TimeSpan atMost, Func<int, Task> one)
    {
        var (started, best, flat) = (Stopwatch.GetTimestamp(), 0.0, 0);
        while (flat < 3 && Stopwatch.GetElapsedTime(started) < atMost)
        {
            var window = await RunAsync(clients, TimeSpan.FromSeconds(2), () => TimeSpan.Zero, one);
            flat = window.PerSecond > best * 1.03 ? 0 : flat + 1;
            best = Math.Max(best, window.PerSecond);
        }
    }

    /// <summary>Several clients, each doing the next thing when the one before is done.</summary>
    /// <param name="processor">Processor time used so far by whatever is measured.</param>
    public static async Task<Window> RunAsync(int clients, TimeSpan length, Func<TimeSpan> processor, Func<int, Task> one)
    {
        var latencies = new List<long>[clients];
        var (before, started) = (processor(), Stopwatch.GetTimestamp());
        var end = started + (long)(length.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var mine = latencies[client] = [];
            for (var now = Stopwatch.GetTimestamp(); now < end;)
            {
                await one(client);
                var then = Stopwatch.GetTimestamp();
                mine.Add(then - now);
                now = then;
            }
        })));
        var took = Stopwatch.GetElapsedTime(started);
        long[] all = [.. latencies.SelectMany(l => l).Order()];
        return new Window(all.Length, took, processor() - before, all);
    }
}

/// <summary>One contender's windows; figures are medians over them, with the lowest and the highest.</summary>
internal sealed class Contender
{
    private readonly List<Window> _all = [];

    public void Add(Window window) => _all.Add(window);

    public double PerSecond => Middle(w => w.PerSecond);

    public double Median => Middle(w => w.Median);

    public double P99 => Middle(w => w.Percentile(0.99));

    public double ProcessorMilliseconds => Middle(w => w.ProcessorMilliseconds);

    public string Rate => $"{PerSecond:N0}/s ({_all.Min(w => w.PerSecond):N0}–{_all.Max(w => w.PerSecond):N0})";

    public string Latency => $"{Median:0.00} ms, p99 {P99:0.0} ms";

    private double Middle(Func<Window, double> of) => _all.Select(of).Order().ElementAt(_all.Count / 2);
}
