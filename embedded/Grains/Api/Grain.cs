namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation = Activation.Constructing;

    public IGrainContext GrainContext => Own;

    /// <summary>The activation's scope: scoped services live as long as the activation.</summary>
    protected internal IServiceProvider ServiceProvider => Own.ActivationServices;

    protected internal IGrainFactory GrainFactory => Own.Silo.Factory;

    private Activation Own => _activation
        ?? throw new InvalidOperationException($"{GetType().Name} was created outside a silo: it has no context.");

#pragma warning disable CA1725 // Orleans names the parameter so here and otherwise in IGrainBase.
    /// <summary>Runs before the first request; if it throws, the waiting requests fail with what it threw.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last request.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;
#pragma warning restore CA1725

    /// <summary>Deactivates once the requests that run now are done.</summary>
    protected void DeactivateOnIdle() => Own.Deactivate(new DeactivationReason(
        DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    /// <summary>Keeps the idle activation for at least this long; a negative time takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Own.DelayDeactivation(timeSpan);
}
