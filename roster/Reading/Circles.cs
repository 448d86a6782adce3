namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>Parents of organisations or terms: every one known, and none its own ancestor.</summary>
internal static class Circles
{
    public static void Check(RecordFile file, IReadOnlyDictionary<string, string> parents)
    {
        var clear = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in parents.Keys)
        {
            var path = new HashSet<string>(StringComparer.Ordinal);
            var current = start;
            while (!clear.Contains(current) && path.Add(current) && parents.TryGetValue(current, out var parent))
            {
                current = parent;
            }

            // The path ended where it had been: from there on it is a circle, and each of its members is reported once.
            if (!clear.Contains(current) && parents.ContainsKey(current))
            {
                var member = current;
                do
                {
                    file.Problem(file.LineOf(member), "ROSTER_CIRCLE", "parentSourcedId", "leads back to this row. A record cannot be above itself; correct the parent.");
                    member = parents[member];
                }
                while (member != current);
            }

            clear.UnionWith(path);
        }
    }
}
