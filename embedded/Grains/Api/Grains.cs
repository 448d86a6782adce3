namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Anything that has a grain identity: a grain and a reference to one.</summary>
public interface IAddressable;

/// <summary>Marks the interfaces by which grains are called.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain whose key is a string, the only kind of key the slice has.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>Gives references to grains; a reference costs nothing until it is called.</summary>
public interface IGrainFactory
{
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    /// <exception cref="GrainContractException">A type in the interface cannot cross between grains.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey) where TGrainInterface : IGrainWithStringKey;
}

/// <summary>The way in from outside the silo.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}

/// <summary>What a grain class is to the host; <see cref="Grain"/> implements it.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}

/// <summary>One activation, seen from the grain inside it.</summary>
public interface IGrainContext
{
    GrainId GrainId { get; }

    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    /// <summary>Completes once the activation is gone and its key is free for the next.</summary>
    Task Deactivated { get; }

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
