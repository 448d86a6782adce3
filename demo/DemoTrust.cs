using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Roster;

namespace OnlineSafetyTrust.Demo;

/// <summary>
/// A fictional trust of three schools with a year of history, built through the commands that everybody uses, at the times at which they
/// would have been given. The same on every machine for the same end.
/// </summary>
public static class DemoTrust
{
    /// <summary>A year before the end, when the clock has to stand at most when the building begins.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset end) => DemoCalendar.At(DemoCalendar.DayOf(end).AddDays(-365), new TimeOnly(7, 0));

    /// <param name="current">Reads what a school holds, for the roster imports.</param>
    /// <param name="end">Where the history ends: now.</param>
    /// <param name="bundles">Where the generated OneRoster bundles are left, or null.</param>
    public static async Task<DemoReport> BuildAsync(
        IGrainFactory grains, IRosterCurrent current, IDemoClock clock, DateTimeOffset end, string? bundles, IProgress<string>? progress, CancellationToken ct)
    {
        var start = StartOf(end);
        var (from, today) = (DemoCalendar.DayOf(start), DemoCalendar.DayOf(end));
        await clock.MoveToAsync(start);
        await FoundAsync(grains, from);
        var rosters = new DemoRosters(grains, current, bundles);
        var sites = new List<DemoSite>();
        foreach (var school in DemoSchool.All)
        {
            progress?.Report($"{school.Name}: calendar, staff, roster");
            var site = new DemoSite(grains, school, new DemoCalendar(school, from, today));
            await EstablishAsync(site);
            await DemoStaff.AppointAsync(site, from);
            await rosters.ImportAsync(site, DemoCalendar.AcademicYear(from), from, ct);
            sites.Add(site);
        }

        var timeline = new Timeline(end);
        rosters.PlanNewYear(timeline, sites, from, today, ct);
        var cases = DemoCases.Plan(sites, sites[0].Calendar.SchoolDays(from.AddDays(2), today)[0], end);
        foreach (var incident in cases)
        {
            new CaseWalk(incident).Plan(timeline);
        }

        foreach (var site in sites)
        {
            new DailyChecks(site, [.. cases.Where(c => c.Watched && c.Site == site)]).Plan(timeline);
        }

        await timeline.RunAsync(clock, progress, ct);
        await clock.MoveToAsync(end);
        return new DemoReport(DemoSchool.Trust, [.. sites.Select(s => s.Tenant)], sites.Sum(s => s.Pupils.Count), cases.Count, cases.Count(c => c.Watched), timeline.Moves);
    }

    private static async Task FoundAsync(IGrainFactory grains, DateOnly from)
    {
        var trust = grains.GetGrain<ITrustGrain>(TrustKey.Of(DemoSchool.Trust).ToString());
        CommandContext Context(string command) => DemoIds.Context(DemoSchool.Trust, Actor.System, "setup", $"trust {command}");
        await trust.FoundAsync(Context("found"), new FoundTrust(DemoSchool.TrustName, TrustKind.MultiAcademyTrust)).Done("trust");
        foreach (var role in new[] { Role.TrustSafeguardingLead, Role.TrustAdministrator })
        {
            var (given, family) = Names.Next(new Dice($"trust {role}"));
            var person = await trust.AddPersonAsync(Context($"{role} person"), new AddPerson($"{given} {family}", Names.Email(given, family, (int)role), null, null)).Done("trust person");
            await trust.AssignRoleAsync(Context($"{role} role"), new AssignRole(person.Id, role, from, null)).Done("trust role");
        }
    }

    private static async Task EstablishAsync(DemoSite site)
    {
        var school = site.School;
        await site.Grain.EstablishAsync(site.System("establish"), new EstablishSchool(
            DemoSchool.Trust, school.Urn, school.Name, school.Phase, Nation.England, school.Years, "885", $"01632 960{school.Urn[^1]}01", $"01632 960{school.Urn[^1]}99")).Done("school");
        await site.Grain.SetCalendarAsync(site.System("calendar"), new SetCalendar(site.Calendar.Calendar)).Done("calendar");
        await site.Grain.AdoptPolicyAsync(site.System("policy"), new AdoptPolicy("wyre-forest", null)).Done("policy");
    }
}

/// <param name="Moves">How often the clock was moved.</param>
public sealed record DemoReport(TenantId Trust, IReadOnlyList<TenantId> Schools, int Pupils, int Incidents, int Watched, int Moves)
{
    public override string ToString() =>
        $"{DemoSchool.TrustName} (fictional): {Schools.Count} schools, {Pupils} pupils, {Incidents} incidents in a year, {Watched} pupils under daily checks.";
}
