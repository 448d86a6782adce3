using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Silo.Hosting;
using OnlineSafetyTrust.Silo.Pumps;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <summary>
/// The silo in this process, for one command of the machine's operator: it goes through the same commands as everybody uses. The server
/// must not run meanwhile. Disposing stops everything in order.
/// </summary>
internal sealed class OperatorHost : IAsyncDisposable
{
    private readonly IDisposable _alone;
    private readonly IHost _host;

    private OperatorHost(IDisposable alone, IHost host) => (_alone, _host) = (alone, host);

    public RosterCurrent Current => Get<RosterCurrent>();

    public IGrainFactory Grains => Get<IGrainFactory>();

    /// <summary>The product's day in Europe/London.</summary>
    public DateOnly Today => London.DateOf(_host.Services.GetRequiredKeyedService<TimeProvider>(ProductClock.Key).GetUtcNow());

    /// <param name="mayFound">Makes the store where there is none; otherwise that is refused.</param>
    public static async Task<OperatorHost> StartAsync(string data, bool mayFound, CancellationToken ct)
    {
        var builder = HostSettings.OperatorBuilder();
        // What hinders the start is told once, by whoever catches it.
        builder.Logging.AddFilter(level => level >= LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Development would refuse readers that need the server's services, though no command asks them.
        builder.ConfigureContainer(new DefaultServiceProviderFactory());
        var store = new HostSettings("", data, false).Store(builder.Configuration);
        if (!mayFound)
        {
            await ExistingStore.RequireAsync(store, ct);
        }

        builder.AddSilo(store, movableClock: builder.Environment.IsDevelopment());
        builder.Services.AddSingleton<RosterCurrent>();
        var host = new OperatorHost(DataLock.Take(data), builder.Build());
        try
        {
            await host._host.StartAsync(ct);
            return host;
        }
        catch
        {
            // Not stopped: what could not be made has nothing to stop, and the host fails over it.
            host.Close();
            throw;
        }
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="id">The command's id; null: what is done is looked at anew each time.</param>
    public static CommandContext Context(TenantId tenant, string purpose, Guid? id) => new(tenant, Actor.System, purpose, Guid.NewGuid(), id, default);

    /// <summary>What follows elsewhere is done before the process ends.</summary>
    public async Task DeliverAsync(CancellationToken ct)
    {
        var outbox = Get<OutboxPump>();
        while (await outbox.RunAsync(ct) > 0)
        {
        }
    }

    /// <summary>Tells the operator why nothing was done; the exit code.</summary>
    public static int Failed(IReadOnlyList<DomainError> errors) => Failed(string.Join(Environment.NewLine, errors.Select(e => e.Message)));

    /// <summary>Tells the operator why nothing was done; the exit code.</summary>
    public static int Failed(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        Close();
    }

    private void Close()
    {
        _host.Dispose();
        _alone.Dispose();
    }
}
