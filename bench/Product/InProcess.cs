using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Bench;

/// <summary>The host inside this process, to fill a store through its grains.</summary>
internal static class InProcess
{
    public static async Task<WebApplication> StartAsync(StoreUnderTest store, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var app = GatewayHost.Build(new HostSettings("http://127.0.0.1:0", store.Directory, Demo: false) { Configuration = store.With(settings) }, "Development", builder =>
        {
            builder.Logging.ClearProviders();
        });
        await app.StartAsync();
        return app;
    }

    public static IGrainFactory Grains(this WebApplication app) => app.Services.GetRequiredService<IGrainFactory>();

    public static CommandContext System(TenantId tenant) => new(tenant, Actor.System, "bench", Guid.NewGuid(), Guid.NewGuid(), default);

    public static async Task<T> DoneAsync<T>(Task<Result<T>> task)
    {
        var result = await task;
        return result.Ok ? result.Value : throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => $"{e.Code} {e.Message}")));
    }
}
