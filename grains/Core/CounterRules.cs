namespace OnlineSafetyTrust.Grains;

/// <summary>What is counted of a state's changes: what all models' <see cref="StreamModel{TState}.Counts"/> say together.</summary>
public static class CounterRules
{
    /// <summary>Raise it with every change of a model's <c>Counts</c>: the next start counts anew what is stored.</summary>
    public const long Version = 1;
}
