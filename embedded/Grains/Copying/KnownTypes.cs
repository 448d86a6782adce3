using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Framework types that may cross.</summary>
internal static class KnownTypes
{
    private static readonly FrozenSet<Type> Atoms = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version), typeof(CancellationToken), typeof(Half),
        typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(IPAddress), typeof(CultureInfo), typeof(Type),
        typeof(GrainId), typeof(TickStatus),
    }.ToFrozenSet();

    // Containers that never change; what they hold may.
    private static readonly FrozenSet<Type> FixedContainers = new[]
    {
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>), typeof(FrozenSet<>), typeof(FrozenDictionary<,>),
        typeof(IImmutableList<>), typeof(IImmutableDictionary<,>), typeof(IImmutableSet<>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> Containers = new[]
    {
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>),
        typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(SortedSet<>), typeof(ReadOnlyCollection<>), typeof(Collection<>),
        typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>),
        typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlySet<>), typeof(ISet<>),
        typeof(ReadOnlyMemory<>), typeof(Memory<>), typeof(ArraySegment<>),
    }.ToFrozenSet();

    public static bool IsAtom(Type type) => type.IsPrimitive || type.IsEnum || Atoms.Contains(type)
        || typeof(Type).IsAssignableFrom(type) || (IsFrozen(type) && !type.IsGenericType);

    public static bool IsFixedContainer(Type type) =>
        type.IsGenericType && (FixedContainers.Contains(type.GetGenericTypeDefinition()) || IsCollectionExpression(type) || IsFrozen(type));

    /// <summary>The element types of a container that may cross; null for anything else.</summary>
    public static Type[]? Parts(Type type)
    {
        if (type.IsArray)
        {
            return [type.GetElementType()!];
        }

        return type.IsGenericType && (IsFixedContainer(type) || Containers.Contains(type.GetGenericTypeDefinition()))
            ? type.GetGenericArguments()
            : null;
    }

    // What [a, b] becomes where an IReadOnlyList<T> is wanted.
    public static bool IsCollectionExpression(Type type) => type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal);

    // Frozen collections are of internal classes chosen by content; their type arguments are not always key and value.
    public static bool IsFrozen(Type type) => type.Namespace == "System.Collections.Frozen";
}
