using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace OnlineSafetyTrust.Embedded.GraphQL;

/// <summary>What the host does around operations. One service, if the host adds it.</summary>
public interface IOperationHost
{
    /// <summary>
    /// Subscribers with the same text see the same: equal subscriptions of theirs are executed and encoded once. Null: nobody else may
    /// share what this user is sent.
    /// </summary>
    /// <param name="field">The subscription's root field.</param>
    string? SightOf(ClaimsPrincipal? user, string field);

    /// <summary>
    /// Before an operation outside an HTTP request of its own runs with these services: one on a WebSocket, or one answer of a
    /// subscription.
    /// </summary>
    void Begin(IServiceProvider services, ClaimsPrincipal? user);

    /// <summary>
    /// After any operation ran and before a byte of its answer leaves for these users; when this throws, the answer says so instead.
    /// </summary>
    ValueTask BeforeSendAsync(IServiceProvider services, IReadOnlyList<ClaimsPrincipal?> users, CancellationToken cancellation);
}

/// <summary>Limits what somebody may ask in a time and hold open at once. One service, if the host adds it.</summary>
public interface IOperationBudget
{
    /// <param name="http">The request, or that which opened the WebSocket.</param>
    /// <param name="cost">Of the operation, as <see cref="CostOptions"/> weighs fields; at least 1.</param>
    /// <returns>Null when it was taken from the budget; else when it can be.</returns>
    TimeSpan? Take(HttpContext http, double cost);

    /// <summary>Before an answer of a subscription is executed, for each who is to get it.</summary>
    /// <param name="cost">Of the subscription, as in <see cref="Take"/>.</param>
    /// <param name="isShared">Somebody else has paid for the execution: this is one more who gets its answer.</param>
    /// <returns>Null when it was taken; else when it can be: their subscription ends.</returns>
    TimeSpan? TakeAnswer(ClaimsPrincipal? user, double cost, bool isShared);

    /// <summary>A place for one more subscription, over whichever transport; dispose it when the subscription has ended.</summary>
    /// <returns>Null: they hold as many as they may.</returns>
    IDisposable? HoldSubscription(ClaimsPrincipal? user);
}
