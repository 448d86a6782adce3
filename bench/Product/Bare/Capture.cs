using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Storage.Journal;

namespace OnlineSafetyTrust.Bench.Bare;

internal static class Capture
{
    /// <summary>Lets the product report one incident in this process and keeps what it wrote.</summary>
    public static async Task<Template> ReportAsync()
    {
        using var store = StoreUnderTest.Create(Database.Sqlite);
        var ground = await Founding.FoundAsync(store);
        await using var app = GatewayHost.Build(new HostSettings("http://127.0.0.1:0", store.Directory, Demo: false) { Configuration = store.Settings }, "Development", builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IJournal>(s => new CapturingJournal(s.GetRequiredService<EventJournal>(), "incident"));
        });
        await app.StartAsync();
        using var api = new Api(app.Urls.First());
        var command = new Repertoire(ground, 1).Make("reportIncident");
        var reply = await api.SendAsync(command);
        var append = ((CapturingJournal)app.Services.GetRequiredService<IJournal>()).Appends.FirstOrDefault(a => a.CommandId == command.Id);
        await app.StopAsync();
        return append is null ? throw new InvalidOperationException($"Nothing was appended: {reply}") : Template.Of(append);
    }
}
