using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Access;

/// <param name="DecidedBy">The headteacher, or who covers for them today.</param>
/// <param name="Replacement">What the pupil has instead, working now.</param>
public sealed record EssentialOverrideInput([property: ID(nameof(Person))] string DecidedBy, string Replacement)
{
    internal EssentialOverride ToDecision() => new(Ids.Of<PersonId>(DecidedBy), Replacement);
}

/// <param name="Service">For scope SERVICE.</param>
/// <param name="From">Now when left out.</param>
/// <param name="Until">First moment that is free again.</param>
/// <param name="Reason">For DSL and head only.</param>
/// <param name="Incident">Its step to consider a ban is then done.</param>
public sealed record BanTechnologyInput(
    [property: ID(nameof(Pupil))] string PupilId, BanScope Scope, string? Service, DateTimeOffset? From, DateTimeOffset Until, string Reason,
    [property: ID(nameof(Incidents.Incident))] string? Incident, BanEnforcement EnforcedBy, EssentialOverrideInput? EssentialOverride, Guid? CommandId) : ICommandInput
{
    internal BanTechnology ToCommand() => new(Scope, Service, From, Until, Reason, Ids.Maybe<IncidentId>(Incident), EnforcedBy, EssentialOverride?.ToDecision());
}

public sealed record LiftBanInput([property: ID(nameof(Pupil))] string PupilId, [property: ID(nameof(Ban))] string BanId, string LiftReason, Guid? CommandId) : ICommandInput;

public sealed record BanPayload(Ban? Ban, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<BanView>, BanPayload> For(Session session) =>
        result => new(result.Ok ? new Ban(BanReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class BanMutations
{
    /// <summary>Bans a pupil from some use of technology until a moment.</summary>
    [Authorize]
    public Task<BanPayload> BanTechnologyAsync(BanTechnologyInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(
            references, input, Reference.Incident("incident", input.Incident),
            () => grains.Pupil(session, input.PupilId).BanTechnologyAsync(session.Context(input), input.ToCommand()), BanPayload.For(session));

    /// <summary>Ends a ban early.</summary>
    [Authorize]
    public Task<BanPayload> LiftBanAsync(LiftBanInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Pupil(session, input.PupilId).LiftBanAsync(session.Context(input), new LiftBan(Ids.Of<BanId>(input.BanId), input.LiftReason)), BanPayload.For(session));
}
