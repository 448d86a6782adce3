using System.Diagnostics.Metrics;

namespace OnlineSafetyTrust.Storage.Journal;

/// <summary>What the sequencer did. Meter <c>OnlineSafetyTrust.Storage</c>.</summary>
public sealed class JournalMetrics : IDisposable
{
    public const string MeterName = "OnlineSafetyTrust.Storage";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _size;
    private long _flushes;
    private long _syncs;
    private long _appends;
    private long _events;
    private long _conflicts;
    private long _failures;
    private long _keysLost;

    public JournalMetrics()
    {
        _meter.CreateObservableCounter("storage.flushes", () => Flushes, "{flush}", "Transactions of the sequencer, those without rows included.");
        _meter.CreateObservableCounter("storage.syncs", () => Syncs, "{sync}", "Commits that waited for the disk.");
        _meter.CreateObservableCounter("storage.appends", () => Appends, "{append}");
        _meter.CreateObservableCounter("storage.events", () => Events, "{event}");
        _meter.CreateObservableCounter("storage.conflicts", () => Conflicts, "{append}");
        _meter.CreateObservableCounter("storage.failures", () => Failures, "{flush}", "Flushes that failed whole.");
        _meter.CreateObservableCounter("storage.keys.lost", () => KeysLost, "{key}", "Keys asked for that are neither in the key store nor were destroyed there.");
        _duration = _meter.CreateHistogram<double>("storage.flush.duration", "s");
        _size = _meter.CreateHistogram<int>("storage.flush.size", "{work}");
    }

    public long Flushes => Interlocked.Read(ref _flushes);

    public long Syncs => Interlocked.Read(ref _syncs);

    public long Appends => Interlocked.Read(ref _appends);

    public long Events => Interlocked.Read(ref _events);

    public long Conflicts => Interlocked.Read(ref _conflicts);

    public long Failures => Interlocked.Read(ref _failures);

    public long KeysLost => Interlocked.Read(ref _keysLost);

    public void Dispose() => _meter.Dispose();

    internal void Flushed(int works, int appends, FlushPlan plan, bool synced, TimeSpan took)
    {
        Interlocked.Increment(ref _flushes);
        Interlocked.Add(ref _syncs, synced ? 1 : 0);
        Interlocked.Add(ref _appends, appends);
        Interlocked.Add(ref _events, plan.Events);
        Interlocked.Add(ref _conflicts, plan.Conflicts);
        _duration.Record(took.TotalSeconds);
        _size.Record(works);
    }

    internal void KeyLost() => Interlocked.Increment(ref _keysLost);

    internal void Failed() => Interlocked.Increment(ref _failures);
}
