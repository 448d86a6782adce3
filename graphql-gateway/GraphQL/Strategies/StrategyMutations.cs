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

/// <summary>The answer to making a link.</summary>
/// <param name="Strategy">As it is now.</param>
/// <param name="Link">Its address; the school sends it its own way. Told here only; null where its key is lost.</param>
/// <param name="Until">It opens nothing from then on.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record SignatureLinkPayload(Strategy? Strategy, string? Link, DateTimeOffset? Until, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<SignatureLinkReply>, SignatureLinkPayload> For(Session session, IPublicAddress address) => result => result.Ok
        ? new(new Strategy(StrategyReader.Show(session.Reader, result.Value.Strategy)), result.Value.Secret is { } secret
            ? address.Of(new SignatureLinkKey(session.Tenant, result.Value.Strategy.Pupil, secret).Path()).ToString() : null, result.Value.Until, [])
        : new(null, null, null, UserErrors.Of(result.Errors));
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

    /// <summary>Makes the link by which a party answers a draft without an account; whoever opens it enters the pupil's date of birth. An earlier link of the same contact or agency ends.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<SignatureLinkPayload> MakeSignatureLinkAsync(MakeSignatureLinkInput input, Session session, IGrainFactory grains, IPublicAddress address) =>
        session.RunAsync(
            () => grains.Strategy(session, input.StrategyId).MakeLinkAsync(session.Context(input), new MakeSignatureLink(input.Party.ToParty(), input.Contact)), SignatureLinkPayload.For(session, address));

    /// <summary>Ends a party's links that were not used.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> WithdrawSignatureLinkAsync(WithdrawSignatureLinkInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Strategy(session, input.StrategyId).WithdrawLinkAsync(session.Context(input), new WithdrawSignatureLink(input.Party.ToParty(), input.Contact)), StrategyPayload.For(session));

    /// <summary>Records whether an answer by link was theirs: it puts nothing in force before, and counts no more when it was not.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StrategyPayload> VerifySignatureAsync(VerifySignatureInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Strategy(session, input.StrategyId).VerifyAsync(session.Context(input), input.ToCommand()), StrategyPayload.For(session));

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
