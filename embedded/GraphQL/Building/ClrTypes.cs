using System.Collections;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>What a C# type is to the schema: awaited, a list, an optional value.</summary>
internal static class ClrTypes
{
    public static bool IsAwaited(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    /// <summary>The result of a task, or the type itself.</summary>
    public static Type Result(Type type) => IsAwaited(type) && type.IsGenericType ? type.GetGenericArguments()[0] : type;

    public static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || type == typeof(byte[]))
        {
            return null;
        }

        if (type.IsArray)
        {
            return type.GetElementType();
        }

        if (!typeof(IEnumerable).IsAssignableFrom(type))
        {
            return null;
        }

        var enumerable = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? type
            : Array.Find(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return enumerable?.GetGenericArguments()[0];
    }

    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    public static bool IsConnection(Type type, out Type? node)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Connection<>))
            {
                node = t.GetGenericArguments()[0];
                return true;
            }
        }

        node = null;
        return false;
    }
}
