using System.Globalization;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>Rows of the response matrix: a known nature, the awareness axis as the nature has it, no combination twice.</summary>
internal static class RowConsistency
{
    public static void Check(PackMap root, PackProblems problems)
    {
        var natures = root.Maps("natures").Where(n => n.Text("id") is not null).GroupBy(n => n.Text("id")!).ToDictionary(g => g.Key, g => g.First());
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in root.Maps("responses"))
        {
            StepConsistency.CheckList(row.Maps("steps"), problems);
            if (row["path"] is null)
            {
                PackConsistency.NotEmpty(row, "steps", problems);
            }

            if (row["nature"] is not PackScalar name)
            {
                continue;
            }

            if (!natures.TryGetValue(name.Value, out var nature))
            {
                problems.Add(name, $"there is no nature '{name.Value}'.{PackWords.Nearest(name.Value, natures.Keys)} Add it under 'natures' or correct the name.");
                continue;
            }

            CheckAxis(row, name, nature, problems);
            var words = row.Words("awareness").ToList();
            foreach (var at in words.Count > 0 ? words : [name])
            {
                var key = words.Count > 0 ? $"{name.Value}, {at.Value}" : name.Value;
                if (!seen.TryAdd(key, at.Line))
                {
                    problems.Add(at, string.Create(CultureInfo.InvariantCulture, $"'{key}' already has a row (line {seen[key]}). Keep one of them."));
                }
            }
        }
    }

    private static void CheckAxis(PackMap row, PackScalar name, PackMap nature, PackProblems problems)
    {
        var asked = nature.Text("awarenessApplies") == "true";
        var given = row["awareness"];
        if (asked && !row.Words("awareness").Any())
        {
            problems.Add(name, $"the response to '{name.Value}' depends on awareness. Say for which: awareness: [knowing].");
        }
        else if (!asked && given is not null)
        {
            problems.Add(given, $"'{name.Value}' has no awareness axis. Remove this, or set awarenessApplies: true on the nature.");
        }
    }
}
