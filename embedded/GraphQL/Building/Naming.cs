using System.Reflection;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>C# names to GraphQL names, as Hot Chocolate does it.</summary>
internal static class Naming
{
    public static string Field(MemberInfo member)
    {
        if (member.GetCustomAttribute<GraphQLNameAttribute>() is { } named)
        {
            return named.Name;
        }

        var name = member.Name;
        if (member is MethodInfo method)
        {
            if (name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3)
            {
                name = name[3..];
            }

            if (name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) && ClrTypes.IsAwaited(method.ReturnType))
            {
                name = name[..^5];
            }
        }

        return CamelCase(name);
    }

    public static string Argument(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? CamelCase(parameter.Name!);

    public static string Output(Type type) =>
        type.GetCustomAttribute<GraphQLNameAttribute>()?.Name
        ?? type.GetCustomAttribute<ObjectTypeAttribute>()?.Name
        ?? type.GetCustomAttribute<InterfaceTypeAttribute>()?.Name
        ?? type.GetCustomAttribute<UnionTypeAttribute>()?.Name
        ?? Plain(type);

    public static string Input(Type type)
    {
        var name = type.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? Plain(type);
        return name.EndsWith("Input", StringComparison.Ordinal) ? name : name + "Input";
    }

    public static string EnumValue(FieldInfo value) =>
        value.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? ScreamingSnake(value.Name);

    public static string ScreamingSnake(string name)
    {
        if (name.All(c => !char.IsLower(c)))
        {
            return name;
        }

        var text = new System.Text.StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            // The last capital of a run begins the next word: PDFReport is PDF_REPORT.
            var starts = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            _ = starts ? text.Append('_').Append(name[i]) : text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    public static string CamelCase(string name)
    {
        var letters = name.ToCharArray();
        var p = 0;
        for (; p < letters.Length && char.IsUpper(letters[p]); p++)
        {
            letters[p] = char.ToLowerInvariant(letters[p]);
        }

        // FOOBar is fooBar, FOO1 is foo1.
        if (p > 1 && p < letters.Length && char.IsLetter(letters[p]))
        {
            letters[p - 1] = name[p - 1];
        }

        return new string(letters);
    }

    private static string Plain(Type type)
    {
        var name = type.Name;
        if (type.IsGenericType)
        {
            // Page<Incident> is PageOfIncident.
            name = name[..name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Join("And", type.GetGenericArguments().Select(Plain));
        }

        return name;
    }
}
