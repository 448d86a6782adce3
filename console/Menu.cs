using Microsoft.AspNetCore.Http;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole;

internal sealed record MenuEntry(string Title, string Path);

/// <summary>What stands above each page: where one is, as whom, where one can go. Saves clicks; what may be seen is decided by the readers.</summary>
internal sealed class Menu(IConsoleSession session, SchoolReader schools, IHttpContextAccessor request)
{
    private static readonly Role[] Incidents = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.OnlineSafetyLead, Role.NetworkManager];
    private static readonly Role[] Devices = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager];
    private static readonly Role[] Weekly = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.NetworkManager];
    // No pupil's record is theirs to see: a search would find nobody.
    private static readonly Role[] NotWithPupils = [Role.Governor, Role.OnlineSafetyGovernor, Role.ChairOfGovernors, Role.Hr, Role.Volunteer];
    private static readonly Role[] Figures = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.OnlineSafetyLead, Role.SeniorLeader, Role.Governor, Role.OnlineSafetyGovernor, Role.ChairOfGovernors];

    public bool SignedIn => session.Found is not null;

    /// <summary>Something on the page cannot be read.</summary>
    public bool HasMissed => SignedIn && session.Reader.HasMissed;

    public async Task<string> PlaceAsync(CancellationToken ct) => session.Reader.Tenant.Kind == TenantKind.Trust
        ? (await schools.TrustAsync(session.Reader, ct))?.Name ?? "Trust"
        : (await schools.FindAsync(session.Reader, session.Reader.Tenant, ct))?.Name ?? "School";

    public string Roles => session.Reader.Roles.Count == 0 ? "no role today" : Wording.OfAll(session.Reader.Roles.Order());

    public IEnumerable<MenuEntry> Entries()
    {
        var who = session.Reader;
        yield return new("Home", ConsoleHosting.Root);
        if (who.Tenant.Kind == TenantKind.Trust)
        {
            yield return new("Trends", "/console/trends");
            if (Any(who, [Role.TrustSafeguardingLead]))
            {
                yield return new("Invited", Pages.Incidents.InvitedPage.Address);
            }

            yield break;
        }

        yield return new("Report", "/console/report");
        if (who.Roles.Except(NotWithPupils).Any())
        {
            yield return new("Daily checks", "/console/checks");
        }

        yield return new("My reports", "/console/my-reports");
        foreach (var (title, path, roles) in new[] { ("Incidents", "/console/incidents", Incidents), ("Devices", "/console/devices", Devices), ("Weekly update", "/console/weekly-updates", Weekly) }.Where(e => Any(who, e.Item3)))
        {
            yield return new(title, path);
        }

        if (who.Roles.Except(NotWithPupils).Any())
        {
            yield return new("Pupils", "/console/pupils");
        }

        yield return new("School", Pages.School.OwnSchoolPage.Path);
        if (Any(who, Pages.People.CoverPage.Arrangers))
        {
            yield return new("People", Pages.People.PeoplePage.Path);
            yield return new("Cover", Pages.People.CoverPage.Path);
        }

        if (Any(who, Figures))
        {
            yield return new("Trends", "/console/trends");
        }

        if (Any(who, Pages.Trends.IncidentLogPage.Makers))
        {
            yield return new("Log to share", Pages.Trends.IncidentLogPage.Address);
        }
    }

    public bool IsCurrent(MenuEntry entry)
    {
        var path = request.HttpContext!.Request.Path;
        return entry.Path == ConsoleHosting.Root ? path == entry.Path : path.StartsWithSegments(entry.Path, StringComparison.Ordinal);
    }

    private static bool Any(Reader who, Role[] roles) => who.HasAny(roles);
}
