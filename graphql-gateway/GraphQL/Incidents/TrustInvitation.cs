using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Schools;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>The trust's safeguarding lead is, or was, invited into an incident.</summary>
public sealed class TrustInvitation(InvitationView view)
{
    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset Until => view.Until;

    /// <summary>When they were invited.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Why they are needed.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>When it was ended before its time, or by the closure; null: it ends, or ended, at <c>until</c>.</summary>
    public DateTimeOffset? EndedAt => view.EndedAt;

    /// <summary>Who invited them.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>An incident that the caller is invited into.</summary>
public sealed class InvitedCase(InvitedIncident invited)
{
    /// <summary>When the invitation ends.</summary>
    public DateTimeOffset Until => invited.Until;

    /// <summary>Whose incident it is.</summary>
    public School School => new(invited.School);

    /// <summary>The incident, to read: nothing of it leads to other records of the school. Null: the invitation has ended meanwhile.</summary>
    public Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) => Incident.FindAsync(invited.Incident.ToString(), incidents, ct);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class InvitationQueries
{
    /// <summary>Incidents that a school's DSL has invited the caller into, for a trust's safeguarding lead; empty for everybody else.</summary>
    [Authorize]
    public async Task<IReadOnlyList<InvitedCase>> GetInvitedIncidentsAsync(Session session, InvitationReader invitations, CancellationToken ct) =>
        [.. (await invitations.ListAsync(session.Asks().Reader, ct)).Select(i => new InvitedCase(i))];
}
