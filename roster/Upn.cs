namespace OnlineSafetyTrust.Roster;

/// <summary>A pupil's number: a check letter and 12 digits; a temporary one has 11 digits and a letter at the end.</summary>
internal static class Upn
{
    private const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    public static string Normal(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    public static bool LooksLikeOne(string normal) =>
        normal.Length == 13 && char.IsAsciiLetterUpper(normal[0]) && !normal.AsSpan(1, 11).ContainsAnyExceptInRange('0', '9') && char.IsAsciiLetterOrDigit(normal[12]);

    public static bool AddsUp(string normal) => LooksLikeOne(normal) && LetterOf(normal) == normal[0];

    /// <summary>Sum of position (2..13) × value modulo 23; the last letter of a temporary number counts as its place in the letters.</summary>
    public static char LetterOf(string normal)
    {
        var sum = 0;
        for (var i = 1; i < 13; i++)
        {
            var value = char.IsAsciiDigit(normal[i]) ? normal[i] - '0' : Letters.IndexOf(normal[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return '?';
            }

            sum += value * (i + 1);
        }

        return Letters[sum % 23];
    }
}
