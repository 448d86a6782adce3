using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Grains;

/// <summary>Every kind of stream there is: found once, so that none can be forgotten in pumps, rebuild or verification.</summary>
public sealed class StreamModels
{
    private readonly FrozenDictionary<string, IStreamModel> _models = typeof(StreamModels).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IStreamModel)))
        .Select(t => (IStreamModel)Activator.CreateInstance(t)!)
        .ToFrozenDictionary(m => m.Kind);

    public IEnumerable<IStreamModel> All => _models.Values;

    public IReadOnlyList<ViewTable> Tables => [.. All.SelectMany(m => m.Tables).DistinctBy(t => t.Name)];

    public IStreamModel Of(StreamId stream) =>
        _models.TryGetValue(stream.Kind, out var model) ? model : throw new InvalidOperationException($"No model knows streams of kind '{stream.Kind}'.");

    /// <summary>The grain that owns a stream.</summary>
    public IStreamGrain Grain(IGrainFactory grains, StreamKey key) => Of(key.Stream).Grain(grains, key.ToString());

    /// <summary>Adds the models and what grains need of them.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var models = new StreamModels();
        services.AddSingleton(models);
        services.AddSingleton<StreamServices>();
        foreach (var model in models.All)
        {
            services.AddSingleton(model.GetType(), model);
        }
    }
}
