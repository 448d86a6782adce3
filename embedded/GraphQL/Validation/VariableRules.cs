using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>A place where a variable stands: what type is expected there, and whether the place has a default.</summary>
internal readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, bool HasDefault, InputObjectType? OneOf);

/// <summary>5.8: variables are defined once, of input types, used, and used where their type fits.</summary>
internal static class VariableRules
{
    public static void Check(ValidationContext context)
    {
        foreach (var operation in context.Index.Operations)
        {
            if (context.IsFull)
            {
                return;
            }

            Check(context, operation, (OperationDefinitionNode)operation.Node);
        }
    }

    private static void Check(ValidationContext context, Definition definition, OperationDefinitionNode operation)
    {
        var variables = new Dictionary<string, Variable>(operation.Variables.Length, StringComparer.Ordinal);
        foreach (var node in operation.Variables)
        {
            var type = CheckDefinition(context, definition, node);
            if (!variables.TryAdd(node.Name, new(node, type)))
            {
                context.Report($"There can be only one variable named \"${node.Name}\".", variables[node.Name].Node, node);
            }
        }

        foreach (var reached in context.Index.ReachableFrom(definition))
        {
            foreach (var usage in reached.Usages)
            {
                if (variables.TryGetValue(usage.Node.Name, out var variable))
                {
                    variable.IsUsed = true;
                    CheckUsage(context, variable, usage);
                }
                else
                {
                    var by = operation.Name is { } name ? $" by operation \"{name.Value}\"" : "";
                    context.Report($"Variable \"${usage.Node.Name}\" is not defined{by}.", usage.Node, operation);
                }
            }
        }

        foreach (var variable in variables.Values.Where(v => !v.IsUsed))
        {
            var where = operation.Name is { } name ? $" in operation \"{name.Value}\"" : "";
            context.Report($"Variable \"${variable.Node.Name}\" is never used{where}.", variable.Node);
        }
    }

    private static GraphQLType? CheckDefinition(ValidationContext context, Definition definition, VariableDefinitionNode node)
    {
        var type = TypeRelations.Resolve(context.Schema, node.Type);
        if (type is null)
        {
            var name = TypeRelations.NameOf(node.Type);
            context.Report($"Unknown type \"{name.Name}\".", name);
        }
        else if (!type.IsInput)
        {
            context.Report($"Variable \"${node.Name}\" cannot be non-input type \"{type}\".", node.Type);
        }

        if (node.DefaultValue is { } value)
        {
            ValueRules.Check(context, definition, value, type is { IsInput: true } ? type : null, hasDefault: false, oneOf: null);
        }

        return type;
    }

    private static void CheckUsage(ValidationContext context, Variable variable, VariableUsage usage)
    {
        if (variable.Type is not { } type || usage.Type is not { } expected)
        {
            return;
        }

        if (!IsAllowed(type, variable.Node.DefaultValue, expected, usage.HasDefault))
        {
            context.Report($"Variable \"${variable.Node.Name}\" of type \"{type}\" used in position expecting type \"{expected}\".", variable.Node, usage.Node);
        }

        // Of the spec's IsNonNullPosition: a default keeps null out as far as can be told here.
        if (usage.OneOf is { } oneOf && !type.IsNonNull && variable.Node.DefaultValue is (null or NullValueNode))
        {
            context.Report($"Variable \"${variable.Node.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{oneOf.Name}\".", variable.Node, usage.Node);
        }
    }

    private static bool IsAllowed(GraphQLType type, ValueNode? defaultValue, GraphQLType expected, bool placeHasDefault)
    {
        // Null cannot be ruled out here when a default exists; execution refuses an explicit null.
        if (expected is NonNullType nonNull && !type.IsNonNull)
        {
            return (placeHasDefault || defaultValue is not (null or NullValueNode)) && TypeRelations.IsAssignable(type, nonNull.OfType);
        }

        return TypeRelations.IsAssignable(type, expected);
    }

    private sealed class Variable(VariableDefinitionNode node, GraphQLType? type)
    {
        public VariableDefinitionNode Node { get; } = node;

        public GraphQLType? Type { get; } = type;

        public bool IsUsed { get; set; }
    }
}
