using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>The host of all activations of the process.</summary>
internal sealed class Silo
{
    private readonly ConcurrentDictionary<string, GrainClass> _classes = new();
    private readonly ConcurrentDictionary<Type, GrainClass> _byInterface = new();
    private readonly Func<Type, GrainClass> _find;
    private IIncomingGrainCallFilter[]? _filters;
    private Reminders? _reminders;
    private volatile bool _drains;
    private volatile bool _closed;

    public Silo(
        IServiceProvider services,
        SiloLink link,
        SingletonServices singletons,
        TimeProvider clock,
        ILogger<Silo> log)
    {
        Services = services;
        Link = link;
        Singletons = singletons.Contains;
        Clock = clock;
        Log = log;
        Factory = new GrainFactory(link, services);
        _find = grainInterface => Class(GrainCatalog.ClassOf(grainInterface));
        link.Silo = this;
    }

    public IServiceProvider Services { get; }

    public SiloLink Link { get; }

    public GrainFactory Factory { get; }

    public Func<Type, bool> Singletons { get; }

    public TimeProvider Clock { get; }

    // Not in the constructor: a filter may want the grain factory, which is this silo's.
    public IIncomingGrainCallFilter[] Filters => _filters ??= [.. Services.GetServices<IIncomingGrainCallFilter>()];

    public Reminders? Reminders => _reminders ??= Services.GetService<IReminderTable>() is null
        ? null
        : Services.GetRequiredService<Reminders>();

    public ILogger<Silo> Log { get; }

    public IEnumerable<Activation> Activations => _classes.Values.SelectMany(grainClass => grainClass.Activations);

    public GrainClass ClassFor(Type grainInterface) => _byInterface.GetOrAdd(grainInterface, _find);

    public Activation Activation(GrainId id) =>
        (_classes.GetValueOrDefault(id.Type)
            ?? Class(GrainCatalog.ClassNamed(id.Type)
                ?? throw new ArgumentException($"No grain class is known for {id}."))).Activation(id.Key);

    public long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Clock.TimestampFrequency);

    /// <summary>A silo that drains still takes calls that its own requests make, or it would never end.</summary>
    public bool Refuses(GrainCall call, bool again) => _drains && (_closed || (call.Caller is null && !again));

    /// <summary>Takes no more calls, lets the running ones end, deactivates everything.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        _drains = true;
        try
        {
            // In rounds, because a grain that leaves may still call, and so activate, another.
            while (Activations.ToList() is { Count: > 0 } rest)
            {
                rest.ForEach(activation => activation.Deactivate(new DeactivationReason(
                    DeactivationReasonCode.ShuttingDown, "The silo is stopping.")));
                await Task.WhenAll(rest.Select(activation => activation.Deactivated)).WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Log.LogWarning("The silo stops with {Count} grains still busy.", Activations.Count());
        }

        Close();
    }

    /// <summary>Ends without a word to the grains, like a process that dies.</summary>
    public void Close() => _closed = _drains = true;

    private GrainClass Class(Type implementation) => _classes.GetOrAdd(
        GrainCatalog.NameOf(implementation), static (_, own) => new GrainClass(own.silo, own.implementation), (silo: this, implementation));
}
