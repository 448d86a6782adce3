using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Access;

/// <summary>The head's decision on an essential device.</summary>
/// <param name="DecidedBy">The headteacher, or who covers for them today.</param>
/// <param name="Replacement">What the pupil has instead, working now.</param>
public sealed record EssentialOverrideInput([property: ID(nameof(Person))] string DecidedBy, [property: Personal] string Replacement)
{
    internal EssentialOverride ToDecision() => new(Ids.Of<PersonId>(DecidedBy), Replacement);
}

/// <summary>A ban to be set.</summary>
/// <param name="Service">For scope SERVICE.</param>
/// <param name="From">Now when left out.</param>
/// <param name="Until">First moment that is free again.</param>
/// <param name="Reason">For DSL and head only.</param>
/// <param name="IncidentId">Its step to consider a ban is then done.</param>
/// <param name="PupilId">The pupil.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="EnforcedBy">What enforces it.</param>
/// <param name="EssentialOverride">The head's decision, where an essential device is covered.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record BanTechnologyInput(
    [property: ID(nameof(Pupil))] string PupilId, BanScope Scope, [property: Personal] string? Service, DateTimeOffset? From, DateTimeOffset Until, [property: Personal] string Reason,
    [property: ID(nameof(Incidents.Incident))] string? IncidentId, BanEnforcement EnforcedBy, EssentialOverrideInput? EssentialOverride, Guid? CommandId) : ICommandInput
{
    internal BanTechnology ToCommand() => new(Scope, Service, From, Until, Reason, Ids.Maybe<IncidentId>(IncidentId), EnforcedBy, EssentialOverride?.ToDecision());
}

/// <summary>A ban to be lifted early.</summary>
/// <param name="PupilId">The pupil.</param>
/// <param name="BanId">The ban.</param>
/// <param name="LiftReason">Why it was lifted early.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record LiftBanInput([property: ID(nameof(Pupil))] string PupilId, [property: ID(nameof(Ban))] string BanId, [property: Personal] string LiftReason, Guid? CommandId) : ICommandInput;

/// <summary>The answer to a mutation of a ban.</summary>
/// <param name="Ban">The ban, as it stands now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record BanPayload(Ban? Ban, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<BanView>, BanPayload> For(Session session) =>
        result => new(result.Ok ? new Ban(BanReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class BanMutations
{
    /// <summary>Bans a pupil from some use of technology until a moment.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<BanPayload> BanTechnologyAsync(BanTechnologyInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(
            references, input, Reference.Incident("incidentId", input.IncidentId),
            () => grains.Pupil(session, input.PupilId).BanTechnologyAsync(session.Context(input), input.ToCommand()), BanPayload.For(session));

    /// <summary>Ends a ban early.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<BanPayload> LiftBanAsync(LiftBanInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Pupil(session, input.PupilId).LiftBanAsync(session.Context(input), new LiftBan(Ids.Of<BanId>(input.BanId), input.LiftReason)), BanPayload.For(session));
}
