using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

[ExtendObjectType(OperationTypeNames.Subscription)]
public sealed class CheckSubscriptions
{
    /// <summary>A daily check was not recorded in time, or still is not at its next stage: the caller's own, or the school's for those who plan checks.</summary>
    [Authorize]
    [Subscribe(With = nameof(LateChecksAsync))]
    public Check CheckOverdue([EventMessage] CheckView check, Session session) => new(CheckReader.Show(session.Asks().Reader, check));

    public async ValueTask<IAsyncEnumerable<CheckView>> LateChecksAsync(Session session, ITopicEventReceiver topics, CheckReader checks, CancellationToken ct) =>
        Concerning(await topics.SubscribeAsync<CheckLate>(Topics.Checks(session.Tenant), ct), session, checks, ct);

    private static async IAsyncEnumerable<CheckView> Concerning(
        ISourceStream<CheckLate> late, Session session, CheckReader checks, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (late)
        {
            await foreach (var message in late.ReadEventsAsync().WithCancellation(ct))
            {
                if (await checks.ConcernsAsync(session.Reader, message.Checker, ct) && await checks.FindAsync(session.Reader, message.Pupil, message.Date, ct) is { } check)
                {
                    yield return check;
                }
            }
        }
    }
}
