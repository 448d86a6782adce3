using System.Text;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Embedded.GraphQL.Language;
using OnlineSafetyTrust.Embedded.GraphQL.Validation;
using OnlineSafetyTrust.GraphQL.Tests.Validation;

namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>What graphql-js 17.1 says of fourteen thousand documents, and what we say. Needs <c>npm ci</c> in this folder.</summary>
public sealed partial class ReferenceTests
{
    // Limits are ours alone: they are out of the way here.
    private static readonly ValidationLimits s_limits = new()
    {
        MaxErrors = 10_000, MaxDepth = 10_000, MaxSelections = 1_000_000, MaxNesting = 10_000, MaxAliases = 10_000, MaxRootFields = 10_000, MaxOperations = 10_000,
    };

    private static readonly ParserLimits s_parserLimits = new() { MaxDirectivesPerLocation = 10_000, MaxDepth = ParserLimits.DepthCeiling };

    [ReferenceFact]
    public void The_reference_implementation_agrees()
    {
        (string Name, string Text)[] asked = [.. Written().Select(d => ("written", d)), .. Typed(), .. Generated(), .. Mutated()];
        string[] documents = [.. asked.Select(a => a.Text)];
        var differences = new List<string>();
        var answers = ReferenceProcess.Ask<Answer[]>("validate.mjs", new { schema = ValidationCase.Sdl, documents });
        for (var i = 0; i < documents.Length; i++)
        {
            if (Difference(documents[i], answers[i]) is { } difference)
            {
                differences.Add($"{asked[i].Name}: {difference}\n  {documents[i].ReplaceLineEndings(" ")}");
            }
        }

        // A comparison of refusals alone, or without conflicts, would prove little.
        var sound = answers.Count(a => a.Errors is { Length: 0 });
        var conflicting = answers.Count(a => a.Errors is { Length: > 0 } e && e.All(m => m.StartsWith("Fields ", StringComparison.Ordinal)));
        Assert.True(sound > 300 && conflicting > 300, $"{sound} are sound, {conflicting} only conflict");
        Assert.True(differences.Count == 0, $"{differences.Count} of {documents.Length} differ\n{string.Join('\n', differences.Take(20))}");
    }

    private static string? Difference(string document, Answer theirs)
    {
        if (!Parser.TryParse(Encoding.UTF8.GetBytes(document), s_parserLimits, out var parsed, out var error))
        {
            // graphql-js parses definitions of types and refuses them in validation, and since 17 it parses `{}`, against the grammar.
            return theirs.Syntax is null
                && !error.Message.EndsWith("Expected Name, found \"}\".", StringComparison.Ordinal)
                && !error.Message.EndsWith("definition is not executable.", StringComparison.Ordinal)
                ? $"only we refuse to parse: {error.Message} {error.Locations[0]}"
                : theirs.Syntax is not null && !IsSamePlace(document, theirs, error)
                    ? $"the place of the error: they {theirs.Line}:{theirs.Column} {theirs.Syntax}\nwe {error.Locations[0].Line}:{error.Locations[0].Column} {error.Message}" : null;
        }

        if (theirs.Syntax is not null)
        {
            return $"only they refuse to parse: {theirs.Syntax} {theirs.Line}:{theirs.Column}";
        }

        // Which of two fragments with one name counts is nobody's business.
        var expected = theirs.Errors ?? [];
        if (expected.Any(e => e.StartsWith("There can be only one fragment", StringComparison.Ordinal)))
        {
            return null;
        }

        var ours = Validator.Validate(parsed, ValidationCase.Schema, s_limits);
        var missing = Comparable(expected).Except(Comparable(ours.Select(e => e.Message))).ToArray();
        var surplus = Comparable(ours.Select(e => e.Message)).Except(Comparable(expected)).ToArray();

        // Under an unknown directive graphql-js takes the field's arguments for the directive's.
        if (expected.Any(e => e.StartsWith("Unknown directive", StringComparison.Ordinal)))
        {
            missing = [.. missing.Where(m => m != "value")];
        }

        // graphql-js 17.1 overlooks a nullable variable in a oneOf input that is itself non-null (`key: Key!`); the specification does not.
        var overlooked = surplus.Length > 0 && surplus.All(m => m.Contains("must be non-nullable to be used for OneOf", StringComparison.Ordinal));
        if (overlooked && missing.All(m => m == "merge"))
        {
            return null;
        }

        // Merging and subscriptions are judged only once everything else is in order.
        var onlyMerging = ours.Length > 0 && missing.All(m => m is "merge" or "subscription");
        return ours.IsEmpty != (expected.Length == 0) || surplus.Length > 0 || (missing.Length > 0 && !onlyMerging)
            ? $"they: {string.Join(" | ", missing)}\nwe: {string.Join(" | ", surplus)}" : null;
    }

    /// <summary>
    /// We read all tokens before the grammar, so that a broken one further on may come first; of a description before what takes none we name
    /// the latter, and definitions of types we refuse at their keyword, `{}` at its end. graphql-js counts a character beyond the basic plane as two.
    /// </summary>
    private static bool IsSamePlace(string document, Answer theirs, DocumentError ours)
    {
        if (theirs.Syntax!.StartsWith("Syntax Error: Unexpected description", StringComparison.Ordinal)
            || ours.Message.EndsWith("definition is not executable.", StringComparison.Ordinal)
            || ours.Message.EndsWith("Expected Name, found \"}\".", StringComparison.Ordinal))
        {
            return true;
        }

        var line = document.ReplaceLineEndings("\n").Split('\n')[theirs.Line - 1];
        var surrogates = line[..Math.Min(line.Length, theirs.Column - 1)].Count(char.IsLowSurrogate);
        var (expected, found) = ((theirs.Line, theirs.Column - surrogates), (ours.Locations[0].Line, ours.Locations[0].Column));
        return found == expected || (found.CompareTo(expected) > 0 && BrokenToken().IsMatch(ours.Message));
    }

    [GeneratedRegex("^Syntax Error: (Unexpected character|Unexpected single quote|Unterminated string|Invalid )")]
    private static partial Regex BrokenToken();

    /// <summary>Wordings on which we differ on purpose come down to what they are about.</summary>
    private static HashSet<string> Comparable(IEnumerable<string> messages) =>
        [.. messages.Select(m =>
            m.StartsWith("Fields \"", StringComparison.Ordinal) ? "merge"
            : m.Contains("ubscription ", StringComparison.Ordinal) && m.Contains(" must ", StringComparison.Ordinal) ? "subscription"
            : m.StartsWith("Cannot spread fragment", StringComparison.Ordinal) ? "cycle"
            : AboutValue().IsMatch(m) ? "value"
            : MetaField().Replace(m, "__"))];

    [GeneratedRegex("cannot represent|^Expected value of type|^Expected value of non-null|does not exist in .* enum|^Within OneOf|^Int cannot|^Float cannot|^String cannot|^ID cannot|^Boolean cannot")]
    private static partial Regex AboutValue();

    // graphql-js has no type for the fields that every type has.
    [GeneratedRegex(@"(<meta>|\w+)\.__")]
    private static partial Regex MetaField();

    private static IEnumerable<string> Written() =>
        from type in typeof(ReferenceTests).Assembly.GetTypes()
        where type.Namespace == typeof(ValidationCase).Namespace
        from method in type.GetMethods()
        from data in method.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
        from argument in data.GetData(method).First().OfType<string>().Take(1)
        select argument.Contains('{', StringComparison.Ordinal) && !argument.StartsWith("scale(", StringComparison.Ordinal) ? argument : $"{{ {argument} }}";

    private static IEnumerable<(string Name, string Text)> Typed() => Enumerable.Range(0, 5_000).Select(s => ($"typed, seed {s}", new TypedDocumentGenerator(s).Document()));

    private static IEnumerable<(string Name, string Text)> Generated() => Enumerable.Range(0, 5_000).Select(s => ($"generated, seed {s}", new DocumentGenerator(s).Document()));

    private static IEnumerable<(string Name, string Text)> Mutated()
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        for (var seed = 0; seed < 5_000; seed++)
        {
            string? text = null;
            try
            {
                text = strict.GetString(FuzzTests.Mutated(seed));
            }
            catch (DecoderFallbackException)
            {
                // JavaScript would not see these bytes.
            }

            if (text is not null)
            {
                yield return ($"mutated, seed {seed}", text);
            }
        }
    }

    private sealed record Answer(string? Syntax, int Line, int Column, string[]? Errors);
}
