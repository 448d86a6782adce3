using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OnlineSafetyTrust.Bench.Listening;

/// <summary>One WebSocket of <c>graphql-transport-ws</c> with one subscription. It reads all the time, or never until it is asked how it ended.</summary>
internal sealed class Listener : IDisposable
{
    private const int SmallBuffer = 4 * 1024;
    private static readonly TimeSpan Spoken = TimeSpan.FromSeconds(8);
    private static readonly byte[] Pong = """{"type":"pong"}"""u8.ToArray();

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[8 * 1024];

    /// <summary>Changes received, in order and each once.</summary>
    public int Received { get; private set; }

    /// <summary>Why it must not have been so: a change that was missing, came twice or out of order; null where none was.</summary>
    public string? Wrong { get; private set; }

    /// <param name="source">Own address: each has ports of its own.</param>
    /// <param name="patient">Never reads: the system shall hold little for it.</param>
    public static async Task<Listener> OpenAsync(Uri address, IPAddress source, string token, string query, bool patient)
    {
        var listener = new Listener();
        var socket = listener._socket;
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, ct) =>
            {
                var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (patient)
                {
                    tcp.ReceiveBufferSize = SmallBuffer;
                }

                tcp.Bind(new IPEndPoint(source, 0));
                await tcp.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
                return new NetworkStream(tcp, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await socket.ConnectAsync(address, invoker, default);
        await listener.SendAsync(new { type = "connection_init", payload = new { authorization = $"Bearer {token}" } });
        await listener.ExpectAsync("connection_ack");
        await listener.SendAsync(new { type = "subscribe", id = "1", payload = new { query } });
        // Its answer comes when the subscription is in place.
        await listener.SendAsync(new { type = "ping" });
        await listener.ExpectAsync("pong");
        return listener;
    }

    /// <summary>Reads until the socket ends; tells of each change.</summary>
    public async Task ReadAsync(Action<int> changed, CancellationToken ct)
    {
        while (await NextAsync(ct) is { } message)
        {
            if (message.Span.IndexOf("\"type\":\"ping\""u8) >= 0)
            {
                await _socket.SendAsync(Pong, WebSocketMessageType.Text, true, ct);
            }
            else if (Number(message.Span) is { } number)
            {
                Wrong ??= number == Received + 1 ? null : $"{number} came after {Received}";
                Received++;
                changed(number);
            }
            else
            {
                Wrong ??= Encoding.UTF8.GetString(message.Span);
            }
        }
    }

    /// <summary>Says every few seconds that it is there, and does not read.</summary>
    public async Task SayAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Spoken);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await _socket.SendAsync(Pong, WebSocketMessageType.Text, true, ct);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // It has ended.
        }
    }

    /// <summary>How a socket ended that was never read: the rest of what had been sent to it is read now.</summary>
    public async Task<string> EndAsync(CancellationToken ct)
    {
        try
        {
            while (await NextAsync(ct) is { } message)
            {
                if (message.Span.IndexOf("SUBSCRIPTION_OVERFLOW"u8) >= 0)
                {
                    return "SUBSCRIPTION_OVERFLOW";
                }

                Received += Number(message.Span) is null ? 0 : 1;
            }

            return $"closed with {(int?)_socket.CloseStatus} {_socket.CloseStatusDescription}".TrimEnd();
        }
        catch (WebSocketException)
        {
            return "cut off";
        }
        catch (OperationCanceledException)
        {
            return "still open";
        }
    }

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(object message) => _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, default);

    private async Task ExpectAsync(string type)
    {
        var message = await NextAsync(default);
        if (message is null || !Encoding.UTF8.GetString(message.Value.Span).StartsWith($$"""{"type":"{{type}}""", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Expected {type}, and this came: {(message is null ? $"{_socket.CloseStatus} {_socket.CloseStatusDescription}" : Encoding.UTF8.GetString(message.Value.Span))}");
        }
    }

    /// <summary>Null: closed.</summary>
    private async Task<ReadOnlyMemory<byte>?> NextAsync(CancellationToken ct)
    {
        for (var length = 0; ;)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), ct);
            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (read.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }

    private static int? Number(ReadOnlySpan<byte> message)
    {
        var prefix = "\"place\":\"Room "u8;
        var at = message.IndexOf(prefix);
        return at >= 0 && Utf8Parser.TryParse(message[(at + prefix.Length)..], out int number, out _) ? number : null;
    }
}
