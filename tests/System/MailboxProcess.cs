using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>The real SMTP server of <c>tools/mailbox</c>, on a port of the test's choice, so that it can come back where it was.</summary>
internal sealed class MailboxProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private MailboxProcess(Process process, int http) => (_process, _http) = (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") });

    public static async Task<MailboxProcess> StartAsync(int smtp)
    {
        var directory = Path.Combine(Repository.Root, "tools", "mailbox");
        Assert.True(Directory.Exists(Path.Combine(directory, "node_modules")), $"Run 'npm ci' in {directory} first, as tests/run does.");
        var start = new ProcessStartInfo("node", ["mailbox.mjs", "--smtp", $"{smtp}", "--http", "0"]) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        using var ports = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!);
        return new MailboxProcess(process, ports.RootElement.GetProperty("http").GetInt32());
    }

    public async Task<IReadOnlyList<(string To, string MessageId, string Text)>> MailsAsync() =>
    [
        .. (await _http.GetFromJsonAsync<JsonElement>("/mails")).EnumerateArray()
            .Select(m => (m.GetProperty("to")[0].GetString()!, m.GetProperty("messageId").GetString()!, m.GetProperty("text").GetString()!)),
    ];

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _http.Dispose();
    }
}
