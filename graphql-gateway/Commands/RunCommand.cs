using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Grains;

namespace OnlineSafetyTrust.Gateway.Commands;

internal static class RunCommand
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken ct)
    {
        using var alone = DataLock.Take(settings.DataDirectory);
        using var mailbox = await Mailbox.TryStartAsync(ct);
        var started = false;
        await using var app = GatewayHost.Build(settings, configure: builder =>
        {
            mailbox?.Configure(builder.Configuration);
            // What hinders the start is told once, by whoever catches it.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Information);
        });
        using var held = settings.Demo ? app.Services.GetRequiredService<Readiness>().Hold() : null;
        try
        {
            await app.StartAsync(ct);
            started = true;
        }
        catch (Exception e) when (e is SocketException || e.InnerException is AddressInUseException)
        {
            throw new MisconfiguredException($"--urls: {settings.Urls} cannot be listened on ({(e.InnerException ?? e).Message}). Stop the process that listens there, or choose another address, such as --urls http://127.0.0.1:5081.");
        }

        if (settings.Demo && app.Services.GetService<DemoBuild>() is { } demo)
        {
            try
            {
                await demo.RunAsync(settings, ct);
            }
            catch
            {
                await app.StopAsync(CancellationToken.None);
                throw;
            }
        }

        held?.Dispose();
        Console.WriteLine(Welcome(settings, mailbox, app.Environment.IsDevelopment() ? app.Services.GetRequiredKeyedService<TimeProvider>(ProductClock.Key).GetUtcNow() : null));
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    /// <param name="now">By the product's clock, which only moves forward; null: nobody moves it.</param>
    private static string Welcome(HostSettings settings, Mailbox? mailbox, DateTimeOffset? now)
    {
        var address = settings.Urls.Split(';')[0].TrimEnd('/');
        var tips = $$"""

            Queries to try: {{address}}/dev/graphiql/
            Three things to try:
              curl -s {{address}}/dev/personas
              curl -s {{address}}/dev/token -H 'content-type: application/json' -d '{"persona":"dsl@100001"}'
              curl -s {{address}}/dev/clock -H 'content-type: application/json' -d '{"now":"{{now?.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}}"}'

            """;
        return $"""

            OnlineSafetyTrust is ready.

              Console  {address}/console
              GraphQL  {address}/graphql
              Health   {address}/healthz/ready
              Mails    {mailbox?.Address ?? "no mail server is configured (Mail:Host)"}
            {(now is null ? "" : tips)}
            Ctrl+C stops it.
            """;
    }
}
