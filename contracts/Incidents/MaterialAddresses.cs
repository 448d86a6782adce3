using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>Addresses in texts that are about a guarded path: the material is linked to nowhere (C4).</summary>
public static partial class MaterialAddresses
{
    private const string Mark = "[address left out]";

    public static bool In(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null && Address().IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of a device, a ban or checks: the refusal of the first text that has an address in it; null: none has.</summary>
    public static DomainError? Refusal(params ReadOnlySpan<(string Field, string? Text)> texts)
    {
        foreach (var (field, text) in texts)
        {
            if (In(text))
            {
                return IncidentStepErrors.LinkElsewhere(field);
            }
        }

        return null;
    }

    /// <summary>The text with a mark in place of each word that has an address in it.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? LeftOut(string? text) => text is null ? null : Word().Replace(text, w => In(w.Value) ? Mark : w.Value);

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();

    // Anything that a reader could click or type; e-mail addresses of officers are not meant.
    // A bare domain counts with a usual ending, or with any ending before a path or port: "told.She" is a missing blank, not an address.
    [GeneratedRegex(
        @"\b(https?|hxxps?|ftp)://|\bwww\.|\.onion\b|\bmagnet:|\w(\[\.\]|\(\.\)|\[dot\]|\(dot\))\w|(?<![@\w.-])(\d{1,3}\.){3}\d{1,3}[/:]\w"
        + @"|(?<![@\w.-])([\w-]+\.)+((com|net|org|info|biz|uk|eu|de|fr|nl|ru|cn|jp|io|co|tv|cc|ly|gg|gl|ws|xyz|xxx|porn|adult|sex|cam|app|dev|site|online|top|club|link|live|tube|chat|wiki|cloud|pro|vip|fun|icu|edu|gov|ai|ch|pl|es|ca|au|nz|su|pw|st|li)\b(?![\w.-]*@)|[^\W\d_]{2,}(/[\w?#]|:\d))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
