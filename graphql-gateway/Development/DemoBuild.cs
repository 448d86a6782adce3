using System.Text;
using OnlineSafetyTrust.Demo;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Silo.Clock;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Process;
using OnlineSafetyTrust.Storage.Reading;
using Spectre.Console;

namespace OnlineSafetyTrust.Gateway.Development;

/// <summary>Builds the demo trust into an empty store, with the clock a year back at first.</summary>
internal sealed class DemoBuild(SystemReader store, ProcessState states, MovableClock clock, ClockMover mover, IGrainFactory grains, RosterCurrent current, TimeProvider system)
{
    private const string Storage = "product";
    private const string Name = "demo";

    public async Task RunAsync(HostSettings settings, CancellationToken ct)
    {
        var known = await states.ReadAsync(Storage, Name, Name, ct);
        if (known is not null && Encoding.ASCII.GetString(known.Bytes.Span) != "built")
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The demo in {settings.DataDirectory} was interrupted while it was built. Delete that directory and start again, or start with --no-demo.", true, null);
        }

        if (known is not null || await store.HeadAsync(ct) > 0)
        {
            return;
        }

        var etag = await states.WriteAsync(Storage, Name, Name, "building"u8.ToArray(), null);
        var end = Microseconds.Truncate(system.GetUtcNow());
        clock.BeginAt(DemoTrust.StartOf(end));
        var report = await AnsiConsole.Status().StartAsync(
            "Building the fictional trust", status => DemoTrust.BuildAsync(grains, current, new DemoClock(mover), end, settings.DataDirectory, new Progress<string>(p => status.Status = p), ct));
        // The clock was held while the demo was built; from here on it is today again.
        clock.Run();
        clock.Resume(TimeSpan.Zero);
        await states.WriteAsync(Storage, Name, Name, "built"u8.ToArray(), etag);
        Console.WriteLine(report);
    }

    private sealed class DemoClock(ClockMover mover) : IDemoClock
    {
        public async Task MoveToAsync(DateTimeOffset to)
        {
            if (await mover.MoveAsync(to, CancellationToken.None) is { } refusal)
            {
                throw new InvalidOperationException(refusal);
            }
        }
    }
}
