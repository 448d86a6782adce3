using System.Collections.Concurrent;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Decides, once per type, whether its values can be shared between grains as they are.</summary>
internal static class Immutability
{
    private static readonly ConcurrentDictionary<Type, bool> Exact = new();

    /// <summary>Every value of this static type is immutable, whatever its runtime type.</summary>
    public static bool IsCertain(Type type) =>
        (type.IsValueType || type.IsSealed || KnownTypes.IsAtom(type) || KnownTypes.IsFixedContainer(type) || typeof(IAddressable).IsAssignableFrom(type)
            || type.IsDefined(typeof(ImmutableAttribute), false)) && IsExact(type);

    /// <summary>Values of exactly this runtime type are immutable.</summary>
    public static bool IsExact(Type type) => Exact.TryGetValue(type, out var known)
        ? known
        : Exact.GetOrAdd(type, Decide(type, []));

    private static bool Decide(Type type, HashSet<Type> open)
    {
        if (KnownTypes.IsAtom(type) || type == typeof(NoResult) || typeof(IAddressable).IsAssignableFrom(type)
            || typeof(Exception).IsAssignableFrom(type) || type.IsDefined(typeof(ImmutableAttribute), false))
        {
            return true;
        }

        if (!open.Add(type))
        {
            return true; // A recursive type is as immutable as the rest of it.
        }

        if (KnownTypes.IsFixedContainer(type))
        {
            return type.GetGenericArguments().All(part => IsHeld(part, open));
        }

        return KnownTypes.Parts(type) is null && type.IsDefined(typeof(GenerateSerializerAttribute), false)
            && MemberwiseCopy.FieldsOf(type).All(field =>
                (field.IsInitOnly || type.IsValueType) && (SerializedMembers.IsImmutable(field) || IsHeld(field.FieldType, open)));
    }

    // A field or element of an open type may hold a subclass that nobody has looked at.
    private static bool IsHeld(Type type, HashSet<Type> open) =>
        (type.IsValueType || type.IsSealed || KnownTypes.IsAtom(type) || KnownTypes.IsFixedContainer(type)
            || typeof(IAddressable).IsAssignableFrom(type) || type.IsDefined(typeof(ImmutableAttribute), false)) && Decide(type, open);
}
