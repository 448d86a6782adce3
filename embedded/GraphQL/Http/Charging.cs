using System.Globalization;
using Microsoft.AspNetCore.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>Takes an operation's cost from the budget of whoever asks.</summary>
internal static class Charging
{
    /// <summary>What the budget is asked for; at least 1.</summary>
    public static double Price(this OperationPlan plan) => Math.Max(plan.Cost.Fields, 1);

    /// <summary>Of a document that is not remembered, whatever becomes of it, and of one that is refused.</summary>
    public const double Reading = 20;

    /// <summary>Null: refused. Nothing of a document is read for somebody who cannot pay for the reading.</summary>
    /// <param name="refusal">Given when there is no document to be read.</param>
    public static OperationPlan? Prepare(this Engine engine, IOperationBudget? budget, HttpContext http, in EngineRequest request, ref Outcome? refusal, out bool isUnpaid)
    {
        isUnpaid = false;
        var known = refusal is null ? engine.Recall(request.Document) : null;
        var unpaid = known is null ? engine.Charge(budget, http, Reading) : null;
        OperationPlan? plan = null;
        if (unpaid is null && refusal is null)
        {
            plan = engine.Prepare(request, out refusal, known);
            unpaid = plan is not null || known is not null ? engine.Charge(budget, http, plan?.Price() ?? Reading) : null;
        }

        if (unpaid is not null)
        {
            (plan, refusal, isUnpaid) = (null, unpaid, true);
        }

        return plan;
    }

    /// <summary>Null: paid. Else the refusal, 429 with <c>Retry-After</c>.</summary>
    public static Outcome? Charge(this Engine engine, IOperationBudget? budget, HttpContext http, double price)
    {
        if (budget?.Take(http, price) is not { } wait)
        {
            return null;
        }

        if (!http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        }

        return engine.Refuse(Spent(wait, $"Too much was asked in a short time. Ask again in {Seconds(wait)} s, or for less at once: smaller pages, fewer fields."), StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Why a running subscription ends when its next answer cannot be paid.</summary>
    public static IError Unpaid(TimeSpan wait) =>
        Spent(wait, $"This subscription's answers cost more than your budget. Subscribe again in {Seconds(wait)} s, with fewer fields, and read what was missed.");

    private static IError Spent(TimeSpan wait, string message) => new Error(message) { Code = "RATE_LIMITED" }.SetExtension("retryAfter", Seconds(wait));

    private static long Seconds(TimeSpan wait) => (long)Math.Max(1, Math.Ceiling(wait.TotalSeconds));
}
