using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OnlineSafetyTrust.Tests.Support;

/// <summary>A script of <c>tests/Clients</c> in a process of its own; both sides write lines of JSON.</summary>
public sealed class NodeScript : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeScript(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public static NodeScript Start(string script, params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Clients");
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            throw new InvalidOperationException("These tests need npm packages that are not here: npm ci in tests/Clients.");
        }

        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>The script's next line.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; with what it said of it.</exception>
    public async Task<JsonElement> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } line ? JsonDocument.Parse(line).RootElement : throw new InvalidOperationException($"The script ended. {await _errors}");

    public async Task WriteAsync(object line)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(line));
        await _process.StandardInput.FlushAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
