using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A decision in several steps: each event is folded before the next one is decided.</summary>
internal sealed class WeekRun(WeekState state, SchoolFacts facts, CommandContext context)
{
    private readonly List<object> _events = [];

    public WeekState State { get; private set; } = state;

    public SchoolFacts Facts => facts;

    public DateTimeOffset Now => context.Now;

    public Events Events => Events.Of(_events);

    public void Add(object @event)
    {
        _events.Add(@event);
        State = State.Apply(@event, new EventMeta(0, context.Now, context.Actor, context.Reason));
    }
}
