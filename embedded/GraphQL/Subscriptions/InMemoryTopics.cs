using System.Threading.Channels;

namespace OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

/// <summary>
/// Topics within the process. A subscriber that falls behind by a full buffer is disconnected with an error: a silent
/// gap in what happened to a child would be worse than a broken stream.
/// </summary>
internal sealed class InMemoryTopics : ITopicEventSender, ITopicEventReceiver
{
    // Messages are small and many subscribers share one stream of them: room for a burst while one of them is answered.
    private const int Buffer = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<ISubscriber>> _topics = new(StringComparer.Ordinal);

    private interface ISubscriber
    {
        void Send(object? message);

        void Complete();
    }

    public ValueTask SendAsync<TMessage>(string topicName, TMessage message, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            // Under the lock, so that all subscribers see the same order.
            foreach (var subscriber in _topics.GetValueOrDefault(topicName) ?? [])
            {
                subscriber.Send(message);
            }
        }

        return default;
    }

    public ValueTask CompleteAsync(string topicName)
    {
        lock (_lock)
        {
            _topics.Remove(topicName, out var subscribers);
            subscribers?.ForEach(s => s.Complete());
        }

        return default;
    }

    public ValueTask<ISourceStream<TMessage>> SubscribeAsync<TMessage>(string topicName, CancellationToken cancellationToken = default)
    {
        var stream = new Stream<TMessage>(this, topicName);
        lock (_lock)
        {
            if (!_topics.TryGetValue(topicName, out var subscribers))
            {
                _topics[topicName] = subscribers = [];
            }

            subscribers.Add(stream);
        }

        return new(stream);
    }

    private void Leave(string topic, ISubscriber subscriber)
    {
        lock (_lock)
        {
            if (_topics.TryGetValue(topic, out var subscribers) && subscribers.Remove(subscriber) && subscribers.Count == 0)
            {
                _topics.Remove(topic);
            }
        }
    }

    private sealed class Stream<T>(InMemoryTopics topics, string topic) : ISourceStream<T>, ISubscriber
    {
        private readonly Channel<T> _messages = Channel.CreateBounded<T>(new BoundedChannelOptions(Buffer) { SingleReader = true });

        public void Send(object? message)
        {
            if (message is T typed && !_messages.Writer.TryWrite(typed))
            {
                _messages.Writer.TryComplete(new GraphQLException(
                    ErrorBuilder.New().SetMessage("The subscriber fell behind and was disconnected.").SetCode("SUBSCRIPTION_OVERFLOW").Build()));
            }
        }

        public void Complete() => _messages.Writer.TryComplete();

        public IAsyncEnumerable<T> ReadEventsAsync() => _messages.Reader.ReadAllAsync();

        public ValueTask DisposeAsync()
        {
            topics.Leave(topic, this);
            return default;
        }
    }
}
