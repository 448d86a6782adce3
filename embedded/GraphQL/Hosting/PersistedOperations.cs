using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Hosting;

/// <summary>The document of a request: what it brought, or the stored one that it names.</summary>
internal static class PersistedOperations
{
    public static ValueTask<(ReadOnlyMemory<byte> Document, Outcome? Refusal)> FindAsync(
        Engine engine, IServiceProvider services, ReadOnlyMemory<byte>? document, string? id, CancellationToken cancellation)
    {
        var registrations = engine.Registrations;
        if (string.IsNullOrEmpty(id) || !registrations.PersistedOperations)
        {
            return new(document is null or { Length: 0 } ? (default, engine.Refuse(new Error("The request has no document.") { Code = "HC0015" }))
                : registrations.PersistedOperations && registrations.Request.PersistedOperations.OnlyAllowPersistedDocuments
                    ? (default, engine.Refuse(new Error("Only stored documents may be asked.") { Code = "HC0067" }))
                    : (document.Value, null));
        }

        return StoredAsync(engine, services, id, cancellation);
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Document, Outcome? Refusal)> StoredAsync(
        Engine engine, IServiceProvider services, string id, CancellationToken cancellation)
    {
        var storage = services.GetRequiredService<IOperationDocumentStorage>();
        var found = await storage.TryReadAsync(new(id), cancellation).ConfigureAwait(false);
        return found is null
            ? (default, engine.Refuse(new Error("There is no stored document of that id.") { Code = "HC0020" }))
            : (found is OperationDocumentSourceText text ? text.Bytes : found.AsSpan().ToArray(), null);
    }
}
