using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL.Sockets;

/// <summary>Whole text messages over one WebSocket. One message is sent at a time; a client that does not read holds up only itself.</summary>
internal sealed class SocketConnection(WebSocket socket, HttpContext http, int maxMessageSize) : ISocketConnection, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _closing = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
    private readonly CancellationTokenSource _gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
    private readonly byte[] _buffer = new byte[1024];
    private int _closed;

    public HttpContext HttpContext { get; } = http;

    public bool IsClosed => Volatile.Read(ref _closed) == 1;

    /// <summary>Cancelled when the connection ends, from whichever side.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>
    /// Null when the client has closed or is gone. A message that is too large or no text closes the connection; what comes after we
    /// have closed it is read, so that the client gets our close code, and thrown away.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>(256);
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(_buffer.AsMemory(), _gone.Token).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (IsClosed)
                {
                    continue;
                }

                if (message.WrittenCount + read.Count > maxMessageSize)
                {
                    await CloseAsync($"A message has more than {maxMessageSize} bytes.", CloseCodes.TooBig).ConfigureAwait(false);
                    continue;
                }

                if (read.MessageType == WebSocketMessageType.Binary)
                {
                    await CloseAsync("Send text, not binary messages.", CloseCodes.BadMessage).ConfigureAwait(false);
                    continue;
                }

                message.Write(_buffer.AsSpan(0, read.Count));
                if (read.EndOfMessage)
                {
                    return message.WrittenMemory;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary><c>{"type":…}</c> with id and payload where there are any. Returns when the system has taken it; a closed connection takes nothing.</summary>
    /// <param name="cancellation">Of waiting for one's turn: a message that was begun is sent whole.</param>
    public async ValueTask SendAsync(string type, string? id, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var name = id is null ? default : JsonEncodedText.Encode(id);
        var frame = ArrayPool<byte>.Shared.Rent(64 + type.Length + name.EncodedUtf8Bytes.Length + payload.Length);
        try
        {
            var length = Write(frame, type, id is null ? default : name.EncodedUtf8Bytes, payload.Span);
            await _sending.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                if (!IsClosed)
                {
                    await socket.SendAsync(frame.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is WebSocketException or ObjectDisposedException or IOException)
            {
                // The client is gone; the receiving side ends the connection.
            }
            finally
            {
                _sending.Release();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    /// <summary>Closing cannot be cancelled: it takes a few seconds at most.</summary>
    ValueTask ISocketConnection.CloseAsync(string message, int reason, CancellationToken cancellationToken) => CloseAsync(message, reason);

    public async ValueTask CloseAsync(string message, int reason)
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        if (!await _sending.WaitAsync(Patience, CancellationToken.None).ConfigureAwait(false))
        {
            // It does not read: it will not read our reason either.
            socket.Abort();
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await socket.CloseOutputAsync((WebSocketCloseStatus)reason, message, patience.Token).ConfigureAwait(false);
            _gone.CancelAfter(Patience);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose()
    {
        _closing.Dispose();
        _gone.Dispose();
        _sending.Dispose();
    }

    private static int Write(Span<byte> frame, string type, ReadOnlySpan<byte> id, ReadOnlySpan<byte> payload)
    {
        var length = 0;
        length += Copy("{\"type\":\""u8, frame);
        length += Encoding.UTF8.GetBytes(type, frame[length..]);
        length += Copy("\""u8, frame[length..]);
        if (!id.IsEmpty)
        {
            length += Copy(",\"id\":\""u8, frame[length..]);
            length += Copy(id, frame[length..]);
            length += Copy("\""u8, frame[length..]);
        }

        if (!payload.IsEmpty)
        {
            length += Copy(",\"payload\":"u8, frame[length..]);
            length += Copy(payload, frame[length..]);
        }

        return length + Copy("}"u8, frame[length..]);
    }

    private static int Copy(ReadOnlySpan<byte> part, Span<byte> to)
    {
        part.CopyTo(to);
        return part.Length;
    }
}
