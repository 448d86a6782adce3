using System.Diagnostics;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.System.Tests;

/// <summary><c>tools/needs.sh</c> with a node and an npm of these tests' own.</summary>
public sealed class NeedsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ost-needs-").FullName;

    [Theory]
    [InlineData("v18.20.4", "Node.js here is v18.20.4; 20 or later is needed.")]
    [InlineData("v9.0.0", "Node.js here is v9.0.0; 20 or later is needed.")]
    [InlineData("v20.0.0", "")]
    [InlineData("v100.1.0", "")]
    public async Task Node_is_taken_from_version_20_on(string version, string says)
    {
        var (code, errors) = await AskAsync(version, "need_node");
        Assert.Equal(says.Length == 0 ? 0 : 1, code);
        Assert.StartsWith(says, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_are_installed_where_they_are_missing_or_older_than_their_lock_file()
    {
        var locked = Path.Combine(_directory, "package-lock.json");
        await File.WriteAllTextAsync(locked, "{}");
        Assert.Equal(["ci"], await InstalledAsync());
        Assert.Equal(["ci"], await InstalledAsync());
        File.SetLastWriteTimeUtc(locked, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal(["ci", "ci"], await InstalledAsync());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<string[]> InstalledAsync()
    {
        Assert.Equal((0, ""), await AskAsync("v20.0.0", "need_npm ."));
        return await File.ReadAllLinesAsync(Path.Combine(_directory, "log"));
    }

    private async Task<(int Code, string Errors)> AskAsync(string version, string command)
    {
        var script = $$"""
            node() { echo {{version}}; }
            npm() { echo "$1" >>log; mkdir -p node_modules; touch node_modules/.package-lock.json; }
            . '{{Repository.Root}}/tools/needs.sh'
            {{command}}
            """;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _directory, RedirectStandardError = true })!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, errors);
    }
}
