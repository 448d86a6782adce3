using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

[ExtendObjectType(OperationTypeNames.Subscription)]
public sealed class IncidentSubscriptions
{
    /// <summary>An incident that the caller may see was reported or changed; the incident as it is now.</summary>
    [Authorize]
    [Subscribe(With = nameof(IncidentChangesAsync))]
    public Incident IncidentChanged([EventMessage] IncidentView incident, Session session) =>
        new(IncidentReader.Show(session.Asks().Reader, incident.Id, incident));

    public async ValueTask<IAsyncEnumerable<IncidentView>> IncidentChangesAsync(Session session, ITopicEventReceiver topics, IncidentReader incidents, CancellationToken ct) =>
        Visible(await topics.SubscribeAsync<IncidentTouched>(Topics.Incidents(session.Tenant), ct), session, incidents, ct);

    /// <summary>Of what changed, what the reader sees: of the rest not even that it changed.</summary>
    private static async IAsyncEnumerable<IncidentView> Visible(
        ISourceStream<IncidentTouched> touched, Session session, IncidentReader incidents, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (touched)
        {
            await foreach (var message in touched.ReadEventsAsync().WithCancellation(ct))
            {
                if (await incidents.FindAsync(session.Reader, message.Incident, ct) is { } incident)
                {
                    yield return incident;
                }

                // Noted again by the session that answers; this one answers nobody.
                session.Reader.TakeSeen();
            }
        }
    }
}
