using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Notifications;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>Takes one message to where it goes.</summary>
public interface IMessageDelivery
{
    /// <exception cref="PermanentlyUndeliverableException">A mail that is refused for good.</exception>
    Task DeliverAsync(LeasedMessage leased, CancellationToken ct);
}

/// <summary>To a mail server, to a stream, to every stream that follows a school, or to every open incident of a pupil.</summary>
internal sealed class MessageDelivery(StreamModels models, IGrainFactory grains, NoticeDelivery notices, SystemReader reader) : IMessageDelivery
{
    private const int Page = 256;
    private const int AtOnce = 32;

    public Task DeliverAsync(LeasedMessage leased, CancellationToken ct)
    {
        var (kind, name) = leased.Message.Destination.Split(':', 2) is [var k, var n] ? (k, n) : ("", "");
        return kind switch
        {
            "mail" => notices.DeliverAsync(leased, ct),
            "stream" => TellAsync(StreamKey.Parse(name), leased, leased.Message.Id),
            "followers" => TellFollowersAsync(TenantId.Parse(name), leased, ct),
            "incidents-of" => TellIncidentsAsync(StreamKey.Parse(name), leased, ct),
            _ => throw new InvalidOperationException($"A message goes to '{kind}', which nobody knows."),
        };
    }

    private Task TellFollowersAsync(TenantId school, LeasedMessage leased, CancellationToken ct) =>
        TellAllAsync<SchoolFollower>(leased, after => reader.ViewAsync<SchoolFollower>(school, SchoolTables.Follower, after, Page, ct), _ => true, ct);

    /// <summary>An incident looks at who looks after its pupils by then.</summary>
    private Task TellIncidentsAsync(StreamKey pupil, LeasedMessage leased, CancellationToken ct) =>
        TellAllAsync<IncidentPupilView>(
            leased,
            after => reader.ViewAsync<IncidentPupilView>(pupil.Tenant, IncidentTables.IncidentPupil, after, Page, ct, ("pupil", pupil.Stream.Id.ToString("D"))),
            line => line.Status != IncidentStatus.Closed,
            ct);

    /// <summary>
    /// One that fails keeps none of the others waiting. The whole is repeated, each time under new ids: who is told again looks again, at what
    /// is by then, and what has not changed changes nothing.
    /// </summary>
    private async Task TellAllAsync<T>(LeasedMessage leased, Func<string, Task<IReadOnlyList<Row<T>>>> pageAfter, Func<T, bool> concerns, CancellationToken ct)
    {
        var failures = new ConcurrentQueue<Exception>();
        var after = "";
        while (await pageAfter(after) is { Count: > 0 } page)
        {
            await Parallel.ForEachAsync(page.Where(row => concerns(row.Body)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (row, _) =>
            {
                try
                {
                    await TellAsync(row.Stream, leased, Guid.NewGuid());
                }
                catch (Exception e)
                {
                    failures.Enqueue(e);
                }
            });
            after = page[^1].Id;
        }

        if (failures.TryPeek(out var first))
        {
            throw new AggregateException($"{failures.Count} streams could not be told.", first);
        }
    }

    private Task TellAsync(StreamKey key, LeasedMessage leased, Guid id) =>
        models.Grain(grains, key).OnMessageAsync(new MessageNotice(id, leased.Message.Kind, leased.Message.Payload.ToArray(), leased.CorrelationId));
}
