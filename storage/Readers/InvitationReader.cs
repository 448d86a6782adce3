using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>An incident that the reader is invited into.</summary>
public sealed record InvitedIncident(SchoolView School, IncidentId Incident, DateTimeOffset Until);

/// <summary>
/// C11: one incident of a school, for the safeguarding lead of its trust. Nothing is remembered: each read asks anew for the reader's role,
/// the trust's schools, the school's trust, and the invitation that the incident's own stream keeps beside it. Nobody names a school: it
/// is where the invitation lies. Reading then goes on as that school's guest, in its tenant and its read audit.
/// </summary>
public sealed class InvitationReader(ViewReader views, SchoolReader schools, ISchoolDays days)
{
    public const string Purpose = "invitation";

    private const int Most = 100;
    private static readonly HashSet<Role> AsLead = [Role.TrustSafeguardingLead];

    /// <summary>Those that run, of each school the next to end first.</summary>
    public Task<IReadOnlyList<InvitedIncident>> ListAsync(Reader who, CancellationToken ct) => RunningAsync(who, null, ct);

    /// <summary>As the DSL sees them, without what leads elsewhere: links, the device register.</summary>
    internal async Task<IReadOnlyList<IncidentView>> FindManyAsync(Reader who, IReadOnlyCollection<IncidentId> ids, CancellationToken ct)
    {
        var found = new List<IncidentView>();
        foreach (var school in (await RunningAsync(who, ids, ct)).GroupBy(i => i.School.Id))
        {
            var guest = Guest(who, school.Key);
            var rows = await views.FindManyAsync<IncidentView>(guest, IncidentTables.Incident, [.. school.Select(i => i.Incident.ToString())], ct);
            found.AddRange(rows.Values.Select(r => IncidentReader.Noted(guest, r.Body with { Links = [], Devices = [] })));
        }

        return found;
    }

    /// <summary>Of those named in incidents that the reader is invited into: name and year, nothing of their file.</summary>
    internal async Task<IReadOnlyList<PupilSeen>> PupilsAsync(Reader who, IReadOnlyCollection<PupilId> ids, CancellationToken ct) =>
    [
        .. (await NamedAsync<PupilView>(who, PupilTables.Pupil, i => i.People.Select(p => p.Pupil.ToString()), [.. ids.Select(i => i.ToString())], ct)).Select(p => new PupilSeen(
            p with { ClassName = null, DateOfBirth = null, Upn = null, Identifiers = null, SourceId = null, OffSiteProvider = null, Sen = false, KeyWorker = null, ClassTeacher = null, LeftOn = null }, false)),
    ];

    /// <summary>Of the staff named in incidents that the reader is invited into.</summary>
    internal async Task<IReadOnlyList<PersonView>> StaffAsync(Reader who, IReadOnlyCollection<PersonId> ids, CancellationToken ct) =>
        [.. (await NamedAsync<PersonView>(who, PersonTables.Person, i => i.Staff.Select(p => p.ToString()), [.. ids.Select(i => i.ToString())], ct)).Select(p => p with { Email = null, SourceId = null })];

    /// <summary>Of the trust's safeguarding leads, past ones too, for those of a school who see in its access log that they were here.</summary>
    internal async Task<IReadOnlyList<PersonView>> GuestsAsync(Reader who, IReadOnlyCollection<PersonId> ids, CancellationToken ct)
    {
        if (ids.Count == 0 || !Sight.AccessLog(who) || await schools.FindAsync(who, who.Tenant, ct) is not { } school)
        {
            return [];
        }

        string[] wanted = [.. ids.Select(i => i.ToString())];
        var leads = (await views.FindManyAsync<PersonView>(ProductReads.Of(school.Trust), PersonTables.Person, wanted, ct)).Values
            .Where(r => r.Body.Roles.Any(h => h.Role == Role.TrustSafeguardingLead)).Select(r => r.Id).ToList();
        return leads.Count == 0 ? []
            : [.. (await views.FindManyAsync<PersonView>(who.Visit(school.Trust, who.Roles, who.Purpose), PersonTables.Person, leads, ct)).Values.Select(r => r.Body)];
    }

    private static Reader Guest(Reader who, TenantId school) => who.Visit(school, AsLead, Purpose);

    private async Task<IReadOnlyList<T>> NamedAsync<T>(Reader who, ViewTable table, Func<IncidentView, IEnumerable<string>> named, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var found = new List<T>();
        foreach (var school in (await RunningAsync(who, null, ct)).GroupBy(i => i.School.Id))
        {
            // Only who stands in them is asked: what is read for that is shown to nobody.
            var incidents = await views.FindManyAsync<IncidentView>(ProductReads.Of(school.Key), IncidentTables.Incident, [.. school.Select(i => i.Incident.ToString())], ct);
            string[] here = [.. incidents.Values.SelectMany(r => named(r.Body)).Intersect(ids)];
            found.AddRange(here.Length == 0 ? [] : (await views.FindManyAsync<T>(Guest(who, school.Key), table, here, ct)).Values.Select(r => r.Body));
        }

        return found;
    }

    private async Task<IReadOnlyList<InvitedIncident>> RunningAsync(Reader who, IReadOnlyCollection<IncidentId>? ids, CancellationToken ct)
    {
        if (!Sight.MayBeInvited(who) || await schools.TrustAsync(who, ct) is not { } trust)
        {
            return [];
        }

        var where = new Listing()
            .And("trust = @trust", "trust", who.Tenant.ToString())
            .And("until > @now", "now", days.Now)
            .And(views.AnyOf("id", "@ids"), "ids", ids?.Select(i => i.ToString()).ToArray());
        TenantId[] members = [.. trust.Schools.Select(s => s.School)];
        var rows = (await views.QueryAsync<OpenInvitation>(who, members, IncidentTables.Invitation, where.Where, where.Args, Most * members.Length, ct)).ToLookup(r => r.Stream.Tenant, r => r.Body);

        // A school that has left the trust may still stand in the trust's list.
        return
        [
            .. from school in await schools.OfAsync(who, [.. members.Where(rows.Contains)], ct)
               where school.Trust == who.Tenant
               from open in rows[school.Id].OrderBy(i => i.Until).ThenBy(i => i.Incident.Value).Take(Most)
               select new InvitedIncident(school, open.Incident, open.Until),
        ];
    }
}
