using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OnlineSafetyTrust.GraphQL.Tests.Sockets;

/// <summary>A client that says <c>connection_init</c> and what the test says, takes the answer to the first, and nothing more.</summary>
internal sealed class UnreadSocket : WebSocket, IHttpWebSocketFeature
{
    private readonly Channel<(string Message, TaskCompletionSource Handled)> _said = Channel.CreateUnbounded<(string, TaskCompletionSource)>();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource? _handling;

    public UnreadSocket() => Initialized = SayAsync("""{"type":"connection_init"}""");

    /// <summary>The server has answered the first message.</summary>
    public Task Initialized { get; }

    public List<string> Sent { get; } = [];

    public bool IsAborted => _aborted.Task.IsCompleted;

    public bool IsWebSocketRequest => true;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>Returns when the server has dealt with it and asks for the next.</summary>
    public Task SayAsync(string message)
    {
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _said.Writer.TryWrite((message, handled));
        return handled.Task;
    }

    public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => Task.FromResult<WebSocket>(this);

    public override void Abort() => _aborted.TrySetResult();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _handling?.TrySetResult();
        var next = _said.Reader.ReadAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(next, _aborted.Task) != next)
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }

        (var message, _handling) = await next;
        return new(Encoding.UTF8.GetBytes(message, buffer.Span), WebSocketMessageType.Text, endOfMessage: true);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Sent.Add(Encoding.UTF8.GetString(buffer.Span));
        if (Sent.Count > 1)
        {
            await _aborted.Task;
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override void Dispose()
    {
    }
}
