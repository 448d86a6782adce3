namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A decision in several steps: each event is folded before the next one is decided.</summary>
internal sealed class Run<TState, TFacts>(TState state, TFacts facts, CommandContext context)
    where TState : IState<TState>
{
    private readonly List<object> _events = [];

    public TState State { get; private set; } = state;

    public TFacts Facts => facts;

    public DateTimeOffset Now => context.Now;

    public Events Events => Events.Of(_events);

    public void Add(object @event)
    {
        _events.Add(@event);
        State = State.Apply(@event, new EventMeta(0, context.Now, context.Actor));
    }
}
