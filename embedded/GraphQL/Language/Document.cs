using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.GraphQL.Language;

/// <summary>An executable document. Immutable; holds its own copy of the source, so it may outlive the request's buffer.</summary>
internal sealed class Document(
    ReadOnlyMemory<byte> source,
    int tokenCount,
    ImmutableArray<OperationDefinitionNode> operations,
    ImmutableArray<FragmentDefinitionNode> fragments)
{
    /// <summary>UTF-8, verified.</summary>
    public ReadOnlyMemory<byte> Source { get; } = source;

    /// <summary>The measure of the document's size that every later step is bounded by.</summary>
    public int TokenCount { get; } = tokenCount;

    public ImmutableArray<OperationDefinitionNode> Operations { get; } = operations;

    public ImmutableArray<FragmentDefinitionNode> Fragments { get; } = fragments;

    public SourceLocation LocationOf(SyntaxNode node) => SourceLocation.Of(Source.Span, node.Offset);
}

internal enum OperationKind
{
    Query,
    Mutation,
    Subscription,
}

internal abstract class DefinitionNode(
    int offset,
    string? description,
    ImmutableArray<VariableDefinitionNode> variables,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : SyntaxNode(offset)
{
    public string? Description { get; } = description;

    /// <summary>Empty on fragments.</summary>
    public ImmutableArray<VariableDefinitionNode> Variables { get; } = variables;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

internal sealed class OperationDefinitionNode(
    int offset,
    OperationKind kind,
    NameNode? name,
    string? description,
    ImmutableArray<VariableDefinitionNode> variables,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : DefinitionNode(offset, description, variables, directives, selectionSet)
{
    public OperationKind Kind { get; } = kind;

    /// <summary>Null for an anonymous operation.</summary>
    public NameNode? Name { get; } = name;
}

internal sealed class FragmentDefinitionNode(
    int offset,
    NameNode name,
    NamedTypeNode typeCondition,
    string? description,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet) : DefinitionNode(offset, description, [], directives, selectionSet)
{
    public NameNode Name { get; } = name;

    public NamedTypeNode TypeCondition { get; } = typeCondition;
}
