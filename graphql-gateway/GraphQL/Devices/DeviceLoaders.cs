using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.GraphQL.Devices;

/// <summary>Devices by id, in one read for a whole operation.</summary>
public sealed class DeviceById(DeviceReader devices, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<DeviceId, DeviceSeen>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<DeviceId, DeviceSeen>> LoadBatchAsync(IReadOnlyList<DeviceId> keys, CancellationToken cancellationToken) =>
        (await devices.FindManyAsync(session.Reader, keys, cancellationToken)).ToDictionary(d => d.View.Id);
}

/// <summary>A page of one device's chain of custody.</summary>
public sealed record ChainAsked(DeviceId Device, CustodyChainOrder Order, PageRequest Page);

/// <summary>Pages of chains of custody, in one read for each way of asking.</summary>
public sealed class ChainByDevice(DeviceReader devices, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<ChainAsked, Result<Page<CustodyEntryView>>>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<ChainAsked, Result<Page<CustodyEntryView>>>> LoadBatchAsync(IReadOnlyList<ChainAsked> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<ChainAsked, Result<Page<CustodyEntryView>>>();
        foreach (var asked in keys.GroupBy(k => (k.Order, k.Page)))
        {
            Pages.Add(pages, asked, await devices.ChainsAsync(session.Reader, [.. asked.Select(k => k.Device)], asked.Key.Order, asked.Key.Page, cancellationToken), k => k.Device);
        }

        return pages;
    }
}

/// <param name="Before">Those with a smaller number; null: the last of all.</param>
public sealed record UsesAsked(DeviceId Device, int? Before);

/// <summary>Uses of shared devices, in one read for each way of asking.</summary>
public sealed class UsesByDevice(DeviceReader devices, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<UsesAsked, IReadOnlyList<DeviceUseView>>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<UsesAsked, IReadOnlyList<DeviceUseView>>> LoadBatchAsync(IReadOnlyList<UsesAsked> keys, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<UsesAsked, IReadOnlyList<DeviceUseView>>();
        foreach (var asked in keys.GroupBy(k => k.Before))
        {
            var found = await devices.UsesAsync(session.Reader, [.. asked.Select(k => k.Device)], asked.Key, cancellationToken);
            foreach (var key in asked)
            {
                uses[key] = [.. found[key.Device]];
            }
        }

        return uses;
    }
}

/// <summary>What was changed of devices' records, in one read for a whole operation.</summary>
public sealed class HistoryByDevice(DeviceReader devices, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<DeviceId, IReadOnlyList<DeviceChangeView>>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<DeviceId, IReadOnlyList<DeviceChangeView>>> LoadBatchAsync(IReadOnlyList<DeviceId> keys, CancellationToken cancellationToken) =>
        (await devices.HistoriesAsync(session.Reader, keys, cancellationToken)).ToDictionary(u => u.Key, u => (IReadOnlyList<DeviceChangeView>)[.. u]);
}
