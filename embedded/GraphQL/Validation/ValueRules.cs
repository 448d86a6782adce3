using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>
/// 5.6: literals have the type that is expected; on the way, the variables used are collected.
/// Messages say what kind of value was found, never the value.
/// </summary>
internal static class ValueRules
{
    public static void Check(ValidationContext context, Definition definition, ValueNode value, InputValueDefinition? expected) =>
        Check(context, definition, value, expected?.Type, expected?.HasDefault ?? false, oneOf: null);

    /// <param name="context">Collects the errors.</param>
    /// <param name="definition">Collects the variables used.</param>
    /// <param name="value">What is given.</param>
    /// <param name="type">Null when unknown; the variables used still count.</param>
    /// <param name="hasDefault">The place has a default value, so a variable may be left out.</param>
    /// <param name="oneOf">The input object of which exactly one field is to be given, when the value is that field.</param>
    public static void Check(
        ValidationContext context, Definition definition, ValueNode value, GraphQLType? type, bool hasDefault, InputObjectType? oneOf)
    {
        if (context.IsFull)
        {
            return;
        }

        if (value is VariableNode variable)
        {
            definition.Usages.Add(new(variable, type, hasDefault, oneOf));
            return;
        }

        if (value is NullValueNode)
        {
            if (type is NonNullType)
            {
                context.Report($"Expected value of non-null type \"{type}\" not to be null.", value);
            }

            return;
        }

        switch (type?.Nullable)
        {
            case ListType list:
                CheckList(context, definition, value, list);
                break;
            case InputObjectType input:
                CheckObject(context, definition, value, input);
                break;
            case EnumType @enum:
                CheckEnum(context, value, @enum);
                CheckInside(context, definition, value);
                break;
            case ScalarType scalar:
                if (!scalar.TryCoerce(ToInput(value), out _))
                {
                    context.Report($"Expected value of type \"{scalar.Name}\", found {KindOf(value)}.", value);
                }

                CheckInside(context, definition, value);
                break;
            default:
                CheckInside(context, definition, value);
                break;
        }
    }

    private static void CheckList(ValidationContext context, Definition definition, ValueNode value, ListType list)
    {
        if (value is not ListValueNode given)
        {
            Check(context, definition, value, list.OfType, hasDefault: false, oneOf: null);
            return;
        }

        foreach (var item in given.Items)
        {
            Check(context, definition, item, list.OfType, hasDefault: false, oneOf: null);
        }
    }

    private static void CheckObject(ValidationContext context, Definition definition, ValueNode value, InputObjectType input)
    {
        if (value is not ObjectValueNode given)
        {
            context.Report($"Expected value of type \"{input.Name}\" to be an object, found {KindOf(value)}.", value);
            CheckInside(context, definition, value);
            return;
        }

        var seen = CheckUnique(context, given);
        foreach (var field in given.Fields)
        {
            var expected = input.FindField(field.Name);
            if (expected is null)
            {
                context.Report($"Expected value of type \"{input.Name}\" not to include unknown field \"{field.Name}\".", field);
            }

            Check(context, definition, field.Value, expected?.Type, expected?.HasDefault ?? false, input.IsOneOf ? input : null);
        }

        foreach (var expected in input.Fields)
        {
            if (expected.IsRequired && !seen.ContainsKey(expected.Name))
            {
                context.Report($"Expected value of type \"{input.Name}\" to include required field \"{expected.Name}\".", value);
            }
        }

        if (input.IsOneOf && (given.Fields.Length != 1 || given.Fields[0].Value is NullValueNode))
        {
            context.Report($"Within OneOf Input Object type \"{input.Name}\", exactly one field must be specified, and the value for that field must be non-null.", value);
        }
    }

    private static Dictionary<string, ObjectFieldNode> CheckUnique(ValidationContext context, ObjectValueNode value)
    {
        var seen = new Dictionary<string, ObjectFieldNode>(value.Fields.Length, StringComparer.Ordinal);
        foreach (var field in value.Fields)
        {
            if (!seen.TryAdd(field.Name, field))
            {
                context.Report($"There can be only one input field named \"{field.Name}\".", seen[field.Name], field);
            }
        }

        return seen;
    }

    /// <summary>Inside a value whose parts have no type of their own: still variables, and names given once.</summary>
    private static void CheckInside(ValidationContext context, Definition definition, ValueNode value)
    {
        if (value is ListValueNode list)
        {
            foreach (var item in list.Items)
            {
                Check(context, definition, item, type: null, hasDefault: false, oneOf: null);
            }
        }
        else if (value is ObjectValueNode given)
        {
            CheckUnique(context, given);
            foreach (var field in given.Fields)
            {
                Check(context, definition, field.Value, type: null, hasDefault: false, oneOf: null);
            }
        }
    }

    private static void CheckEnum(ValidationContext context, ValueNode value, EnumType type)
    {
        if (value is not EnumValueNode given)
        {
            context.Report($"Enum \"{type.Name}\" cannot represent non-enum value: found {KindOf(value)}.", value);
        }
        else if (type.FindValue(given.Name) is null)
        {
            context.Report($"Value \"{given.Name}\" does not exist in \"{type.Name}\" enum.", value);
        }
    }

    private static ScalarInput ToInput(ValueNode value) => value switch
    {
        IntValueNode v => new(ScalarInputKind.Int, v.Text),
        FloatValueNode v => new(ScalarInputKind.Float, v.Text),
        StringValueNode v => new(ScalarInputKind.String, v.Value),
        BooleanValueNode v => new(ScalarInputKind.Boolean, v.Value ? "true" : "false"),
        EnumValueNode v => new(ScalarInputKind.Enum, v.Name),
        ListValueNode => new(ScalarInputKind.List, ""),
        _ => new(ScalarInputKind.Object, ""),
    };

    private static string KindOf(ValueNode value) => value switch
    {
        IntValueNode => "an integer",
        FloatValueNode => "a float",
        StringValueNode => "a string",
        BooleanValueNode => "a boolean",
        EnumValueNode => "an enum value",
        ListValueNode => "a list",
        _ => "an object",
    };
}
