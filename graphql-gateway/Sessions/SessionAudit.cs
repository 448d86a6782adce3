using System.Diagnostics;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Sessions;

/// <summary>Makes durable who saw what in a session. When it throws, what was seen must not leave.</summary>
internal sealed class SessionAudit(IReadAudit audit, [FromKeyedServices(ProductClock.Key)] TimeProvider clock)
{
    /// <summary>The operation of fields that fetch anything by its id: they belong to no resolver of ours.</summary>
    public const string Node = "node";

    /// <param name="readers">To whom it goes: several where equal subscriptions share an answer. One row each.</param>
    /// <param name="unnamed">The operation's name where no resolver noted one.</param>
    public async Task RecordAsync(Session session, IEnumerable<Reader> readers, string unnamed)
    {
        var (seen, visits, personal) = (session.Reader.TakeSeen(), session.Reader.TakeVisits(), session.TakePersonal());
        if (personal.Count > 0)
        {
            Activity.Current?.SetTag("ost.personal", string.Join(' ', personal));
            if (seen.Count == 0 && visits.Count == 0)
            {
                throw new InvalidOperationException($"{string.Join(", ", personal)} would be answered, and no record would stand for it in the read audit.");
            }
        }

        var (operation, at) = (session.Operation ?? unnamed, Microseconds.Truncate(clock.GetUtcNow()));
        ReadAuditRow[] rows =
        [
            .. seen.Count == 0 ? [] : readers.Select(r => Row(r, session.PurposeOf(seen), seen)),
            .. visits.Select(v => Row(v.Guest, v.Guest.Purpose, v.Seen)),
        ];
        try
        {
            await Task.WhenAll(rows.Select(r => audit.RecordAsync(r).AsTask()));
        }
        catch (StoreException failure) when (session.HasCommanded && failure.NothingStored)
        {
            // Nothing of the audit: what the command stored is stored.
            throw new StoreException(failure.Problem, failure.Message, nothingStored: false, failure);
        }

        ReadAuditRow Row(Reader reader, string purpose, IReadOnlyList<string> records) =>
            new(reader.Tenant, reader.Actor, [.. reader.Roles], purpose, operation, session.Reader.CorrelationId, at, records);
    }
}
