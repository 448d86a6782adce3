using System.Globalization;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Access;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>What the parts of a pack demand of each other. Works on nodes, so that it also runs where single values are wrong.</summary>
internal static partial class PackConsistency
{
    private static readonly string[] ListsWithIds = ["natures", "userActions", "agreements", "consents", "training", "recurringChecks", "monitoring", "questions"];

    public static void Check(PackMap root, PackProblems problems)
    {
        var isFloor = root.Text("kind") == PackShape.Kebab(PackKind.Floor);
        CheckId(root, problems);
        foreach (var list in ListsWithIds)
        {
            CheckIds(root.Maps(list), problems);
        }

        if (isFloor)
        {
            CheckFloor(root, problems);
        }
        else
        {
            CheckSchool(root, problems);
        }

        Unique(root.Maps("paths"), "path", p => $"the path '{p}' is drawn twice. Keep one.", problems);
        Unique(root.Maps("retention"), "record", r => $"'{r}' has two rules. Keep one.", problems);
        Unique(root.Maps("limits"), "kind", k => $"steps of kind '{k}' have two limits. Keep one.", problems);
        Unique(root.Maps("sanctions"), "group", g => $"there are two sanctions tables for {g}. Keep one.", problems);
        AtLeastOne(root, "version", problems);
        CheckNatures(root, problems);
        RowConsistency.Check(root, problems);
        StepConsistency.CheckList(root.Maps("always"), problems);
        foreach (var path in root.Maps("paths"))
        {
            StepConsistency.CheckList(path.Maps("steps"), problems);
            NotEmpty(path, "steps", problems);
        }

        foreach (var matrix in root.Maps("sanctions"))
        {
            CheckSanctions(matrix, problems);
        }

        foreach (var rule in root.Maps("retention"))
        {
            AtLeastOne(rule, "years", problems);
        }

        if (root["bans"] is PackMap bans)
        {
            CheckBans(bans, problems);
        }
    }

    private static void CheckFloor(PackMap root, PackProblems problems)
    {
        if (root["responses"] is { } rows)
        {
            problems.Add(rows, "a floor has no response matrix: put what every plan needs under 'always', the guarded paths under 'paths'.");
        }
    }

    private static void CheckSchool(PackMap root, PackProblems problems)
    {
        foreach (var needed in (string[])["natures", "responses", "reportsGoTo"])
        {
            NotEmpty(root, needed, problems);
        }

        if (root["limits"] is { } limits)
        {
            problems.Add(limits, "only a floor sets limits. Remove it.");
        }
    }

    private static void CheckBans(PackMap bans, PackProblems problems)
    {
        NotEmpty(bans, "liftableBy", problems);
        var others = Enum.GetValues<Role>().Except(Authority.Staff).Select(PackShape.Kebab).ToHashSet(StringComparer.Ordinal);
        foreach (var word in bans.Words("liftableBy").Where(w => others.Contains(w.Value)))
        {
            problems.Add(word, $"'{word.Value}' does not see a pupil's bans. Name roles of staff who work with pupils, such as 'dsl' or 'head-of-year'.");
        }
    }

    private static void CheckNatures(PackMap root, PackProblems problems)
    {
        foreach (var nature in root.Maps("natures"))
        {
            NotEmpty(nature, "fourCs", problems);
            if (nature.Text("illegal") == "true" && nature.Text("nudesAmongUnder18") == "true")
            {
                problems.Add(nature, "a nature is on the illegal path or on the path for nudes among under-18s, not on both. Make two natures.");
            }
        }
    }

    private static void CheckSanctions(PackMap matrix, PackProblems problems)
    {
        CheckIds(matrix.Maps("actions"), problems);
        CheckIds(matrix.Maps("kinds"), problems);
        var actions = matrix.Maps("actions").Select(a => a.Text("id")).OfType<string>().ToList();
        foreach (var kind in matrix.Maps("kinds"))
        {
            var open = kind.Words("open").Select(w => w.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var word in kind.Words("open").Concat(kind.Words("closed")).Where(w => !actions.Contains(w.Value)))
            {
                problems.Add(word, $"there is no action '{word.Value}' in this table.{PackWords.Nearest(word.Value, actions)}");
            }

            foreach (var word in kind.Words("closed").Where(w => open.Contains(w.Value)))
            {
                problems.Add(word, $"'{word.Value}' is both open and closed. Keep one.");
            }
        }
    }

    private static void CheckIds(IEnumerable<PackMap> items, PackProblems problems)
    {
        var all = items.ToList();
        foreach (var item in all)
        {
            CheckId(item, problems);
        }

        Unique(all, "id", id => $"the id '{id}' is used twice. Give one of them another.", problems);
    }

    internal static void CheckId(PackMap item, PackProblems problems)
    {
        if (item["id"] is PackScalar { IsEmpty: false } id && (id.Value.Length > 60 || !KebabCase().IsMatch(id.Value)))
        {
            problems.Add(id, $"'{id.Value}' is not an id. Use small letters, digits and single hyphens, at most 60, such as 'illegal-material'.");
        }
    }

    internal static void Unique(IEnumerable<PackMap> items, string property, Func<string, string> reason, PackProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item[property] is PackScalar { IsEmpty: false } word && !seen.Add(word.Value))
            {
                problems.Add(word, reason(word.Value));
            }
        }
    }

    internal static void NotEmpty(PackMap map, string property, PackProblems problems)
    {
        if (map[property] is null or PackScalar { IsEmpty: true } or PackList { Items.Count: 0 })
        {
            problems.Add(map[property] ?? map, $"'{property}' is missing or empty. Name at least one.");
        }
    }

    private static void AtLeastOne(PackMap map, string property, PackProblems problems)
    {
        if (map[property] is PackScalar word && int.TryParse(word.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is 0 or > 200)
        {
            problems.Add(map[property]!, $"'{property}' must be from 1 to 200.");
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
