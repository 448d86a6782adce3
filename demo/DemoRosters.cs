using OnlineSafetyTrust.Roster;

namespace OnlineSafetyTrust.Demo;

/// <summary>Brings the rosters in: at the beginning, and in September when everybody moves up a year.</summary>
internal sealed class DemoRosters(IGrainFactory grains, IRosterCurrent current, string? directory)
{
    public void PlanNewYear(Timeline timeline, IReadOnlyList<DemoSite> sites, DateOnly from, DateOnly today, CancellationToken ct)
    {
        for (var year = DemoCalendar.AcademicYear(from) + 1; year <= DemoCalendar.AcademicYear(today); year++)
        {
            var academicYear = year;
            var day = new DateOnly(year, 9, 1);
            foreach (var site in sites)
            {
                timeline.Add(DemoCalendar.At(day, new TimeOnly(6, 0)), $"the roster of {academicYear}", () => ImportAsync(site, academicYear, day, ct));
            }
        }
    }

    public async Task ImportAsync(DemoSite site, int academicYear, DateOnly today, CancellationToken ct)
    {
        using var bundle = new MemoryStream();
        DemoRoster.Write(bundle, site.School, academicYear);
        if (directory is not null)
        {
            Directory.CreateDirectory(directory);
            await File.WriteAllBytesAsync(Path.Combine(directory, $"roster-{site.School.Urn}-{academicYear}.zip"), bundle.ToArray(), ct);
        }

        bundle.Position = 0;
        var roster = Sound(RosterReader.Read(bundle), site);
        var plan = Plan(roster, await current.ReadAsync(site.Tenant, ct), today, site);
        var report = await RosterImport.RunAsync(
            grains, site.Tenant, plan, id => new CommandContext(site.Tenant, Actor.System, "roster", id, id, default), null, ct);
        if (report.Refused.Count > 0)
        {
            throw new InvalidOperationException($"Demo, roster of {site.School.Urn}: {report}");
        }

        var after = await current.ReadAsync(site.Tenant, ct);
        site.Pupils = [.. after.Pupils.Where(p => p.LeftOn is null).OrderBy(p => p.SourceId, StringComparer.Ordinal)];
        if (academicYear == DemoCalendar.AcademicYear(today) && plan.NewStaff.Count > 0)
        {
            foreach (var teacher in site.Pupils.Select(p => p.ClassTeacher).OfType<PersonId>().Distinct())
            {
                site.Holds(teacher, Role.ClassTeacher);
            }
        }
    }

    // Whole year groups leave in summer: the demo's person in the office has looked at the list and confirms it.
    private static RosterPlan Plan(RosterBundle roster, RosterSituation situation, DateOnly today, DemoSite site)
    {
        var options = new RosterOptions(today);
        var plan = RosterPlan.Compute(roster, situation, options);
        var onRoll = situation.Pupils.Count(p => p.LeftOn is null);
        return plan.Errors.Any(e => e.Code == "ROSTER_TOO_MANY_LEAVE")
            ? Sound(RosterPlan.Compute(roster, situation, options with { ConfirmedLeavers = onRoll / site.School.Years.Count }), site)
            : Sound(plan, site);
    }

    private static T Sound<T>(Result<T> result, DemoSite site) =>
        result.Ok ? result.Value : throw new InvalidOperationException($"Demo, roster of {site.School.Urn}: {string.Join("; ", result.Errors.Select(e => e.Message))}");
}
