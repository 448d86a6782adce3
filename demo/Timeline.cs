namespace OnlineSafetyTrust.Demo;

/// <summary>What happens when. What lies after the end does not happen: it is what people find still to be done.</summary>
internal sealed class Timeline(DateTimeOffset end)
{
    private readonly List<(DateTimeOffset At, int Order, string What, Func<Task> Act)> _events = [];

    public int Moves { get; private set; }

    public DateTimeOffset End => end;

    public void Add(DateTimeOffset at, string what, Func<Task> act)
    {
        if (at < end)
        {
            _events.Add((at, _events.Count, what, act));
        }
    }

    public async Task RunAsync(IDemoClock clock, IProgress<string>? progress, CancellationToken ct)
    {
        var done = 0;
        foreach (var moment in _events.GroupBy(e => e.At).OrderBy(g => g.Key))
        {
            ct.ThrowIfCancellationRequested();
            await clock.MoveToAsync(moment.Key);
            Moves++;
            foreach (var (_, _, what, act) in moment.OrderBy(e => e.Order))
            {
                await act();
                progress?.Report($"{moment.Key:d MMMM yyyy}: {what} ({++done} of {_events.Count})");
            }
        }
    }
}
