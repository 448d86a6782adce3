namespace OnlineSafetyTrust.Embedded.GraphQL;

public interface ITopicEventSender
{
    ValueTask SendAsync<TMessage>(string topicName, TMessage message, CancellationToken cancellationToken = default);

    /// <summary>Ends the streams of all subscribers.</summary>
    ValueTask CompleteAsync(string topicName);
}

public interface ITopicEventReceiver
{
    ValueTask<ISourceStream<TMessage>> SubscribeAsync<TMessage>(string topicName, CancellationToken cancellationToken = default);
}

public interface ISourceStream<TMessage> : IAsyncDisposable
{
    IAsyncEnumerable<TMessage> ReadEventsAsync();
}
