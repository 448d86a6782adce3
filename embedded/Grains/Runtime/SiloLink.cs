namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// Where references find their silo. References outlive a silo when a test restarts it; they go on with the next.
/// </summary>
internal sealed class SiloLink
{
    private volatile Silo? _silo;

    public Silo? Silo
    {
        get => _silo;
        set => _silo = value;
    }

    public TGrainInterface Reference<TGrainInterface>(string key)
    {
        var silo = Silo ?? throw new SiloUnavailableException("There is no silo yet.");
        return Proxy<TGrainInterface>.Create(this, new GrainId(silo.ClassFor(typeof(TGrainInterface)).Name, key));
    }

    public TGrainInterface Reference<TGrainInterface>(GrainId id) => Proxy<TGrainInterface>.Create(this, id);
}

internal sealed class GrainFactory(SiloLink link, IServiceProvider services) : IClusterClient
{
    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey) where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return link.Reference<TGrainInterface>(primaryKey);
    }
}
