namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// What flows with the async context of a request: the request and the <see cref="RequestContext"/> values.
/// One AsyncLocal for both, because each one set costs two allocations per call.
/// </summary>
internal abstract class CallScope
{
    private static readonly AsyncLocal<CallScope?> Ambient = new();

    public static CallScope? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public abstract GrainCall? Call { get; }

    public Dictionary<string, object>? Values { get; set; }
}

internal sealed class ValueScope : CallScope
{
    public ValueScope(GrainCall? call, Dictionary<string, object>? values) => (Call, Values) = (call, values);

    public override GrainCall? Call { get; }
}
