using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>
/// Passes everything on until the client has sent <c>last</c>; then it waits for the server's answer, so that the work is done, and hangs up
/// without passing the answer on: a response lost on its way.
/// </summary>
internal sealed class DroppingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly string _last;
    private int _drops;

    public DroppingProxy(int target, string last, int drops = 1)
    {
        (_target, _last, _drops) = (target, last, drops);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Dropped { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var sent = new TaskCompletionSource();
                var up = UpAsync(client.GetStream(), server.GetStream(), sent);
                await DownAsync(server.GetStream(), client.GetStream(), sent.Task);
                client.Close();
                await up;
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Either side hung up.
            }
        }
    }

    private async Task UpAsync(NetworkStream from, NetworkStream to, TaskCompletionSource sent)
    {
        var (buffer, seen) = (new byte[65536], new StringBuilder());
        while (await from.ReadAsync(buffer) is var count and > 0)
        {
            seen.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (seen.ToString().Contains(_last, StringComparison.Ordinal))
            {
                sent.TrySetResult();
            }

            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private async Task DownAsync(NetworkStream from, NetworkStream to, Task sent)
    {
        var buffer = new byte[65536];
        while (await from.ReadAsync(buffer) is var count and > 0)
        {
            if (sent.IsCompleted && _drops > 0)
            {
                _drops--;
                Dropped++;
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
