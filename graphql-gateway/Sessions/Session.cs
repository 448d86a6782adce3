using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Identity;

namespace OnlineSafetyTrust.Gateway.Sessions;

/// <summary>
/// Who is asking, for one operation. Everything a resolver reads or changes goes through it: the tenant and the person are the token's,
/// never the caller's input.
/// </summary>
public sealed class Session : IMarkedFieldObserver
{
    public const string DailyCheckPurpose = "daily-check";

    private static readonly string[] DailyCheck = ["checksDue", "recordDeviceChecks"];
    private static readonly string[] DailyCheckSees = ["check", "pupil", "person"];
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _personal = new(StringComparer.Ordinal);
    private Reader? _reader;
    private string? _purpose;

    /// <summary>Null: nobody is signed in.</summary>
    public Reader? Found => _reader;

    /// <summary>Who reads; fields without sign-in never ask for it.</summary>
    public Reader Reader => _reader ?? throw new UnauthorizedAccessException("Nobody is signed in.");

    public TenantId Tenant => Reader.Tenant;

    public PersonId Person => Reader.Actor.Person ?? throw new UnauthorizedAccessException("No person is signed in.");

    public bool IsTrust => Reader.Tenant.Kind == TenantKind.Trust;

    /// <summary>The root fields asked, by the schema's names: a client's own name for its operation could say anything. Null: none was noted.</summary>
    public string? Operation
    {
        get
        {
            lock (_asked)
            {
                return _asked.Count == 0 ? null : string.Join(", ", _asked);
            }
        }
    }

    /// <summary>Why the request reads and changes what it does: said by a page, otherwise seen from the fields asked.</summary>
    public string Purpose
    {
        get
        {
            lock (_asked)
            {
                return _purpose ?? (_asked.Count > 0 && _asked.IsSubsetOf(DailyCheck) ? DailyCheckPurpose : Reader.Purpose);
            }
        }
        set => _purpose = value;
    }

    /// <summary>Why these records were seen. A daily check is a reason for checks and whom they concern, not for what else was reached from there.</summary>
    public string PurposeOf(IEnumerable<string> seen) =>
        _purpose is null && Purpose == DailyCheckPurpose && !seen.All(s => DailyCheckSees.Contains(s.Split('/')[0])) ? Reader.Purpose : Purpose;

    /// <summary>Every root field's resolver passes here, so that the audit tells what was asked.</summary>
    /// <param name="resolver">The resolver's method, named after its field.</param>
    public Session Asks([CallerMemberName] string resolver = "")
    {
        lock (_asked)
        {
            _asked.Add(FieldOf(resolver));
        }

        return this;
    }

    /// <summary>The fields marked <c>@personal</c> answered since the last call, such as <c>Pupil.name</c>.</summary>
    public IReadOnlyList<string> TakePersonal()
    {
        lock (_asked)
        {
            string[] taken = [.. _personal];
            _personal.Clear();
            return taken;
        }
    }

    void IMarkedFieldObserver.Check(object value)
    {
        if (Unreadable.Is(value))
        {
            throw new RecordUnreadableException();
        }
    }

    void IMarkedFieldObserver.Answered(string coordinate)
    {
        lock (_asked)
        {
            _personal.Add(coordinate);
        }
    }

    public void SignIn(ClaimsPrincipal user) => _reader = ReaderOf(user);

    /// <summary>Null: nobody is signed in.</summary>
    internal static Reader? ReaderOf(ClaimsPrincipal? user) =>
        user?.FindFirstValue(TokenClaims.Tenant) is { } tenant && user.FindFirstValue(TokenClaims.Person) is { } person
            ? new Reader(
                TenantId.Parse(tenant), Actor.Of(new PersonId(Guid.Parse(person))), user.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet(), "safeguarding", Correlation())
            : null;

    /// <summary>True once a command was given: something may have been stored.</summary>
    public bool HasCommanded { get; private set; }

    /// <summary>The context of a command. The grain sets the time.</summary>
    public CommandContext Command(Guid? commandId)
    {
        HasCommanded = true;
        return new(Reader.Tenant, Reader.Actor, Purpose, Reader.CorrelationId, commandId, default);
    }

    private static string FieldOf(string resolver)
    {
        var name = resolver.EndsWith("Async", StringComparison.Ordinal) ? resolver[..^5] : resolver;
        name = name.StartsWith("Get", StringComparison.Ordinal) ? name[3..] : name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    // The trace's id, so that an audit row, an event and a log line of one request can be laid side by side.
    private static Guid Correlation() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity && Guid.TryParseExact(activity.TraceId.ToHexString(), "N", out var id) ? id : Guid.NewGuid();
}
