namespace OnlineSafetyTrust.Embedded.Grains;

// Until the host lands: just enough for contracts to compile.
[AttributeUsage(AttributeTargets.All)]
public sealed class GenerateSerializerAttribute : Attribute;

[AttributeUsage(AttributeTargets.All)]
public sealed class ImmutableAttribute : Attribute;

[AttributeUsage(AttributeTargets.All)]
public sealed class AliasAttribute(string alias) : Attribute
{
    public string Alias { get; } = alias;
}
