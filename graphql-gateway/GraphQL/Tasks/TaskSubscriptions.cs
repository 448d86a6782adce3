using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Tasks;

[ExtendObjectType(OperationTypeNames.Subscription)]
public sealed class TaskSubscriptions
{
    /// <summary>The caller, or somebody for whom they stand in, got a task.</summary>
    [Authorize]
    [Subscribe(With = nameof(TaskAssignmentsAsync))]
    public TaskItem TaskAssigned([EventMessage] TaskView task, Session session, ProductDay today) =>
        new(TaskReader.Show(session.Asks().Reader, task), today.Instant);

    public async ValueTask<IAsyncEnumerable<TaskView>> TaskAssignmentsAsync(Session session, ITopicEventReceiver topics, TaskBook book, TaskReader tasks, CancellationToken ct)
    {
        var given = await topics.SubscribeAsync<TaskGiven>(Topics.Tasks(session.Tenant), ct);
        try
        {
            return Own(given, await book.OpenAsync(session.Tenant, ct), session, tasks, ct);
        }
        catch
        {
            await given.DisposeAsync();
            throw;
        }
    }

    private static async IAsyncEnumerable<TaskView> Own(
        ISourceStream<TaskGiven> given, IAsyncDisposable book, Session session, TaskReader tasks, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (given)
        await using (book)
        {
            await foreach (var message in given.ReadEventsAsync().WithCancellation(ct))
            {
                if (await tasks.ConcernsAsync(session.Reader, message.Owner, ct) && await tasks.FindAsync(session.Reader, message.Task, ct) is { } task)
                {
                    yield return task;
                }

                session.Reader.TakeSeen();
            }
        }
    }
}
