namespace OnlineSafetyTrust.Roster.Tests;

public class RosterDecisionsTests
{
    private const string Pupil = "01930000-0000-7000-8000-000000000001";

    [Fact]
    public void What_the_dry_run_prints_is_understood()
    {
        var current = Bundles.V11().Imported();
        var moved = Bundles.V11();
        foreach (var file in new[] { "users.csv", "enrollments.csv", "demographics.csv" })
        {
            moved[file] = moved[file].Replace("p2,", "q=2,", StringComparison.Ordinal);
        }

        var ambiguous = Assert.Single(moved.Plan(current).Ambiguous).ToString();
        var words = ambiguous[ambiguous.IndexOf("--same", StringComparison.Ordinal)..].TrimEnd('.').Split(' ');
        Assert.Equal(["--same", "or", "--new"], new[] { words[0], words[2], words[3] });
        Assert.Equal(current.Pupils[1].Id, Assert.Single(moved.Plan(current, With([words[1]], [])).Changed).Pupil);
        Assert.Equal("q=2", Assert.Single(moved.Plan(current, With([], [words[4]]) with { ConfirmedLeavers = 1 }).New).Row.SourceId);
    }

    [Theory]
    [InlineData("q2", "", "--same q2: ")]
    [InlineData("q2=somebody", "", "--same q2=somebody: ")]
    [InlineData($"={Pupil}", "", "--same ")]
    [InlineData($"q2={Pupil}", "q2", "--same and --new: ")]
    public void What_cannot_be_meant_is_said_with_the_option(string same, string fresh, string says) =>
        Assert.StartsWith(says, Assert.Single(RosterDecisions.Parse([same], fresh.Length == 0 ? [] : [fresh]).Errors).Message, StringComparison.Ordinal);

    private static RosterOptions With(string[] same, string[] fresh) => Situations.Options with { Decisions = RosterDecisions.Parse(same, fresh).Value };
}
