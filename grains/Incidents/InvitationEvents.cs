namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>C11. An invitation that runs already gets another end and reason.</summary>
[EventName("incident.trust-lead-invited.v1")]
internal sealed record TrustLeadInvited(TenantId Trust, DateTimeOffset Until, Personal<string> Reason);

[EventName("incident.invitation-ended.v1")]
internal sealed record InvitationEnded;
