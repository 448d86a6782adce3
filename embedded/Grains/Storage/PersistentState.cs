using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>The state facet of one activation.</summary>
internal sealed class PersistentState<TState>(IGrainStorage storage, string name, GrainId grain)
    : IPersistentState<TState>, IGrainState<TState>
{
    public TState State { get; set; } = Activator.CreateInstance<TState>();

    public string? Etag { get; private set; }

    public bool RecordExists { get; private set; }

    string? IGrainState<TState>.ETag
    {
        get => Etag;
        set => Etag = value;
    }

    bool IGrainState<TState>.RecordExists
    {
        get => RecordExists;
        set => RecordExists = value;
    }

    public Task ReadStateAsync() => storage.ReadStateAsync(name, grain, this);

    public Task WriteStateAsync() => storage.WriteStateAsync(name, grain, this);

    public Task ClearStateAsync() => storage.ClearStateAsync(name, grain, this);
}

internal static class PersistentStates
{
    /// <summary>What Orleans calls the storage that has no name.</summary>
    public const string DefaultStorage = "Default";

    public static Func<Activation, object> Source(ParameterInfo parameter)
    {
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()
            ?? throw new InvalidOperationException($"{parameter.Member.DeclaringType} needs [PersistentState] on {parameter.Name}.");
        var storageName = attribute.StorageName ?? DefaultStorage;
        var make = typeof(PersistentStates).GetMethod(nameof(Make), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(parameter.ParameterType.GetGenericArguments())
            .CreateDelegate<Func<IGrainStorage, string, GrainId, IStorage>>();
        return activation =>
        {
            var storage = activation.Silo.Services.GetKeyedService<IGrainStorage>(storageName)
                ?? throw new InvalidOperationException($"No storage named {storageName} is registered; {activation.Name} needs it.");
            var facet = make(storage, attribute.StateName, activation.GrainId);
            (activation.Facets ??= []).Add(facet);
            return facet;
        };
    }

    private static PersistentState<TState> Make<TState>(IGrainStorage storage, string name, GrainId grain) =>
        new(storage, name, grain);
}
