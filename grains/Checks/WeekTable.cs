using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>The week's figures, from where each check stands. Withdrawn checks were not asked for.</summary>
internal static class WeekTable
{
    public static WeekCounts Counts(IEnumerable<WeekOccasion> checks)
    {
        var asked = checks.Where(c => c.Status != CheckStatus.Withdrawn).ToList();
        int Of(CheckStatus status) => asked.Count(c => c.Status == status);
        return new WeekCounts(
            asked.Count, Of(CheckStatus.Clear), Of(CheckStatus.Concern), Of(CheckStatus.PupilAbsent), Of(CheckStatus.DeviceNotInSchool), Of(CheckStatus.Missed),
            asked.Count(c => c.IsOpen), asked.Count(c => c.Late));
    }

    public static ImmutableList<PupilWeek> Pupils(WeekState state) =>
    [
        .. state.Checks.Where(c => c.Status != CheckStatus.Withdrawn).GroupBy(c => c.Pupil).OrderBy(g => g.Key.Value).Select(g => new PupilWeek(
            g.Key, g.Last().DevicesRemoved, Counts(g), [.. g.Where(c => c.Status != CheckStatus.Clear).Select(c => new DayException(c.Date, c.Status))])),
    ];
}
