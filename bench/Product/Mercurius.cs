using System.Net.Http.Json;
using System.Text.Json;
using OnlineSafetyTrust.Bench.Measuring;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Bench;

/// <summary>bench/node/report.mjs: one plain prepared insert per mutation, for orientation.</summary>
internal sealed class Mercurius(ChildServer server) : IDisposable
{
    private const string Report = "mutation($input: ReportInput!) { reportIncident(input: $input) { receipt { incidentId status } errors } }";
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };

    public TimeSpan Processor => server.Processor;

    public static async Task<Mercurius> StartAsync(PostgresServer server) =>
        new(await ChildServer.NodeAsync("report.mjs", $"postgres://postgres@127.0.0.1:{server.Port}/{server.CreateDatabase()}"));

    public async Task ReportAsync()
    {
        var input = new { commandId = Guid.NewGuid(), what = "A game with open chat was used in the lesson.", happenedAt = "2026-11-20T10:15:00Z", onSite = true, place = "Room 4" };
        using var answer = await _http.PostAsJsonAsync("/graphql", new { query = Report, variables = new { input } });
        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        if (body.RootElement.GetProperty("data").GetProperty("reportIncident").GetProperty("receipt").GetProperty("incidentId").GetGuid() != input.commandId)
        {
            throw new InvalidOperationException("Mercurius answered something else.");
        }
    }

    public void Dispose()
    {
        server.Dispose();
        _http.Dispose();
    }
}
