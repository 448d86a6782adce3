using System.Collections.Immutable;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Validation;

/// <summary>A field or directive that takes arguments, and how messages call it.</summary>
internal sealed record ArgumentOwner(string Title, string Coordinate, IReadOnlyList<InputValueDefinition> Arguments)
{
    public InputValueDefinition? Find(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }
}

/// <summary>5.4: arguments are known, given once, and given where required.</summary>
internal static class ArgumentRules
{
    /// <param name="context">Collects the errors.</param>
    /// <param name="definition">Collects the variables used.</param>
    /// <param name="node">The field or directive.</param>
    /// <param name="arguments">What is given.</param>
    /// <param name="owner">Null when unknown; the variables used still count.</param>
    public static void Check(
        ValidationContext context, Definition definition, SyntaxNode node, ImmutableArray<ArgumentNode> arguments, ArgumentOwner? owner)
    {
        var seen = arguments.Length > 1 ? new Dictionary<string, ArgumentNode>(arguments.Length, StringComparer.Ordinal) : null;
        foreach (var argument in arguments)
        {
            if (seen is not null && !seen.TryAdd(argument.Name, argument))
            {
                context.Report($"There can be only one argument named \"{argument.Name}\".", seen[argument.Name], argument);
            }

            var expected = owner?.Find(argument.Name);
            if (owner is not null && expected is null)
            {
                context.Report($"Unknown argument \"{argument.Name}\" on {owner.Title}.", argument);
            }

            ValueRules.Check(context, definition, argument.Value, expected);
        }

        foreach (var expected in owner?.Arguments ?? [])
        {
            if (expected.IsRequired && !Gives(arguments, expected.Name))
            {
                context.Report($"Argument \"{owner!.Coordinate}({expected.Name}:)\" of type \"{expected.Type}\" is required, but it was not provided.", node);
            }
        }
    }

    private static bool Gives(ImmutableArray<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
