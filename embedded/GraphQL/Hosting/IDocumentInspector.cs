namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>Judges documents before anybody asks them. Of this stack alone.</summary>
public interface IDocumentInspector
{
    /// <summary>Why the document, or one of its operations, would be refused whoever asks it; empty: it would not.</summary>
    IReadOnlyList<IError> Inspect(ReadOnlyMemory<byte> document);
}
