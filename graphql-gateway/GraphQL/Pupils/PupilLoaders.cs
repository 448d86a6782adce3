using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

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

/// <summary>Daily checks of pupils, in one read for a whole operation.</summary>
public sealed class ChecksByPupil(CheckReader checks, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<PupilId, CheckScheduleView>(scheduler, options)
{
    protected override Task<IReadOnlyDictionary<PupilId, CheckScheduleView>> LoadBatchAsync(IReadOnlyList<PupilId> keys, CancellationToken cancellationToken) =>
        checks.SchedulesAsync(session.Reader, keys, cancellationToken);
}
