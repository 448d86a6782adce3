
namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>One stored record of a grain.</summary>
public interface IStorage
{
    /// <summary>Version of the record that was last read or written; null when there is none.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    /// <exception cref="InconsistentStateException">The stored record is newer.</exception>
    Task ClearStateAsync();

    /// <exception cref="InconsistentStateException">The stored record is newer.</exception>
    Task WriteStateAsync();

    Task ReadStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>One stored record of a grain, typed.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}

/// <summary>State of a grain, injected by <see cref="PersistentStateAttribute"/> and read before it activates.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Says which state, in which storage.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
