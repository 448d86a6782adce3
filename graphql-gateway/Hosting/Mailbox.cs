using System.Diagnostics;
using System.Text.Json;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>The Development mail server, a process of its own that ends with this one.</summary>
internal sealed class Mailbox : IDisposable
{
    /// <summary>Directory of <c>tools/mailbox</c>, set by <c>./dev run</c>.</summary>
    public const string Variable = "OST_MAILBOX";
    private readonly Process _process;
    private readonly int _smtp;

    private Mailbox(Process process, int smtp, int http) => (_process, _smtp, Address) = (process, smtp, $"http://127.0.0.1:{http}");

    public string Address { get; }

    public static async Task<Mailbox?> TryStartAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } directory)
        {
            return null;
        }

        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = directory };
        foreach (var argument in (string[])["mailbox.mjs", "--smtp", "0", "--http", "0"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("The mailbox did not start; its error stands above.");
        using var ports = JsonDocument.Parse(line);
        return new Mailbox(process, ports.RootElement.GetProperty("smtp").GetInt32(), ports.RootElement.GetProperty("http").GetInt32());
    }

    public void Configure(IConfigurationManager configuration)
    {
        configuration["Mail:Host"] = "127.0.0.1";
        configuration["Mail:Port"] = _smtp.ToString(System.Globalization.CultureInfo.InvariantCulture);
        configuration["Mail:Tls"] = "false";
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
