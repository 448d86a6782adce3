using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>From what coercion gives (one C# type per scalar, object[] per list) to what the C# code declares.</summary>
internal static class InputConversion
{
    /// <summary>Null when nothing has to be done.</summary>
    public static Func<object?, object?>? For(GraphQLType type, Type clr, string? idOf)
    {
        if (type.Nullable is ListType list)
        {
            return ListOf(ClrTypes.ElementOf(clr) ?? typeof(object), clr, For(list.OfType, ClrTypes.ElementOf(clr) ?? typeof(object), idOf));
        }

        var bare = ClrTypes.Bare(clr);
        if (idOf is not null)
        {
            return value => value is null ? null : Id((string)value, bare, idOf);
        }

        return type.Named is ScalarType scalar ? Scalar(scalar.Name, bare) : null;
    }

    private static object Id(string id, Type clr, string expected)
    {
        if (!NodeIds.TryParse(id, out var type, out var key))
        {
            throw Wrong(id, "The ID has an invalid format.");
        }

        if (expected.Length > 0 && type != expected)
        {
            throw Wrong(id, $"The ID is one of `{type}`, but `{expected}` is expected.");
        }

        return NodeIds.TryKey(key, clr, out var value) ? value! : throw Wrong(id, "The ID has an invalid format.");
    }

    private static InputException Wrong(string id, string message) =>
        new(message) { IsOfRequest = true, More = ImmutableDictionary<string, object?>.Empty.Add("originalValue", id) };

    private static Func<object?, object?>? Scalar(string name, Type clr) => name switch
    {
        "Float" when clr == typeof(float) => v => v is null ? null : (float)(double)v,
        "String" when clr == typeof(char) => v => v is string { Length: 1 } s ? s[0] : v is null ? null : throw new InputException("One character is expected."),
        "DateTime" when clr == typeof(DateTime) => v => v is null ? null : ((DateTimeOffset)v).UtcDateTime,
        "ID" when clr != typeof(string) && clr != typeof(object) =>
            v => v is null ? null : NodeIds.TryKey((string)v, clr, out var key) ? key : throw Wrong((string)v, "The ID has an invalid format."),
        _ => null,
    };

    private static Func<object?, object?> ListOf(Type element, Type list, Func<object?, object?>? convert) =>
        (Func<object?, object?>)typeof(InputConversion).GetMethod(nameof(Items), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(element).Invoke(null, [list, convert])!;

    private static Func<object?, object?> Items<T>(Type list, Func<object?, object?>? convert)
    {
        Func<T[], object> finish = list switch
        {
            _ when list.IsAssignableFrom(typeof(T[])) => items => items,
            _ when list.IsAssignableFrom(typeof(List<T>)) => items => new List<T>(items),
            _ when list.IsAssignableFrom(typeof(HashSet<T>)) => items => new HashSet<T>(items),
            _ when list == typeof(ImmutableArray<T>) => items => ImmutableArray.Create(items),
            _ when list.IsAssignableFrom(typeof(ImmutableList<T>)) => items => ImmutableList.Create(items),
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Input cannot be a {list}.")),
        };
        return value =>
        {
            if (value is null)
            {
                return null;
            }

            var from = (object?[])value;
            var items = new T[from.Length];
            for (var i = 0; i < items.Length; i++)
            {
                try
                {
                    items[i] = (T)(convert is null ? from[i] : convert(from[i]))!;
                }
                catch (InputException e)
                {
                    throw e.Under(i);
                }
            }

            return finish(items);
        };
    }

    /// <summary>Compiles the making of an input record: the widest constructor, then the settable rest.</summary>
    public static Func<object?[], object> Constructor(Type type, IReadOnlyList<(PropertyInfo Property, InputValueDefinition Field)> fields)
    {
        var values = Expression.Parameter(typeof(object[]), "values");
        var constructor = type.GetConstructors().Where(c => c.GetParameters().All(p => Find(fields, p.Name!).Field is not null))
            .OrderByDescending(c => c.GetParameters().Length).FirstOrDefault()
            ?? throw new InvalidOperationException($"{type} has no constructor that takes its own properties.");
        var parameters = constructor.GetParameters();
        Expression made = Expression.New(constructor, parameters.Select(p => Value(values, Find(fields, p.Name!).Field, p.ParameterType)));
        var rest = fields
            .Where(f => f.Property.CanWrite && !parameters.Any(p => string.Equals(p.Name, f.Property.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(f => Expression.Bind(f.Property, Value(values, f.Field, f.Property.PropertyType))).ToArray();
        if (rest.Length > 0)
        {
            made = Expression.MemberInit((NewExpression)made, rest);
        }

        return Expression.Lambda<Func<object?[], object>>(Expression.Convert(made, typeof(object)), values).Compile();
    }

    private static (PropertyInfo Property, InputValueDefinition Field) Find(IReadOnlyList<(PropertyInfo Property, InputValueDefinition Field)> fields, string name) =>
        fields.FirstOrDefault(f => string.Equals(f.Property.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ConditionalExpression Value(ParameterExpression values, InputValueDefinition field, Type type)
    {
        var value = Expression.ArrayIndex(values, Expression.Constant(field.Index));
        return Expression.Condition(
            Expression.ReferenceEqual(value, Expression.Constant(null)), Expression.Default(type), Expression.Convert(value, type));
    }
}
