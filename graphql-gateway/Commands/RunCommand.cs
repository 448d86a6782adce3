using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Hosting;

namespace OnlineSafetyTrust.Gateway.Commands;

internal static class RunCommand
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken ct)
    {
        using var alone = DataLock.Take(settings.DataDirectory);
        using var mailbox = await Mailbox.TryStartAsync(ct);
        await using var app = GatewayHost.Build(settings, configure: builder => mailbox?.Configure(builder.Configuration));
        using var held = settings.Demo ? app.Services.GetRequiredService<Readiness>().Hold() : null;
        await app.StartAsync(ct);
        if (settings.Demo)
        {
            await app.Services.GetRequiredService<DemoBuild>().RunAsync(settings, ct);
        }

        held?.Dispose();
        Console.WriteLine(Welcome(settings, mailbox));
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static string Welcome(HostSettings settings, Mailbox? mailbox)
    {
        var address = settings.Urls.Split(';')[0].TrimEnd('/');
        return $$"""

            OnlineSafetyTrust is ready.

              GraphQL  {{address}}/graphql
              Health   {{address}}/healthz/ready
              Mails    {{mailbox?.Address ?? "no mail server is configured (Mail:Host)"}}

            Three things to try:
              curl -s {{address}}/dev/personas
              curl -s {{address}}/dev/token -H 'content-type: application/json' -d '{"persona":"dsl@100001"}'
              curl -s {{address}}/dev/clock -H 'content-type: application/json' -d '{"now":"2026-11-23T15:31:00Z"}'

            Ctrl+C stops it.
            """;
    }
}
