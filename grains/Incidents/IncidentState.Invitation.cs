using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

internal sealed partial record IncidentState
{
    private IncidentState? ApplyInvitation(object @event, EventMeta meta) => @event switch
    {
        TrustLeadInvited e => Remarked(Invitation is { } was ? new IncidentRemark(RemarkKind.TrustLeadInvited, was.By, was.At, Reason: was.Reason) : null) with { Invitation = new IncidentInvitation(e.Trust, e.Until, e.Reason, meta.Actor.Person, meta.At) },
        InvitationEnded => this with { Invitation = Invitation?.Ended(meta.At) },
        _ => null,
    };
}
