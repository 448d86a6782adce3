using System.Collections.Concurrent;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A grain class within one silo: how to make a grain, and the activations by key.</summary>
internal sealed class GrainClass(Silo silo, Type implementation)
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);

    public Type Implementation => implementation;

    public string Name { get; } = GrainCatalog.NameOf(implementation);

    public bool Reentrant { get; } = implementation.IsDefined(typeof(ReentrantAttribute), true);

    /// <summary>Does the grain filter its own requests?</summary>
    public bool Filters { get; } = typeof(IIncomingGrainCallFilter).IsAssignableFrom(implementation);

    public Func<Activation, object> Create { get; } = GrainConstruction.Of(implementation, silo.Singletons);

    public IEnumerable<Activation> Activations => _activations.Select(pair => pair.Value);

    public bool IsEmpty => _activations.IsEmpty;

    public Activation Activation(string key) =>
        _activations.TryGetValue(key, out var activation)
            ? activation
            : _activations.GetOrAdd(key, static (key, own) => new Activation(own.silo, own.grainClass, key), (silo, grainClass: this));

    public void Remove(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.Key, activation));
}
