using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Silo.Pumps;

/// <summary>Takes one message to where it goes.</summary>
public interface IMessageDelivery
{
    /// <exception cref="PermanentlyUndeliverableException">A mail that is refused for good.</exception>
    Task DeliverAsync(LeasedMessage leased, CancellationToken ct);
}

internal sealed class MessageDelivery(StreamModels models, IGrainFactory grains, NoticeDelivery notices) : IMessageDelivery
{
    public Task DeliverAsync(LeasedMessage leased, CancellationToken ct)
    {
        if (leased.Message.Destination.StartsWith("mail:", StringComparison.Ordinal))
        {
            return notices.DeliverAsync(leased, ct);
        }

        var key = StreamKey.Parse(leased.Message.Destination["stream:".Length..]);
        return models.Grain(grains, key).OnMessageAsync(new MessageNotice(leased.Message.Id, leased.Message.Kind, leased.Message.Payload.ToArray(), leased.CorrelationId));
    }
}
