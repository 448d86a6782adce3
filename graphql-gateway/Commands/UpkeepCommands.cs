using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Upkeep;
using Spectre.Console;

namespace OnlineSafetyTrust.Gateway.Commands;

internal static class UpkeepCommands
{
    /// <returns>1 when there are problems.</returns>
    public static async Task<int> VerifyAsync(string data, TextWriter output, CancellationToken ct)
    {
        await using var services = await FindAsync(data, ct);
        await services.GetRequiredService<IStoreStarter>().OpenToReadAsync(ct);
        var report = await services.GetRequiredService<StoreFolds>().VerifyAsync(ct);
        foreach (var problem in report.Problems)
        {
            await output.WriteLineAsync(problem);
        }

        if (report.NotCompared is { } notCompared)
        {
            await output.WriteLineAsync(notCompared);
        }

        var (rows, deadlines, counters, lookups, snapshots) = report.Derived;
        await output.WriteLineAsync(
            $"{report.Events} events in {report.Streams} streams, {rows} view rows, {deadlines} deadlines, {counters} counters, {lookups} look-ups, {snapshots} snapshots: "
            + $"{(report.Ok ? "no problem found" : $"{report.ProblemCount} problems")}{(report.NotCompared is null ? "" : " in what was compared")}.");
        return report.Ok ? 0 : 1;
    }

    /// <returns>1 when something could not be rebuilt.</returns>
    public static async Task<int> RebuildAsync(string data, TextWriter output, CancellationToken ct)
    {
        await using var services = await OpenAsync(data, ct);
        var models = services.GetRequiredService<StreamModels>();
        var folds = services.GetRequiredService<StoreFolds>();
        await using var alone = await folds.AloneAsync(ct);
        var (deadlines, rest) = await AnsiConsole.Progress().StartAsync(async context =>
        {
            foreach (var table in models.Tables)
            {
                await ShowAsync(context, table.Name, async progress =>
                {
                    await folds.RebuildAsync(table, progress, ct);
                    return true;
                });
            }

            return (await ShowAsync(context, "deadlines", progress => folds.RebuildDueAsync(progress, ct)),
                await ShowAsync(context, "counters, look-ups, snapshots, outbox", progress => folds.RebuildRestAsync(progress, ct)));
        });
        await output.WriteLineAsync($"Views are built. Put right: {deadlines} deadlines, {rest.Counters} counters, {rest.Lookups} look-ups, {rest.Lines} lines of the outbox; {rest.Snapshots} snapshots discarded.");
        if (rest.Snapshots > 0)
        {
            await output.WriteLineAsync("If the product is running, restart it: a record that it has open may have begun with such a snapshot.");
        }

        foreach (var (stream, failure) in folds.Damaged)
        {
            await output.WriteLineAsync($"The events of {stream} cannot be read ({failure}): its rows and deadlines, and its school's counters, are as they were. Keep a copy of the store as it is, restore the newest backup that verifies, run './dev rebuild' again.");
        }

        return folds.Damaged.Count == 0 ? 0 : 1;
    }

    /// <returns>1 while messages are dead or wait where nobody looks.</returns>
    public static async Task<int> OutboxAsync(string data, bool retryDead, TextWriter output, CancellationToken ct)
    {
        const int Shown = 100;
        await using var services = await OpenAsync(data, ct);
        var (upkeep, outbox) = (services.GetRequiredService<StoreUpkeep>(), services.GetRequiredService<IOutboxStore>());
        if (retryDead)
        {
            await output.WriteLineAsync($"{await upkeep.RetryDeadAsync()} messages were put back.");
            if (await outbox.RestoreLinesAsync(ct) is > 0 and var restored)
            {
                await output.WriteLineAsync($"{restored} destinations without a line are delivered to again.");
            }
        }

        foreach (var line in await outbox.FailingAsync(Shown, ct))
        {
            await output.WriteLineAsync(
                $"'{line.Kind}' to {line.Destination}: failing{(line.Since is { } since ? $" since {since:u}" : "")}, {line.Attempts} attempts, last error {line.Error}, next try {line.NextTry:u}");
        }

        var stuck = await outbox.WithoutLineAsync(Shown, ct);
        foreach (var line in stuck)
        {
            await output.WriteLineAsync($"{line.Count} messages to {line.Destination} (from position {line.FirstPosition}) have no line in outbox_lines and will never be delivered: './dev outbox --retry-dead' gives them one.");
        }

        foreach (var dead in await upkeep.DeadMessagesAsync(Shown, ct))
        {
            await output.WriteLineAsync($"{dead.Id} '{dead.Kind}' to {dead.Destination}: dead after attempt {dead.Attempts}: {dead.Error}");
        }

        var counts = await outbox.CountAsync(DateTimeOffset.UtcNow, ct);
        await output.WriteLineAsync($"Destinations: {counts.Ready} ready, {counts.Leased} on their way, {counts.BackingOff} backing off. Dead messages: {counts.Dead}{(counts.Dead > Shown ? $", the newest {Shown} shown" : "")}.");
        return counts.Dead == 0 && stuck.Count == 0 ? 0 : 1;
    }

    private static async Task<T> ShowAsync<T>(ProgressContext context, string name, Func<IProgress<RebuildProgress>, Task<T>> run)
    {
        var task = context.AddTask(name);
        var result = await run(new Progress<RebuildProgress>(p => (task.MaxValue, task.Value) = (Math.Max(p.Streams, p.StreamsRead), p.StreamsRead)));
        task.Value = task.MaxValue;
        return result;
    }

    /// <summary>The store alone, without grains and pumps; the product may run beside it.</summary>
    private static async Task<ServiceProvider> OpenAsync(string data, CancellationToken ct)
    {
        var services = await FindAsync(data, ct);
        await services.GetRequiredService<IStoreStarter>().StartAsync(ct);
        return services;
    }

    /// <summary>The store that is there, not opened yet.</summary>
    internal static async Task<ServiceProvider> FindAsync(string data, CancellationToken ct)
    {
        var options = new HostSettings("", data, false).Store(HostSettings.OperatorBuilder().Configuration);
        await ExistingStore.RequireAsync(options, ct);
        var models = new StreamModels();
        return new ServiceCollection().AddLogging().AddSingleton(models).AddSingleton<StoreFolds>().AddMetrics()
            .AddOnlineSafetyTrustStorage(options, models.Tables)
            .BuildServiceProvider();
    }
}
