using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Gateway.Guards;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>
/// Signs a WebSocket in by its first message, <c>{"authorization": "Bearer …"}</c>, with the same eyes as a header; browsers cannot set
/// one. Nobody stays unsigned, and who loses access is closed with 4403: a client that connects again learns what is left to it.
/// </summary>
internal sealed class SocketSignIn(BearerSignIn signIn, LiveAccess access, IOptions<ApiOptions> options) : DefaultSocketSessionInterceptor
{
    private const int Forbidden = 4403;

    // None of the protocol's own: clients try these again later, when a socket that is merely dead has been cut off.
    private const int TooMany = 4430;

    private readonly Holdings<(TenantId Tenant, Actor Person)> _sockets = new(options.Value.MaxSocketsPerPerson);

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

        var reader = Session.ReaderOf(connection.HttpContext.User)!;
        if (_sockets.TryTake((reader.Tenant, reader.Actor)) is not { } place)
        {
            await connection.CloseAsync("You have as many sockets open as one person may. Close one, and connect again.", TooMany, cancellationToken);
            return ConnectionStatus.Reject();
        }

        connection.HttpContext.Items[typeof(SocketSignIn)] = place;
        UnsignedSockets.IsSigned(connection.HttpContext);
        var watch = await access.WatchAsync(reader, connection.HttpContext.User, () => End(connection), cancellationToken);
        connection.HttpContext.Items[typeof(LiveAccess)] = watch;
        return watch is null ? ConnectionStatus.Reject("Your access has changed. Sign in again.") : ConnectionStatus.Accept();
    }

    public override ValueTask OnCloseAsync(ISocketSession session, CancellationToken cancellationToken = default)
    {
        var items = session.Connection.HttpContext.Items;
        (items[typeof(LiveAccess)] as IDisposable)?.Dispose();
        (items[typeof(SocketSignIn)] as IDisposable)?.Dispose();
        return default;
    }

    private static void End(ISocketConnection connection) =>
        _ = connection.CloseAsync("Your access has changed or ended. Sign in again.", Forbidden).AsTask();
}
