using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>The trust's safeguarding lead, invited into one incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Until">When the invitation ends by itself: later than now, at most 14 days ahead.</param>
/// <param name="Reason">Why they are needed; they read it.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record InviteTrustLeadInput([property: ID(nameof(Incident))] string IncidentId, DateTimeOffset Until, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>An invitation to be ended.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record EndInvitationInput([property: ID(nameof(Incident))] string IncidentId, Guid? CommandId) : ICommandInput;

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class InvitationMutations
{
    /// <summary>
    /// Lets the safeguarding lead of the school's trust read this incident until then, and nothing else of the school. For the DSL and deputies;
    /// the headteacher is told. Again: another end and reason.
    /// </summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> InviteTrustLeadAsync(InviteTrustLeadInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.InviteAsync(session.Context(input), new InviteTrustLead(input.Until, input.Reason)));

    /// <summary>Ends the invitation before its time.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> EndInvitationAsync(EndInvitationInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.EndInvitationAsync(session.Context(input), new EndInvitation()));
}
