using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>An operation or fragment with what the rules find out about it.</summary>
internal sealed class Definition(DefinitionNode node)
{
    public DefinitionNode Node { get; } = node;

    /// <summary>Every spread inside, in document order; no target when the fragment is unknown.</summary>
    public List<(FragmentSpreadNode Node, Definition? Target)> Spreads { get; } = [];

    public List<VariableUsage> Usages { get; } = [];

    public TypedSelection Selection { get; } = new();

    /// <summary>The last search that came here; cheaper than a set per search.</summary>
    public int Stamp { get; set; }
}

/// <summary>The definitions of a document and who spreads whom.</summary>
internal sealed class DocumentIndex
{
    private readonly Dictionary<string, Definition> _fragments = new(StringComparer.Ordinal);
    private int _stamp;

    public DocumentIndex(Document document)
    {
        Operations = [.. document.Operations.Select(o => new Definition(o))];
        Fragments = [.. document.Fragments.Select(f => new Definition(f))];
        foreach (var fragment in Fragments)
        {
            _fragments.TryAdd(((FragmentDefinitionNode)fragment.Node).Name.Value, fragment);
        }

        foreach (var definition in (IEnumerable<Definition>)[.. Operations, .. Fragments])
        {
            FindSpreads(definition, definition.Node.SelectionSet);
        }
    }

    public Definition[] Operations { get; }

    public Definition[] Fragments { get; }

    /// <summary>All fragments, each after those it spreads; null while cycles are possible.</summary>
    public IReadOnlyList<Definition>? DependenciesFirst { get; set; }

    public Definition? FindFragment(string name) => _fragments.GetValueOrDefault(name);

    public int NextStamp() => ++_stamp;

    /// <summary>The definition itself and every fragment it reaches, each once.</summary>
    public List<Definition> ReachableFrom(Definition definition)
    {
        var stamp = NextStamp();
        definition.Stamp = stamp;
        List<Definition> reached = [definition];
        for (var i = 0; i < reached.Count; i++)
        {
            foreach (var (_, target) in reached[i].Spreads)
            {
                if (target is not null && target.Stamp != stamp)
                {
                    target.Stamp = stamp;
                    reached.Add(target);
                }
            }
        }

        return reached;
    }

    private void FindSpreads(Definition definition, SelectionSetNode set)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode { SelectionSet: { } below }:
                    FindSpreads(definition, below);
                    break;
                case InlineFragmentNode inline:
                    FindSpreads(definition, inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread:
                    definition.Spreads.Add((spread, FindFragment(spread.Name)));
                    break;
            }
        }
    }
}
