using System.Globalization;
using System.Text.Json;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>The operation's variables by name; absent is not null.</summary>
internal sealed class VariableValues(OperationPlan? plan, object?[] values, bool[] given)
{
    public static VariableValues None { get; } = new(null, [], []);

    public object? this[int index] => values[index];

    public bool TryGet(string name, out object? value)
    {
        if (plan is null || !plan.VariablePlaces.TryGetValue(name, out var place))
        {
            value = null;
            return false;
        }

        value = values[place];
        return given[place];
    }
}

/// <summary>Section 3 of the specification, "Input Coercion": from JSON or literals to one C# type per GraphQL type.</summary>
internal static class InputCoercion
{
    /// <summary>Of a list in variables; a document's own are bounded by its tokens.</summary>
    public const int MostItems = 10_000;

    /// <summary>Members of the variables, asked for or not.</summary>
    public const int MostVariables = 1_000;

    public static object? FromJson(JsonElement json, GraphQLType type)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return type.IsNonNull ? throw NotNull(type) : null;
        }

        switch (type.Nullable)
        {
            case ListType when json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > MostItems:
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"A list has more than {MostItems:N0} items."));
            case ListType list when json.ValueKind == JsonValueKind.Array:
                var items = new object?[json.GetArrayLength()];
                var i = 0;
                foreach (var item in json.EnumerateArray())
                {
                    try
                    {
                        items[i] = FromJson(item, list.OfType);
                    }
                    catch (InputException e)
                    {
                        throw e.Under(i);
                    }

                    i++;
                }

                return items;
            case ListType list:
                return new[] { FromJson(json, list.OfType) };
            case InputObjectType o when json.ValueKind == JsonValueKind.Object:
                return ObjectFromJson(json, o);
            case EnumType e when json.ValueKind == JsonValueKind.String && e.FindValue(Text(json)) is { } value:
                return value.Value;
            case ScalarType scalar when scalar.TryCoerce(Input(json), out var coerced) || scalar.TryCoerce(Whole(json), out coerced):
                return coerced;
            default:
                throw Mismatch(type);
        }
    }

    public static object? FromLiteral(ValueNode value, GraphQLType type, VariableValues variables)
    {
        if (value is VariableNode variable)
        {
            return variables.TryGet(variable.Name, out var given) && given is not null ? given : type.IsNonNull ? throw NotNull(type) : null;
        }

        if (value is NullValueNode)
        {
            return type.IsNonNull ? throw NotNull(type) : null;
        }

        switch (type.Nullable)
        {
            case ListType list when value is ListValueNode items:
                var coerced = new object?[items.Items.Length];
                for (var i = 0; i < coerced.Length; i++)
                {
                    try
                    {
                        coerced[i] = FromLiteral(items.Items[i], list.OfType, variables);
                    }
                    catch (InputException e)
                    {
                        throw e.Under(i);
                    }
                }

                return coerced;
            case ListType list:
                return new[] { FromLiteral(value, list.OfType, variables) };
            case InputObjectType o when value is ObjectValueNode fields:
                return ObjectFromLiteral(fields, o, variables);
            case EnumType e when value is EnumValueNode name && e.FindValue(name.Name) is { } found:
                return found.Value;
            case ScalarType scalar when scalar.TryCoerce(Input(value), out var result):
                return result;
            default:
                throw Mismatch(type);
        }
    }

    /// <summary>An argument or input field: default when absent, then as the C# code declares it.</summary>
    public static object? Field(InputValueDefinition definition, ValueNode? value, VariableValues variables)
    {
        if (value is null || (value is VariableNode variable && !variables.TryGet(variable.Name, out _)))
        {
            return Absent(definition);
        }

        var coerced = FromLiteral(value, definition.Type, variables);

        // A variable of a nullable type with a default may stand where null may not.
        return Convert(definition, coerced);
    }

    private static object? Absent(InputValueDefinition definition) =>
        definition.HasDefault ? definition.DefaultValue
        : definition.Type.IsNonNull ? throw NotNull(definition.Type)
        : null;

    private static object? Convert(InputValueDefinition definition, object? coerced) =>
        definition.Convert is null ? coerced : definition.Convert(coerced);

    private static object ObjectFromJson(JsonElement json, InputObjectType type)
    {
        var values = new object?[type.Fields.Count];
        var given = new bool[values.Length];
        foreach (var property in json.EnumerateObject())
        {
            var name = Text(property);
            // By no name: whoever puts words in the wrong place finds them in nobody's log.
            var field = type.FindField(name) ?? throw new InputException($"`{type.Name}` has no field of a name that was given.");
            if (given[field.Index])
            {
                throw new InputException("The field is given twice.").Under(field.Name);
            }

            given[field.Index] = true;
            values[field.Index] = At(type, field, () => Convert(field, FromJson(property.Value, field.Type)));
        }

        return Finish(type, values, given);
    }

    private static object ObjectFromLiteral(ObjectValueNode literal, InputObjectType type, VariableValues variables)
    {
        var values = new object?[type.Fields.Count];
        var given = new bool[values.Length];
        foreach (var node in literal.Fields)
        {
            var field = type.FindField(node.Name) ?? throw new InputException($"`{type.Name}` has no field `{node.Name}`.");
            if (node.Value is VariableNode variable && !variables.TryGet(variable.Name, out _))
            {
                continue;
            }

            given[field.Index] = true;
            values[field.Index] = At(type, field, () => Convert(field, FromLiteral(node.Value, field.Type, variables)));
        }

        return Finish(type, values, given);
    }

    private static object Finish(InputObjectType type, object?[] values, bool[] given)
    {
        if (type.IsOneOf && (given.Count(g => g) != 1 || values[Array.IndexOf(given, true)] is null))
        {
            throw new InputException($"Exactly one field of `{type.Name}` must be given, and not null.") { Code = "HC0055" };
        }

        foreach (var field in type.Fields)
        {
            if (!given[field.Index])
            {
                values[field.Index] = At(type, field, () => Absent(field));
            }
        }

        return type.Construct!(values);
    }

    private static object? At(InputObjectType type, InputValueDefinition field, Func<object?> coerce)
    {
        try
        {
            return coerce();
        }
        catch (InputException e)
        {
            e.Coordinate ??= $"{type.Name}.{field.Name}";
            e.FieldType ??= field.Type.Named.Name;
            throw e.Under(field.Name);
        }
    }

    private static ScalarInput Input(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new(ScalarInputKind.String, Text(json)),
        JsonValueKind.Number => json.GetRawText() switch
        {
            var digits => new(digits.AsSpan().ContainsAny('.', 'e', 'E') ? ScalarInputKind.Float : ScalarInputKind.Int, digits),
        },
        JsonValueKind.True => new(ScalarInputKind.Boolean, "true"),
        JsonValueKind.False => new(ScalarInputKind.Boolean, "false"),
        JsonValueKind.Array => new(ScalarInputKind.List, ""),
        _ => new(ScalarInputKind.Object, ""),
    };

    // JSON that parses may still hold text that is none: half a surrogate pair, or bytes that are no UTF-8.
    private static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NoText();
        }
    }

    private static string Text(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw NoText();
        }
    }

    /// <summary>The members of an object at their places, in one pass; undefined where there is none. What nobody asks for is passed over.</summary>
    /// <exception cref="InputException">One is given twice, or a name is no text.</exception>
    public static JsonElement[] Members(JsonElement json, IReadOnlyDictionary<string, int> places)
    {
        var members = new JsonElement[places.Count];
        if (json.ValueKind != JsonValueKind.Object)
        {
            return members;
        }

        if (json.GetPropertyCount() > MostVariables)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"More than {MostVariables:N0} variables are given."));
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!places.TryGetValue(Text(member), out var place))
            {
                continue;
            }

            if (members[place].ValueKind != JsonValueKind.Undefined)
            {
                throw new InputException("The variable is given twice.").Under(member.Name);
            }

            members[place] = member.Value;
        }

        return members;
    }

    private static InputException NoText() => new("The variables hold text that is not valid Unicode.");

    /// <summary>JSON knows one kind of number: <c>2.0</c> and <c>2e0</c> are 2 where a whole one is expected.</summary>
    private static ScalarInput Whole(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && Math.Truncate(number) == number && Math.Abs(number) <= 1L << 53
            ? new(ScalarInputKind.Int, ((long)number).ToString(CultureInfo.InvariantCulture))
            : Input(json);

    private static ScalarInput Input(ValueNode value) => value switch
    {
        StringValueNode s => new(ScalarInputKind.String, s.Value),
        IntValueNode i => new(ScalarInputKind.Int, i.Text),
        FloatValueNode f => new(ScalarInputKind.Float, f.Text),
        BooleanValueNode b => new(ScalarInputKind.Boolean, b.Value ? "true" : "false"),
        EnumValueNode e => new(ScalarInputKind.Enum, e.Name),
        ListValueNode => new(ScalarInputKind.List, ""),
        _ => new(ScalarInputKind.Object, ""),
    };

    private static InputException NotNull(GraphQLType type) => new($"`{type}` takes no null.") { Code = "HC0018" };

    // Never the value: it may be a child's name, and messages are logged.
    private static InputException Mismatch(GraphQLType type) =>
        new($"The value is not of type `{type.Nullable}`{(type.Named is ScalarType { IsBuiltIn: false, Description: { } form } ? $": {form}" : ".")}") { FieldType = type.Named.Name };
}
