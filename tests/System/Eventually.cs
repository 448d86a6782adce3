using System.Diagnostics;

namespace OnlineSafetyTrust.System.Tests;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits for a condition, and says what it waited for when it does not come.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, $"After {Limit.TotalSeconds} s still not: {what}.");
            await Task.Delay(25);
        }
    }
}
