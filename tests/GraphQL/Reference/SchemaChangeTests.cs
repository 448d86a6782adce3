using System.Text.RegularExpressions;

namespace OnlineSafetyTrust.GraphQL.Tests.Reference;

/// <summary>
/// The gateway's schema against the one last published. What could break a client has to stand in the changelog, word
/// for word, under "Unreleased"; with a release <c>schema.graphql</c> is copied over <c>schema.published.graphql</c>.
/// </summary>
public sealed partial class SchemaChangeTests
{
    private const string Before = """
        type Query { pupil(id: ID!): Pupil year(of: Year): Int }
        type Pupil { id: ID! name: String }
        enum Year { SEVEN }
        """;

    [ReferenceFact]
    public void A_change_that_could_break_a_client_stands_in_the_changelog()
    {
        var changes = Changes(File.ReadAllText(InRepository("graphql-gateway/schema.published.graphql")), File.ReadAllText(InRepository("graphql-gateway/schema.graphql")));

        var missing = Unannounced(changes, File.ReadAllText(InRepository("CHANGELOG.md")));

        Assert.True(missing.Length == 0, $"Write these lines under \"Unreleased\" in CHANGELOG.md, or take the change back:\n{string.Join('\n', missing.Select(m => $"- API: {m}"))}");
    }

    [ReferenceFact]
    public void A_removed_field_and_a_new_enum_value_are_noticed_and_a_new_field_is_not()
    {
        const string After = """
            type Query { pupil(id: ID!): Pupil year(of: Year): Int more: Int }
            type Pupil { id: ID! }
            enum Year { SEVEN EIGHT }
            """;

        var (breaking, dangerous) = Changes(Before, After);

        Assert.Contains("Pupil.name", Assert.Single(breaking), StringComparison.Ordinal);
        Assert.Contains("EIGHT", Assert.Single(dangerous), StringComparison.Ordinal);
        Assert.Equal(2, Unannounced(new(breaking, dangerous), "# Changelog\n\n## Unreleased\n\n- Something else.\n").Length);
        Assert.Empty(Unannounced(new(breaking, dangerous), $"# Changelog\n\n## Unreleased\n\n- API: {breaking[0]}\n- API: {dangerous[0]}\n\n## 1.0.0\n"));
        Assert.Equal(2, Unannounced(new(breaking, dangerous), $"# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n- API: {breaking[0]}\n- API: {dangerous[0]}\n").Length);
    }

    [ReferenceFact]
    public void An_input_of_which_only_one_field_may_be_given_any_more_is_noticed()
    {
        const string Input = "type Query { year(of: Of): Int } input Of { name: String number: Int }";

        Assert.Equal(["Of became @oneOf."], Changes(Input, Input.Replace("input Of", "input Of @oneOf", StringComparison.Ordinal)).Breaking);
        Assert.Empty(Changes(Input, Input).Breaking);
    }

    private static Found Changes(string before, string after) => ReferenceProcess.Ask<Found>("changes.mjs", new { before, after });

    private static string[] Unannounced(Found changes, string changelog)
    {
        var announced = Unreleased().Match(changelog).Value.Split('\n').Select(l => l.Trim()).ToHashSet();
        return [.. changes.Breaking.Concat(changes.Dangerous).Where(c => !announced.Contains($"- API: {c}"))];
    }

    private static string InRepository(string path) => System.IO.Path.Combine(ReferenceProcess.Folder, "../../..", path);

    [GeneratedRegex(@"^## Unreleased\n(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Unreleased();

    private sealed record Found(string[] Breaking, string[] Dangerous);
}
