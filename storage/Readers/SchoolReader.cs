using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Schools as far as the reader may see: one's own, or those of one's trust.</summary>
public sealed class SchoolReader(ViewReader views)
{
    public async Task<SchoolView?> FindAsync(Reader who, TenantId school, CancellationToken ct)
    {
        if (who.Tenant == school)
        {
            return (await views.FindAsync<SchoolView>(who, SchoolTables.School, school.Value.ToString("D"), ct))?.Body;
        }

        // A school's staff share a trust with other schools, not these schools' records.
        var trust = who.Tenant.Kind == TenantKind.Trust ? await TrustAsync(who, ct) : null;
        return trust is not null && trust.Schools.Any(s => s.School == school) && await OfAsync(who, [school], ct) is [var found] ? found : null;
    }

    /// <summary>The calendars of schools that the reader sees, with the reasons of the closures for a school's own staff.</summary>
    public async Task<IReadOnlyDictionary<TenantId, SchoolCalendar>> CalendarsAsync(Reader who, IReadOnlyCollection<SchoolView> schools, CancellationToken ct)
    {
        var own = Sight.IsStaff(who) && schools.Any(s => s.Id == who.Tenant && s.Calendar.Closures.Any(c => c.Reason is null))
            ? await views.FindAsync<ClosureReasonsView>(who, SchoolTables.Closures, who.Tenant.Value.ToString("D"), ct)
            : null;
        return schools.DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => s.Id == who.Tenant && own is not null ? own.Body.In(s.Calendar) : s.Calendar);
    }

    /// <summary>A school's own, or every school of a trust in the order of their joining.</summary>
    public async Task<IReadOnlyList<SchoolView>> ListAsync(Reader who, CancellationToken ct)
    {
        if (who.Tenant.Kind == TenantKind.School)
        {
            return await FindAsync(who, who.Tenant, ct) is { } own ? [own] : [];
        }

        return await TrustAsync(who, ct) is { } trust ? await OfAsync(who, [.. trust.Schools.Select(s => s.School)], ct) : [];
    }

    /// <summary>The reader's trust; a school's staff see their trust's name and schools.</summary>
    public async Task<TrustView?> TrustAsync(Reader who, CancellationToken ct)
    {
        if (who.Tenant.Kind == TenantKind.Trust)
        {
            return (await views.FindAsync<TrustView>(who, TrustTables.Trust, who.Tenant.Value.ToString("D"), ct))?.Body;
        }

        return await FindAsync(who, who.Tenant, ct) is { } own
            ? (await views.FindAsync<TrustView>(ProductReads.Of(own.Trust), TrustTables.Trust, own.Trust.Value.ToString("D"), ct))?.Body
            : null;
    }

    // A school's row holds nothing personal, so its trust may read it: the caller took the ids from the trust's view.
    internal async Task<IReadOnlyList<SchoolView>> OfAsync(Reader who, IReadOnlyList<TenantId> schools, CancellationToken ct)
    {
        var found = (await views.QueryAsync<SchoolView>(who, schools, SchoolTables.School, "", null, schools.Count, ct)).ToDictionary(r => r.Stream.Tenant, r => r.Body);
        return [.. schools.Select(s => found.GetValueOrDefault(s)).OfType<SchoolView>()];
    }
}
