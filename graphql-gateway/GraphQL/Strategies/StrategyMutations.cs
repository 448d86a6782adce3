using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Strategies;

/// <summary>The answer to a mutation of a strategy.</summary>
/// <param name="Strategy">As it is now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record StrategyPayload(Strategy? Strategy, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<StrategyView>, StrategyPayload> For(Session session) =>
        result => new(result.Ok ? new Strategy(StrategyReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class StrategyMutations
{
    /// <summary>Drafts a pupil's technology access strategy; the interim terms apply at once.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> DraftStrategyAsync(DraftStrategyInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(
            references, input, input.Named(), () => grains.Strategy(session, input.PupilId).DraftAsync(session.Context(input), input.ToCommand()), StrategyPayload.For(session));

    /// <summary>Records one party's answer; the last agreement makes the strategy active.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> AgreeStrategyAsync(AgreeStrategyInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Strategy(session, input.StrategyId).AgreeAsync(session.Context(input), input.ToCommand()), StrategyPayload.For(session));

    /// <summary>Reviews a strategy: continue, step up, step down.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> ReviewStrategyAsync(ReviewStrategyInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(
            references, input, input.Terms?.Named("terms") ?? [],
            () => grains.Strategy(session, input.StrategyId).ReviewAsync(session.Context(input), input.ToCommand()), StrategyPayload.For(session));

    /// <summary>The head decides how it goes on after refusal or silence: in force without those who did not agree, or given up.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> DecideStrategyAsync(DecideStrategyInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Strategy(session, input.StrategyId).DecideAsync(session.Context(input), new DecideStrategy(input.Decision, input.Reason)), StrategyPayload.For(session));

    /// <summary>Ends a strategy or a draft; checks that belong to it end with it, those of a draft are reviewed.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> EndStrategyAsync(EndStrategyInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Strategy(session, input.StrategyId).EndAsync(session.Context(input), new EndStrategy(input.EndReason)), StrategyPayload.For(session));
}
