using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;

namespace OnlineSafetyTrust.Chaos;

/// <param name="Seed">Of commands and of the instants of the kills.</param>
/// <param name="VerifyEvery">Rounds between two runs of <c>verify</c>; the last round always ends with one.</param>
/// <param name="DatabaseEvery">PostgreSQL: rounds between two that kill or freeze the database server.</param>
internal sealed record ChaosPlan(Database Database, int Rounds, int Seed, int Clients = 8, int VerifyEvery = 1, int DatabaseEvery = 4)
{
    /// <summary>Load before the kill, at least and at most.</summary>
    public (int From, int To) LoadMilliseconds { get; init; } = (150, 900);

    /// <summary>
    /// How far the clock moves after a round, at most. A run passes two and a half days on average, however many rounds it has: in more,
    /// the reminders of thousands of open incidents would be most of its time.
    /// </summary>
    public TimeSpan LongestPassing => 2 * TimeSpan.FromDays(2.5) / Rounds;
}

/// <summary>What one round did.</summary>
/// <param name="Restart">Null: the server lived on.</param>
/// <param name="Retried">Commands that the kill left without an answer.</param>
internal sealed record RoundReport(int Round, string What, Restart? Restart, int Retried, int Acknowledged);
