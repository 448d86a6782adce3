using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>What is known of a method of a grain interface, found out once.</summary>
internal sealed class GrainMethod
{
    public static readonly GrainMethod Turn = new();

    public static readonly GrainMethod InterleavingTurn = new() { AlwaysInterleave = true };

    private GrainMethod()
    {
    }

    public GrainMethod(MethodInfo method, Type grainInterface)
    {
        Info = method;
        Interface = grainInterface;
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
    }

    public MethodInfo? Info { get; }

    public Type? Interface { get; }

    public bool AlwaysInterleave { get; private init; }

    public bool ReadOnly { get; }

    /// <summary>Fields of the call class that hold the arguments, for filters; set by the emitter.</summary>
    public FieldInfo[] Arguments { get; set; } = [];
}
