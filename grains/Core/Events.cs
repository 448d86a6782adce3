using System.Collections;

namespace OnlineSafetyTrust.Grains;

/// <summary>What a decider decided: the events, in order. None: nothing changes.</summary>
internal sealed class Events : IReadOnlyList<object>
{
    public static readonly Events None = new([]);

    private readonly IReadOnlyList<object> _events;

    private Events(IReadOnlyList<object> events) => _events = events;

    public int Count => _events.Count;

    public object this[int index] => _events[index];

    public static Events Of(params IReadOnlyList<object> events) => new(events);

    public IEnumerator<object> GetEnumerator() => _events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
