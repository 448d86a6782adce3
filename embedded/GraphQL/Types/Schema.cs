using System.Collections.Frozen;

namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

/// <summary>The finished schema: everything found by name, nothing changes any more.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, NamedType> _types;
    private readonly Dictionary<string, DirectiveDefinition> _directives;
    private readonly Dictionary<NamedType, ObjectType[]> _possible = [];
    private readonly FieldDefinition _typename;
    private readonly FieldDefinition? _schemaField;
    private readonly FieldDefinition? _typeField;

    public Schema(
        ObjectType query, ObjectType? mutation, ObjectType? subscription,
        IEnumerable<NamedType> types, IEnumerable<DirectiveDefinition> directives,
        FieldDefinition typename, FieldDefinition? schemaField = null, FieldDefinition? typeField = null)
    {
        (Query, Mutation, Subscription) = (query, mutation, subscription);
        (_typename, _schemaField, _typeField) = (typename, schemaField, typeField);
        _types = types.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _directives = directives.ToDictionary(d => d.Name, StringComparer.Ordinal);
        var objects = _types.Values.OfType<ObjectType>().ToArray();
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i].Index = i;
            _possible[objects[i]] = [objects[i]];
        }

        ObjectTypes = objects;
        foreach (var type in _types.Values)
        {
            if (type is InterfaceType face)
            {
                _possible[face] = [.. objects.Where(o => o.Interfaces.Contains(face))];
            }
            else if (type is UnionType union)
            {
                _possible[union] = [.. union.Members];
            }
        }
    }

    public ObjectType Query { get; }

    public ObjectType? Mutation { get; }

    public ObjectType? Subscription { get; }

    /// <summary>All object types, by their <see cref="ObjectType.Index"/>.</summary>
    public IReadOnlyList<ObjectType> ObjectTypes { get; }

    /// <summary>The distinct requirements of all <see cref="AuthorizeAttribute"/>s.</summary>
    public IReadOnlyList<AuthorizeAttribute> Requirements { get; init; } = [];

    /// <summary>The DataLoader types that resolvers ask for, by the number their resolvers know.</summary>
    public IReadOnlyList<Type> DataLoaders { get; init; } = [];

    public FrozenDictionary<Type, ObjectType> ByRuntimeType { get; init; } = FrozenDictionary<Type, ObjectType>.Empty;

    public IReadOnlyCollection<NamedType> Types => _types.Values;

    public IReadOnlyCollection<DirectiveDefinition> Directives => _directives.Values;

    public NamedType? FindType(string name) => _types.GetValueOrDefault(name);

    public DirectiveDefinition? FindDirective(string name) => _directives.GetValueOrDefault(name);

    /// <summary>The object types that a value of a composite type can have; empty for other types.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes(NamedType type) => _possible.TryGetValue(type, out var found) ? found : [];

    public bool IsPossible(NamedType type, ObjectType candidate) => Array.IndexOf(_possible.TryGetValue(type, out var found) ? found : [], candidate) >= 0;

    /// <summary>A field of a composite type with the meta-fields: <c>__typename</c> anywhere, <c>__schema</c> and <c>__type</c> on the query type.</summary>
    public FieldDefinition? FindField(NamedType type, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            return name switch
            {
                "__typename" when type.IsComposite => _typename,
                "__schema" when ReferenceEquals(type, Query) => _schemaField,
                "__type" when ReferenceEquals(type, Query) => _typeField,
                _ => (type as FieldsType)?.FindField(name),
            };
        }

        return (type as FieldsType)?.FindField(name);
    }
}
