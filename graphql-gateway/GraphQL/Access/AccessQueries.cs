using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.GraphQL.Strategies;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Access;

/// <summary>May this pupil use this now?</summary>
/// <param name="Decision">The strictest of all reasons.</param>
/// <param name="Until">When the answer may be another one; null: not before something is decided.</param>
/// <param name="Reasons">Strictest first, for DSL, deputy and head; null for others.</param>
public sealed record TechnologyAccess(AccessOutcome Decision, DateTimeOffset? Until, IReadOnlyList<AccessReasonSeen>? Reasons);

/// <summary>One reason behind the decision on a use.</summary>
[GraphQLName("AccessReason")]
public sealed class AccessReasonSeen(AccessReason reason)
{
    /// <summary>What kind it is.</summary>
    public AccessReasonKind Kind => reason.Kind;

    /// <summary>What this reason alone would allow.</summary>
    public AccessOutcome Outcome => reason.Outcome;

    /// <summary>A sentence in the product's own words, never the narrative of a ban or an incident.</summary>
    public string Text => reason.Text;

    /// <summary>The ban behind it.</summary>
    [ID(nameof(Ban))]
    public string? BanId => reason.Kind == AccessReasonKind.Ban ? reason.Record : null;

    /// <summary>The device in custody behind it.</summary>
    [ID(nameof(Device))]
    public string? DeviceId => Of(DeviceKey.Kind);

    /// <summary>The technology access strategy behind it.</summary>
    [ID(nameof(Strategy))]
    public string? StrategyId => Of(StrategyKey.Kind);

    /// <summary>The incident behind it, whose plan has all devices taken.</summary>
    [ID(nameof(Incidents.Incident))]
    public string? IncidentId => Of(IncidentKey.Kind);

    /// <summary>The user action of the policy behind it.</summary>
    public string? UserAction => reason.Kind == AccessReasonKind.Policy ? reason.Record : null;

    private string? Of(string kind) => reason.Record?.Split('/') is [var found, var id] && found == kind ? id : null;
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class AccessQueries
{
    /// <summary>May this pupil use this now? Null where there is no such pupil at this school.</summary>
    /// <param name="use">device, network, internet, service:{name}, or a user action of the policy.</param>
    /// <param name="deviceId">With which device; any device of the school when left out.</param>
    /// <param name="pupilId">The pupil.</param>
    [Authorize]
    public async Task<TechnologyAccess?> GetTechnologyAccessAsync(
        [ID(nameof(Pupil))] string pupilId, string use, [ID(nameof(Device))] string? deviceId, Session session, IGrainFactory grains)
    {
        if (!AccessSight.MayAsk(session.Asks().Reader)
            || Answers.OrNull(await grains.Pupil(session, pupilId).DecideAccessAsync(new AskAccess(use, Ids.Maybe<DeviceId>(deviceId)))) is not { } reply)
        {
            return null;
        }

        // What a pupil may use tells of bans, custody and strategy.
        session.Reader.Saw($"{PupilTables.Pupil.Name}/{Ids.Of<PupilId>(pupilId)}");
        return new TechnologyAccess(reply.Outcome, reply.Until, AccessSight.MaySeeReasons(session.Reader) ? [.. reply.Reasons.Select(r => new AccessReasonSeen(r))] : null);
    }
}
