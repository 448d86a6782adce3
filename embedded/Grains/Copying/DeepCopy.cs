using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Copies values of a static type; the way is chosen once.</summary>
internal static class DeepCopy<T>
{
    private static readonly bool Shared = Immutability.IsCertain(typeof(T));
    private static readonly Func<T, T>? Own = Shared || typeof(T).IsAbstract || typeof(T).IsInterface || typeof(T) == typeof(object)
        ? null
        : Copiers.Exact<T>();

    public static T Copy(T value)
    {
        if (Shared || value is null)
        {
            return value;
        }

        if (typeof(T).IsValueType || value.GetType() == typeof(T))
        {
            return Own is null ? value : Own(value);
        }

        return (T)Copiers.ByRuntimeType(value);
    }
}

/// <summary>Copiers by runtime type.</summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Func<object, object>> Boxed = new();

    public static object ByRuntimeType(object value)
    {
        var type = value.GetType();
        return (Boxed.TryGetValue(type, out var copy) ? copy : Boxed.GetOrAdd(type, MakeBoxed))(value);
    }

    /// <returns>Null when values of exactly this type need no copy.</returns>
    public static Func<T, T>? Exact<T>()
    {
        if (CrossingTypes.Faults(typeof(T)) is { Count: > 0 } faults)
        {
            throw new GrainContractException($"{typeof(T)} cannot cross between grains: {string.Join(" ", faults)}");
        }

        if (Immutability.IsExact(typeof(T)))
        {
            return null;
        }

        var copy = CollectionCopy.For<T>() ?? MemberwiseCopy.For<T>();
        return value =>
        {
            // A graph that loops must end in an exception, not take the process down.
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return copy(value);
        };
    }

    private static Func<object, object> MakeBoxed(Type type) => Immutability.IsExact(type)
        ? value => value
        : (Func<object, object>)typeof(Copiers).GetMethod(nameof(Box), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(CollectionCopy.Normal(type)).Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null)!;

    private static Func<object, object> Box<T>() =>
        Exact<T>() is { } copy ? value => copy((T)value)! : value => value;
}
