using System.Globalization;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Bench.Measuring;

/// <summary>Processor time from /proc.</summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;

    /// <summary>The database server with all its processes, those that ended included.</summary>
    public static TimeSpan Of(PostgresServer server)
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(server.DataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var total = 0L;
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var id) && Fields(id) is { } fields && (id == postmaster || fields[1] == postmaster.ToString(CultureInfo.InvariantCulture)))
            {
                total += Number(fields[11]) + Number(fields[12]) + (id == postmaster ? Number(fields[13]) + Number(fields[14]) : 0);
            }
        }

        return TimeSpan.FromSeconds((double)total / TicksPerSecond);
    }

    /// <summary>Resident memory of a process in MB.</summary>
    public static double Resident(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    // Behind the name in brackets: state, parent, …, utime at 11, stime, cutime, cstime.
    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
