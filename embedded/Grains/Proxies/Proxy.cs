namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>The emitted proxy of an interface, checked and made once per process.</summary>
internal static class Proxy<TGrainInterface>
{
    private static readonly Lazy<Func<SiloLink, GrainId, TGrainInterface>> Factory = new(
        () =>
        {
            ContractCheck.Throw(typeof(TGrainInterface));
            return (Func<SiloLink, GrainId, TGrainInterface>)ProxyEmitter.Emit(typeof(TGrainInterface));
        },
        LazyThreadSafetyMode.ExecutionAndPublication);

    public static TGrainInterface Create(SiloLink link, GrainId id) => Factory.Value(link, id);
}
