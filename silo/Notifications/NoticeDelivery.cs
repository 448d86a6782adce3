using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Silo.Notifications;

/// <summary>It will never be delivered; trying again is no use.</summary>
public sealed class PermanentlyUndeliverableException(string message) : Exception(message);

/// <summary>Turns a notice into a mail and tells the stream that asked whether it was sent.</summary>
public sealed class NoticeDelivery(IMailAddresses addresses, IMailSender mail, NoticeTexts texts, StreamModels models, IGrainFactory grains, [FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    private readonly TakenMails _taken = new();

    /// <param name="leased">Destination <c>mail:{tenant}/{person}</c>.</param>
    public async Task DeliverAsync(LeasedMessage leased, CancellationToken ct)
    {
        var destination = leased.Message.Destination["mail:".Length..];
        var (tenant, person) = (TenantId.Parse(destination[..38]), new PersonId(Guid.Parse(destination[39..])));
        var notice = StoredJson.Read<Notice>(leased.Message.Payload.Span);
        var address = await addresses.FindAsync(tenant, person, ct);
        if (address is null)
        {
            await FailedAsync(leased, notice, person);
            return;
        }

        if (Unreadable.Is(address))
        {
            await FailedAsync(leased, notice, person);
            throw new PermanentlyUndeliverableException("The address cannot be read: its key is lost.");
        }

        if (!_taken.Contains(leased.Message.Id))
        {
            try
            {
                await mail.SendAsync(texts.Compose(leased.Message.Id, address, notice), ct);
            }
            catch (MailRefusedException e)
            {
                await FailedAsync(leased, notice, person);
                throw new PermanentlyUndeliverableException(e.Message);
            }

            _taken.Add(leased.Message.Id);
        }

        await ReportAsync(leased, notice, Notice.SentMessage, new NoticeSent(notice.NoticeId ?? "", person, Microseconds.Truncate(clock.GetUtcNow())));
    }

    private Task FailedAsync(LeasedMessage leased, Notice notice, PersonId person) =>
        ReportAsync(leased, notice, Notice.FailedMessage, new NoticeFailed(notice.NoticeId ?? "", person, Microseconds.Truncate(clock.GetUtcNow())));

    private async Task ReportAsync(LeasedMessage leased, Notice notice, string kind, object body)
    {
        if (notice.Proof is { } stream)
        {
            // The mail's own id makes a repeated report harmless.
            await models.Grain(grains, stream).OnMessageAsync(new MessageNotice(leased.Message.Id, kind, StoredJson.Write(body, body.GetType()), leased.CorrelationId));
        }
    }
}

/// <summary>The last mails that their server took: where only the proof of one could not be stored, it is not sent again.</summary>
internal sealed class TakenMails
{
    private const int Kept = 10_000;

    private readonly ConcurrentQueue<Guid> _order = [];
    private readonly ConcurrentDictionary<Guid, bool> _ids = [];

    public bool Contains(Guid id) => _ids.ContainsKey(id);

    public void Add(Guid id)
    {
        _ids[id] = true;
        _order.Enqueue(id);
        if (_order.Count > Kept && _order.TryDequeue(out var oldest))
        {
            _ids.TryRemove(oldest, out _);
        }
    }
}

/// <summary>Where a person's mail goes; null for leavers, unknown and erased people, <see cref="Unreadable.Text"/> where it cannot be read.</summary>
public interface IMailAddresses
{
    ValueTask<string?> FindAsync(TenantId tenant, PersonId person, CancellationToken ct);
}
