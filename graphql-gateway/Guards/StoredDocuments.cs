using System.Collections.Frozen;
using System.Security.Cryptography;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>Documents that clients name by their hash, <c>sha256:{hex}</c> of the file's bytes. Read once, at the start.</summary>
internal sealed class StoredDocuments(string folder) : IOperationDocumentStorage
{
    private readonly FrozenDictionary<string, IOperationDocument> _documents = Directory
        .EnumerateFiles(folder, "*.graphql", SearchOption.AllDirectories)
        .Select(File.ReadAllBytes)
        .ToFrozenDictionary(IdOf, bytes => (IOperationDocument)new OperationDocumentSourceText(System.Text.Encoding.UTF8.GetString(bytes)), StringComparer.Ordinal);

    /// <summary>Adds the store where <c>Api:StoredDocuments</c> names a folder.</summary>
    /// <exception cref="MisconfiguredException">No such folder, or nothing in it that may be asked.</exception>
    public static void Add(IRequestExecutorBuilder builder, IServiceCollection services, ApiOptions options)
    {
        if (options.StoredDocuments is not { Length: > 0 } folder)
        {
            if (options.OnlyStoredDocuments)
            {
                throw new MisconfiguredException("Api:OnlyStoredDocuments needs Api:StoredDocuments: the folder that holds them, a *.graphql file each.");
            }

            return;
        }

        if (!Directory.Exists(folder))
        {
            throw new MisconfiguredException($"Api:StoredDocuments names '{folder}', which is no folder.");
        }

        var documents = new StoredDocuments(folder);
        if (documents._documents.Count == 0)
        {
            throw new MisconfiguredException($"Api:StoredDocuments names '{folder}', which holds no *.graphql file.");
        }

        services.AddSingleton<IOperationDocumentStorage>(documents);
        builder.UsePersistedOperationPipeline().ModifyRequestOptions(o => o.PersistedOperations.OnlyAllowPersistedDocuments = options.OnlyStoredDocuments);
    }

    public ValueTask<IOperationDocument?> TryReadAsync(OperationDocumentId documentId, CancellationToken cancellationToken = default) =>
        new(_documents.GetValueOrDefault(documentId.Value));

    public ValueTask SaveAsync(OperationDocumentId documentId, IOperationDocument document, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Documents are stored as files, before the start.");

    private static string IdOf(byte[] document) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(document))}";
}
