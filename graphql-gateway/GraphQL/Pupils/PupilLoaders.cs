using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.GraphQL.Pupils;

/// <summary>Pupils by id, in one read for a whole operation.</summary>
public sealed class PupilById(PupilReader pupils, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PupilId, PupilSeen>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<PupilId, PupilSeen>> LoadBatchAsync(IReadOnlyList<PupilId> keys, CancellationToken cancellationToken) =>
        (await pupils.FindManyAsync(session.Reader, keys, cancellationToken)).ToDictionary(p => p.View.Id);
}

/// <summary>Contacts of pupils, in one read for a whole operation.</summary>
public sealed class ContactsByPupil(PupilReader pupils, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PupilId, PupilContactsView>(scheduler, options)
{
    protected override Task<IReadOnlyDictionary<PupilId, PupilContactsView>> LoadBatchAsync(IReadOnlyList<PupilId> keys, CancellationToken cancellationToken) =>
        pupils.ContactsAsync(session.Reader, keys, cancellationToken);
}

/// <summary>Bans of pupils, in one read for a whole operation.</summary>
public sealed class BansByPupil(BanReader bans, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PupilId, IReadOnlyList<BanView>>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<PupilId, IReadOnlyList<BanView>>> LoadBatchAsync(IReadOnlyList<PupilId> keys, CancellationToken cancellationToken) =>
        (await bans.OfPupilsAsync(session.Reader, keys, cancellationToken)).ToDictionary(b => b.Key, b => (IReadOnlyList<BanView>)[.. b]);
}

/// <summary>Access strategies of pupils, in one read for a whole operation.</summary>
public sealed class StrategyByPupil(StrategyReader strategies, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PupilId, StrategySeen>(scheduler, options)
{
    protected override Task<IReadOnlyDictionary<PupilId, StrategySeen>> LoadBatchAsync(IReadOnlyList<PupilId> keys, CancellationToken cancellationToken) =>
        strategies.FindManyAsync(session.Reader, keys, cancellationToken);
}

/// <summary>Ended strategies of pupils by number, in one read for a whole operation.</summary>
public sealed class FormerStrategies(StrategyReader strategies, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<(PupilId Pupil, int Number), StrategyView>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<(PupilId Pupil, int Number), StrategyView>> LoadBatchAsync(IReadOnlyList<(PupilId Pupil, int Number)> keys, CancellationToken cancellationToken) =>
        (await strategies.FormerAsync(session.Reader, keys, cancellationToken)).ToDictionary(s => (s.Pupil, s.Number));
}

/// <summary>A page of one pupil's checks.</summary>
public sealed record CheckHistoryAsked(PupilId Pupil, CheckHistoryOrder Order, PageRequest Page);

/// <summary>Pages of pupils' checks, in one read for each way of asking.</summary>
public sealed class CheckHistoryByPupil(CheckReader checks, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<CheckHistoryAsked, Result<Page<CheckView>>>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<CheckHistoryAsked, Result<Page<CheckView>>>> LoadBatchAsync(IReadOnlyList<CheckHistoryAsked> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<CheckHistoryAsked, Result<Page<CheckView>>>();
        foreach (var asked in keys.GroupBy(k => (k.Order, k.Page)))
        {
            var found = await checks.HistoriesAsync(session.Reader, [.. asked.Select(k => k.Pupil)], asked.Key.Order, asked.Key.Page, cancellationToken);
            Pages.Add(pages, asked, found, k => k.Pupil);
        }

        return pages;
    }
}

/// <summary>Daily checks of pupils, in one read for a whole operation.</summary>
public sealed class ChecksByPupil(CheckReader checks, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PupilId, CheckScheduleView>(scheduler, options)
{
    protected override Task<IReadOnlyDictionary<PupilId, CheckScheduleView>> LoadBatchAsync(IReadOnlyList<PupilId> keys, CancellationToken cancellationToken) =>
        checks.SchedulesAsync(session.Reader, keys, cancellationToken);
}
