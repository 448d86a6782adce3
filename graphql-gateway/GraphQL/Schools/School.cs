using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Schools;

/// <summary>A school: its size, its calendar, the policy it keeps.</summary>
[Node]
public sealed class School(SchoolView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => view.Id.Value.ToString("D");

    /// <summary>Six digits; a school that becomes an academy gets another.</summary>
    public string Urn => view.Urn;

    /// <summary>The local authority's code and the establishment's number, LLL/EEEE; null: the DfE's list has none, or the school was founded before it was kept.</summary>
    public string? Laestab => view.Laestab;

    /// <summary>Its name.</summary>
    public string Name => view.Name;

    /// <summary>Phase of schooling.</summary>
    public Phase Phase => view.Phase;

    /// <summary>Nation whose law applies.</summary>
    public Nation Nation => view.Nation;

    /// <summary>N1 N2 R 1..14.</summary>
    public IReadOnlyList<string> YearGroups => view.YearGroups;

    /// <summary>The local authority.</summary>
    public string LocalAuthority => view.LocalAuthority;

    /// <summary>Pupils on roll, per year group.</summary>
    public IReadOnlyList<YearRoll> Roll => view.Roll;

    /// <summary>Terms, INSET days and closures.</summary>
    public async Task<SchoolCalendar> GetCalendarAsync(CalendarBySchool calendars, CancellationToken ct) => await calendars.LoadAsync(view, ct) ?? view.Calendar;

    /// <summary>How often the calendar was set; for expectedVersion of setCalendar.</summary>
    public int CalendarVersion => view.CalendarVersion;

    /// <summary>Null until one is adopted.</summary>
    public PolicyInForce? Policy => view.Policy;

    /// <summary>The number shown when somebody is in immediate danger, after 999.</summary>
    public string? SafeguardingPhone => view.SafeguardingPhone;

    /// <summary>Number to ring outside school hours.</summary>
    public string? OutOfHoursPhone => view.OutOfHoursPhone;

    [NodeResolver]
    public static async Task<School?> GetAsync(string id, Session session, SchoolReader schools, CancellationToken ct) =>
        Guid.TryParseExact(id, "D", out var school) && await schools.FindAsync(session.Asks(SessionAudit.Node).Reader, TenantId.School(school), ct) is { } view ? new School(view) : null;
}

/// <summary>Calendars of schools, in one read for a whole operation.</summary>
public sealed class CalendarBySchool(SchoolReader schools, Session session, IBatchScheduler scheduler, DataLoaderOptions options)
    : BatchDataLoader<SchoolView, SchoolCalendar>(scheduler, options)
{
    protected override async Task<IReadOnlyDictionary<SchoolView, SchoolCalendar>> LoadBatchAsync(IReadOnlyList<SchoolView> keys, CancellationToken cancellationToken)
    {
        var calendars = await schools.CalendarsAsync(session.Reader, keys, cancellationToken);
        return keys.ToDictionary(k => k, k => calendars[k.Id]);
    }
}
