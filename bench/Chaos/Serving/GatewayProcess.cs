using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OnlineSafetyTrust.Chaos.Stores;

namespace OnlineSafetyTrust.Chaos.Serving;

/// <summary>The product as a process of its own, as <c>./dev run</c> starts it, so that it can be killed.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _log;
    private bool _disposed;

    private GatewayProcess(Process process, string address, string log) => (_process, Address, _log) = (process, address, log);

    public string Address { get; }

    public int Id => _process.Id;

    public StartReport Start { get; private set; } = null!;

    public bool HasExited => _process.HasExited;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<GatewayProcess> StartAsync(StoreUnderTest store, int port, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var address = $"http://127.0.0.1:{port}";
        var log = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(store.Directory)}.log");
        var gateway = new GatewayProcess(Run(store, settings, log, "run", "--data", store.Directory, "--no-demo", "--urls", address), address, log);
        await gateway.WaitUntilReadyAsync();
        return gateway;
    }

    /// <summary><c>./dev verify</c>: its exit code and what it printed.</summary>
    public static async Task<(int Code, string Output)> VerifyAsync(StoreUnderTest store)
    {
        var output = Path.Combine(store.Directory, "verify.log");
        File.Delete(output);
        using var process = Run(store, null, output, "verify", "--data", store.Directory);
        await process.WaitForExitAsync();
        return (process.ExitCode, await File.ReadAllTextAsync(output));
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    // Output goes through a shell's redirection: a pipe into this process would stop the server when nobody reads it.
    private static Process Run(StoreUnderTest store, IReadOnlyDictionary<string, string?>? settings, string log, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$@\" >>\"$0\" 2>&1", log, Path.Combine(AppContext.BaseDirectory, "OnlineSafetyTrust.Gateway.dll"), .. arguments]);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        // One person sends as much as a thousand would.
        start.Environment["Api__PersonBudget__Burst"] = "0";
        start.Environment["Api__TenantBudget__Burst"] = "0";
        foreach (var (name, value) in store.With(settings))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }

    private async Task WaitUntilReadyAsync()
    {
        var (started, machine, unanswered) = (Stopwatch.GetTimestamp(), MachineLosses.Now(), 0);
        using var http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(2) };
        while (await IsReadyAsync(http) is var ready && ready != true)
        {
            unanswered += ready is null ? 1 : 0;
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > LongestStart)
            {
                var ended = _process.HasExited ? $"ended with {_process.ExitCode}" : $"was not ready after {LongestStart.TotalSeconds} s";
                throw new InvalidOperationException($"The gateway {ended}. Its log {_log} ends:\n{string.Join('\n', File.ReadLines(_log).TakeLast(30))}");
            }

            await Task.Delay(10);
        }

        Start = new StartReport(Stopwatch.GetElapsedTime(started), Processor, MachineLosses.Now() - machine, unanswered);
    }

    // Null: no answer at all.
    private static async Task<bool?> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/healthz/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException)
        {
            return null;
        }
    }
}
