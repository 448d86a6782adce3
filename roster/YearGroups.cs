using System.Globalization;

namespace OnlineSafetyTrust.Roster;

/// <summary>
/// What a MIS writes into <c>grades</c> → N1 N2 R 1..14. British systems write the year group (R, 01, 1, Y7, Year 7); of the standard's own
/// words PR and PK are the nursery years, TK too, KG is Reception. Numbers are taken as year groups: an American grade 1 is not told apart.
/// </summary>
public static class YearGroups
{
    public static string? Parse(string grade)
    {
        var text = grade.Trim().ToUpperInvariant();
        switch (text)
        {
            case "N1" or "PR": return "N1";
            case "N2" or "PK" or "TK": return "N2";
            case "R" or "KG" or "YR" or "RECEPTION": return "R";
        }

        var digits = text.StartsWith("YEAR ", StringComparison.Ordinal) ? text[5..] : text.StartsWith('Y') ? text[1..] : text;
        return digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1 and <= 14
            ? year.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Where a year group stands, for lists.</summary>
    public static int Order(string yearGroup) => yearGroup switch
    {
        "N1" => -2,
        "N2" => -1,
        "R" => 0,
        _ => int.Parse(yearGroup, CultureInfo.InvariantCulture),
    };
}
