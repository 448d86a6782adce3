using NodaTime;
using NodaTime.TimeZones;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>
/// Europe/London from the time-zone data that comes with NodaTime, so that a machine without or with old zone data counts the same days.
/// </summary>
public static class London
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    // A time that the clocks skip in spring is moved forward by the gap; one that comes twice in autumn is the first.
    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    /// <summary>UTC instant of a local date and time of day.</summary>
    public static DateTimeOffset ToInstant(DateOnly date, TimeOnly time)
    {
        var local = LocalDate.FromDateOnly(date).At(LocalTime.FromTimeOnly(time));
        return Zone.ResolveLocal(local, Resolver).ToInstant().ToDateTimeOffset();
    }

    public static DateOnly DateOf(DateTimeOffset instant) => Local(instant).Date.ToDateOnly();

    public static TimeOnly TimeOf(DateTimeOffset instant) => Local(instant).TimeOfDay.ToTimeOnly();

    private static LocalDateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zone).LocalDateTime;
}
