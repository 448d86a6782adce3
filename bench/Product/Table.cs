using OnlineSafetyTrust.Bench.Measuring;

namespace OnlineSafetyTrust.Bench;

/// <summary>Plain lines, side by side; what falls short says so.</summary>
internal static class Table
{
    public static void Title(string text) => Console.WriteLine($"\n{text}");

    public static void Row(string name, Contender w) => Console.WriteLine($"  {name,-52} {w.Rate,-28} {w.Latency,-26} {w.ProcessorMilliseconds:0.00} ms CPU each");

    public static void Line(string name, string value) => Console.WriteLine($"  {name,-52} {value}");

    public static void Verdict(string text, bool holds) => Console.WriteLine($"  {(holds ? "holds      " : "FALLS SHORT")} {text}");
}
