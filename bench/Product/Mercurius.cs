using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Bench;

/// <summary>bench/mercurius: one plain prepared insert per mutation, for orientation.</summary>
internal sealed class Mercurius : IAsyncDisposable
{
    private const string Report = "mutation($input: ReportInput!) { reportIncident(input: $input) { receipt { incidentId status } errors } }";
    private readonly Process _process;
    private readonly HttpClient _http;

    private Mercurius(Process process, int port) => (_process, _http) = (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<Mercurius> StartAsync(PostgresServer server)
    {
        var start = new ProcessStartInfo("node", "server.mjs") { WorkingDirectory = Path.Combine(Settings.Root, "bench", "mercurius"), RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DATABASE"] = $"postgres://postgres@127.0.0.1:{server.Port}/{server.CreateDatabase()}";
        start.Environment["NODE_ENV"] = "production";
        var process = Process.Start(start)!;
        using var ports = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Mercurius did not start; its error stands above."));
        return new Mercurius(process, ports.RootElement.GetProperty("port").GetInt32());
    }

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

    public ValueTask DisposeAsync()
    {
        _process.Kill();
        _process.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
