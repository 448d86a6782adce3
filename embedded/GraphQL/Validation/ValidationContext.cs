using System.Collections.Immutable;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

internal sealed class ValidationContext(Document document, Schema schema, ValidationLimits limits)
{
    private readonly ImmutableArray<DocumentError>.Builder _errors = ImmutableArray.CreateBuilder<DocumentError>();

    public Document Document { get; } = document;

    public Schema Schema { get; } = schema;

    public ValidationLimits Limits { get; } = limits;

    public DocumentIndex Index { get; } = new(document);

    public bool HasErrors => _errors.Count > 0;

    /// <summary>Nothing more is reported; rules stop where they are.</summary>
    public bool IsFull => _errors.Count >= Limits.MaxErrors;

    public void Report(string message, params ReadOnlySpan<SyntaxNode> nodes)
    {
        if (IsFull)
        {
            return;
        }

        var locations = ImmutableArray.CreateBuilder<SourceLocation>(nodes.Length);
        foreach (var node in nodes)
        {
            locations.Add(Document.LocationOf(node));
        }

        _errors.Add(new(message, locations.MoveToImmutable()));
    }

    public ImmutableArray<DocumentError> ToErrors() => _errors.DrainToImmutable();
}
