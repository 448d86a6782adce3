namespace OnlineSafetyTrust.Embedded.GraphQL.Types;

internal abstract class GraphQLType
{
    private ListType? _list;
    private NonNullType? _nonNull;

    /// <summary>The type without list and non-null wrappers.</summary>
    public abstract NamedType Named { get; }

    public bool IsNonNull => this is NonNullType;

    /// <summary>This type without an outer non-null.</summary>
    public GraphQLType Nullable => this is NonNullType n ? n.OfType : this;

    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    // One instance per wrapper, so that equal types are the same reference.
    public ListType List => _list ?? Interlocked.CompareExchange(ref _list, new ListType(this), null) ?? _list!;

    public NonNullType NonNull => _nonNull ?? Interlocked.CompareExchange(ref _nonNull, new NonNullType(this), null) ?? _nonNull!;
}

internal sealed class ListType(GraphQLType ofType) : GraphQLType
{
    public GraphQLType OfType { get; } = ofType;

    public override NamedType Named => OfType.Named;

    public override string ToString() => $"[{OfType}]";
}

internal sealed class NonNullType(GraphQLType ofType) : GraphQLType
{
    public GraphQLType OfType { get; } = ofType is NonNullType ? throw new ArgumentException("Non-null of non-null.", nameof(ofType)) : ofType;

    public override NamedType Named => OfType.Named;

    public override string ToString() => $"{OfType}!";
}

internal abstract class NamedType(string name) : GraphQLType
{
    public string Name { get; } = name;

    public string? Description { get; set; }

    /// <summary>The C# type, where the type was inferred from one.</summary>
    public Type? RuntimeType { get; set; }

    /// <summary>Belongs to the language or to introspection: not printed.</summary>
    public bool IsBuiltIn { get; set; }

    public List<AppliedDirective> Directives { get; } = [];

    public override NamedType Named => this;

    public bool IsComposite => this is ObjectType or InterfaceType or UnionType;

    public bool IsLeaf => this is ScalarType or EnumType;

    public bool IsAbstract => this is InterfaceType or UnionType;

    public override string ToString() => Name;
}

/// <summary>A directive as it stands in the schema: name and printed arguments.</summary>
internal sealed record AppliedDirective(string Name, IReadOnlyList<KeyValuePair<string, string>> Arguments);
