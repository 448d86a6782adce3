using System.Security.Claims;
using System.Threading.Channels;

namespace OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

/// <summary>
/// One client's end of a subscription: answers that wait to be sent, shared with whoever gets the same. One that falls behind by a
/// full buffer is ended with an error: a silent gap in what happened to a child would be worse than a broken stream.
/// </summary>
/// <param name="place">Given back when the client has left.</param>
internal sealed class Subscriber(SubscriptionGroup group, ClaimsPrincipal? user, IDisposable? place) : IDisposable
{
    private const int Buffer = 256;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> _answers = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(Buffer) { SingleReader = true, SingleWriter = true });

    private long _waiting;

    public ClaimsPrincipal? User { get; } = user;

    /// <summary>Answers as JSON; completed when the subscription has ended, then see <see cref="Failure"/>.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Answers => _answers.Reader;

    /// <summary>Why it ended, as <c>{"errors":[…]}</c>; null: its stream was at an end.</summary>
    public ReadOnlyMemory<byte>? Failure { get; private set; }

    /// <returns>False when the buffer is full, by number or by bytes; one answer, however large, always has room.</returns>
    public bool Offer(ReadOnlyMemory<byte> answer)
    {
        var waiting = Interlocked.Add(ref _waiting, answer.Length);
        return (waiting <= MostBytes || waiting == answer.Length) && _answers.Writer.TryWrite(answer);
    }

    /// <summary>The next answer that waits.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> answer)
    {
        if (!_answers.Reader.TryRead(out answer))
        {
            return false;
        }

        Interlocked.Add(ref _waiting, -answer.Length);
        return true;
    }

    public void End(ReadOnlyMemory<byte>? failure)
    {
        Failure = failure;
        _answers.Writer.TryComplete();
    }

    /// <summary>The client has left.</summary>
    public void Dispose()
    {
        group.Leave(this);
        place?.Dispose();
    }
}
