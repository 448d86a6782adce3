using System.Collections;
using System.Globalization;
using System.Text;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>C# values as GraphQL text, for defaults and printed directives.</summary>
internal static class Literals
{
    public static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    public static string Of(object? value, GraphQLType type) => value switch
    {
        null => "null",
        string or Guid or DateOnly or TimeOnly => Text(string.Create(CultureInfo.InvariantCulture, $"{value}")),
        bool b => b ? "true" : "false",
        _ when type.Named is EnumType e => e.Values.First(v => v.Value.Equals(value)).Name,
        IEnumerable items when type.Nullable is ListType list => $"[{string.Join(", ", items.Cast<object?>().Select(i => Of(i, list.OfType)))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value.GetType()} cannot be a default."),
    };
}
