using System.Collections.Immutable;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>5.7: directives are known, stand where they may, and once unless repeatable.</summary>
internal sealed class DirectiveRules(ValidationContext context)
{
    public void Check(Definition definition, ImmutableArray<DirectiveNode> directives, DirectiveLocations location)
    {
        for (var i = 0; i < directives.Length; i++)
        {
            var node = directives[i];
            var directive = context.Schema.FindDirective(node.Name);
            if (directive is null)
            {
                context.Report($"Unknown directive \"@{node.Name}\".", node);
            }
            else if ((directive.Locations & location) == 0)
            {
                context.Report($"Directive \"@{node.Name}\" may not be used on {NameOf(location)}.", node);
            }

            if (directive is { IsRepeatable: false } && FirstOf(directives, node.Name) is { } first && !ReferenceEquals(first, node))
            {
                context.Report($"The directive \"@{node.Name}\" can only be used once at this location.", first, node);
            }

            var owner = directive is null ? null : new ArgumentOwner($"directive \"@{node.Name}\"", $"@{node.Name}", directive.Arguments);
            ArgumentRules.Check(context, definition, node, node.Arguments, owner);
        }
    }

    // The parser has bounded how many there are.
    private static DirectiveNode FirstOf(ImmutableArray<DirectiveNode> directives, string name)
    {
        var i = 0;
        while (directives[i].Name != name)
        {
            i++;
        }

        return directives[i];
    }

    private static string NameOf(DirectiveLocations location) => location switch
    {
        DirectiveLocations.Query => "QUERY",
        DirectiveLocations.Mutation => "MUTATION",
        DirectiveLocations.Subscription => "SUBSCRIPTION",
        DirectiveLocations.Field => "FIELD",
        DirectiveLocations.FragmentDefinition => "FRAGMENT_DEFINITION",
        DirectiveLocations.FragmentSpread => "FRAGMENT_SPREAD",
        DirectiveLocations.InlineFragment => "INLINE_FRAGMENT",
        _ => "VARIABLE_DEFINITION",
    };
}
