using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Copiers of the collections that change; found by name, see <see cref="CollectionCopy"/>.</summary>
internal static class MutableCollections
{
    public static T[] ArrayCopy<T>(T[] value)
    {
        if (value.Length == 0)
        {
            return value;
        }

        var copy = (T[])value.Clone();
        CopyItems<T>(copy);
        return copy;
    }

    public static List<T> ListCopy<T>(List<T> value)
    {
        var copy = new List<T>(value);
        CopyItems(CollectionsMarshal.AsSpan(copy));
        return copy;
    }

    public static IReadOnlyList<T> IReadOnlyListCopy<T>(IReadOnlyList<T> value)
    {
        T[] copy = [.. value];
        CopyItems<T>(copy);
        return copy;
    }

    public static Dictionary<TKey, TValue> DictionaryCopy<TKey, TValue>(Dictionary<TKey, TValue> value) where TKey : notnull
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(DeepCopy<TKey>.Copy(key), DeepCopy<TValue>.Copy(item));
        }

        return copy;
    }

    public static SortedDictionary<TKey, TValue> SortedDictionaryCopy<TKey, TValue>(SortedDictionary<TKey, TValue> value)
        where TKey : notnull
    {
        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(DeepCopy<TKey>.Copy(key), DeepCopy<TValue>.Copy(item));
        }

        return copy;
    }

    public static SortedList<TKey, TValue> SortedListCopy<TKey, TValue>(SortedList<TKey, TValue> value) where TKey : notnull
    {
        var copy = new SortedList<TKey, TValue>(value.Count, value.Comparer);
        foreach (var (key, item) in value)
        {
            copy.Add(DeepCopy<TKey>.Copy(key), DeepCopy<TValue>.Copy(item));
        }

        return copy;
    }

    public static HashSet<T> HashSetCopy<T>(HashSet<T> value) => new(value.Select(DeepCopy<T>.Copy), value.Comparer);

    public static SortedSet<T> SortedSetCopy<T>(SortedSet<T> value) => new(value.Select(DeepCopy<T>.Copy), value.Comparer);

    public static Queue<T> QueueCopy<T>(Queue<T> value) => new(value.Select(DeepCopy<T>.Copy));

    public static Stack<T> StackCopy<T>(Stack<T> value) => new(value.Reverse().Select(DeepCopy<T>.Copy));

    public static Collection<T> CollectionCopy<T>(Collection<T> value) => [.. value.Select(DeepCopy<T>.Copy)];

    public static ReadOnlyCollection<T> ReadOnlyCollectionCopy<T>(ReadOnlyCollection<T> value) =>
        new([.. value.Select(DeepCopy<T>.Copy)]);

    public static ReadOnlyMemory<T> ReadOnlyMemoryCopy<T>(ReadOnlyMemory<T> value) => ArrayCopy(value.ToArray());

    public static Memory<T> MemoryCopy<T>(Memory<T> value) => ArrayCopy(value.ToArray());

    public static ArraySegment<T> ArraySegmentCopy<T>(ArraySegment<T> value) =>
        value.Array is null ? value : new(ArrayCopy(value.ToArray()));

    private static void CopyItems<T>(Span<T> items)
    {
        if (Immutability.IsCertain(typeof(T)))
        {
            return;
        }

        foreach (ref var item in items)
        {
            item = DeepCopy<T>.Copy(item);
        }
    }
}
