namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key;

    public static string GetPrimaryKeyString(this IGrainContext grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainId.Key;
    }

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.Id,
        IGrainBase own => own.GrainContext.GrainId,
        _ => throw new ArgumentException("Neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The same grain by another of its interfaces.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
        => grain switch
        {
            GrainReference reference => reference.Link.Reference<TGrainInterface>(reference.Id),
            IGrainBase { GrainContext: Activation own } => own.Silo.Link.Reference<TGrainInterface>(own.GrainId),
            _ => throw new ArgumentException("Neither a grain nor a reference to one.", nameof(grain)),
        };
}

/// <summary>For grains that implement <see cref="IGrainBase"/> without <see cref="Grain"/>.</summary>
public static class GrainBaseExtensions
{
    public static void DeactivateOnIdle(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        grain.GrainContext.Deactivate(new DeactivationReason(
            DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));
    }
}
