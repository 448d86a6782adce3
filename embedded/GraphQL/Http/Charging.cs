using System.Globalization;
using Microsoft.AspNetCore.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>Takes an operation's cost from the budget of whoever asks.</summary>
internal static class Charging
{
    /// <summary>Null: paid. Else the refusal, 429 with <c>Retry-After</c>.</summary>
    public static Outcome? Charge(this Engine engine, IOperationBudget? budget, HttpContext http, OperationPlan plan)
    {
        if (budget?.Take(http, Math.Max(plan.Cost.Fields, 1)) is not { } wait)
        {
            return null;
        }

        var seconds = (long)Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        if (!http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var error = new Error($"Too much was asked in a short time. Ask again in {seconds} s, or for less at once: smaller pages, fewer fields.") { Code = "RATE_LIMITED" };
        return engine.Refuse(error.SetExtension("retryAfter", seconds), StatusCodes.Status429TooManyRequests);
    }
}
