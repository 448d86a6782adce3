using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using OnlineSafetyTrust.StaffConsole.Drawing;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>What the program that makes PDFs gets of the server.</summary>
public sealed class PdfPrinterTests : IDisposable
{
    private readonly string _program = Path.Combine(Path.GetTempPath(), $"ost-printer-{Guid.NewGuid():N}");

    [Fact]
    public async Task It_gets_the_page_through_a_pipe_and_nothing_of_the_servers_settings()
    {
        Environment.SetEnvironmentVariable("OST_TEST_SECRET", "canary");
        var made = Assert.IsType<string>(await PrintAsync("echo \"$@\"; env; cat"));

        Assert.StartsWith("--quiet --encoding utf-8 - -\n", made, StringComparison.Ordinal);
        Assert.EndsWith("<p>Amber Canary</p>", made, StringComparison.Ordinal);
        var names = made.Split('\n')[1..^1].Select(line => line.Split('=')[0]);
        // What is not inherited the shell sets itself.
        Assert.Empty(names.Except(["PATH", "HOME", "LANG", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"]));
    }

    [Theory]
    [InlineData("cat >/dev/null; echo half; exit 1")]
    [InlineData("cat >/dev/null")]
    public async Task Half_a_pdf_is_none(string script) => Assert.Null(await PrintAsync(script));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("OST_TEST_SECRET", null);
        File.Delete(_program);
    }

    private async Task<string?> PrintAsync(string script)
    {
        // By another process: a file that this one has open to write, and any of its children with it, cannot be run.
        using (var writing = Process.Start("/bin/sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$0\" && chmod 500 \"$0\"", _program, script]))
        {
            await writing.WaitForExitAsync();
        }

        using var printer = new PdfPrinter(new ConfigurationBuilder().AddInMemoryCollection([new("Export:PdfProgram", _program)]).Build(), NullLogger<PdfPrinter>.Instance);
        return await printer.PrintAsync("<p>Amber Canary</p>", CancellationToken.None) is { } made ? Encoding.UTF8.GetString(made) : null;
    }
}
