namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>Unique pupil number: a check letter and 12 digits; a temporary one ends in a letter instead of its last digit.</summary>
internal static class Upn
{
    private const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    /// <summary>As it is stored and looked up: capitals, no spaces.</summary>
    public static string? Normal(string? upn) =>
        string.IsNullOrWhiteSpace(upn) ? null : upn.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Of a normal UPN: its shape and its check letter.</summary>
    public static bool IsValid(string upn)
    {
        if (upn.Length != 13)
        {
            return false;
        }

        var sum = 0;
        for (var i = 1; i < 13; i++)
        {
            // The letter at the end of a temporary number counts as its place in the alphabet of check letters.
            var value = char.IsAsciiDigit(upn[i]) ? upn[i] - '0' : i == 12 ? Letters.IndexOf(upn[i], StringComparison.Ordinal) : -1;
            if (value < 0)
            {
                return false;
            }

            sum += value * (i + 1);
        }

        return upn[0] == Letters[sum % Letters.Length];
    }
}
