using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OnlineSafetyTrust.Tests.Support;

/// <summary>A client of <c>graphql-transport-ws</c> that says what the test says, right or wrong.</summary>
public sealed class GraphQLSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public string? Subprotocol => _socket.SubProtocol;

    public static async Task<GraphQLSocket> OpenAsync(Uri http, string? subprotocol = "graphql-transport-ws", string? origin = null)
    {
        var socket = new GraphQLSocket();
        if (subprotocol is not null)
        {
            socket._socket.Options.AddSubProtocol(subprotocol);
        }

        if (origin is not null)
        {
            socket._socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket._socket.ConnectAsync(new UriBuilder(http) { Scheme = "ws" }.Uri, CancellationToken.None);
        return socket;
    }

    /// <summary>Open and acknowledged.</summary>
    public static async Task<GraphQLSocket> ConnectAsync(Uri http, string? token = null)
    {
        var socket = await OpenAsync(http);
        await socket.SendAsync(JsonSerializer.Serialize(new { type = "connection_init", payload = token is null ? null : new { authorization = $"Bearer {token}" } }));
        await socket.ExpectAsync("""{"type":"connection_ack"}""");
        return socket;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    public Task SubscribeAsync(string id, string query, object? variables = null) =>
        SendAsync(JsonSerializer.Serialize(new { type = "subscribe", id, payload = new { query, variables } }));

    /// <summary>Subscribes, and knows that it is in place: what is asked after it on the same socket is answered after it.</summary>
    public async Task BeginAsync(string id, string query, object? variables = null)
    {
        await SubscribeAsync(id, query, variables);
        await SendAsync("""{"type":"ping","payload":{"after":"subscribe"}}""");
        await ExpectAsync("""{"type":"pong","payload":{"after":"subscribe"}}""");
    }

    /// <summary>The next message, or <c>closed CODE REASON</c>.</summary>
    public async Task<string> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return $"closed {(int?)_socket.CloseStatus} {_socket.CloseStatusDescription}".TrimEnd();
            }

            length += read.Count;
            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    private async Task ExpectAsync(string message)
    {
        var came = await ReadAsync();
        if (came != message)
        {
            throw new InvalidOperationException($"Expected {message}, and this came: {came}");
        }
    }

    public void Dispose() => _socket.Dispose();
}
