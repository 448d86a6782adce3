namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

internal sealed class InputObjectType(string name) : NamedType(name)
{
    private readonly Dictionary<string, InputValueDefinition> _byName = new(StringComparer.Ordinal);
    private readonly List<InputValueDefinition> _fields = [];

    /// <summary>Exactly one field must be given, and not null.</summary>
    public bool IsOneOf { get; set; }

    public IReadOnlyList<InputValueDefinition> Fields => _fields;

    public InputValueDefinition? FindField(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Makes the C# object from one slot per field, in the order of <see cref="Fields"/>.</summary>
    public Func<object?[], object>? Construct { get; set; }

    public void AddField(InputValueDefinition field)
    {
        field.Index = _fields.Count;
        _byName.Add(field.Name, field);
        _fields.Add(field);
    }
}

internal sealed class EnumType(string name) : NamedType(name)
{
    private readonly Dictionary<string, EnumValueDefinition> _byName = new(StringComparer.Ordinal);
    private readonly List<EnumValueDefinition> _values = [];

    public IReadOnlyList<EnumValueDefinition> Values => _values;

    public EnumValueDefinition? FindValue(string name) => _byName.GetValueOrDefault(name);

    public void AddValue(EnumValueDefinition value)
    {
        _byName.Add(value.Name, value);
        _values.Add(value);
    }
}

internal sealed class EnumValueDefinition(string name, object value)
{
    public string Name { get; } = name;

    /// <summary>The C# value.</summary>
    public object Value { get; } = value;

    public string? Description { get; set; }

    public string? DeprecationReason { get; set; }
}

/// <summary>An argument or a field of an input object.</summary>
internal sealed class InputValueDefinition(string name, GraphQLType type)
{
    public string Name { get; } = name;

    public GraphQLType Type { get; } = type;

    public string? Description { get; set; }

    public string? DeprecationReason { get; set; }

    public List<AppliedDirective> Directives { get; } = [];

    public bool IsMarked { get; set; }

    /// <summary>The default as GraphQL text, e.g. <c>BEFORE_RESOLVER</c>; null when there is none.</summary>
    public string? DefaultLiteral { get; set; }

    /// <summary>The default as a C# value; meaningful only with <see cref="DefaultLiteral"/>.</summary>
    public object? DefaultValue { get; set; }

    public bool HasDefault => DefaultLiteral is not null;

    /// <summary>Must be given: non-null and without default.</summary>
    public bool IsRequired => Type.IsNonNull && !HasDefault;

    public int Index { get; set; }

    /// <summary>The C# type that the coerced value must have.</summary>
    public Type RuntimeType { get; set; } = typeof(object);

    /// <summary>From the coerced value to <see cref="RuntimeType"/>; null when they are the same.</summary>
    public Func<object?, object?>? Convert { get; set; }

    /// <summary>Set for ids: the object type whose ids are accepted, or empty for any.</summary>
    public string? IdOf { get; set; }

    /// <summary>Carries a mark, or its type has a field that does.</summary>
    /// <param name="seen">Types looked into already: they may hold themselves.</param>
    public bool HoldsMarked(HashSet<InputObjectType> seen) =>
        IsMarked || (Type.Named is InputObjectType type && seen.Add(type) && type.Fields.Any(f => f.HoldsMarked(seen)));
}
