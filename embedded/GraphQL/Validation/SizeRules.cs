using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>
/// Depth, nesting, selections, aliases, root fields and introspection of each operation with fragments expanded. Every fragment is
/// measured once, after those it spreads, so a document that expands to 2^300 fields is refused in one pass.
/// </summary>
internal sealed class SizeRules
{
    private readonly Dictionary<string, Size> _fragments = new(StringComparer.Ordinal);

    private readonly ValidationContext _context;
    private bool _allowed = true;

    private SizeRules(ValidationContext context) => _context = context;

    public static bool AllowsOperations(ValidationContext context)
    {
        var count = context.Document.Operations.Length;
        var rules = new SizeRules(context);
        if (count > context.Limits.MaxOperations)
        {
            rules.Refuse($"The document has {count} operations which exceeds the maximum of {context.Limits.MaxOperations}.", context.Document.Operations[context.Limits.MaxOperations]);
        }

        return rules._allowed;
    }

    public static bool Allows(ValidationContext context, IReadOnlyList<Definition> fragmentsDependenciesFirst)
    {
        var rules = new SizeRules(context);
        foreach (var fragment in fragmentsDependenciesFirst)
        {
            rules._fragments.TryAdd(((FragmentDefinitionNode)fragment.Node).Name.Value, rules.Measure(fragment.Node.SelectionSet));
        }

        foreach (var operation in context.Document.Operations)
        {
            rules.Check(operation);
        }

        return rules._allowed;
    }

    private void Check(OperationDefinitionNode operation)
    {
        var limits = _context.Limits;
        var size = Measure(operation.SelectionSet);
        Check(size.Depth, limits.MaxDepth, "depth");
        Check(size.Nesting, limits.MaxNesting, "nesting");
        Check(size.Selections, limits.MaxSelections, "number of selections");
        Check(size.Aliases, limits.MaxAliases, "number of aliases");
        Check(size.RootFields, limits.MaxRootFields, "number of root fields");
        if (size.Introspects && !limits.AllowIntrospection)
        {
            Refuse("Introspection is not allowed for the current request.", operation);
        }
        else if (size.IntrospectionLists > limits.MaxIntrospectionLists)
        {
            Refuse("Maximum introspection depth exceeded", operation);
        }

        void Check(int actual, int most, string what)
        {
            if (actual > most)
            {
                Refuse($"The operation's {what} with fragments expanded exceeds the maximum of {most}.", operation);
            }
        }
    }

    private void Refuse(string message, SyntaxNode at)
    {
        _allowed = false;
        _context.Report(message, at);
    }

    private Size Measure(SelectionSetNode set)
    {
        var size = default(Size);
        foreach (var selection in set.Selections)
        {
            size = size.Beside(selection switch
            {
                FieldNode field => Measure(field),
                InlineFragmentNode inline => Measure(inline.SelectionSet).Inside(),
                _ => _fragments.GetValueOrDefault(((FragmentSpreadNode)selection).Name).Inside(),
            });
        }

        return size;
    }

    private Size Measure(FieldNode field)
    {
        var below = field.SelectionSet is { } set ? Measure(set) : default;
        var introspects = field.Name is "__schema" or "__type";
        var lists = below.TypeLists + (field.Name is "fields" or "interfaces" or "possibleTypes" or "inputFields" ? 1 : 0);
        return new(
            Depth: field.Name.StartsWith("__", StringComparison.Ordinal) ? 0 : below.Depth + 1,
            Nesting: below.Nesting + 1,
            Selections: Size.Sum(below.Selections, 1),
            Aliases: Size.Sum(below.Aliases, field.Alias is null ? 0 : 1),
            RootFields: 1,
            Introspects: introspects || below.Introspects,
            TypeLists: lists,
            IntrospectionLists: introspects ? lists : below.IntrospectionLists);
    }

    /// <param name="Depth">Fields below each other.</param>
    /// <param name="Nesting">Selections of any kind below each other.</param>
    /// <param name="Selections">Selections of any kind.</param>
    /// <param name="Aliases">Fields with an alias.</param>
    /// <param name="RootFields">Fields of the uppermost level.</param>
    /// <param name="Introspects">Asks for the schema.</param>
    /// <param name="TypeLists">Fields below each other that would list types or fields if this were introspection.</param>
    /// <param name="IntrospectionLists">The same, where it is.</param>
    private readonly record struct Size(
        int Depth, int Nesting, int Selections, int Aliases, int RootFields, bool Introspects, int TypeLists, int IntrospectionLists)
    {
        public Size Beside(Size other) => new(
            Math.Max(Depth, other.Depth),
            Math.Max(Nesting, other.Nesting),
            Sum(Selections, other.Selections),
            Sum(Aliases, other.Aliases),
            Sum(RootFields, other.RootFields),
            Introspects || other.Introspects,
            Math.Max(TypeLists, other.TypeLists),
            Math.Max(IntrospectionLists, other.IntrospectionLists));

        public Size Inside() => this with { Nesting = Nesting + 1, Selections = Sum(Selections, 1) };

        // Counts double with every fragment of a bomb and must not wrap around to something small.
        public static int Sum(int a, int b) => (int)Math.Min((long)a + b, int.MaxValue);
    }
}
