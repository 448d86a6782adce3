using System.Diagnostics;
using System.Text.Json;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Bench.Measuring;

/// <summary>A server as a process of its own: it prints <c>{"port":N}</c> when it listens and ends with its input.</summary>
internal sealed class ChildServer : IDisposable
{
    private readonly Process _process;

    private ChildServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in MB.</summary>
    public double Resident => ProcessorTime.Resident(_process.Id);

    /// <param name="script">A script of bench/node.</param>
    public static Task<ChildServer> NodeAsync(string script, string? database = null)
    {
        var start = new ProcessStartInfo("node", script) { WorkingDirectory = Path.Combine(Repository.Root, "bench", "node") };
        start.Environment["NODE_ENV"] = "production";
        if (database is not null)
        {
            start.Environment["DATABASE"] = database;
        }

        return StartAsync(start, script);
    }

    /// <param name="assembly">One that lies beside this program.</param>
    public static Task<ChildServer> DotnetAsync(string assembly) =>
        StartAsync(new ProcessStartInfo("dotnet", Path.Combine(AppContext.BaseDirectory, assembly)), assembly);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<ChildServer> StartAsync(ProcessStartInfo start, string name)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        var process = Process.Start(start)!;
        using var line = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{name} did not start; its error stands above."));
        return new ChildServer(process, line.RootElement.GetProperty("port").GetInt32());
    }
}
