using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>Never empty: the grammar wants at least one selection between braces.</summary>
internal sealed class SelectionSetNode(int offset, ImmutableArray<SelectionNode> selections) : SyntaxNode(offset)
{
    public ImmutableArray<SelectionNode> Selections { get; } = selections;
}

internal abstract class SelectionNode(int offset, ImmutableArray<DirectiveNode> directives) : SyntaxNode(offset)
{
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

internal sealed class FieldNode(
    int offset,
    string? alias,
    string name,
    ImmutableArray<ArgumentNode> arguments,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode? selectionSet) : SelectionNode(offset, directives)
{
    public string? Alias { get; } = alias;

    public string Name { get; } = name;

    /// <summary>The alias, or else the name: the key in the response.</summary>
    public string ResponseName { get; } = alias ?? name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    public SelectionSetNode? SelectionSet { get; } = selectionSet;
}

internal sealed class FragmentSpreadNode(int offset, string name, ImmutableArray<DirectiveNode> directives)
    : SelectionNode(offset, directives)
{
    public string Name { get; } = name;
}

internal sealed class InlineFragmentNode(
    int offset,
    NamedTypeNode? typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : SelectionNode(offset, directives)
{
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}
