using System.Diagnostics;
using OnlineSafetyTrust.Bench.Bare;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Bench.Sections;

/// <summary>Durable <c>reportIncident</c> through GraphQL, against a bare loop that writes the same rows with the same durability.</summary>
internal static class ReportIncident
{
    private static readonly int[] ClientCounts = [1, 8, 32];

    public static async Task RunAsync(Settings settings)
    {
        var template = await Capture.ReportAsync();
        Table.Title($"reportIncident, durable: GraphQL against a bare loop of the same {template.Rows} rows in {string.Join(", ", template.Statements.Select(s => s.Table).Distinct())}");
        foreach (var database in (Database[])[Database.Sqlite, Database.PostgreSql])
        {
            await RunAsync(settings, template, database);
        }
    }

    private static async Task RunAsync(Settings settings, Template template, Database database)
    {
        using var product = StoreUnderTest.Create(database);
        using var bare = StoreUnderTest.Create(database, product.Server);
        using var mails = new MailSink();
        var ground = await Founding.FoundAsync(product, settings.Pupils);
        await Founding.FoundAsync(bare, 1);
        using var gateway = await GatewayProcess.StartAsync(product, GatewayProcess.FreePort(), mails.Settings);
        using var api = new Api(gateway.Address);
        var (ledger, repertoire) = (new Ledger(), new Repertoire(ground, 1));
        await using var writer = Writer(bare, template);
        using var mercurius = product.Server is null ? null : await Mercurius.StartAsync(product.Server);
        TimeSpan Database() => product.Server is null ? TimeSpan.Zero : ProcessorTime.Of(product.Server);

        await Window.WarmUpAsync(8, settings.Short ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(90), _ => ReportAsync(api, ledger, repertoire));
        foreach (var clients in ClientCounts)
        {
            var (ours, theirs, orientation) = (new Contender(), new Contender(), new Contender());
            for (var turn = 0; turn < settings.Turns; turn++)
            {
                ours.Add(await Window.RunAsync(clients, settings.Window, () => gateway.Processor + Database(), _ => ReportAsync(api, ledger, repertoire)));
                // What follows from reports is the product's own work and must not run into the other's window.
                await Quiet.UntilDrainedAsync(product, TimeSpan.FromMinutes(2));
                theirs.Add(await Window.RunAsync(clients, settings.Window, () => Process.GetCurrentProcess().TotalProcessorTime + Database(), c => writer.WriteAsync(c, template.Next(c))));
                if (mercurius is not null)
                {
                    orientation.Add(await Window.RunAsync(clients, settings.Window, () => mercurius.Processor + Database(), _ => mercurius.ReportAsync()));
                }
            }

            Table.Row($"{database}, {clients} clients: product", ours);
            Table.Row($"{database}, {clients} clients: bare loop", theirs);
            Table.Verdict(clients == 1 ? $"median {ours.Median - theirs.Median:+0.00;-0.00} ms against the bare loop (at most +0.5)" : $"{ours.PerSecond / theirs.PerSecond:0.00} of the bare loop{(clients == 32 ? " (at least 0.6)" : "")}",
                clients == 1 ? ours.Median - theirs.Median <= 0.5 : clients != 32 || ours.PerSecond / theirs.PerSecond >= 0.6);
            if (mercurius is not null)
            {
                Table.Row($"{database}, {clients} clients: Mercurius, one plain insert", orientation);
            }
        }

        var problems = await StoreCheck.RunAsync(product, ledger);
        Table.Verdict($"{ledger.Acknowledged} acknowledged reports, each found exactly once", problems.Count == 0 && ledger.Broken.Count == 0);
    }

    private static IBareWriter Writer(StoreUnderTest store, Template template) => store.Database == Database.Sqlite
        ? new SqliteWriter(Path.Combine(store.Directory, "store.db"))
        : new PostgresWriter(store.Settings["Store:ConnectionString"]!, ClientCounts.Max(), template.Statements);

    private static async Task ReportAsync(Api api, Ledger ledger, Repertoire repertoire)
    {
        var sent = ledger.Begin(repertoire.Make("reportIncident"));
        var reply = await api.SendAsync(sent.Command);
        ledger.Note(sent, reply);
        if (reply.Answer != Answer.Acknowledged)
        {
            throw new InvalidOperationException($"A report was not acknowledged: {reply.Payload}");
        }
    }
}
