namespace OnlineSafetyTrust.Contracts.Journal;

/// <summary>Who reads, in which tenant, in which roles and why. Nothing personal can be asked without one; what was read is collected here.</summary>
public sealed record Reader(TenantId Tenant, Actor Actor, IReadOnlySet<Role> Roles, string Purpose, Guid CorrelationId)
{
    private readonly HashSet<string> _read = [];
    private readonly List<Reader> _visits = [];
    private bool _missed;

    public bool Has(Role role) => Roles.Contains(role);

    public bool HasAny(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Called by readers for each record handed out: <c>incident/{uuid}</c>, <c>pupil/{uuid}</c>…</summary>
    public void Saw(string record)
    {
        lock (_read)
        {
            _read.Add(record);
        }
    }

    /// <summary>Something handed out is <see cref="Unreadable"/>: whoever shows it says so.</summary>
    public bool HasMissed
    {
        get
        {
            lock (_read)
            {
                return _missed || _visits.Exists(v => v.HasMissed);
            }
        }
    }

    /// <summary>Called by readers for a record of which something cannot be opened.</summary>
    public void Missed()
    {
        lock (_read)
        {
            _missed = true;
        }
    }

    /// <summary>
    /// The same person as a guest of another tenant, or for another reason: what they see there stands in a row of its own in that tenant's
    /// read audit. Whoever makes one has asked before whether they may.
    /// </summary>
    public Reader Visit(TenantId host, IReadOnlySet<Role> roles, string purpose)
    {
        lock (_read)
        {
            if (_visits.Find(v => v.Tenant == host && v.Purpose == purpose) is not { } visit)
            {
                _visits.Add(visit = new Reader(host, Actor, roles, purpose, CorrelationId));
            }

            return visit;
        }
    }

    /// <summary>The visits made, each with the records seen since the last call.</summary>
    public IReadOnlyList<(Reader Guest, IReadOnlyList<string> Seen)> TakeVisits()
    {
        lock (_read)
        {
            return [.. _visits.Select(v => (v, v.TakeSeen())).Where(v => v.Item2.Count > 0)];
        }
    }

    /// <summary>The records seen since the last call.</summary>
    public IReadOnlyList<string> TakeSeen()
    {
        lock (_read)
        {
            string[] seen = [.. _read];
            _read.Clear();
            return seen;
        }
    }
}

/// <summary>Read audit: one row per operation, durable before the answer leaves.</summary>
public interface IReadAudit
{
    /// <summary>Returns once the row is flushed (grouped with other appends). Fails closed: when it throws, the answer must not leave.</summary>
    ValueTask RecordAsync(ReadAuditRow row);
}

/// <param name="Operation">Name of the operation, never its text or variables.</param>
/// <param name="Records">What was handed out, <c>kind/{uuid}</c>.</param>
public sealed record ReadAuditRow(TenantId Tenant, Actor Actor, IReadOnlyList<Role> Roles, string Purpose, string Operation, Guid CorrelationId, DateTimeOffset At, IReadOnlyList<string> Records);
