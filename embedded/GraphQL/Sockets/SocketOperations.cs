namespace OnlineSafetyTrust.Embedded.GraphQL.Sockets;

/// <summary>The operations under way on one socket, by the client's ids.</summary>
internal sealed class SocketOperations(int most, CancellationToken closing)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);

    public enum Entry { Taken, Full, Admitted }

    /// <param name="ended">Cancelled when the client completes the operation or the connection ends.</param>
    public Entry TryBegin(string id, out CancellationToken ended)
    {
        ended = default;
        lock (_lock)
        {
            if (_running.ContainsKey(id))
            {
                return Entry.Taken;
            }

            if (_running.Count >= most)
            {
                return Entry.Full;
            }

            var source = CancellationTokenSource.CreateLinkedTokenSource(closing);
            _running.Add(id, source);
            ended = source.Token;
            return Entry.Admitted;
        }
    }

    /// <summary>The id may be used again. False when the client had ended the operation itself.</summary>
    public bool End(string id, CancellationToken ended)
    {
        lock (_lock)
        {
            // Not another operation that took the id meanwhile.
            if (!_running.TryGetValue(id, out var source) || source.Token != ended)
            {
                return false;
            }

            _running.Remove(id);
            source.Dispose();
            return true;
        }
    }

    /// <summary>The client completes an operation.</summary>
    public void Cancel(string id)
    {
        CancellationTokenSource? source;
        lock (_lock)
        {
            _running.Remove(id, out source);
        }

        source?.Cancel();
        source?.Dispose();
    }
}
