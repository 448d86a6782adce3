using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>5.3.1, 5.3.3, 5.5.1.2–3, 5.5.2.3: every definition is walked once, with the type that each selection is made on.</summary>
internal sealed class SelectionRules
{
    private readonly ValidationContext _context;
    private readonly DirectiveRules _directives;
    private readonly ArgumentIdentity _identity = new();
    private readonly Dictionary<(NamedType, NamedType), bool> _overlaps = [];
    private Definition _definition = null!;
    private int _fields;

    private SelectionRules(ValidationContext context)
    {
        _context = context;
        _directives = new(context);
    }

    public static void Check(ValidationContext context)
    {
        var rules = new SelectionRules(context);
        foreach (var operation in context.Index.Operations)
        {
            rules.Check(operation, (OperationDefinitionNode)operation.Node);
        }

        foreach (var fragment in context.Index.Fragments)
        {
            rules.Check(fragment, (FragmentDefinitionNode)fragment.Node);
        }
    }

    private void Check(Definition definition, OperationDefinitionNode operation)
    {
        _definition = definition;
        _directives.Check(definition, operation.Directives, operation.Kind switch
        {
            OperationKind.Query => DirectiveLocations.Query,
            OperationKind.Mutation => DirectiveLocations.Mutation,
            _ => DirectiveLocations.Subscription,
        });
        foreach (var variable in operation.Variables)
        {
            _directives.Check(definition, variable.Directives, DirectiveLocations.VariableDefinition);
        }

        Walk(operation.SelectionSet, TypeRelations.RootOf(_context.Schema, operation.Kind), definition.Selection);
    }

    private void Check(Definition definition, FragmentDefinitionNode fragment)
    {
        _definition = definition;
        _directives.Check(definition, fragment.Directives, DirectiveLocations.FragmentDefinition);
        var type = ConditionType(fragment.TypeCondition, fragment.Name.Value, report: true);
        Walk(fragment.SelectionSet, type, definition.Selection);
    }

    /// <param name="set">What is selected.</param>
    /// <param name="parent">Null when unknown: then only what needs no type is checked.</param>
    /// <param name="into">Collects the fields that are known.</param>
    private void Walk(SelectionSetNode set, NamedType? parent, TypedSelection into)
    {
        foreach (var selection in set.Selections)
        {
            if (_context.IsFull)
            {
                return;
            }

            switch (selection)
            {
                case FieldNode field:
                    Field(field, parent, into);
                    break;
                case InlineFragmentNode inline:
                    Inline(inline, parent, into);
                    break;
                case FragmentSpreadNode spread:
                    Spread(spread, parent, into);
                    break;
            }
        }
    }

    private void Field(FieldNode node, NamedType? parent, TypedSelection into)
    {
        var definition = parent is null ? null : _context.Schema.FindField(parent, node.Name);
        if (definition is null && parent is not null)
        {
            _context.Report($"Cannot query field \"{node.Name}\" on type \"{parent.Name}\".", node);
        }

        var owner = definition is null ? null : new ArgumentOwner($"field \"{parent!.Name}.{node.Name}\"", $"{parent.Name}.{node.Name}", definition.Arguments);
        ArgumentRules.Check(_context, _definition, node, node.Arguments, owner);
        _directives.Check(_definition, node.Directives, DirectiveLocations.Field);
        if (definition is not null)
        {
            CheckLeaf(node, definition);
        }

        var below = node.SelectionSet is null ? null : new TypedSelection();
        if (definition is not null)
        {
            into.Fields.Add(new(_fields++, node, parent!, definition) { Below = below, Arguments = _identity.Of(node.Arguments) });
        }

        if (below is not null)
        {
            Walk(node.SelectionSet!, definition?.Type.Named is { IsComposite: true } type ? type : null, below);
        }
    }

    private void CheckLeaf(FieldNode node, FieldDefinition definition)
    {
        if (definition.Type.Named.IsLeaf && node.SelectionSet is { } set)
        {
            _context.Report($"Field \"{node.Name}\" must not have a selection since type \"{definition.Type}\" has no subfields.", set);
        }
        else if (definition.Type.Named.IsComposite && node.SelectionSet is null)
        {
            _context.Report($"Field \"{node.Name}\" of type \"{definition.Type}\" must have a selection of subfields. Did you mean \"{node.Name} {{ ... }}\"?", node);
        }
    }

    private void Inline(InlineFragmentNode node, NamedType? parent, TypedSelection into)
    {
        _directives.Check(_definition, node.Directives, DirectiveLocations.InlineFragment);
        var type = parent;
        if (node.TypeCondition is { } condition)
        {
            type = ConditionType(condition, fragment: null, report: true);
            if (type is not null && parent is not null && !Overlap(parent, type))
            {
                _context.Report($"Fragment cannot be spread here as objects of type \"{parent.Name}\" can never be of type \"{type.Name}\".", node);
            }
        }

        Walk(node.SelectionSet, type, into);
    }

    private void Spread(FragmentSpreadNode node, NamedType? parent, TypedSelection into)
    {
        _directives.Check(_definition, node.Directives, DirectiveLocations.FragmentSpread);
        if (_context.Index.FindFragment(node.Name) is not { } target)
        {
            return;
        }

        into.Spreads.Add(target);
        var type = ConditionType(((FragmentDefinitionNode)target.Node).TypeCondition, node.Name, report: false);
        if (type is not null && parent is not null && !Overlap(parent, type))
        {
            _context.Report($"Fragment \"{node.Name}\" cannot be spread here as objects of type \"{parent.Name}\" can never be of type \"{type.Name}\".", node);
        }
    }

    private bool Overlap(NamedType a, NamedType b)
    {
        // Comparing two lists of possible types is the dearest question asked of the schema, and the same one is asked often.
        if (!_overlaps.TryGetValue((a, b), out var overlap))
        {
            overlap = TypeRelations.Overlap(_context.Schema, a, b);
            _overlaps.Add((a, b), overlap);
        }

        return overlap;
    }

    private NamedType? ConditionType(NamedTypeNode condition, string? fragment, bool report)
    {
        var type = _context.Schema.FindType(condition.Name);
        if (type is { IsComposite: true })
        {
            return type;
        }

        if (report)
        {
            _context.Report(
                type is null ? $"Unknown type \"{condition.Name}\"."
                : fragment is null ? $"Fragment cannot condition on non composite type \"{type.Name}\"."
                : $"Fragment \"{fragment}\" cannot condition on non composite type \"{type.Name}\".",
                condition);
        }

        return null;
    }
}
