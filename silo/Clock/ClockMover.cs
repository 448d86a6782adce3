using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Silo.Pumps;

namespace OnlineSafetyTrust.Silo.Clock;

/// <summary>
/// Moves the product's clock forward in Development: it stops at each due instant until what fell due and all that follows from it is done,
/// so that everything happens in order and at its own time.
/// </summary>
public sealed class ClockMover(MovableClock clock, DuePump due, OutboxPump outbox, IDueStore deadlines, IOutboxStore messages, IClockKeeper keeper, TimeProvider system) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>A clock that was held before stays held at <paramref name="to"/>; one that ran goes on from there.</summary>
    /// <returns>Null when done, or why not.</returns>
    public async Task<string?> MoveAsync(DateTimeOffset to, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var (now, wasHeld) = (clock.GetUtcNow(), clock.IsHeld);
            if (to < now)
            {
                return $"The clock shows {now:O} and only moves forward.";
            }

            clock.Hold(now);
            try
            {
                await SettleAsync(ct);
                while (await deadlines.NextAsync(ct) is { } next && next <= to)
                {
                    clock.Hold(next);
                    await SettleAsync(ct);
                    // A row that stays due (its grain failed and will be tried again) must not hold the clock for ever.
                    if (await deadlines.NextAsync(ct) is { } still && still <= next)
                    {
                        return $"Something due at {next:O} cannot be done; the log says why. The clock stays at {clock.GetUtcNow():O}.";
                    }
                }

                clock.Hold(to);
                await SettleAsync(ct);
            }
            finally
            {
                if (!wasHeld)
                {
                    clock.Run();
                }

                await keeper.KeepAsync(clock.Ahead, CancellationToken.None);
            }

            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Until no deadline is due at this instant and no message can be delivered.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        bool busy;
        do
        {
            // The host's own pumps run beside this: quiet is a pass that found nothing and during which they took up nothing either.
            var before = due.Claimed + outbox.Tried;
            await outbox.RunAsync(ct);
            if (await deadlines.NextAsync(ct) <= clock.GetUtcNow())
            {
                // Together: deadlines of one instant share the store's flushes.
                await Task.WhenAll(Enumerable.Range(0, DuePump.Shards).Select(shard => due.RunAsync(shard, ct)));
            }

            var left = await messages.CountAsync(system.GetUtcNow(), ct);
            if (left.Leased > 0)
            {
                // Another process is at it.
                await messages.WaitAsync(OutboxLane.Streams, TimeSpan.FromMilliseconds(10), ct);
            }

            busy = left.Leased + left.Ready > 0 || due.Claimed + outbox.Tried != before;
        }
        while (busy);
    }
}

/// <summary>Remembers the clock's lead, so that a restart does not turn time back.</summary>
public interface IClockKeeper
{
    ValueTask KeepAsync(TimeSpan ahead, CancellationToken ct);
}
