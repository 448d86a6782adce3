using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Grains.Strategies;

namespace OnlineSafetyTrust.Grains.Access;

/// <summary>What a strategy's terms say of a use at an instant.</summary>
internal static class TermsRules
{
    public static IEnumerable<AccessReason> Apply(AccessFacts facts, StrategyStatus status, TermsRecord terms, AccessUse use, DateTimeOffset now)
    {
        var kind = status == StrategyStatus.Active ? AccessReasonKind.Strategy : AccessReasonKind.InterimStrategy;
        AccessReason Reason(AccessOutcome outcome, string text) => new(kind, outcome, StrategyKey.Stream(facts.Pupil).Value, text);

        if (terms.Supervision != Supervision.Independent)
        {
            yield return terms.Supervision == Supervision.NoUse
                ? Reason(AccessOutcome.Deny, "The strategy allows no use.")
                : Reason(AccessOutcome.AllowSupervised, "The strategy asks for somebody beside the pupil.");
        }

        if (terms.Devices is { } devices && !(use.Device is { } asked && devices.Contains(asked)))
        {
            // Which device was not said: somebody beside the pupil sees that it is one of them.
            yield return use.Device is null && devices.Count > 0
                ? Reason(AccessOutcome.AllowSupervised, "The strategy allows certain devices only.")
                : Reason(AccessOutcome.Deny, "The strategy does not allow this device.");
        }

        if (terms.Services is { } services && use.Reach >= Reach.Internet && !(facts.OpenServices(services) is { } named && !Unreadable.Is(named) && named.Any(use.IsService)))
        {
            yield return Reason(AccessOutcome.Deny, "The strategy allows certain services only, and this is not one.");
        }

        if (terms.Times is { } times && !times.Any(w => Contains(w, now)))
        {
            yield return Reason(AccessOutcome.Deny, "The strategy allows use at certain times only, and this is not one.");
        }
    }

    /// <summary>Beginnings and ends of the windows from today to the same weekday of next week, in no order.</summary>
    public static IEnumerable<DateTimeOffset> Boundaries(IReadOnlyList<AccessWindow> windows, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        return from ahead in Enumerable.Range(0, 8)
               let day = today.AddDays(ahead)
               from window in windows
               where window.Days.Contains((Weekday)day.DayOfWeek)
               from time in new[] { window.From, window.To }
               select London.ToInstant(day, time);
    }

    // By instants, not by the clock's reading: an hour that comes twice in autumn opens once.
    private static bool Contains(AccessWindow window, DateTimeOffset now)
    {
        var day = London.DateOf(now);
        return window.Days.Contains((Weekday)day.DayOfWeek) && London.ToInstant(day, window.From) <= now && now < London.ToInstant(day, window.To);
    }
}
