using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Copiers of collections that never change, for when what they hold does.</summary>
internal static class FixedCollections
{
    public static ImmutableArray<T> ImmutableArrayCopy<T>(ImmutableArray<T> value) =>
        value.IsDefault ? value : [.. value.Select(DeepCopy<T>.Copy)];

    public static ImmutableList<T> ImmutableListCopy<T>(ImmutableList<T> value) => [.. value.Select(DeepCopy<T>.Copy)];

    public static ImmutableHashSet<T> ImmutableHashSetCopy<T>(ImmutableHashSet<T> value) =>
        value.Select(DeepCopy<T>.Copy).ToImmutableHashSet(value.KeyComparer);

    public static ImmutableSortedSet<T> ImmutableSortedSetCopy<T>(ImmutableSortedSet<T> value) =>
        value.Select(DeepCopy<T>.Copy).ToImmutableSortedSet(value.KeyComparer);

    public static ImmutableQueue<T> ImmutableQueueCopy<T>(ImmutableQueue<T> value) => [.. value.Select(DeepCopy<T>.Copy)];

    public static ImmutableStack<T> ImmutableStackCopy<T>(ImmutableStack<T> value) =>
        ImmutableStack.CreateRange(value.Reverse().Select(DeepCopy<T>.Copy));

    public static ImmutableDictionary<TKey, TValue> ImmutableDictionaryCopy<TKey, TValue>(ImmutableDictionary<TKey, TValue> value)
        where TKey : notnull => value.Select(Copy).ToImmutableDictionary(value.KeyComparer, value.ValueComparer);

    public static ImmutableSortedDictionary<TKey, TValue> ImmutableSortedDictionaryCopy<TKey, TValue>(
        ImmutableSortedDictionary<TKey, TValue> value)
        where TKey : notnull => value.Select(Copy).ToImmutableSortedDictionary(value.KeyComparer, value.ValueComparer);

    public static FrozenSet<T> FrozenSetCopy<T>(FrozenSet<T> value) =>
        value.Select(DeepCopy<T>.Copy).ToFrozenSet(value.Comparer);

    public static FrozenDictionary<TKey, TValue> FrozenDictionaryCopy<TKey, TValue>(FrozenDictionary<TKey, TValue> value)
        where TKey : notnull => value.Select(Copy).ToFrozenDictionary(value.Comparer);

    private static KeyValuePair<TKey, TValue> Copy<TKey, TValue>(KeyValuePair<TKey, TValue> pair) =>
        KeyValuePair.Create(DeepCopy<TKey>.Copy(pair.Key), DeepCopy<TValue>.Copy(pair.Value));
}
