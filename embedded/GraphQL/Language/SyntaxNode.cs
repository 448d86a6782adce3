using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>A node knows where it begins; two nodes of one kind never share an offset, so it also identifies them.</summary>
/// <param name="offset">Byte offset in the document's source.</param>
internal abstract class SyntaxNode(int offset)
{
    public int Offset { get; } = offset;
}

/// <summary>A name with its own place, where an error may point at the name alone.</summary>
internal sealed class NameNode(int offset, string value) : SyntaxNode(offset)
{
    public string Value { get; } = value;

    public override string ToString() => Value;
}

internal sealed class ArgumentNode(int offset, string name, ValueNode value) : SyntaxNode(offset)
{
    public string Name { get; } = name;

    public ValueNode Value { get; } = value;
}

internal sealed class DirectiveNode(int offset, string name, ImmutableArray<ArgumentNode> arguments) : SyntaxNode(offset)
{
    public string Name { get; } = name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;
}

internal sealed class VariableDefinitionNode(
    int offset,
    string name,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives,
    string? description) : SyntaxNode(offset)
{
    /// <summary>Without the dollar sign.</summary>
    public string Name { get; } = name;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public string? Description { get; } = description;
}
