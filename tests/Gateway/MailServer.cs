using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>A real SMTP server: the Development mailbox in a process of its own, which can be stopped and started on the same port.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly HttpClient _http = new();
    private Process? _process;
    private string? _greeting;
    private int _pages;

    public int Port { get; private set; }

    /// <summary>What a gateway needs to send its mails here.</summary>
    public Dictionary<string, string?> Configuration => new() { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{Port}", ["Mail:Tls"] = "false" };

    /// <param name="greeting">Such as 554: what everybody is greeted with; null: as it should be.</param>
    public static async Task<MailServer> StartAsync(string? greeting = null)
    {
        var server = new MailServer { _greeting = greeting };
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.Combine(Repository.Root, "tools", "mailbox") };
        foreach (var argument in (string[])["mailbox.mjs", "--smtp", Port.ToString(CultureInfo.InvariantCulture), "--http", "0", .. _greeting is null ? Array.Empty<string>() : ["--greeting", _greeting]])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mailbox did not start: npm ci in tools/mailbox.");
        using var ports = JsonDocument.Parse(line);
        (Port, _pages) = (ports.RootElement.GetProperty("smtp").GetInt32(), ports.RootElement.GetProperty("http").GetInt32());
    }

    public void Stop()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> MailsAsync() =>
        [.. (await _http.GetFromJsonAsync<ReceivedMail[]>(new Uri($"http://127.0.0.1:{_pages}/mails")))!.Reverse()];

    public void Dispose()
    {
        Stop();
        _http.Dispose();
    }
}

internal sealed record ReceivedMail(string[] To, string From, string Subject, string Text, string MessageId, string Connection);
