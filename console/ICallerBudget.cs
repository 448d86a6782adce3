using Microsoft.AspNetCore.Http;

namespace OnlineSafetyTrust.StaffConsole;

/// <summary>What somebody without an account may ask for; the host counts it with what they ask of the API.</summary>
public interface ICallerBudget
{
    /// <returns>False: not now.</returns>
    bool Take(HttpContext caller);
}
