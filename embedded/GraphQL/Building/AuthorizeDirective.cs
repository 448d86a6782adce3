using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>How <see cref="AuthorizeAttribute"/> shows in the printed schema.</summary>
internal static class AuthorizeDirective
{
    public static AppliedDirective Applied(AuthorizeAttribute attribute)
    {
        var arguments = new List<KeyValuePair<string, string>>();
        if (attribute.Policy is { } policy)
        {
            arguments.Add(new("policy", Literals.Text(policy)));
        }

        if (attribute.Roles is { } roles)
        {
            arguments.Add(new("roles", $"[{string.Join(", ", roles.Select(Literals.Text))}]"));
        }

        if (attribute.Apply != ApplyPolicy.BeforeResolver)
        {
            arguments.Add(new("apply", Naming.ScreamingSnake(attribute.Apply.ToString())));
        }

        return new("authorize", arguments);
    }

    public static DirectiveDefinition Definition(TypeRegistry types)
    {
        var apply = new EnumType("ApplyPolicy") { RuntimeType = typeof(ApplyPolicy) };
        foreach (var value in Enum.GetValues<ApplyPolicy>())
        {
            apply.AddValue(new EnumValueDefinition(Naming.ScreamingSnake(value.ToString()), value));
        }

        types.Add(apply);
        var text = types.Scalar("String");
        return new("authorize", DirectiveLocations.Object | DirectiveLocations.FieldDefinition, isRepeatable: true,
        [
            new("policy", text),
            new("roles", text.NonNull.List),
            new("apply", apply.NonNull) { DefaultLiteral = "BEFORE_RESOLVER", DefaultValue = ApplyPolicy.BeforeResolver },
        ]);
    }
}
