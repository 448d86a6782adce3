namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>C11: the trust's safeguarding lead sees this incident, and nothing else of the school, until then.</summary>
/// <param name="Until">The invitation ends by itself. Later than now, at most <see cref="InvitationErrors.MostDays"/> days ahead.</param>
/// <param name="Reason">Why they are needed; they read it.</param>
[GenerateSerializer, Immutable, Alias("InviteTrustLead")]
public sealed record InviteTrustLead(DateTimeOffset Until, [property: Personal] string Reason);

[GenerateSerializer, Immutable, Alias("EndInvitation")]
public sealed record EndInvitation;

/// <summary>The last invitation, running or over.</summary>
/// <param name="EndedAt">When somebody ended it or the incident was closed; null: it ends, or ended, at <paramref name="Until"/>.</param>
[GenerateSerializer, Immutable, Alias("InvitationView")]
public sealed record InvitationView(DateTimeOffset Until, [property: Personal] string? Reason, PersonId? By, DateTimeOffset At, DateTimeOffset? EndedAt);

/// <summary>What opens an incident for its school's trust. Nothing personal.</summary>
public sealed record OpenInvitation(IncidentId Incident, TenantId Trust, DateTimeOffset Until);

public static class InvitationErrors
{
    public const int MostDays = 14;

    public static readonly DomainError UntilInPast = DomainError.Invalid("UNTIL_IN_PAST", "The invitation would have ended already. Choose a later time.", "until");

    public static readonly DomainError TooLong =
        DomainError.Invalid("INVITATION_TOO_LONG", $"An invitation lasts at most {MostDays} days. Choose an earlier end; you can invite again.", "until");

    public static readonly DomainError NoTrustLead =
        DomainError.Refused("NO_TRUST_LEAD", "Nobody is the safeguarding lead of your trust today, so there is nobody to invite. Ask the trust to give somebody the role.");

    public static readonly DomainError NotInvited = DomainError.Refused("NOT_INVITED", "No invitation is running, so there is none to end.");
}
