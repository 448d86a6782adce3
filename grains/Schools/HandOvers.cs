using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>When a cover or a role begins or ends on its day, nobody tells the streams that hold duties: each has a due row for it.</summary>
internal static class HandOvers
{
    /// <summary>00:00 in Europe/London of the first later day on which covers and roles give another answer than on this one; null: no such day is arranged.</summary>
    public static DateTimeOffset? NextHandOver<T>(this SchoolFacts facts, DateOnly day, Func<DateOnly, T> answer) =>
        facts.NextChange(day, answer) is { } next ? London.ToInstant(next, TimeOnly.MinValue) : null;
}
