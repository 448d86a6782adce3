namespace OnlineSafetyTrust.Embedded.GraphQL;

[AttributeUsage(AttributeTargets.Method)]
public sealed class SubscribeAttribute : Attribute
{
    /// <summary>The method of the same class that gives the stream of messages.</summary>
    public string? With { get; set; }
}

/// <summary>The topic; <c>{argument}</c> is replaced by the argument's value. Without text: the field's name.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class TopicAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventMessageAttribute : Attribute;
