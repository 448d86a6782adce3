using System.Collections.Frozen;
using System.Reflection;

namespace OnlineSafetyTrust.Grains;

/// <summary>The stored name of an event: stable for ever, never the CLR name.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EventNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Stored name ↔ record of every event. An unknown name fails loudly: nothing is silently skipped.</summary>
internal static class EventNames
{
    private static readonly FrozenDictionary<string, Type> Types = typeof(EventNames).Assembly.GetTypes()
        .Select(t => (Type: t, t.GetCustomAttribute<EventNameAttribute>()?.Name))
        .Where(t => t.Name is not null)
        .ToFrozenDictionary(t => t.Name!, t => t.Type);

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    public static IEnumerable<KeyValuePair<string, Type>> All => Types;

    public static string Of(object @event) =>
        Names.TryGetValue(@event.GetType(), out var name) ? name : throw new InvalidOperationException($"{@event.GetType().Name} has no [EventName].");

    public static Type TypeOf(string name) =>
        Types.TryGetValue(name, out var type) ? type : throw new InvalidOperationException($"The journal holds '{name}', which this release does not know. Run a release that does.");
}
