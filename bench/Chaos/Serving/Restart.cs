using System.Globalization;

namespace OnlineSafetyTrust.Chaos.Serving;

/// <summary>A start after a kill, and what it is held to.</summary>
/// <param name="Crowded">Others kept it waiting, so that the clock measured them: it is held to its own processor time, which they cannot add to.</param>
internal sealed record Restart(StartReport Start, bool Crowded)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Null: it kept to its limit.</summary>
    public string? Broken =>
        Held <= Longest ? null
        : Crowded ? $"The restart took {Start}: more than {Longest.TotalSeconds} s of its own processor time, which no crowd explains."
        : $"The restart took {Start}, more than {Longest.TotalSeconds} s.";

    private TimeSpan Held => Crowded ? Start.Processor : Start.Took - Start.Machine.Stolen;

    /// <summary>Just started: whether more than two wait for each core.</summary>
    public static Restart Of(StartReport start) => new(start, double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) > 2 * Environment.ProcessorCount);

    /// <summary>One line on those of a run: how many were held to what.</summary>
    public static string Summary(IReadOnlyCollection<Restart> restarts)
    {
        if (restarts.Count == 0)
        {
            return "no restart";
        }

        var longest = restarts.OrderBy(r => r.Start.Took).ToList();
        var crowded = restarts.Count(r => r.Crowded);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{restarts.Count} restarts until ready: median {longest[restarts.Count / 2].Start.Took.TotalSeconds:0.00} s, longest {longest[^1].Start}; {restarts.Count - crowded} held to {Longest.TotalSeconds} s by the clock, {crowded} on a crowded machine to {Longest.TotalSeconds} s of their own processor time (most: {restarts.Max(r => r.Start.Processor).TotalSeconds:0.0} s)");
    }
}
