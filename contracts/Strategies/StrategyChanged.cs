namespace OnlineSafetyTrust.Contracts.Strategies;

/// <summary>To the pupil's checks, <c>checks/{pupil's uuid}</c>: checks end with the strategy (E5).</summary>
/// <param name="Active">A strategy is agreed and in force; false: it ended.</param>
[GenerateSerializer, Immutable, Alias("StrategyChanged")]
public sealed record StrategyChanged(bool Active)
{
    public const string Message = "strategy.changed";
}
