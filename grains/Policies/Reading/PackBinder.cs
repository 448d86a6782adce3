using System.Collections;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Reading;

/// <summary>Nodes to records, property by property; goes on after a problem so that all are reported together.</summary>
internal sealed class PackBinder(PackProblems problems)
{
    public PolicyPack? Bind(PackMap root) => (PolicyPack?)Record(root, typeof(PolicyPack));

    private object? Record(PackNode node, Type type)
    {
        if (node is not PackMap map)
        {
            problems.Add(node, "expected properties here (name: value).");
            return null;
        }

        var properties = PackShape.Properties(type);
        RefuseUnknown(map, properties);
        var values = properties.ToDictionary(p => p.Parameter.Position, p => Property(map, p));
        return problems.Any ? null : Make(type, values);
    }

    private static object Make(Type type, Dictionary<int, object?> values)
    {
        var constructor = PackShape.Constructor(type);
        return constructor.Invoke([.. constructor.GetParameters().Select(p => values.TryGetValue(p.Position, out var value) ? value : p.DefaultValue)]);
    }

    private void RefuseUnknown(PackMap map, IReadOnlyList<PackProperty> properties)
    {
        foreach (var (key, _) in map.Entries.Where(e => properties.All(p => p.Name != e.Key.Value)))
        {
            var names = properties.Select(p => p.Name).ToList();
            problems.Add(key, $"there is no property '{key.Value}' here.{PackWords.Nearest(key.Value, names)} Possible: {string.Join(", ", names)}.");
        }
    }

    private object? Property(PackMap map, PackProperty property)
    {
        var node = map[property.Name];
        if (node is null or PackScalar { IsEmpty: true })
        {
            if (property.Required)
            {
                problems.Add(node ?? map, $"'{property.Name}' is missing. Add it.");
            }

            return Absent(property);
        }

        return property.Item is { } item ? List(node, item)
            : PackShape.IsDictionary(property.Type) ? Dictionary(node)
            : Value(node, property.Type);
    }

    private static object? Absent(PackProperty property) =>
        property.Item is { } item ? Array.CreateInstance(item, 0)
        : PackShape.IsDictionary(property.Type) ? new Dictionary<string, Contracts.Role>()
        // Reflection gives null for "default" of a struct; Invoke turns it back into the struct's default.
        : property.Parameter.HasDefaultValue ? property.Parameter.DefaultValue
        : null;

    private object? Value(PackNode node, Type type)
    {
        if (PackShape.IsRecord(type))
        {
            return Record(node, type);
        }

        if (node is PackScalar word)
        {
            return PackWords.Read(word, type, problems);
        }

        problems.Add(node, "expected a single value here.");
        return null;
    }

    private Array List(PackNode node, Type item)
    {
        IReadOnlyList<PackNode> nodes = node switch
        {
            PackList list => list.Items,
            PackScalar when !PackShape.IsRecord(item) => [node],
            _ => [],
        };
        if (nodes.Count == 0 && node is not PackList)
        {
            problems.Add(node, "expected a list here (lines that start with '- ').");
        }

        var values = new ArrayList(nodes.Count);
        foreach (var value in nodes.Select(n => Value(n, item)))
        {
            if (value is not null)
            {
                values.Add(value);
            }
        }

        return values.ToArray(item);
    }

    private Dictionary<string, Contracts.Role> Dictionary(PackNode node)
    {
        var roles = new Dictionary<string, Contracts.Role>(StringComparer.Ordinal);
        if (node is not PackMap map)
        {
            problems.Add(node, "expected titles and roles here (Title: role).");
            return roles;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (Value(value, typeof(Contracts.Role)) is Contracts.Role role)
            {
                roles.Add(key.Value, role);
            }
        }

        return roles;
    }
}
