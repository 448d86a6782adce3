using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>
/// What an operation may cost at most: fields by weight, and objects; both multiply by page sizes, and by an assumed size where a list is
/// no page. A page size in a variable counts as the largest page, as on Hot Chocolate.
/// </summary>
internal readonly record struct CostEstimate(double Fields, double Types)
{
    private readonly Schema? _schema;
    private readonly Dictionary<string, FragmentDefinitionNode>? _fragments;
    private readonly CostOptions? _options;

    private CostEstimate(Schema schema, Document document, CostOptions options)
        : this(0, 0) => (_schema, _fragments, _options) = (schema, document.Fragments.ToDictionary(f => f.Name.Value, StringComparer.Ordinal), options);

    public static CostEstimate Of(Schema schema, Document document, OperationDefinitionNode operation, CostOptions options)
    {
        var below = new CostEstimate(schema, document, options).Of(TypeRelations.RootOf(schema, operation.Kind)!, operation.SelectionSet, 1);
        return new(below.Fields, below.Types + 1);
    }

    private (double Fields, double Types) Of(NamedType parent, SelectionSetNode set, double pageSize)
    {
        var (fields, types) = (0.0, 0.0);
        foreach (var selection in set.Selections)
        {
            var one = selection switch
            {
                FieldNode field => OfField(parent, field, pageSize),
                InlineFragmentNode inline => Of(inline.TypeCondition is { } on ? _schema!.FindType(on.Name)! : parent, inline.SelectionSet, pageSize),
                FragmentSpreadNode spread => Of(_schema!.FindType(_fragments![spread.Name].TypeCondition.Name)!, _fragments[spread.Name].SelectionSet, pageSize),
                _ => default,
            };
            fields += one.Fields;
            types += one.Types;
        }

        return (fields, types);
    }

    private (double Fields, double Types) OfField(NamedType parent, FieldNode node, double pageSize)
    {
        if (node.Name.StartsWith("__", StringComparison.Ordinal) || _schema!.FindField(parent, node.Name) is not { } definition)
        {
            return default;
        }

        var weight = definition.Source?.IsAsync == true ? _options!.DefaultResolverCost ?? 1
            : definition.Type.Named.IsComposite ? 1.0 : 0.0;
        if (node.SelectionSet is null)
        {
            return (weight, 0);
        }

        var size = definition.Paging is { } paging ? PageSize(node, paging) : 1;
        var isPage = node.Name is "edges" or "nodes";
        var below = Of(definition.Type.Named, node.SelectionSet, size);
        var times = definition.SizedBy is { } list ? ListSize(node, list) : isPage ? pageSize : definition.Type.Nullable is ListType ? _options!.AssumedListSize : 1;
        return (weight + (below.Fields * times), (1 + below.Types) * times);
    }

    /// <summary>The larger of <c>first</c> and <c>last</c>. A size out of range is refused when it is asked; until then it must not make anything cheaper.</summary>
    private static double PageSize(FieldNode node, PagingOptions paging)
    {
        var most = paging.MaxPageSize ?? PagingOptions.InitialMaxPageSize;
        int? size = null;
        foreach (var argument in node.Arguments)
        {
            if (argument.Name is "first" or "last" && argument.Value is not NullValueNode)
            {
                var written = argument.Value is IntValueNode number && int.TryParse(number.Text, out var n) ? Math.Clamp(n, 0, most) : most;
                size = Math.Max(size ?? 0, written);
            }
        }

        return size ?? paging.DefaultPageSize ?? PagingOptions.InitialDefaultPageSize;
    }

    private static double ListSize(FieldNode node, ListSize list)
    {
        foreach (var argument in node.Arguments)
        {
            if (argument.Name == list.Argument)
            {
                return argument.Value is ListValueNode written ? Math.Min(written.Items.Length, list.Most) : list.Most;
            }
        }

        return 1;
    }
}
