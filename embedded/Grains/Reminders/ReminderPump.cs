using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// Delivers due reminders. Sleeps until the next is due, at most a minute, because the wall clock may be set;
/// each waking costs one look-up by index. What fell due before this process started is lost, as in Orleans.
/// </summary>
internal sealed class ReminderPump(IReminderTable table, TimeProvider clock, SiloLink link, ILogger<ReminderPump> log) : IDisposable
{
    private const int Batch = 256;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string, string, string), bool> _underWay = new();
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private ITimer? _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;
    private bool _pumping;
    private bool _again;

    public void Start()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(_ => Pump(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>A reminder was registered for this time.</summary>
    public void Expect(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (_pumping)
            {
                _again = true;
            }
            else if (due < _armedFor)
            {
                Arm(due);
            }
        }
    }

    private void Arm(DateTimeOffset due)
    {
        _armedFor = due;
        var sleep = due - clock.GetUtcNow();
        _timer?.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep > LongestSleep ? LongestSleep : sleep, Timeout.InfiniteTimeSpan);
    }

    private void Pump()
    {
        lock (_gate)
        {
            if (_pumping)
            {
                _again = true;
                return;
            }

            _pumping = true;
        }

        _ = PumpAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away must not end the pump.")]
    private async Task PumpAsync()
    {
        while (true)
        {
            DateTimeOffset? next;
            try
            {
                await DeliverDueAsync().ConfigureAwait(false);
                next = await table.ReadNextDueAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                log.LogError(exception, "Reminders could not be read; trying again in {Sleep}.", LongestSleep);
                next = clock.GetUtcNow() + LongestSleep;
            }

            lock (_gate)
            {
                if (!_again)
                {
                    _pumping = false;
                    Arm(next ?? DateTimeOffset.MaxValue);
                    return;
                }

                _again = false;
            }
        }
    }

    private async Task DeliverDueAsync()
    {
        IReadOnlyList<ReminderRow> due;
        do
        {
            var now = clock.GetUtcNow();
            due = await table.ReadDueAsync(now, Batch, CancellationToken.None).ConfigureAwait(false);
            foreach (var row in due)
            {
                // Advanced before delivery: a tick is lost in a crash, never repeated.
                if (await table.AdvanceAsync(row, NextAfter(row, now), CancellationToken.None).ConfigureAwait(false)
                    && row.NextDueAt >= _startedAt)
                {
                    _ = DeliverAsync(row, now);
                }
            }
        }
        while (due.Count == Batch);
    }

    private static DateTimeOffset NextAfter(ReminderRow row, DateTimeOffset now) =>
        now < row.FirstTickAt ? row.FirstTickAt : row.FirstTickAt + (row.Period * (((now - row.FirstTickAt).Ticks / row.Period.Ticks) + 1));

    [SuppressMessage("Design", "CA1031", Justification = "A grain that fails gets its next tick all the same.")]
    private async Task DeliverAsync(ReminderRow row, DateTimeOffset now)
    {
        var key = (row.GrainType, row.GrainKey, row.Name);
        if (!_underWay.TryAdd(key, true))
        {
            return; // The last tick still runs: ticks of one reminder do not overlap.
        }

        try
        {
            var grain = link.Reference<IRemindable>(new GrainId(row.GrainType, row.GrainKey));
            await grain.ReceiveReminder(row.Name, new TickStatus(row.FirstTickAt.UtcDateTime, row.Period, now.UtcDateTime))
                .ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Reminder {Name} of {Type}/{Key} failed.", row.Name, row.GrainType, row.GrainKey);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }
}
