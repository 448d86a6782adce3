using System.Collections.Concurrent;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL;

public readonly record struct OperationDocumentId(string Value)
{
    public bool IsEmpty => string.IsNullOrEmpty(Value);

    public override string ToString() => Value;
}

/// <summary>A stored document.</summary>
public interface IOperationDocument
{
    ReadOnlySpan<byte> AsSpan();
}

public sealed class OperationDocumentSourceText(string sourceText) : IOperationDocument
{
    internal ReadOnlyMemory<byte> Bytes { get; } = Encoding.UTF8.GetBytes(sourceText);

    public string SourceText { get; } = sourceText;

    public ReadOnlySpan<byte> AsSpan() => Bytes.Span;

    public override string ToString() => SourceText;
}

public interface IOperationDocumentStorage
{
    ValueTask<IOperationDocument?> TryReadAsync(OperationDocumentId documentId, CancellationToken cancellationToken = default);

    ValueTask SaveAsync(OperationDocumentId documentId, IOperationDocument document, CancellationToken cancellationToken = default);
}

internal sealed class InMemoryOperationDocumentStorage : IOperationDocumentStorage
{
    private readonly ConcurrentDictionary<string, IOperationDocument> _documents = new(StringComparer.Ordinal);

    public ValueTask<IOperationDocument?> TryReadAsync(OperationDocumentId documentId, CancellationToken cancellationToken = default) =>
        new(_documents.GetValueOrDefault(documentId.Value));

    public ValueTask SaveAsync(OperationDocumentId documentId, IOperationDocument document, CancellationToken cancellationToken = default)
    {
        _documents[documentId.Value] = document;
        return default;
    }
}
