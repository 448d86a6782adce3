using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Silo.Clock;
using OnlineSafetyTrust.Silo.Notifications;
using OnlineSafetyTrust.Silo.Pumps;
using OnlineSafetyTrust.Storage;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Silo.Hosting;

public static class SiloHosting
{
    /// <summary>Adds grains, store, clock, pumps and mail to a host, and the silo of the stack this was built for.</summary>
    /// <param name="movableClock">Development only: the product's clock can be set ahead.</param>
    public static void AddSilo(this IHostApplicationBuilder builder, StoreOptions store, bool movableClock)
    {
        var services = builder.Services;
        StreamModels.AddTo(services);
        services.AddOnlineSafetyTrustStorage(store, new StreamModels().Tables);
        services.AddReaders();
        services.AddSingleton<StoreFolds>();
        services.AddSingleton<OnlyProcess>();
        services.AddHostedService<StoreStart>();
        AddClock(services, movableClock);
        AddMail(services, builder.Configuration);
        services.AddSingleton<DuePump>();
        services.AddHostedService<DuePumpStarter>();
        services.AddSingleton<IMessageDelivery, MessageDelivery>();
        services.AddSingleton<OutboxPump>();
        services.AddHostedService(s => s.GetRequiredService<OutboxPump>());
        services.AddHostedService<Upkeep>();
        Stack.UseSilo(builder);
    }

    private static void AddClock(IServiceCollection services, bool movable)
    {
        if (movable)
        {
            services.AddSingleton<MovableClock>();
            services.AddSingleton<ClockKeeper>();
            services.AddSingleton<IClockKeeper>(s => s.GetRequiredService<ClockKeeper>());
            services.AddSingleton<ClockMover>();
            services.AddKeyedSingleton<TimeProvider>(ProductClock.Key, (s, _) => s.GetRequiredService<MovableClock>());
        }
        else
        {
            services.AddKeyedSingleton(ProductClock.Key, (s, _) => s.GetRequiredService<TimeProvider>());
        }
    }

    private static void AddMail(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<MailOptions>(configuration.GetSection("Mail"));
        services.AddSingleton<IMailSender, SmtpMailSender>();
        services.AddSingleton<NoticeTexts>();
        services.AddSingleton<IMailAddresses, MailAddresses>();
        services.AddSingleton<NoticeDelivery>();
    }
}

/// <summary>Opens the store before anything else starts; a store that cannot be opened stops the host with a sentence.</summary>
internal sealed class StoreStart(IStoreStarter store, StoreUpkeep upkeep, StoreFolds folds, OnlyProcess only, IServiceProvider services) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (Stack.IsAlone)
        {
            // A start changes what a process that works on it relies on.
            only.Watch(await upkeep.OnlyProcessAsync(OnlyProcess.Patience, cancellationToken));
        }

        await store.StartAsync(cancellationToken);
        if (Stack.IsAlone)
        {
            await upkeep.ReleaseLeasesAsync();
        }

        await folds.BuildNewAsync(cancellationToken);

        if (services.GetService<ClockKeeper>() is { } keeper)
        {
            services.GetRequiredService<MovableClock>().Resume(await keeper.FindAsync(cancellationToken));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A person's address, unless they have left.</summary>
internal sealed class MailAddresses(DirectoryReader directory) : IMailAddresses
{
    public async ValueTask<string?> FindAsync(TenantId tenant, PersonId person, CancellationToken ct) =>
        await directory.FindPersonAsync(tenant, person, ct) is { LeftAt: null } found ? found.Email : null;
}
