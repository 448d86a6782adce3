using OnlineSafetyTrust.Roster;
using Spectre.Console;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <param name="Urn">Of the school.</param>
/// <param name="ConfirmedLeavers">Exactly so many pupils may leave.</param>
/// <param name="MostLeavingPercent">Share of the roll that may leave without that.</param>
/// <param name="Same"><c>SOURCE-ID=PUPIL-ID</c>: the row is this pupil.</param>
/// <param name="Fresh"><c>SOURCE-ID</c>: the row is a new pupil.</param>
internal sealed record RosterArguments(
    FileInfo File, string Urn, bool DryRun, int? ConfirmedLeavers, int MostLeavingPercent, IReadOnlyList<string> Same, IReadOnlyList<string> Fresh);

internal static class ImportRosterCommand
{
    public static async Task<int> RunAsync(string data, RosterArguments arguments, CancellationToken ct)
    {
        if (!arguments.File.Exists)
        {
            return OperatorHost.Failed($"There is no file {arguments.File.Name}. Check the name.");
        }

        var decisions = RosterDecisions.Parse(arguments.Same, arguments.Fresh);
        if (!decisions.Ok)
        {
            return OperatorHost.Failed(decisions.Errors);
        }

        await using var stream = arguments.File.OpenRead();
        var bundle = RosterReader.Read(stream);
        if (!bundle.Ok)
        {
            return OperatorHost.Failed(bundle.Errors);
        }

        await using var host = await OperatorHost.StartAsync(data, mayFound: false, ct);
        if (await host.Current.FindSchoolAsync(arguments.Urn, ct) is not { } school)
        {
            return OperatorHost.Failed($"There is no school with the URN {arguments.Urn} here. './dev import schools' founds schools.");
        }

        var options = new RosterOptions(host.Today, arguments.MostLeavingPercent, arguments.ConfirmedLeavers, decisions.Value);
        var plan = RosterPlan.Compute(bundle.Value, await host.Current.ReadAsync(school, ct), options);
        if (!plan.Ok)
        {
            return OperatorHost.Failed(plan.Errors);
        }

        Console.WriteLine(plan.Value);
        if (arguments.DryRun || plan.Value.ChangesNothing)
        {
            Console.WriteLine(arguments.DryRun ? "Dry run: nothing was changed." : "Nothing to change.");
            return 0;
        }

        var report = await WithProgressAsync(progress => RosterImport.RunAsync(host.Grains, school, plan.Value, id => OperatorHost.Context(school, "roster", id), progress, ct));
        await host.DeliverAsync(ct);
        Console.WriteLine(report);
        return report.Refused.Count == 0 ? 0 : 1;
    }

    private static Task<RosterReport> WithProgressAsync(Func<IProgress<RosterProgress>, Task<RosterReport>> run) =>
        AnsiConsole.Progress().StartAsync(context =>
        {
            var tasks = new System.Collections.Concurrent.ConcurrentDictionary<string, ProgressTask>();
            return run(new Progress<RosterProgress>(p =>
            {
                var task = tasks.GetOrAdd(p.Step, step => context.AddTask(step, maxValue: p.Total));
                task.Value = Math.Max(task.Value, p.Done);
            }));
        });
}
