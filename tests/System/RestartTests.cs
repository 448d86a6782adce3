using OnlineSafetyTrust.Chaos.Serving;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>How the kill tests judge a restart.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(4.9, 3.0, 0.0, false, true)]
    [InlineData(5.1, 3.0, 0.0, false, false)]
    [InlineData(5.1, 3.0, 0.2, false, true)] // the host had taken the difference
    [InlineData(4.9, 6.0, 0.0, false, true)] // on two cores
    [InlineData(25.0, 3.0, 0.0, true, true)]
    [InlineData(25.0, 5.1, 0.0, true, false)]
    [InlineData(25.0, 5.1, 24.0, true, false)] // what others took is not its own time
    public void A_restart_is_held_to_the_clock_and_on_a_crowded_machine_to_its_own_processor_time(double took, double processor, double stolen, bool crowded, bool kept)
    {
        var restart = new Restart(new StartReport(TimeSpan.FromSeconds(took), TimeSpan.FromSeconds(processor), new MachineLosses(TimeSpan.FromSeconds(stolen), default), 0), crowded);

        Assert.Equal(kept, restart.Broken is null);
    }

    [Fact]
    public void The_summary_says_how_many_were_held_to_what()
    {
        Restart[] restarts = [Took(1, crowded: false), Took(2, crowded: true), Took(3, crowded: true)];

        var said = Restart.Summary(restarts);

        Assert.Contains("3 restarts", said, StringComparison.Ordinal);
        Assert.Contains("1 held to 5 s by the clock, 2 on a crowded machine to 5 s of their own processor time", said, StringComparison.Ordinal);
        Assert.Equal("no restart", Restart.Summary([]));
    }

    private static Restart Took(double seconds, bool crowded) => new(new StartReport(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), default, 0), crowded);
}
