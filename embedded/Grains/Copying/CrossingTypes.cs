using System.Collections.Concurrent;
using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Which types may cross between grains, and what is wrong with those that may not.</summary>
internal static class CrossingTypes
{
    private static readonly ConcurrentDictionary<Type, string[]> Known = new();

    public static IReadOnlyList<string> Faults(Type type) =>
        Known.TryGetValue(type, out var faults)
            ? faults
            : Known.GetOrAdd(type, type => [.. Walk(type, []).Distinct()]);

    private static IEnumerable<string> Walk(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || KnownTypes.IsAtom(type) || type == typeof(object) || type == typeof(NoResult)
            || typeof(IAddressable).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type))
        {
            return [];
        }

        if (KnownTypes.Parts(type) is { } parts)
        {
            return parts.SelectMany(part => Walk(part, seen));
        }

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), false))
        {
            // Interfaces and abstract roots stand for types that are checked when they come.
            return type.IsInterface ? [] : [$"{type} has no [GenerateSerializer]."];
        }

        return Members(type).SelectMany(field => MemberFaults(type, field, seen));
    }

    private static IEnumerable<string> MemberFaults(Type type, FieldInfo field, HashSet<Type> seen) =>
        SerializedMembers.Crosses(field)
            ? Walk(field.FieldType, seen).Select(fault => $"{type.Name}.{SerializedMembers.NameOf(field)}: {fault}")
            : [$"{type.Name}.{SerializedMembers.NameOf(field)} has no [Id] and would arrive empty."];

    private static IEnumerable<FieldInfo> Members(Type type)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(SerializedMembers.Own).Where(field => !field.IsDefined(typeof(NonSerializedAttribute))))
            {
                yield return field;
            }
        }
    }
}
