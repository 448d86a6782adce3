using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.StaffConsole.Drawing;

/// <summary>
/// Makes a PDF of a page with WeasyPrint (Debian's package <c>weasyprint</c>), where it is installed. Page and PDF go through pipes:
/// nothing of them is written to a disk or stands in a command line. <c>Export:PdfProgram</c> names another path of it.
/// </summary>
internal sealed partial class PdfPrinter(IConfiguration configuration, ILogger<PdfPrinter> log) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TMPDIR"];

    private readonly string? _program = Find(configuration["Export:PdfProgram"] ?? "weasyprint");
    // One after the other: each takes a processor for a second.
    private readonly SemaphoreSlim _turn = new(1);

    public bool IsThere => _program is not null;

    /// <summary>Null: the program is not there, failed or took longer than half a minute.</summary>
    public async Task<byte[]?> PrintAsync(string html, CancellationToken ct)
    {
        if (_program is null)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            await _turn.WaitAsync(limit.Token);
            try
            {
                return await RunAsync(_program, html, limit.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // Nothing of what the program says: it may quote the page.
            Failed(failure.GetType().Name);
            return null;
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<byte[]> RunAsync(string program, string html, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, ["--quiet", "--encoding", "utf-8", "-", "-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new System.Text.UTF8Encoding(false),
        };
        // The server's secrets are none of its business.
        foreach (var name in start.Environment.Keys.Except(Inherited).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        using var page = process.StandardInput;
        using var said = process.StandardError;
        using var made = process.StandardOutput;
        try
        {
            using var pdf = new MemoryStream();
            var reading = Task.WhenAll(said.BaseStream.CopyToAsync(Stream.Null, ct), made.BaseStream.CopyToAsync(pdf, ct));
            await page.WriteAsync(html.AsMemory(), ct);
            page.Close();
            await reading;
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 && pdf.Length > 0 ? pdf.ToArray() : throw new InvalidOperationException("No PDF was made.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Find(string program) => program.Contains('/', StringComparison.Ordinal)
        ? (File.Exists(program) ? program : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    [LoggerMessage(1, LogLevel.Error, "A PDF could not be made: {Failure}")]
    private partial void Failed(string failure);
}
