namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>A reference to a type, as written.</summary>
internal abstract class TypeNode(int offset) : SyntaxNode(offset);

internal sealed class NamedTypeNode(int offset, string name) : TypeNode(offset)
{
    public string Name { get; } = name;

    public override string ToString() => Name;
}

internal sealed class ListTypeNode(int offset, TypeNode element) : TypeNode(offset)
{
    public TypeNode Element { get; } = element;

    public override string ToString() => $"[{Element}]";
}

/// <summary>The inner type is never itself non-null: the grammar does not allow it.</summary>
internal sealed class NonNullTypeNode(int offset, TypeNode inner) : TypeNode(offset)
{
    public TypeNode Inner { get; } = inner;

    public override string ToString() => $"{Inner}!";
}
