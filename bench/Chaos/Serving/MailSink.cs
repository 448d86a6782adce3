using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OnlineSafetyTrust.Chaos.Serving;

/// <summary>Takes every mail and counts it by Message-ID; just enough SMTP, so that thousands of mails cost nothing.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailSink()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentDictionary<string, int> Received { get; } = new(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                using var input = new StreamReader(stream);
                await using var output = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
                await output.WriteLineAsync("220 sink");
                while (await input.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                    {
                        await output.WriteLineAsync("354 go on");
                        await TakeAsync(input);
                    }

                    await output.WriteLineAsync("250 ok");
                }
            }
        }
        catch (IOException)
        {
            // The sender was killed.
        }
    }

    private async Task TakeAsync(StreamReader input)
    {
        var id = "";
        while (await input.ReadLineAsync() is { } line && line != ".")
        {
            id = line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase) ? line[11..].Trim() : id;
        }

        Received.AddOrUpdate(id, 1, (_, n) => n + 1);
    }
}
