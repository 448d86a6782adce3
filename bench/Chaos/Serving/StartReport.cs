using System.Globalization;

namespace OnlineSafetyTrust.Chaos.Serving;

/// <summary>How a start went, and what it waited for.</summary>
/// <param name="Took">From the start of the process until <c>/healthz/ready</c> answered 200.</param>
/// <param name="Processor">Its own processor time until then.</param>
/// <param name="Machine">What the machine lost meanwhile.</param>
/// <param name="Unanswered">Requests that got no answer in two seconds.</param>
internal sealed record StartReport(TimeSpan Took, TimeSpan Processor, MachineLosses Machine, int Unanswered)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Took.TotalSeconds:0.0} s ({Processor.TotalSeconds:0.0} s of its own processor time, {Machine.Disk.TotalSeconds:0.0} s in which everything waited for the disk, {Machine.Stolen.TotalSeconds:0.0} s that the host gave to other machines, {Unanswered} requests without an answer)");
}

/// <summary>Time in which this machine could not work, whatever ran on it.</summary>
/// <param name="Stolen">Of a processor on average, by the host (<c>steal</c>).</param>
/// <param name="Disk">Every task that wanted to run waited for the disk (<c>/proc/pressure/io</c>, full); zero where the kernel does not say.</param>
internal readonly record struct MachineLosses(TimeSpan Stolen, TimeSpan Disk)
{
    private const double TicksPerSecond = 100;

    /// <summary>Since the machine was started.</summary>
    public static MachineLosses Now()
    {
        var steal = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[8];
        var full = File.Exists("/proc/pressure/io") ? File.ReadLines("/proc/pressure/io").FirstOrDefault(l => l.StartsWith("full", StringComparison.Ordinal))?.Split("total=")[1] : null;
        return new(
            TimeSpan.FromSeconds(double.Parse(steal, CultureInfo.InvariantCulture) / TicksPerSecond / Environment.ProcessorCount),
            TimeSpan.FromMicroseconds(full is null ? 0 : double.Parse(full, CultureInfo.InvariantCulture)));
    }

    public static MachineLosses operator -(MachineLosses now, MachineLosses then) => new(now.Stolen - then.Stolen, now.Disk - then.Disk);
}
