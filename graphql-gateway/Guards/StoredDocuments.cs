using System.Collections.Frozen;
using System.Security.Cryptography;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>Documents that clients name by their hash, <c>sha256:{hex}</c> of the file's bytes. Read once, at the start.</summary>
internal sealed class StoredDocuments(string folder) : IOperationDocumentStorage
{
    private readonly FrozenDictionary<string, Stored> _documents = Directory
        .EnumerateFiles(folder, "*.graphql", SearchOption.AllDirectories)
        .Select(f => (Name: System.IO.Path.GetRelativePath(folder, f), Bytes: File.ReadAllBytes(f)))
        .DistinctBy(f => IdOf(f.Bytes))
        .ToFrozenDictionary(f => IdOf(f.Bytes), f => new Stored(f.Name, f.Bytes), StringComparer.Ordinal);

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
        new(_documents.GetValueOrDefault(documentId.Value)?.Document);

    public ValueTask SaveAsync(OperationDocumentId documentId, IOperationDocument document, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Documents are stored as files, before the start.");

    /// <summary>A document that no longer fits the schema stops the start, not a user in the middle of their day.</summary>
    /// <param name="judge">Why a document would be refused; null: it would not.</param>
    /// <exception cref="MisconfiguredException">Names the file and what is wrong with it.</exception>
    public void Check(Func<byte[], string?> judge)
    {
        foreach (var stored in _documents.Values)
        {
            if (judge(stored.Bytes) is { } wrong)
            {
                throw new MisconfiguredException($"The stored document '{stored.Name}' cannot be asked: {wrong} Correct the file, or take it out of the folder that Api:StoredDocuments names.");
            }
        }
    }

    private static string IdOf(byte[] document) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(document))}";

    private sealed record Stored(string Name, byte[] Bytes)
    {
        public IOperationDocument Document { get; } = new OperationDocumentSourceText(System.Text.Encoding.UTF8.GetString(Bytes));
    }
}
