using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>One client's WebSocket.</summary>
public interface ISocketConnection
{
    /// <summary>The request that opened it; its user is the user of every operation.</summary>
    HttpContext HttpContext { get; }

    bool IsClosed { get; }

    /// <summary>Ends its operations and closes it; a client that does not read is cut off.</summary>
    /// <param name="message">At most 123 bytes.</param>
    /// <param name="reason">Close code, 4000 to 4999 for the protocol's own.</param>
    ValueTask CloseAsync(string message, int reason, CancellationToken cancellationToken = default);
}

public interface ISocketSession
{
    ISocketConnection Connection { get; }
}

/// <summary>The payload of a message of the protocol.</summary>
public interface IOperationMessagePayload
{
    /// <summary>Null where there is none, or where it is of another form.</summary>
    T? As<T>()
        where T : class;
}

/// <summary>Whether a connection is accepted.</summary>
public sealed class ConnectionStatus
{
    private ConnectionStatus(bool accepted, string message) => (Accepted, Message) = (accepted, message);

    public bool Accepted { get; }

    public string Message { get; }

    public static ConnectionStatus Accept() => new(true, "Accepted.");

    /// <summary>The socket is closed (4401).</summary>
    public static ConnectionStatus Reject(string message = "Your connection was rejected.") => new(false, message);
}

/// <summary>What happens when a client connects and when it is gone; override what matters.</summary>
public class DefaultSocketSessionInterceptor
{
    public virtual ValueTask<ConnectionStatus> OnConnectAsync(ISocketSession session, IOperationMessagePayload connectionInitMessage, CancellationToken cancellationToken = default) =>
        new(ConnectionStatus.Accept());

    public virtual ValueTask OnCloseAsync(ISocketSession session, CancellationToken cancellationToken = default) => default;
}

internal sealed class MessagePayload(ReadOnlyMemory<byte> json) : IOperationMessagePayload
{
    public T? As<T>()
        where T : class
    {
        try
        {
            return json.IsEmpty ? null : JsonSerializer.Deserialize<T>(json.Span, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
