using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>Summaries from the XML file beside an assembly, as descriptions where no attribute gives one.</summary>
internal static partial class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> Files = [];

    public static string? Summary(Type type) => Find(type.Assembly, $"T:{Name(type)}");

    public static string? Summary(MemberInfo member) => member.DeclaringType is { } type
        ? member switch
        {
            PropertyInfo => Find(type.Assembly, $"P:{Name(type)}.{member.Name}") ?? Parameter(type, member.Name),
            FieldInfo => Find(type.Assembly, $"F:{Name(type)}.{member.Name}"),
            MethodInfo => Find(type.Assembly, $"M:{Name(type)}.{member.Name}"),
            _ => null,
        }
        : null;

    public static string? Summary(ParameterInfo parameter) =>
        parameter.Member is MethodInfo { DeclaringType: { } type } method ? Find(type.Assembly, $"M:{Name(type)}.{method.Name}#{parameter.Name}") : null;

    /// <summary>Positional members of a record are described as parameters of the type.</summary>
    private static string? Parameter(Type type, string name) => Find(type.Assembly, $"T:{Name(type)}#{name}");

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string? Find(Assembly assembly, string key) => Files.GetOrAdd(assembly, Read).GetValueOrDefault(key);

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = assembly.IsDynamic || assembly.Location.Length == 0 ? null : System.IO.Path.ChangeExtension(assembly.Location, ".xml");
        if (file is null || !File.Exists(file))
        {
            return found;
        }

        XDocument document;
        try
        {
            document = XDocument.Load(file);
        }
        catch (XmlException)
        {
            // Descriptions are a courtesy: a broken file must not keep the server from starting.
            return found;
        }

        foreach (var member in document.Descendants("member"))
        {
            // Overloads share a description: the signature is cut off.
            var name = ((string?)member.Attribute("name") ?? "").Split('(', '`')[0];
            Keep(found, name, member.Element("summary"));
            foreach (var parameter in member.Elements("param"))
            {
                Keep(found, $"{name}#{(string?)parameter.Attribute("name")}", parameter);
                if (name.EndsWith(".#ctor", StringComparison.Ordinal))
                {
                    Keep(found, $"T:{name[2..^6]}#{(string?)parameter.Attribute("name")}", parameter);
                }
            }
        }

        return found;
    }

    private static void Keep(Dictionary<string, string> found, string name, XElement? text)
    {
        var words = text is null ? "" : Spaces().Replace(Text(text), " ").Trim();
        if (words.Length > 0)
        {
            found.TryAdd(name, words);
        }
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(n => n switch
    {
        XText t => t.Value,
        XElement { IsEmpty: true } e => ((string?)e.Attribute("cref") ?? (string?)e.Attribute("langword") ?? (string?)e.Attribute("name") ?? "").Split('.')[^1],
        XElement e => Text(e),
        _ => "",
    }));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
