using System.Text;
using Microsoft.AspNetCore.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL.Sockets;

/// <summary>The server's side of <c>graphql-transport-ws</c>: who may connect, when, and what each message leads to.</summary>
internal sealed class SocketSession(
    SocketConnection connection, SocketRunner runner, DefaultSocketSessionInterceptor interceptor, GraphQLSocketOptions options, TimeProvider time) : ISocketSession
{
    public const string Subprotocol = "graphql-transport-ws";

    private readonly SocketOperations _operations = new(options.MaxOperations, connection.Closing);
    private bool _initialized;
    private bool _acknowledged;
    private long _lastReceived = time.GetTimestamp();

    public ISocketConnection Connection => connection;

    /// <summary>Accepts the upgrade and serves the socket until it ends.</summary>
    /// <param name="stopping">The process stops: sockets are told to come back later.</param>
    public static async Task ServeAsync(
        HttpContext http, Func<SocketConnection, SocketRunner> runnerOf, DefaultSocketSessionInterceptor? interceptor, GraphQLSocketOptions options, TimeProvider time, CancellationToken stopping)
    {
        var isOurs = http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(isOurs ? Subprotocol : null).ConfigureAwait(false);
        using var connection = new SocketConnection(socket, http, options.MaxMessageSize);
        using var runner = runnerOf(connection);
        var session = new SocketSession(connection, runner, interceptor ?? new DefaultSocketSessionInterceptor(), options, time);
        if (!isOurs)
        {
            await connection.CloseAsync($"Subprotocol not acceptable: ask for {Subprotocol}.", CloseCodes.SubprotocolNotAcceptable).ConfigureAwait(false);
        }

        using var stop = stopping.UnsafeRegister(c => _ = ((SocketConnection)c!).CloseAsync("The server is shutting down.", CloseCodes.GoingAway).AsTask(), connection);
        await session.RunAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var clock = WatchAsync();
        try
        {
            while (await connection.ReceiveAsync().ConfigureAwait(false) is { } json)
            {
                Volatile.Write(ref _lastReceived, time.GetTimestamp());
                await HandleAsync(json).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (connection.Closing.IsCancellationRequested)
        {
            // The connection ended while a message was dealt with.
        }
        catch
        {
            await CloseAsync("Something went wrong. It has been logged.", CloseCodes.InternalError).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await connection.CloseAsync("", (int)System.Net.WebSockets.WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
            await interceptor.OnCloseAsync(this).ConfigureAwait(false);
            await clock.ConfigureAwait(false);
            await runner.DrainAsync().ConfigureAwait(false);
        }
    }

    private ValueTask HandleAsync(ReadOnlyMemory<byte> json)
    {
        if (!SocketMessage.TryParse(json, out var message))
        {
            return CloseAsync("A message is no JSON object with a type.", CloseCodes.BadMessage);
        }

        switch (message.Type)
        {
            case "connection_init":
                return InitializeAsync(message);
            case "ping":
                return connection.SendAsync("pong", null, message.Payload, connection.Closing);
            case "pong":
                return default;
            case "subscribe" when message is { Id: not null, Payload.IsEmpty: false }:
                return _acknowledged ? SubscribeAsync(message.Id, message.Payload) : CloseAsync("Unauthorized", CloseCodes.Unauthorized);
            case "complete" when message.Id is not null:
                _operations.Cancel(message.Id);
                return default;
            default:
                return CloseAsync("A message is of no known type, or lacks its id or payload.", CloseCodes.BadMessage);
        }
    }

    private async ValueTask InitializeAsync(SocketMessage message)
    {
        if (_initialized)
        {
            await CloseAsync("Too many initialisation requests", CloseCodes.TooManyInitializations).ConfigureAwait(false);
            return;
        }

        _initialized = true;
        var status = await interceptor.OnConnectAsync(this, new MessagePayload(message.Payload), connection.Closing).ConfigureAwait(false);
        if (!status.Accepted)
        {
            await CloseAsync(status.Message, CloseCodes.Unauthorized).ConfigureAwait(false);
            return;
        }

        _acknowledged = true;
        await connection.SendAsync("connection_ack", null, default, connection.Closing).ConfigureAwait(false);
    }

    private ValueTask SubscribeAsync(string id, ReadOnlyMemory<byte> payload) => _operations.TryBegin(id, out var ended) switch
    {
        SocketOperations.Entry.Taken => CloseAsync($"Subscriber for {(Encoding.UTF8.GetByteCount(id) <= 40 ? id : "this id")} already exists", CloseCodes.SubscriberExists),
        SocketOperations.Entry.Full => runner.RefuseAsync(id, new Error("Too many operations on one connection. Complete some, or open another.") { Code = "TOO_MANY_OPERATIONS" }),
        _ => runner.BeginAsync(_operations, id, payload, ended),
    };

    /// <summary>Closes what does not initialize in time, pings the others and closes what does not answer, or takes nothing for two intervals.</summary>
    private async Task WatchAsync()
    {
        try
        {
            await Task.Delay(options.ConnectionInitializationTimeout, time, connection.Closing).ConfigureAwait(false);
            if (!_initialized)
            {
                await CloseAsync("Connection initialisation timeout", CloseCodes.InitializationTimeout).ConfigureAwait(false);
                return;
            }

            var (ping, unread) = (Task.CompletedTask, 0);
            while (options.KeepAliveInterval is { } interval)
            {
                await Task.Delay(interval, time, connection.Closing).ConfigureAwait(false);
                if (time.GetElapsedTime(Volatile.Read(ref _lastReceived)) >= 2 * interval)
                {
                    await CloseAsync("Nothing was heard from the client.", CloseCodes.GoingAway).ConfigureAwait(false);
                    return;
                }

                if (ping.IsCompleted)
                {
                    (ping, unread) = (connection.SendAsync("ping", null, default, connection.Closing).AsTask(), 0);
                }
                else if (++unread == 2)
                {
                    await CloseAsync("The client does not read.", CloseCodes.GoingAway).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }

    private ValueTask CloseAsync(string message, int code) => connection.CloseAsync(message, code);
}
