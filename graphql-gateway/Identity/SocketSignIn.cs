using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>
/// Signs a WebSocket in by its first message, <c>{"authorization": "Bearer …"}</c>, with the same eyes as a header; browsers cannot set
/// one. Nobody stays unsigned, and who loses access is closed with 4403: a client that connects again learns what is left to it.
/// </summary>
internal sealed class SocketSignIn(BearerSignIn signIn, LiveAccess access) : DefaultSocketSessionInterceptor
{
    private const int Forbidden = 4403;

    private sealed record ConnectPayload(string? Authorization);

    public override async ValueTask<ConnectionStatus> OnConnectAsync(ISocketSession session, IOperationMessagePayload connectionInitMessage, CancellationToken cancellationToken = default)
    {
        var connection = session.Connection;
        if (Session.ReaderOf(connection.HttpContext.User) is null)
        {
            var (person, refusal) = await signIn.FindAsync(connectionInitMessage.As<ConnectPayload>()?.Authorization, cancellationToken);
            if (person is null)
            {
                return ConnectionStatus.Reject(refusal);
            }

            connection.HttpContext.User = person;
        }

        var watch = await access.WatchAsync(Session.ReaderOf(connection.HttpContext.User)!, connection.HttpContext.User, () => End(connection), cancellationToken);
        connection.HttpContext.Items[typeof(LiveAccess)] = watch;
        return watch is null ? ConnectionStatus.Reject("Your access has changed. Sign in again.") : ConnectionStatus.Accept();
    }

    public override ValueTask OnCloseAsync(ISocketSession session, CancellationToken cancellationToken = default)
    {
        (session.Connection.HttpContext.Items[typeof(LiveAccess)] as IDisposable)?.Dispose();
        return default;
    }

    private static void End(ISocketConnection connection) =>
        _ = connection.CloseAsync("Your access has changed or ended. Sign in again.", Forbidden).AsTask();
}
