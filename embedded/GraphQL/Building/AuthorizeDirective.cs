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
        var apply = new EnumType("ApplyPolicy") { RuntimeType = typeof(ApplyPolicy), Description = "When a requirement is checked." };
        foreach (var value in Enum.GetValues<ApplyPolicy>())
        {
            apply.AddValue(new EnumValueDefinition(Naming.ScreamingSnake(value.ToString()), value)
            {
                Description = value switch
                {
                    ApplyPolicy.BeforeResolver => "Before the field is resolved.",
                    ApplyPolicy.AfterResolver => "After the field is resolved; here before, too.",
                    _ => "Before anything is executed.",
                },
            });
        }

        types.Add(apply);
        var text = types.Scalar("String");
        return new("authorize", DirectiveLocations.Object | DirectiveLocations.FieldDefinition, isRepeatable: true,
        [
            new("policy", text) { Description = "Name of a policy that admits the user." },
            new("roles", text.NonNull.List) { Description = "One of these roles is needed." },
            new("apply", apply.NonNull) { Description = "When it is checked.", DefaultLiteral = "BEFORE_RESOLVER", DefaultValue = ApplyPolicy.BeforeResolver },
        ])
        {
            Description = "For signed-in users only.",
        };
    }
}
