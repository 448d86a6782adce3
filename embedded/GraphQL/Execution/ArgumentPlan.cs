using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A field's arguments: coerced once when the plan is made, or once per operation when they name variables.</summary>
internal sealed class ArgumentPlan
{
    public static ArgumentPlan None { get; } = new([], [], 0);

    private readonly InputValueDefinition[] _definitions;
    private readonly ValueNode?[] _values;

    private ArgumentPlan(InputValueDefinition[] definitions, ValueNode?[] values, int offset)
    {
        (_definitions, _values, Offset) = (definitions, values, offset);
        Constants = definitions.Length == 0 ? [] : null;
    }

    public int Offset { get; }

    public object?[]? Constants { get; private set; }

    public int Slot { get; set; } = -1;

    public static ArgumentPlan Create(FieldDefinition field, FieldNode node)
    {
        if (field.Arguments.Count == 0)
        {
            return None;
        }

        var values = new ValueNode?[field.Arguments.Count];
        foreach (var argument in node.Arguments)
        {
            if (field.FindArgument(argument.Name) is { } definition)
            {
                values[definition.Index] = argument.Value;
            }
        }

        var plan = new ArgumentPlan([.. field.Arguments], values, node.Offset);
        if (!Array.Exists(values, v => v is not null && DependsOnVariables(v)) && !plan._definitions.Any(d => IsMutable(d.RuntimeType)))
        {
            plan.Constants = plan.Coerce(VariableValues.None);
        }

        return plan;
    }

    public object?[] Coerce(VariableValues variables)
    {
        var coerced = new object?[_definitions.Length];
        for (var i = 0; i < coerced.Length; i++)
        {
            var definition = _definitions[i];
            try
            {
                coerced[i] = InputCoercion.Field(definition, _values[i], variables);
            }
            catch (InputException e)
            {
                e.Coordinate ??= definition.Name;
                e.FieldType ??= definition.Type.Named.Name;
                throw;
            }
        }

        return coerced;
    }

    // What one request could change must not be seen by the next.
    private static bool IsMutable(Type type) =>
        type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(List<>) || open == typeof(IList<>) || open == typeof(ICollection<>)));

    private static bool DependsOnVariables(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Items.Any(DependsOnVariables),
        ObjectValueNode o => o.Fields.Any(f => DependsOnVariables(f.Value)),
        _ => false,
    };
}
