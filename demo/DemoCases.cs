namespace OnlineSafetyTrust.Demo;

/// <summary>120 incidents over a year: five per school lead to daily checks in the last weeks, the rest are spread over the school days.</summary>
internal static class DemoCases
{
    public const int Count = 120;
    private const int WatchedPerSchool = 5;
    private const int WatchedSince = 21;

    public static IReadOnlyList<DemoCase> Plan(IReadOnlyList<DemoSite> sites, DateOnly from, DateTimeOffset end)
    {
        var today = DemoCalendar.DayOf(end);
        var dice = new Dice("cases");
        var cases = new List<DemoCase>();
        foreach (var site in sites)
        {
            // Not in the holidays: then the last school days before them.
            var days = site.Calendar.SchoolDays(today.AddDays(-75), today.AddDays(-WatchedSince)).TakeLast(5).ToList();
            for (var i = 0; i < WatchedPerSchool; i++)
            {
                var kind = DemoKind.All[i % 2 == 0 ? 2 : 3];
                cases.Add(new DemoCase(cases.Count + 1, site, kind, Moment(days[i % days.Count], dice), true, false));
            }
        }

        var bySite = sites.SelectMany((s, i) => Enumerable.Repeat(s, i == 2 ? 3 : 2)).ToList();
        var kinds = DemoKind.All.SelectMany(k => Enumerable.Repeat(k, k.Weight)).ToList();
        while (cases.Count < Count)
        {
            // Two of the guarded path for certain, so that it can be seen.
            var site = bySite[cases.Count % bySite.Count];
            var kind = cases.Count is 40 or 90 ? DemoKind.All[^1] : dice.Of(kinds);
            var day = dice.Of(site.Calendar.SchoolDays(from, today.AddDays(-1)));
            cases.Add(new DemoCase(cases.Count + 1, site, kind, Moment(day, dice), false, dice.Percent(10)));
        }

        return cases;
    }

    // Five to an hour, so that the clock has few places to stop at.
    private static DateTimeOffset Moment(DateOnly day, Dice dice) => DemoCalendar.At(day, new TimeOnly(9 + dice.Next(5), dice.Next(5) * 10));
}
