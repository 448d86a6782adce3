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
    public static async Task<int> VerifyAsync(string data, CancellationToken ct)
    {
        await using var services = await OpenAsync(data, ct);
        var report = await services.GetRequiredService<StoreFolds>().VerifyAsync(ct);
        foreach (var problem in report.Problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine($"{report.Events} events in {report.Streams} streams, {report.ViewRows} view rows, {report.DueRows} deadlines: {(report.Ok ? "no problem found" : $"{report.ProblemCount} problems")}.");
        return report.Ok ? 0 : 1;
    }

    public static async Task<int> RebuildAsync(string data, CancellationToken ct)
    {
        await using var services = await OpenAsync(data, ct);
        var models = services.GetRequiredService<StreamModels>();
        var folds = services.GetRequiredService<StoreFolds>();
        await AnsiConsole.Progress().StartAsync(async context =>
        {
            foreach (var table in models.Tables)
            {
                var task = context.AddTask(table.Name);
                task.IsIndeterminate = true;
                var progress = new Progress<RebuildProgress>(p => task.Description = $"{table.Name}: {p.StreamsRead} streams");
                await folds.RebuildAsync(table, progress, ct);
                (task.IsIndeterminate, task.Value) = (false, task.MaxValue);
            }
        });
        return 0;
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

    private static async Task<ServiceProvider> OpenAsync(string data, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(System.IO.Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        var models = new StreamModels();
        var services = new ServiceCollection().AddLogging().AddSingleton(models).AddSingleton<StoreFolds>().AddMetrics()
            .AddOnlineSafetyTrustStorage(new HostSettings("", data, false).Store(configuration), models.Tables)
            .BuildServiceProvider();
        await services.GetRequiredService<IStoreStarter>().StartAsync(ct);
        return services;
    }
}
