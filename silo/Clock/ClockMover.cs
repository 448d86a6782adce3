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
            busy = false;
            for (var shard = 0; shard < DuePump.Shards; shard++)
            {
                busy |= await due.RunAsync(shard, ct) > 0;
            }

            busy |= await outbox.RunAsync(ct) > 0;
            var left = await messages.CountAsync(system.GetUtcNow(), ct);
            if (left.Leased > 0 || due.InFlight > 0)
            {
                // The host's own pumps are at it: let them finish.
                busy = true;
                await messages.WaitAsync(TimeSpan.FromMilliseconds(10), ct);
            }

            busy |= left.Ready > 0;
        }
        while (busy);
    }
}

/// <summary>Remembers the clock's lead, so that a restart does not turn time back.</summary>
public interface IClockKeeper
{
    ValueTask KeepAsync(TimeSpan ahead, CancellationToken ct);
}
