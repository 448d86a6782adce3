using System.Globalization;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>Single words of a pack: text, numbers, dates, durations, names from a fixed list.</summary>
internal static class PackWords
{
    public static object? Read(PackScalar word, Type type, PackProblems problems)
    {
        var text = word.Value;
        if (type == typeof(string))
        {
            return text;
        }

        if (type.IsEnum)
        {
            return ReadName(word, type, problems);
        }

        object? value = type switch
        {
            _ when type == typeof(bool) => text switch { "true" => true, "false" => false, _ => null },
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null,
            _ when type == typeof(DateOnly) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? d : null,
            _ when type == typeof(TimeOnly) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t) ? t : null,
            _ when type == typeof(DeadlineRule) => DeadlineRule.TryParse(text, out var rule) ? rule : null,
            _ when type == typeof(PolicyPeriod) => PolicyPeriod.TryParse(text, out var period) ? period : null,
            _ => throw new InvalidOperationException($"A pack has no words of type {type}."),
        };
        if (value is null)
        {
            problems.Add(word, $"'{text}' is not {Expected(type)}.");
        }

        return value;
    }

    public static string Nearest(string text, IEnumerable<string> names)
    {
        var nearest = names.MinBy(n => Distance(text, n));
        return nearest is not null && Distance(text, nearest) <= Math.Max(2, text.Length / 3) ? $" Did you mean '{nearest}'?" : "";
    }

    private static object? ReadName(PackScalar word, Type type, PackProblems problems)
    {
        foreach (var value in Enum.GetValues(type))
        {
            if (PackShape.Kebab(value.ToString()!) == word.Value)
            {
                return value;
            }
        }

        var names = Enum.GetNames(type).Select(PackShape.Kebab).ToList();
        var kind = PackShape.Kebab(type.Name).Replace('-', ' ');
        problems.Add(word, $"'{word.Value}' is no known {kind}.{Nearest(word.Value, names)} Use one of: {string.Join(", ", names)}.");
        return null;
    }

    private static string Expected(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : type == typeof(DateOnly) ? "a date like 2025-09-01"
        : type == typeof(TimeOnly) ? "a time of day like \"08:30\" (in quotes)"
        : type == typeof(DeadlineRule) ? "a deadline; write none, immediately, same school day, 4 hours, 5 school days, 1 working day or 1 calendar month"
        : "a period; write a number and day, week, month, term or year, such as 2 years";

    private static int Distance(string a, string b)
    {
        if (a.Length > 40)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
