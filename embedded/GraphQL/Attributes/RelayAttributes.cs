namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>
/// A global id: base64 of <c>Type:key</c>. On output the type is the declaring one unless named; on input an
/// unnamed id takes any type.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Method)]
public class IDAttribute(string? typeName = null) : Attribute
{
    public string? TypeName { get; } = typeName;
}

/// <inheritdoc cref="IDAttribute"/>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Method)]
public sealed class IDAttribute<T>() : IDAttribute(typeof(T).Name);

/// <summary>The type can be fetched through <c>node(id:)</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class NodeAttribute : Attribute
{
    /// <summary>The C# property that is the key; <c>Id</c> unless said.</summary>
    public string? IdField { get; set; }

    /// <summary>The static method that fetches one, where none carries <see cref="NodeResolverAttribute"/>.</summary>
    public string? NodeResolver { get; set; }

    public Type? NodeResolverType { get; set; }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;
