namespace OnlineSafetyTrust.Embedded.GraphQL;

public enum ApplyPolicy { BeforeResolver, AfterResolver, Validation }

/// <summary>Only for signed-in users; with roles, one of them; with a policy, those it admits.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Method, AllowMultiple = true)]
public class AuthorizeAttribute : Attribute
{
    public AuthorizeAttribute(ApplyPolicy apply = ApplyPolicy.BeforeResolver) => Apply = apply;

    public AuthorizeAttribute(string policy, ApplyPolicy apply = ApplyPolicy.BeforeResolver) => (Policy, Apply) = (policy, apply);

    public string? Policy { get; set; }

    public string[]? Roles { get; set; }

    public ApplyPolicy Apply { get; set; }
}

/// <summary>Lifts an <see cref="AuthorizeAttribute"/> of the surrounding type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class AllowAnonymousAttribute : Attribute;
