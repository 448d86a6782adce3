using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>5.5.1 and 5.5.2.1–2: fragment names, unused and unknown fragments, cycles.</summary>
internal static class FragmentRules
{
    public static void Check(ValidationContext context)
    {
        var names = new Dictionary<string, NameNode>(StringComparer.Ordinal);
        foreach (var name in context.Document.Fragments.Select(f => f.Name))
        {
            if (!names.TryAdd(name.Value, name))
            {
                context.Report($"There can be only one fragment named \"{name.Value}\".", names[name.Value], name);
            }
        }

        CheckTargets(context);
        context.Index.DependenciesFirst = OrderOrReportCycles(context);
    }

    private static void CheckTargets(ValidationContext context)
    {
        var index = context.Index;
        foreach (var definition in (IEnumerable<Definition>)[.. index.Operations, .. index.Fragments])
        {
            foreach (var (spread, target) in definition.Spreads)
            {
                if (target is null)
                {
                    context.Report($"Unknown fragment \"{spread.Name}\".", spread);
                }
            }
        }

        var used = new HashSet<Definition>();
        foreach (var operation in index.Operations)
        {
            used.UnionWith(index.ReachableFrom(operation));
        }

        foreach (var fragment in index.Fragments)
        {
            var name = ((FragmentDefinitionNode)fragment.Node).Name.Value;

            // A second fragment of the same name is never the target of a spread; its name is the error.
            if (!used.Contains(fragment) && ReferenceEquals(index.FindFragment(name), fragment))
            {
                context.Report($"Fragment \"{name}\" is never used.", fragment.Node);
            }
        }
    }

    /// <summary>Depth first with its own stack: a chain of fragments may be as long as the document.</summary>
    private static List<Definition>? OrderOrReportCycles(ValidationContext context)
    {
        var order = new List<Definition>();
        var placeOnPath = new Dictionary<Definition, int>();
        var finished = new HashSet<Definition>();
        var path = new List<(Definition Fragment, int Next)>();
        var cyclic = false;
        foreach (var start in context.Index.Fragments)
        {
            // A path left half way, because enough was reported, must not be walked on.
            if (context.IsFull)
            {
                return null;
            }

            if (!finished.Contains(start))
            {
                Enter(start);
            }

            while (path.Count > 0 && !context.IsFull)
            {
                var (fragment, next) = path[^1];
                if (next == fragment.Spreads.Count)
                {
                    path.RemoveAt(path.Count - 1);
                    placeOnPath.Remove(fragment);
                    finished.Add(fragment);
                    order.Add(fragment);
                    continue;
                }

                path[^1] = (fragment, next + 1);
                if (fragment.Spreads[next].Target is not { } target || finished.Contains(target))
                {
                    continue;
                }

                if (placeOnPath.TryGetValue(target, out var place))
                {
                    cyclic = true;
                    ReportCycle(context, path, place);
                }
                else
                {
                    Enter(target);
                }
            }
        }

        return cyclic || context.IsFull ? null : order;

        void Enter(Definition fragment)
        {
            placeOnPath.Add(fragment, path.Count);
            path.Add((fragment, 0));
        }
    }

    private static void ReportCycle(ValidationContext context, List<(Definition Fragment, int Next)> path, int place)
    {
        const int mostNamed = 10;
        var steps = path.Skip(place).Take(mostNamed).Select(p => p.Fragment.Spreads[p.Next - 1].Node).ToArray();
        var via = string.Join(", ", steps.SkipLast(path.Count - place <= mostNamed ? 1 : 0).Select(s => $"\"{s.Name}\""));
        var name = ((FragmentDefinitionNode)path[place].Fragment.Node).Name.Value;
        context.Report($"Cannot spread fragment \"{name}\" within itself{(via.Length > 0 ? " via " + via : "")}.", steps);
    }
}
