using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OnlineSafetyTrust.Bench.Measuring;

/// <summary>One kept connection that posts the same GraphQL request again and again and compares each body with the first: as little work as a client can do, so that the server is measured.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _connection = new() { NoDelay = true };
    private readonly byte[] _request;
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private byte[] _body = new byte[64 * 1024];
    private int _length;

    public RawClient(int port, string query, string? token = null)
    {
        var body = JsonSerializer.Serialize(new { query });
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        _request = Encoding.UTF8.GetBytes($"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nAccept: application/json\r\n{authorization}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        _connection.Connect("127.0.0.1", port);
    }

    /// <summary>The body of the newest answer.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _length);

    public async Task PostAsync(ReadOnlyMemory<byte> expected)
    {
        await PostAsync();
        if (!Body.SequenceEqual(expected.Span))
        {
            throw new InvalidOperationException($"Another answer than the first: {Encoding.UTF8.GetString(Body[..Math.Min(_length, 300)])}");
        }
    }

    public async Task PostAsync()
    {
        await _connection.Client.SendAsync(_request);
        (_filled, _length) = (0, 0);
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        var headers = Encoding.ASCII.GetString(_buffer, 0, head);
        if (!headers.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(headers);
        }

        var start = head + 4;
        const string Length = "content-length: ";
        if (headers.IndexOf(Length, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            var end = headers.IndexOf('\r', at);
            var length = int.Parse(headers.AsSpan(at + Length.Length, (end < 0 ? headers.Length : end) - at - Length.Length), System.Globalization.CultureInfo.InvariantCulture);
            await TakeAsync(start, length);
        }
        else
        {
            await TakeChunksAsync(start);
        }
    }

    public void Dispose() => _connection.Dispose();

    private async Task TakeChunksAsync(int at)
    {
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, line), out int length, out _, 'x'))
            {
                throw new InvalidDataException("A chunk without its length.");
            }

            await TakeAsync(at + line + 2, length);
            at += line + 2 + length + 2;
            while (_filled < at)
            {
                await FillAsync();
            }

            if (length == 0)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(int at, int length)
    {
        while (_filled < at + length)
        {
            await FillAsync();
        }

        if (_length + length > _body.Length)
        {
            Array.Resize(ref _body, 2 * (_length + length));
        }

        _buffer.AsSpan(at, length).CopyTo(_body.AsSpan(_length));
        _length += length;
    }

    private async Task FillAsync()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = await _connection.Client.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
