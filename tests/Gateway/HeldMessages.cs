using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Silo.Pumps;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Messages of a kind do not arrive while the door is shut; they are tried again, as after any failure.</summary>
internal sealed class HeldMessages(string kind)
{
    private readonly string _kind = kind;
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsShut { get; set; }

    /// <summary>The first one came to the shut door.</summary>
    public Task Came => _came.Task;

    public void Stand(WebApplicationBuilder builder)
    {
        var own = builder.Services.Last(d => d.ServiceType == typeof(IMessageDelivery)).ImplementationType!;
        builder.Services.AddSingleton<IMessageDelivery>(s => new Door(this, (IMessageDelivery)ActivatorUtilities.CreateInstance(s, own)));
    }

    private sealed class Door(HeldMessages held, IMessageDelivery inner) : IMessageDelivery
    {
        public Task DeliverAsync(LeasedMessage leased, CancellationToken ct)
        {
            if (held.IsShut && leased.Message.Kind == held._kind)
            {
                held._came.TrySetResult();
                throw new InvalidOperationException("The door is shut.");
            }

            return inner.DeliverAsync(leased, ct);
        }
    }
}
