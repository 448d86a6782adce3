namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

/// <summary>A type with output fields: object or interface.</summary>
internal abstract class FieldsType(string name) : NamedType(name)
{
    private readonly Dictionary<string, FieldDefinition> _byName = new(StringComparer.Ordinal);
    private readonly List<FieldDefinition> _fields = [];

    public IReadOnlyList<FieldDefinition> Fields => _fields;

    public List<InterfaceType> Interfaces { get; } = [];

    /// <summary>A declared field. Meta-fields are found through <see cref="Schema.FindField"/>.</summary>
    public FieldDefinition? FindField(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds the field, or puts it in the place of the one with its name.</summary>
    public void SetField(FieldDefinition field)
    {
        if (_byName.TryGetValue(field.Name, out var old))
        {
            _fields[_fields.IndexOf(old)] = field;
        }
        else
        {
            _fields.Add(field);
        }

        field.DeclaringType = this;
        _byName[field.Name] = field;
    }

    public void RemoveField(string name)
    {
        if (_byName.Remove(name, out var old))
        {
            _fields.Remove(old);
        }
    }
}

internal sealed class ObjectType(string name) : FieldsType(name)
{
    /// <summary>Dense number within the schema; plans index per-type selections with it.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Who may see objects of this type, wherever they appear.</summary>
    public int[] Requirements { get; set; } = [];
}

internal sealed class InterfaceType(string name) : FieldsType(name);

internal sealed class UnionType(string name) : NamedType(name)
{
    public List<ObjectType> Members { get; } = [];
}
