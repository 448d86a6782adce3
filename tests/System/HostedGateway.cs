using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Chaos.Serving;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>The real host in this process on a founded store, where a test has to look inside.</summary>
internal sealed class HostedGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostedGateway(WebApplication app, StoreUnderTest store, Ground ground)
    {
        (_app, Store, Ground) = (app, store, ground);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Api = new Api(Address.ToString());
        Repertoire = new Repertoire(ground, seed: 1);
    }

    public StoreUnderTest Store { get; }

    public Ground Ground { get; }

    public Uri Address { get; }

    public Api Api { get; }

    /// <summary>Makes commands for this school.</summary>
    public Repertoire Repertoire { get; }

    public static async Task<HostedGateway> StartAsync(StoreUnderTest store, Dictionary<string, string?>? settings = null)
    {
        var ground = await Founding.FoundAsync(store, pupils: 3);
        var app = GatewayHost.Build(new HostSettings("http://127.0.0.1:0", store.Directory, Demo: false) { Configuration = store.With(settings) }, "Development", builder =>
        {
            builder.Logging.ClearProviders();
        });
        await app.StartAsync();
        return new HostedGateway(app, store, ground);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Store.Dispose();
    }
}
