namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>One living grain: its inbox, its scheduler (one step at a time) and its way from birth to end.</summary>
internal sealed partial class Activation(Silo silo, GrainClass grainClass, string key) : TaskScheduler, IGrainContext
{
    private readonly Lock _gate = new();
    private Phase _phase;
    private object? _grain;

    private enum Phase : byte
    {
        New,
        Activating,
        Active,
        Deactivating,
        Gone,
    }

    /// <summary>The activation whose grain is being constructed on this thread.</summary>
    [field: ThreadStatic]
    public static Activation? Constructing { get; private set; }

    public Silo Silo => silo;

    public GrainClass Class => grainClass;

    public string Key => key;

    /// <summary>As error messages show it.</summary>
    public string Name => $"{grainClass.Implementation.Name}/{key}";

    public GrainId GrainId => new(grainClass.Name, key);

    public object? GrainInstance => _grain;
}
