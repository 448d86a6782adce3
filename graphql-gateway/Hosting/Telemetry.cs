using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Traces and metrics over OTLP when an endpoint is configured (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>). Ids and names of operations only.</summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public static void Add(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<Telemetry>();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("onlinesafetytrust");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("OnlineSafetyTrust.*", "Microsoft.AspNetCore").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter("OnlineSafetyTrust.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel").AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
