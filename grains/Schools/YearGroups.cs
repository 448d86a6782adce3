using System.Globalization;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>The year groups there are: N1 N2 R 1..14.</summary>
internal static class YearGroups
{
    private static readonly string[] All = ["N1", "N2", "R", .. Enumerable.Range(1, 14).Select(y => y.ToString(CultureInfo.InvariantCulture))];

    public static bool Contains(string yearGroup) => All.Contains(yearGroup);

    /// <summary>EYFS, KS1 to KS4, KS5 for all that follows.</summary>
    public static string KeyStageOf(string yearGroup) => !int.TryParse(yearGroup, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? "EYFS" : year switch
    {
        <= 2 => "KS1",
        <= 6 => "KS2",
        <= 9 => "KS3",
        <= 11 => "KS4",
        _ => "KS5",
    };
}
