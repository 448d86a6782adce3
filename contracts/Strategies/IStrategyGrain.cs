namespace OnlineSafetyTrust.Contracts.Strategies;

/// <summary>A pupil's technology access strategy, one at a time (D4). Key: <c>s/{uuid}/strategy/{pupil's uuid}</c>.</summary>
[Alias("IStrategyGrain")]
public interface IStrategyGrain : IStreamGrain
{
    /// <summary>A first draft, or a new one in place of a draft that was not agreed: its signatures start again, its five school days too.</summary>
    Task<Result<StrategyView>> DraftAsync(CommandContext context, DraftStrategy command);

    /// <summary>One party's answer. The last agreement that was missing makes the strategy active.</summary>
    Task<Result<StrategyView>> AgreeAsync(CommandContext context, AgreeStrategy command);

    Task<Result<SignatureLinkReply>> MakeLinkAsync(CommandContext context, MakeSignatureLink command);

    Task<Result<StrategyView>> WithdrawLinkAsync(CommandContext context, WithdrawSignatureLink command);

    /// <summary>Whether an answer by link was theirs. The last one that was missing makes the strategy active.</summary>
    Task<Result<StrategyView>> VerifyAsync(CommandContext context, VerifySignature command);

    /// <summary>To whoever holds a link. A wrong date of birth is counted.</summary>
    Task<Result<LinkedStrategyView>> OpenLinkAsync(CommandContext context, OpenSignatureLink command);

    /// <summary>Of whoever holds a link, who is told no more than that it was taken.</summary>
    Task<Result<Done>> AnswerLinkAsync(CommandContext context, AnswerSignatureLink command);

    Task<Result<StrategyView>> ReviewAsync(CommandContext context, ReviewStrategy command);

    Task<Result<StrategyView>> EndAsync(CommandContext context, EndStrategy command);

    /// <summary>The head's decision after refusal or silence.</summary>
    Task<Result<StrategyView>> DecideAsync(CommandContext context, DecideStrategy command);

    /// <summary>How far the pupil's strategy is; null: there never was one.</summary>
    ValueTask<StrategyStatus?> GetStatusAsync();
}

/// <summary>The stream <c>strategy/{uuid}</c>: the pupil's UUID, because a pupil has one strategy at a time.</summary>
public static class StrategyKey
{
    public const string Kind = "strategy";

    public static StreamKey Of(TenantId school, PupilId pupil) => new(school, Stream(pupil));

    public static StreamId Stream(PupilId pupil) => new(Kind, pupil.Value);
}

/// <summary>To the pupil's checks, <c>checks/{pupil's uuid}</c>: what the terms in force say of them (E1).</summary>
/// <param name="By">Local time by which each school day's check is due; null: the terms ask for none, or none are in force.</param>
[GenerateSerializer, Immutable, Alias("ChecksInForce")]
public sealed record ChecksInForce(TimeOnly? By)
{
    public const string Message = "strategy.checks-in-force";
}

/// <summary>To the pupil's checks, <c>checks/{pupil's uuid}</c>: checks end with the strategy (E5).</summary>
/// <param name="Active">A strategy is agreed and in force; false: it ended.</param>
/// <param name="Draft">What ended was a draft that was never agreed.</param>
[GenerateSerializer, Immutable, Alias("StrategyChanged")]
public sealed record StrategyChanged(bool Active, bool Draft = false)
{
    public const string Message = "strategy.changed";
}
