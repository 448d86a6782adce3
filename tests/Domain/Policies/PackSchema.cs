using System.Text.Json.Nodes;
using System.Xml.Linq;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies.Reading;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

/// <summary>The JSON Schema of a pack, made from the same records that the reader reads into; descriptions are the records' documentation.</summary>
internal sealed class PackSchema
{
    private const string Deadline = "^(none|immediately|same school day|[1-9][0-9]{0,3} (hour|school day|working day|calendar month)s?)$";
    private const string Period = "^[1-9][0-9]{0,2} (day|week|month|term|year)s?$";

    private readonly JsonObject _definitions = [];
    private readonly XDocument _documentation = XDocument.Load(Path.ChangeExtension(typeof(PolicyPack).Assembly.Location, ".xml"));

    public static JsonObject Create()
    {
        var schema = new PackSchema();
        var root = schema.Record(typeof(PolicyPack));
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "OnlineSafetyTrust policy pack");
        root["$defs"] = new JsonObject(schema._definitions.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => KeyValuePair.Create(d.Key, d.Value?.DeepClone())));
        return root;
    }

    private JsonObject Record(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in PackShape.Properties(type))
        {
            var shape = Property(property);
            shape["description"] = Description(type, property);
            properties[property.Name] = shape;
            if (property.Required)
            {
                required.Add(property.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["required"] = required, ["properties"] = properties };
    }

    private JsonObject Property(PackProperty property)
    {
        if (PackShape.IsDictionary(property.Type))
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(property.Type.GetGenericArguments()[1]) };
        }

        if (property.Item is not { } item)
        {
            return Value(property.Type);
        }

        var list = new JsonObject { ["type"] = "array", ["items"] = Value(item) };
        return PackShape.IsRecord(item) ? list : new JsonObject { ["anyOf"] = new JsonArray(list, Value(item)) };
    }

    private JsonObject Value(Type type)
    {
        if (PackShape.IsRecord(type) || type.IsEnum)
        {
            if (!_definitions.ContainsKey(type.Name))
            {
                // Entered before it is filled: records may contain each other.
                _definitions[type.Name] = null;
                _definitions[type.Name] = type.IsEnum
                    ? new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(n => JsonValue.Create(PackShape.Kebab(n)))]) }
                    : Record(type);
            }

            return new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
        }

        return type switch
        {
            _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
            _ when type == typeof(int) => new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
            _ when type == typeof(DateOnly) => Text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            _ when type == typeof(TimeOnly) => Text("^[0-2][0-9]:[0-5][0-9]$"),
            _ when type == typeof(DeadlineRule) => Text(Deadline),
            _ when type == typeof(PolicyPeriod) => Text(Period),
            _ => new JsonObject { ["type"] = "string" },
        };
    }

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private string Description(Type type, PackProperty property)
    {
        var name = property.Parameter.Name!;
        var member = _documentation.Descendants("member").FirstOrDefault(m => m.Attribute("name")!.Value == $"T:{type.FullName}");
        var text = member?.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == name);
        Assert.True(text is not null, $"{type.Name}.{name} has no <param> documentation: editors would show nothing.");
        return string.Join(' ', string.Concat(text.Nodes().Select(Plain)).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Plain(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" or "paramref" } see => (see.Attribute("cref") ?? see.Attribute("name"))!.Value.Split('.')[^1],
        XElement element => element.Value,
        _ => node.ToString(),
    };
}
