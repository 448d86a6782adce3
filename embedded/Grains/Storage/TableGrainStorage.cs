using System.Text.Json;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Grain storage as JSON in an <see cref="IGrainStateTable"/>; in memory too, so that both behave alike.</summary>
internal sealed class TableGrainStorage(IGrainStateTable table) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await table.LoadAsync(Name(stateName, grainId), grainId.Key, CancellationToken.None);
        grainState.RecordExists = row is not null;
        grainState.ETag = row?.Etag;
        grainState.State = row is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(row.Bytes.Span)!;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        var name = Name(stateName, grainId);
        grainState.ETag = await table.SaveAsync(name, grainId.Key, grainState.ETag, bytes, CancellationToken.None)
            ?? throw await StaleAsync(name, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = Name(stateName, grainId);
        if (!await table.RemoveAsync(name, grainId.Key, grainState.ETag, CancellationToken.None))
        {
            throw await StaleAsync(name, grainId, grainState.ETag);
        }

        grainState.RecordExists = false;
        grainState.ETag = null;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static string Name(string stateName, GrainId grainId) => $"{grainId.Type}/{stateName}";

    private async Task<InconsistentStateException> StaleAsync(string name, GrainId grainId, string? etag)
    {
        var row = await table.LoadAsync(name, grainId.Key, CancellationToken.None);
        return new InconsistentStateException($"The stored state {name} of {grainId} is another version.", row?.Etag, etag);
    }
}
