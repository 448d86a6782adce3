using System.Diagnostics;
using System.Security.Claims;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Identity;

namespace OnlineSafetyTrust.Gateway.Sessions;

/// <summary>
/// Who is asking, for one operation. Everything a resolver reads or changes goes through it: the tenant and the person are the token's,
/// never the caller's input.
/// </summary>
public sealed class Session
{
    private Reader? _reader;

    /// <summary>Null: nobody is signed in.</summary>
    public Reader? Found => _reader;

    /// <summary>Who reads; fields without sign-in never ask for it.</summary>
    public Reader Reader => _reader ?? throw new UnauthorizedAccessException("Nobody is signed in.");

    public TenantId Tenant => Reader.Tenant;

    public PersonId Person => Reader.Actor.Person ?? throw new UnauthorizedAccessException("No person is signed in.");

    public bool IsTrust => Reader.Tenant.Kind == TenantKind.Trust;

    public void SignIn(ClaimsPrincipal user)
    {
        if (user.FindFirstValue(TokenClaims.Tenant) is { } tenant && user.FindFirstValue(TokenClaims.Person) is { } person)
        {
            var roles = user.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet();
            _reader = new Reader(TenantId.Parse(tenant), Actor.Of(new PersonId(Guid.Parse(person))), roles, "safeguarding", Correlation());
        }
    }

    /// <summary>The context of a command. The grain sets the time.</summary>
    public CommandContext Command(Guid? commandId, string? reason = null) =>
        new(Reader.Tenant, Reader.Actor, Reader.Purpose, reason, Reader.CorrelationId, commandId, default);

    // The trace's id, so that an audit row, an event and a log line of one request can be laid side by side.
    private static Guid Correlation() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity && Guid.TryParseExact(activity.TraceId.ToHexString(), "N", out var id) ? id : Guid.NewGuid();
}
