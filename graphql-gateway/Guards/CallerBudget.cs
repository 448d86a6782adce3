using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>By address, as requests to the API that nobody signed.</summary>
internal sealed class CallerBudget(CostBudget budget) : ICallerBudget
{
    /// <summary>Of what is allowed by default: a hundred at once, five a second.</summary>
    private const double Cost = 1000;

    public bool Take(HttpContext caller) => budget.Take(caller.Connection.RemoteIpAddress?.ToString() ?? "", null, Cost) is null;
}
