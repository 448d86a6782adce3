using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

public sealed class PackReaderTests
{
    private const string Small = """
        id: small
        title: Small school
        version: 1
        kind: school
        nation: england
        review:
          every: 1 year
          approvedBy: governor
        reportsGoTo: dsl
        headRespondsToEveryBreach: false
        natures:
          - id: bullying
            title: Bullying
            fourCs: conduct
        responses:
          - nature: bullying
            steps:
              - id: tell-dsl
                kind: inform-role
                owners: dsl
                tells: dsl
                deadline: immediately
                text: The DSL is told.
        """;

    private static List<string> Problems(string yaml) =>
        [.. PackReader.Parse(yaml, "small.yaml").Errors.Select(e => e.Message)];

    private static string With(string old, string replacement)
    {
        Assert.Contains(old, Small, StringComparison.Ordinal);
        return Small.Replace(old, replacement, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_pack_reads()
    {
        var pack = PackReader.Parse(Small, "small.yaml");
        Assert.Empty(pack.Errors);
        Assert.Equal(DeadlineRule.Immediately, pack.Value!.Responses[0].Steps[0].Deadline);
        Assert.Empty(pack.Value.Retention);
    }

    [Fact]
    public void The_pack_in_the_documentation_reads_and_compiles()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture", "policies.md"));
        var yaml = page.Split("```yaml\n")[1].Split("```")[0];
        var pack = PackReader.Parse(yaml, "policies.md");
        Assert.Empty(pack.Errors);
        Assert.True(PolicyCompiler.Compile(pack.Value!, ShippedPacks.FloorOf(Nation.England, new(2026, 11, 24))).Ok);
    }

    [Theory]
    [InlineData("title: Small school", "titel: Small school", "line 2, column 1: there is no property 'titel' here. Did you mean 'title'?")]
    [InlineData("title: Small school", "titel: Small school", "line 1, column 1: 'title' is missing. Add it.")]
    [InlineData("reportsGoTo: dsl", "reportsGoTo: dls", "line 9, column 14: reportsGoTo: 'dls' is no known role. Did you mean 'dsl'?")]
    [InlineData("every: 1 year", "every: yearly", "line 7, column 10: review.every: 'yearly' is not a period; write a number")]
    [InlineData("deadline: immediately", "deadline: 3 fortnights", "line 22, column 19: responses.0.steps.0.deadline: '3 fortnights' is not a deadline; write none")]
    [InlineData("deadline: immediately", "deadline: 0 hours", "'0 hours' is not a deadline")]
    [InlineData("- nature: bullying", "- nature: bulying", "line 16, column 13: responses.0.nature: there is no nature 'bulying'. Did you mean 'bullying'?")]
    [InlineData("version: 1", "version: 0", "line 3, column 10: version: 'version' must be from 1 to 200.")]
    [InlineData("version: 1", "version: one", "'one' is not a whole number")]
    [InlineData("id: small", "id: Small School", "line 1, column 5: id: 'Small School' is not an id.")]
    [InlineData("headRespondsToEveryBreach: false", "headRespondsToEveryBreach: no", "'no' is not true or false")]
    [InlineData("    fourCs: conduct", "    fourCs: conduct\n  - id: bullying\n    title: Again\n    fourCs: contact", "line 15, column 9: natures.1.id: the id 'bullying' is used twice")]
    [InlineData("    fourCs: conduct", "    fourCs: conduct\n    fourCs: contact", "line 15, column 5: natures.0: 'fourCs' is written twice. Keep one.")]
    [InlineData("    fourCs: conduct", "    fourCs: conduct\n    awarenessApplies: true", "depends on awareness. Say for which: awareness: [knowing]")]
    [InlineData("    steps:", "    awareness: [knowing]\n    steps:", "line 17, column 16: responses.0.awareness: 'bullying' has no awareness axis")]
    [InlineData("        tells: dsl\n", "", "needs 'tells': whom does it tell?")]
    [InlineData("        kind: inform-role", "        kind: refer-police\n        after: x", "waits for nothing. Remove 'after'.")]
    [InlineData("        kind: inform-role", "        kind: daily-checks", "a daily-checks step needs 'repeat'")]
    [InlineData("        text: The", "        mode: consider\n        requiresReason: false\n        text: The", "always answered with a reason")]
    [InlineData("        text: The", "        after: nobody\n        text: The", "there is no earlier step 'nobody' in this list")]
    [InlineData("        text: The", "        origin: floor\n        text: The", "there is no property 'origin' here")]
    [InlineData("reportsGoTo: dsl", "reportsGoTo: []", "'reportsGoTo' is missing or empty")]
    [InlineData("reportsGoTo: dsl", "reportsGoTo: dsl\nlimits: []", "only a floor sets limits")]
    [InlineData("reportsGoTo: dsl", "reportsGoTo: dsl\nbans:\n  liftableBy: [dsl, head-of-yeer]", "bans.liftableBy.1: 'head-of-yeer' is no known role. Did you mean 'head-of-year'?")]
    [InlineData("reportsGoTo: dsl", "reportsGoTo: dsl\nbans:\n  liftableBy: governor", "bans.liftableBy: 'governor' does not see a pupil's bans.")]
    [InlineData("reportsGoTo: dsl", "reportsGoTo: dsl\nbans:\n  source: page 4", "bans: 'liftableBy' is missing or empty. Name at least one.")]
    [InlineData("title: Small school", "title:", "line 2, column 7: title: 'title' is missing. Add it.")]
    [InlineData("review:\n  every: 1 year\n  approvedBy: governor", "review: yearly", "expected properties here")]
    [InlineData("natures:\n", "natures:\n  - bullying\n", "natures.0: expected properties here")]
    public void A_mistake_is_named_with_line_column_path_and_the_way_out(string old, string replacement, string expected) =>
        Assert.Contains(Problems(With(old, replacement)), p => p.StartsWith("small.yaml line ", StringComparison.Ordinal) && p.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Two_rows_for_the_same_nature_and_awareness_are_refused()
    {
        var row = Small[Small.IndexOf("  - nature:", StringComparison.Ordinal)..].Replace("nature: bullying", "nature: bullying\n    awareness: [knowing, unknown]", StringComparison.Ordinal);
        var yaml = With("fourCs: conduct", "fourCs: conduct\n    awarenessApplies: true").Replace("nature: bullying", "nature: bullying\n    awareness: [unknowing, knowing]", StringComparison.Ordinal);
        Assert.Contains("'bullying, knowing' already has a row (line 18)", Assert.Single(Problems($"{yaml}\n{row}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_ids_are_unique_in_their_row()
    {
        var step = Small[Small.IndexOf("      - id: tell-dsl", StringComparison.Ordinal)..];
        Assert.Contains("the step id 'tell-dsl' is used twice", Assert.Single(Problems($"{Small}\n{step}")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        var yaml = With("nation: england", "nation: scotland").Replace("reportsGoTo: dsl", "reportsGoTo: boss", StringComparison.Ordinal)
            .Replace("kind: inform-role", "kind: tell", StringComparison.Ordinal).Replace("- nature: bullying", "- nature: theft", StringComparison.Ordinal);
        var lines = Problems(yaml).Select(p => int.Parse(p.Split("line ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal([5, 9, 16, 19], [.. lines.Distinct()]);
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x", "anchors")]
    [InlineData("a: *x", "")]
    [InlineData("a: !!System.Diagnostics.Process x", "tags")]
    [InlineData("a: [1", "not YAML")]
    [InlineData("a: \"x", "not YAML")]
    [InlineData("a:\n\tb: x", "not YAML")]
    [InlineData("", "the file is empty")]
    [InlineData("# nothing", "the file is empty")]
    [InlineData("just words", "a policy is a list of properties")]
    [InlineData("[1, 2]", "a policy is a list of properties")]
    [InlineData("? [a]\n: b", "plain text")]
    [InlineData("a: b\n---\nc: d", "a second document begins here")]
    public void What_is_no_pack_is_refused_with_a_reason(string yaml, string expected) =>
        Assert.Contains(Problems(yaml), p => p.Contains(expected, StringComparison.Ordinal) && p.Contains("line ", StringComparison.Ordinal));

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("nested too deeply", Assert.Single(Problems(new string('[', 100_000))), StringComparison.Ordinal);

    [Fact]
    public void A_large_file_is_refused() => Assert.Contains("larger than 256 KB", Assert.Single(Problems(new string('#', 257 * 1024))), StringComparison.Ordinal);

    [Fact]
    public void A_flood_of_mistakes_is_cut_short()
    {
        var problems = Problems(Small + "\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"x{i}: 1\n")));
        Assert.Equal(51, problems.Count);
        Assert.EndsWith("450 more. Correct these first.", problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_point_at_the_input_field() =>
        Assert.All(PackReader.Parse("", "x.yaml").Errors, e => Assert.Equal(("PACK_INVALID", "yaml"), (e.Code, Assert.Single(e.Fields))));

    [Fact]
    public void Every_shipped_pack_reads_and_is_named_like_its_file()
    {
        Assert.NotEmpty(ShippedPacks.Ids);
        Assert.All(ShippedPacks.Ids, id =>
        {
            var read = PackReader.Parse(ShippedPacks.Text(id)!, $"{id}.yaml");
            Assert.Empty(read.Errors.Select(e => e.Message));
            Assert.Equal(id, read.Value!.Id);
        });
    }

    [Fact]
    public void Every_shipped_pack_compiles_over_its_floor_and_every_row_gives_a_plan() =>
        Assert.All(ShippedPacks.Schools, pack =>
        {
            var policy = PolicyCompiler.Compile(pack, ShippedPacks.FloorOf(pack.Nation, new(2026, 9, 1))).Value!.Policy;
            foreach (var row in policy.Responses)
            {
                foreach (var awareness in row.Awareness.Count == 0 ? [null] : row.Awareness.Select(a => (Awareness?)a))
                {
                    var plan = ResponsePlan.Compile(policy, row.Nature, awareness);
                    Assert.Empty(plan.Errors);
                    Assert.Equal(plan.Value!.Count, plan.Value!.Select(s => s.Step.Id).Distinct().Count());
                    Assert.All(plan.Value!.Where(s => s.Step.Kind is StepKind.ReferPolice or StepKind.ReferSocialCare), s => Assert.Equal(DeadlineRule.Immediately, s.Step.Deadline));
                }
            }
        });

    [Fact]
    public void An_unknown_pack_is_not_found() => Assert.Equal("NOT_FOUND", Assert.Single(ShippedPacks.Find("nobody").Errors).Code);
}
