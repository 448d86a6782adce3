using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>
/// Turns one operation of a valid document into a plan. The compiler lives as long as the plan: selections on
/// interfaces are finished when a type is first met.
/// </summary>
internal sealed class PlanCompiler
{
    // Validation bounds what an operation expands to; this is what would otherwise overflow the bits.
    private const int MaxConditionVariables = 64;

    /// <summary>Each place of a field looks at those before it, for every object.</summary>
    private const int MaxConditionsOfField = 64;

    private readonly Dictionary<string, FragmentDefinitionNode> _fragments;
    private readonly OperationDefinitionNode _operation;
    private readonly Document _document;
    private readonly Dictionary<(FieldDefinition, FieldNode), ArgumentPlan> _arguments = [];
    private readonly List<ArgumentPlan> _dynamic = [];
    private readonly List<string> _conditions = [];
    private readonly HashSet<int> _requirements = [];
    private readonly HashSet<(SyntaxNode, NamedType)> _walked = [];

    private PlanCompiler(Schema schema, Document document, OperationDefinitionNode operation, Action<long> grew)
    {
        (Schema, _document, _operation, Grew) = (schema, document, operation, grew);
        _fragments = document.Fragments.ToDictionary(f => f.Name.Value, StringComparer.Ordinal);
    }

    public Schema Schema { get; }

    /// <summary>Told of the bytes that finishing a selection later took.</summary>
    public Action<long> Grew { get; }

    public static OperationPlan Compile(Schema schema, Document document, OperationDefinitionNode operation, CostEstimate cost, Action<long> grew) =>
        new PlanCompiler(schema, document, operation, grew).Compile(cost);

    public ObjectSet Compile(ObjectType type, List<(SelectionSetNode Set, Condition Condition)> parts)
    {
        var collected = new List<Occurrence>();
        foreach (var (set, condition) in parts)
        {
            Collect(type, set, condition, collected);
        }

        return new(type, [.. collected.GroupBy(o => o.Node.ResponseName, StringComparer.Ordinal)
            .SelectMany(g => Fields(type, [.. g])).OrderBy(f => f.Position).Select(f => f.Field)]);
    }

    private OperationPlan Compile(CostEstimate cost)
    {
        var root = TypeRelations.RootOf(Schema, _operation.Kind)!;
        Walk(root, _operation.SelectionSet);
        var set = Compile(root, [(_operation.SelectionSet, default)]);
        var variables = _operation.Variables.Select(Variable).ToArray();
        return new OperationPlan
        {
            Kind = _operation.Kind,
            Name = _operation.Name?.Value,
            Document = _document,
            Root = set,
            Variables = variables,
            VariablePlaces = variables.Index().ToDictionary(v => v.Item.Name, v => v.Index, StringComparer.Ordinal),
            ConditionVariables = [.. _conditions.Select(c => Array.FindIndex(variables, v => v.Name == c))],
            Arguments = [.. _dynamic],
            Requirements = [.. _requirements],
            Cost = cost,
        };
    }

    private VariablePlan Variable(VariableDefinitionNode node)
    {
        var type = TypeOf(node.Type);
        var hasDefault = node.DefaultValue is not null;
        var value = hasDefault ? InputCoercion.FromLiteral(node.DefaultValue!, type, VariableValues.None) : null;
        return new(node.Name, type, hasDefault, value, node.Offset, node);
    }

    private GraphQLType TypeOf(TypeNode node) => node switch
    {
        ListTypeNode list => TypeOf(list.Element).List,
        NonNullTypeNode nonNull => TypeOf(nonNull.Inner).NonNull,
        _ => Schema.FindType(((NamedTypeNode)node).Name)!,
    };

    /// <summary>
    /// Meets every field on every type it may be asked of, once: arguments are coerced (a wrong id is the request's
    /// error, not the field's) and requirements are known before anything runs.
    /// </summary>
    private void Walk(NamedType parent, SelectionSetNode set)
    {
        if (!_walked.Add((set, parent)))
        {
            return;
        }

        foreach (var selection in set.Selections)
        {
            // Conditions get their bits here, before the plan can be shared.
            ConditionOf(selection);
            switch (selection)
            {
                case FieldNode field:
                    Walk(parent, field);
                    break;
                case InlineFragmentNode inline:
                    Walk(inline.TypeCondition is { } on ? Schema.FindType(on.Name)! : parent, inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread:
                    var fragment = _fragments[spread.Name];
                    Walk(Schema.FindType(fragment.TypeCondition.Name)!, fragment.SelectionSet);
                    break;
            }
        }
    }

    private void Walk(NamedType parent, FieldNode node)
    {
        foreach (var type in Schema.PossibleTypes(parent))
        {
            if (Schema.FindField(type, node.Name) is not { } definition)
            {
                continue;
            }

            ArgumentsOf(definition, node);
            _requirements.UnionWith(definition.Requirements);
            if (node.SelectionSet is null)
            {
                continue;
            }

            foreach (var possible in Schema.PossibleTypes(definition.Type.Named))
            {
                _requirements.UnionWith(possible.Requirements);
            }

            Walk(definition.Type.Named, node.SelectionSet);
        }
    }

    private ArgumentPlan ArgumentsOf(FieldDefinition definition, FieldNode node)
    {
        if (_arguments.TryGetValue((definition, node), out var known))
        {
            return known;
        }

        var made = ArgumentPlan.Create(definition, node);
        if (made.Constants is null)
        {
            made.Slot = _dynamic.Count;
            _dynamic.Add(made);
        }

        return _arguments[(definition, node)] = made;
    }

    private void Collect(ObjectType type, SelectionSetNode set, Condition condition, List<Occurrence> collected)
    {
        foreach (var selection in set.Selections)
        {
            if (ConditionOf(selection) is not { } own)
            {
                continue;
            }

            var both = condition.And(own);
            switch (selection)
            {
                case FieldNode field:
                    collected.Add(new(field, both, collected.Count));
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Schema.IsPossible(Schema.FindType(inline.TypeCondition.Name)!, type):
                    Collect(type, inline.SelectionSet, both, collected);
                    break;
                case FragmentSpreadNode spread when Schema.IsPossible(Schema.FindType(_fragments[spread.Name].TypeCondition.Name)!, type):
                    Collect(type, _fragments[spread.Name].SelectionSet, both, collected);
                    break;
            }
        }
    }

    /// <summary>
    /// The fields of one response name as one, at the place of the first that is included: where that depends on
    /// variables there is one for each place, and each yields to those before it.
    /// </summary>
    private IEnumerable<(PlanField Field, int Position)> Fields(ObjectType type, Occurrence[] occurrences)
    {
        var node = occurrences[0].Node;
        var definition = Schema.FindField(type, node.Name)!;
        var arguments = ArgumentsOf(definition, node);
        var selection = node.SelectionSet is null
            ? null
            : new Selection(this, definition.Type.Named, [.. occurrences.Select(o => (o.Node.SelectionSet!, o.Condition))]);
        var places = occurrences.DistinctBy(o => o.Condition).ToArray();
        if (places.Length > MaxConditionsOfField)
        {
            throw new InputException($"`{node.ResponseName}` stands under more than {MaxConditionsOfField} different conditions of @skip and @include.");
        }

        var conditions = Array.ConvertAll(places, o => o.Condition);
        var always = Array.IndexOf(conditions, default);
        for (var i = 0; i <= (always < 0 ? places.Length - 1 : always); i++)
        {
            yield return (new(definition, node)
            {
                Condition = conditions[i],
                Before = conditions.AsMemory(0, i),
                Arguments = arguments,
                Selection = selection,
                IsConstant = definition.Name is "__schema" or "__type" && _operation.Variables.Length == 0,
            }, places[i].Position);
        }
    }

    /// <summary>Null when the selection is left out for good.</summary>
    private Condition? ConditionOf(SelectionNode selection)
    {
        var condition = default(Condition);
        foreach (var directive in selection.Directives)
        {
            if (directive.Name is not ("skip" or "include"))
            {
                continue;
            }

            var isSkip = directive.Name == "skip";
            switch (directive.Arguments[0].Value)
            {
                case BooleanValueNode constant when constant.Value == isSkip:
                    return null;
                case VariableNode variable:
                    var bit = 1UL << BitOf(variable.Name);
                    condition = condition.And(isSkip ? new(0, bit) : new(bit, 0));
                    break;
            }
        }

        return condition;
    }

    private int BitOf(string variable)
    {
        var found = _conditions.IndexOf(variable);
        if (found >= 0)
        {
            return found;
        }

        if (_conditions.Count == MaxConditionVariables)
        {
            throw new InputException($"More than {MaxConditionVariables} variables in @skip and @include.");
        }

        _conditions.Add(variable);
        return _conditions.Count - 1;
    }

    private readonly record struct Occurrence(FieldNode Node, Condition Condition, int Position);
}
