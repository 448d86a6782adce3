using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>Asks each requirement of an operation once, before anything is resolved.</summary>
internal static class Authorization
{
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";
    public const string Message = "The current user is not authorized to access this resource.";

    public static async ValueTask<string?[]> RefusalsAsync(OperationContext operation)
    {
        var requirements = operation.Schema.Requirements;

        // What was not asked is refused: a field that slipped through the plan stays shut.
        var refusals = new string?[requirements.Count];
        Array.Fill(refusals, NotAuthorized);
        foreach (var number in operation.Plan.Requirements)
        {
            refusals[number] = await RefusalAsync(operation, requirements[number]).ConfigureAwait(false);
        }

        return refusals;
    }

    /// <summary>What refuses the whole request: a requirement of <see cref="ApplyPolicy.Validation"/>.</summary>
    public static Outcome? Refused(OperationContext operation, ErrorReport errors)
    {
        foreach (var number in operation.Plan.Requirements)
        {
            if (operation.Schema.Requirements[number].Apply == ApplyPolicy.Validation && operation.Refusals[number] is { } code)
            {
                errors.Add(new Error(Message) { Code = code });
                return new(null, errors.Errors, code == NotAuthenticated ? 401 : 403);
            }
        }

        return null;
    }

    private static async ValueTask<string?> RefusalAsync(OperationContext operation, AuthorizeAttribute requirement)
    {
        if (operation.User is not { } user || !user.Identities.Any(i => i.IsAuthenticated))
        {
            return NotAuthenticated;
        }

        if (requirement.Roles is { Length: > 0 } roles && !Array.Exists(roles, user.IsInRole))
        {
            return NotAuthorized;
        }

        return requirement.Policy is not { } policy || await IsAdmittedAsync(operation, user, policy).ConfigureAwait(false) ? null : NotAuthorized;
    }

    private static async ValueTask<bool> IsAdmittedAsync(OperationContext operation, ClaimsPrincipal user, string policy)
    {
        var service = operation.Services.GetRequiredService<IAuthorizationService>();
        return (await service.AuthorizeAsync(user, null, policy).ConfigureAwait(false)).Succeeded;
    }
}
