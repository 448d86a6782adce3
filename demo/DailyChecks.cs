using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Demo;

/// <summary>The checks of the last weeks, recorded by the class teacher each afternoon, and the weekly updates. A few are forgotten.</summary>
internal sealed class DailyChecks(DemoSite site, IReadOnlyList<DemoCase> watched)
{
    public void Plan(Timeline timeline)
    {
        var today = DemoCalendar.DayOf(timeline.End);
        var first = watched.Min(c => DemoCalendar.DayOf(c.At)).AddDays(1);
        foreach (var day in site.Calendar.SchoolDays(first, today.AddDays(-1)))
        {
            timeline.Add(DemoCalendar.At(day, new TimeOnly(14, 40)), "daily checks", () => RecordAsync(day));
        }

        for (var monday = WeekKey.MondayOf(first).AddDays(7); monday <= today; monday = monday.AddDays(7))
        {
            var week = monday.AddDays(-7);
            if (site.Calendar.SchoolDays(week > first ? week : first, week.AddDays(4)).Count > 1)
            {
                timeline.Add(DemoCalendar.At(site.Calendar.NextSchoolDay(monday.AddDays(-1)), new TimeOnly(9, 40)), "a weekly update", () => SubmitAsync(week));
            }
        }
    }

    private async Task RecordAsync(DateOnly day)
    {
        foreach (var incident in watched.Where(c => DemoCalendar.DayOf(c.At) < day))
        {
            var dice = new Dice($"{site.School.Urn} {incident.Id} check {day:yyyy-MM-dd}");
            if (dice.Percent(4))
            {
                continue;
            }

            var pupil = incident.Alleged.First();
            var result = dice.Next(100) switch { < 91 => CheckResult.Clear, < 98 => CheckResult.PupilAbsent, _ => CheckResult.Concern };
            var grain = site.Get<ICheckScheduleGrain>(ChecksKey.Of(site.Tenant, pupil.Id));
            var checker = incident.Number % 3 == 0 ? site[Role.KeyWorker, incident.Number] : pupil.ClassTeacher!.Value;
            await grain.RecordAsync(
                site.As(checker, $"{incident.Id} check {day:yyyy-MM-dd}", "daily-check"),
                new RecordCheck(day, result, result == CheckResult.Concern ? "Had a second phone in the bag." : null, NoneHeld: result == CheckResult.Clear)).Done("check");
            if (result == CheckResult.Concern)
            {
                await grain.AnswerConcernAsync(site.As(site[Role.Dsl], $"{incident.Id} concern {day:yyyy-MM-dd}"), new AnswerConcern(day, null, "An old phone without a card, handed in at once.")).Done("concern");
            }
        }
    }

    private async Task SubmitAsync(DateOnly week) =>
        await site.Get<IWeeklyUpdateGrain>(WeekKey.Of(site.Tenant, week)).SubmitAsync(
            site.As(site[Role.Dsl], $"week {week:yyyy-MM-dd}"), new SubmitWeeklyUpdate("Devices are at the office; no change to accounts is needed.")).Done("weekly update");
}
