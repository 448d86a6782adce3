using System.Runtime.CompilerServices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Storage.Trends;

namespace OnlineSafetyTrust.Gateway.GraphQL.Trends;

[ExtendObjectType(OperationTypeNames.Subscription)]
public sealed class TrendSubscriptions
{
    /// <summary>The figures that the caller sees are no longer what they were: all of them anew.</summary>
    [Authorize]
    [Subscribe(With = nameof(TrendChangesAsync))]
    public IncidentTrends TrendsChanged([EventMessage] TrendTable table, Session session)
    {
        session.Asks();
        return new IncidentTrends(table);
    }

    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="by">Terms and half-terms need a single school's calendar.</param>
    public async ValueTask<IAsyncEnumerable<TrendTable>> TrendChangesAsync(
        DateOnly from, DateOnly to, Session session, ITopicEventReceiver topics, TrendReader trends, SystemReader journal, CancellationToken ct, TrendUnit by = TrendUnit.Month)
    {
        var moved = await topics.SubscribeAsync<TrendsMoved>(Topics.Trends(session.Tenant), ct);
        try
        {
            var figures = new Figures(session.Reader, trends, journal, from, to, by);
            await figures.ChangedAsync(0, ct);
            return Changed(moved, figures, ct);
        }
        catch
        {
            await moved.DisposeAsync();
            throw;
        }
    }

    private static async IAsyncEnumerable<TrendTable> Changed(ISourceStream<TrendsMoved> moved, Figures figures, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (moved)
        {
            await foreach (var message in moved.ReadEventsAsync().WithCancellation(ct))
            {
                if (await figures.ChangedAsync(message.Position, ct) is { } table)
                {
                    yield return table;
                }
            }
        }
    }

    /// <summary>What was read last. A change that suppression hides must not show by a message either.</summary>
    private sealed class Figures(Reader who, TrendReader trends, SystemReader journal, DateOnly from, DateOnly to, TrendUnit by)
    {
        private long _position = -1;
        private TrendTable? _last;

        /// <summary>Null when nothing that the reader sees has changed.</summary>
        /// <param name="position">What was read at or after it includes the change.</param>
        public async Task<TrendTable?> ChangedAsync(long position, CancellationToken ct)
        {
            if (position <= _position)
            {
                return null;
            }

            _position = await journal.HeadAsync(ct);
            var table = Answers.Value(await trends.ReadAsync(who, from, to, by, ct));
            var same = _last is not null && table.Natures.SequenceEqual(_last.Natures) && table.Cells.SequenceEqual(_last.Cells);
            _last = table;
            return same ? null : table;
        }
    }
}
