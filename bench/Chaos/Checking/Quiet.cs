using System.Data.Common;
using System.Diagnostics;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.Chaos.Checking;

/// <summary>Nothing may stay undone: messages are delivered, and no deadline before the product's now is left.</summary>
internal static class Quiet
{
    public static async Task UntilDrainedAsync(StoreUnderTest store, TimeSpan limit)
    {
        await using var connection = await store.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        while (await CountAsync(connection, "SELECT COUNT(*) FROM outbox") is var left && left > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new ChaosException($"{left} messages were still in the outbox after {limit.TotalSeconds} s.");
            }

            await Task.Delay(20);
        }

        if (await CountAsync(connection, "SELECT COUNT(*) FROM outbox_dead") is var dead && dead > 0)
        {
            throw new ChaosException($"{dead} messages are dead.");
        }
    }

    /// <summary>Moves the clock past what is due next, as the time during which the product was down would have done.</summary>
    public static async Task PassDeadlinesAsync(StoreUnderTest store, Api api, TimeSpan by)
    {
        var to = await api.ClockAsync() + by;
        if (await api.MoveClockAsync(to) is { } refusal)
        {
            throw new ChaosException($"The clock did not reach {to:O}: {refusal}");
        }

        await using var connection = await store.OpenAsync();
        var late = await CountAsync(connection, $"SELECT COUNT(*) FROM due WHERE at <= {Microseconds.ToUnix(to)}");
        if (late > 0)
        {
            throw new ChaosException($"{late} deadlines before {to:O} were not handled.");
        }
    }

    private static async Task<long> CountAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
