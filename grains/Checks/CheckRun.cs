namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>A decision in several steps: each event is folded before the next one is decided.</summary>
internal sealed class CheckRun(CheckState state, CheckFacts facts, CommandContext context)
{
    private readonly List<object> _events = [];

    public CheckState State { get; private set; } = state;

    public CheckFacts Facts => facts;

    public CommandContext Context => context;

    public DateTimeOffset Now => context.Now;

    public Events Events => Events.Of(_events);

    public void Add(object @event)
    {
        _events.Add(@event);
        State = State.Apply(@event, new EventMeta(0, context.Now, context.Actor, context.Reason));
    }
}
