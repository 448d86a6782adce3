using System.Diagnostics;

namespace OnlineSafetyTrust.Gateway.Tests.Commands;

/// <summary>The program as a process of its own, with no environment but what a test gives it.</summary>
internal static class OperatorProcess
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string directory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "OnlineSafetyTrust.Gateway.dll"), .. arguments])
        {
            WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n").Trim(), (await errors).ReplaceLineEndings("\n").Trim());
    }
}
