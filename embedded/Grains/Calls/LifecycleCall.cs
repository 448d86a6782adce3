namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Stands for OnActivateAsync or OnDeactivateAsync in call chains: while it runs, nothing else does.</summary>
internal sealed class LifecycleCall : GrainCall
{
    private readonly GrainCall? _first;

    public LifecycleCall(Activation activation, GrainCall? first)
    {
        Activation = activation;
        Caller = first?.Caller;
        Values = first?.Values;
        _first = first;
    }

    public override Task Answer => _first?.Answer ?? Task.CompletedTask;

    public override bool Blocks(GrainCall other) => true;

    public override Task Invoke(object grain) => Task.CompletedTask;

    public override void Fail(Exception exception)
    {
    }

    protected override void Complete(Task task)
    {
    }
}
