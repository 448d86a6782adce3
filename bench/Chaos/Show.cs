using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using Spectre.Console;

namespace OnlineSafetyTrust.Chaos;

/// <summary>A run on the terminal: a progress bar, and at the end what was found out.</summary>
internal static class Show
{
    public static async Task<bool> RunAsync(ChaosPlan plan, CancellationToken ct)
    {
        using var store = StoreUnderTest.Create(plan.Database);
        using var run = await ChaosRun.StartAsync(plan, store);
        var reports = new List<RoundReport>();
        try
        {
            await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
            {
                var bar = context.AddTask($"{plan.Database}, seed {plan.Seed}", maxValue: plan.Rounds);
                for (var round = 1; round <= plan.Rounds; round++)
                {
                    ct.ThrowIfCancellationRequested();
                    reports.Add(await run.RoundAsync(round));
                    bar.Description = $"{plan.Database}, seed {plan.Seed}: {run.Acknowledged} commands";
                    bar.Increment(1);
                }
            });
        }
        catch (Exception e) when (e is ChaosException or InvalidOperationException)
        {
            Console.WriteLine($"FAILED after {reports.Count} rounds, seed {plan.Seed}: {e.Message}");
            return false;
        }

        Summarize(plan, run, reports);
        return true;
    }

    private static void Summarize(ChaosPlan plan, ChaosRun run, List<RoundReport> reports)
    {
        Console.WriteLine($"{plan.Database}, seed {plan.Seed}: {reports.Count} rounds ({string.Join(", ", reports.GroupBy(r => r.What).Select(g => $"{g.Count()} × {g.Key}"))})");
        Console.WriteLine($"  {run.Acknowledged} commands acknowledged and found exactly once; {reports.Sum(r => r.Retried)} of them were left open by a kill and repeated");
        Console.WriteLine($"  {string.Join(", ", run.ByMutation.Select(m => $"{m.Value} {m.Key}"))}");
        Console.WriteLine($"  {Restart.Summary([.. reports.Select(r => r.Restart).OfType<Restart>()])}");
        Console.WriteLine($"  no failure in {reports.Count} kills bounds the true rate at {3.0 / reports.Count:0.####} per kill with 95 % confidence");
    }
}
