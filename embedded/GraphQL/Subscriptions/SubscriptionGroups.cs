using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;

/// <summary>Puts equal subscriptions together: same document, same variables, same sight.</summary>
internal sealed class SubscriptionGroups(Engine engine, IServiceScopeFactory scopes, IServiceProvider services)
{
    private readonly IOperationHost? _host = services.GetService<IOperationHost>();
    private readonly IOperationBudget? _budget = services.GetService<IOperationBudget>();
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, SubscriptionGroup> _groups = [];

    /// <summary>How many different subscriptions there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _groups.Count;
            }
        }
    }

    private static Error TooMany => new("You hold as many subscriptions as one person may at once. End one, on whichever connection, and subscribe again.") { Code = "TOO_MANY_SUBSCRIPTIONS" };

    /// <summary>Everything sent to the subscription's stream after this returns is answered.</summary>
    public async ValueTask<(Subscriber? Subscriber, Outcome? Refused)> JoinAsync(OperationPlan plan, EngineRequest request, CancellationToken aborted)
    {
        if ((await engine.SubscribeAsync(plan, request, aborted, admitOnly: true).ConfigureAwait(false)).Refused is { } refused)
        {
            return (null, refused);
        }

        var place = _budget?.HoldSubscription(request.User);
        if (_budget is not null && place is null)
        {
            return (null, engine.Refuse(TooMany, StatusCodes.Status429TooManyRequests));
        }

        var (group, subscriber) = Enter(plan, request, place);
        try
        {
            if (await group.Started.WaitAsync(aborted).ConfigureAwait(false) is { } failed)
            {
                subscriber.Dispose();
                return (null, failed);
            }
        }
        catch
        {
            subscriber.Dispose();
            throw;
        }

        return (subscriber, null);
    }

    private (SubscriptionGroup Group, Subscriber Subscriber) Enter(OperationPlan plan, EngineRequest request, IDisposable? place)
    {
        // Without a host that says who sees the same, only those who are nobody do.
        var sight = _host is not null ? _host.SightOf(request.User, plan.Root.Fields[0].Definition.Name)
            : request.User?.Identities.Any(i => i.IsAuthenticated) == true ? null
            : "";
        var variables = request.Variables.ValueKind == JsonValueKind.Object ? request.Variables.GetRawText() : "";
        // By its words: a document that was prepared twice, at once or after it was evicted, has two plans.
        var key = new Key(Encoding.UTF8.GetString(plan.Document.Source.Span), plan.Name, variables, sight ?? Guid.NewGuid().ToString());
        lock (_lock)
        {
            if (_groups.TryGetValue(key, out var known) && known.TryAdd(request.User, place) is { } member)
            {
                return (known, member);
            }

            var group = new SubscriptionGroup(engine, plan, request, scopes, _host, _budget, ended => Remove(key, ended));
            _groups[key] = group;
            var first = group.TryAdd(request.User, place)!;
            group.Start();
            return (group, first);
        }
    }

    private void Remove(Key key, SubscriptionGroup ended)
    {
        lock (_lock)
        {
            if (_groups.GetValueOrDefault(key) == ended)
            {
                _groups.Remove(key);
            }
        }
    }

    private sealed record Key(string Document, string? Operation, string Variables, string Sight);
}
