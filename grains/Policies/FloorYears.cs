using System.Globalization;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>Which statutory floor of a nation counts when. A floor is one year's: its id ends with the year from whose 1 September it counts.</summary>
internal static class FloorYears
{
    public static DateOnly FirstDay(PolicyPack floor) => new(int.Parse(floor.Id[^4..], NumberStyles.None, CultureInfo.InvariantCulture), 9, 1);

    /// <summary>The newest that counts on that day; on a day before the oldest, the oldest.</summary>
    public static PolicyPack On(DateOnly day, IEnumerable<PolicyPack> floors) =>
        floors.OrderBy(FirstDay).ToList() is { Count: > 0 } years ? years.FindLast(f => FirstDay(f) <= day) ?? years[0] : throw new InvalidOperationException("No statutory floor is shipped.");

    /// <param name="floor">Id of one.</param>
    public static PolicyPack? After(string floor, IEnumerable<PolicyPack> floors) => floors.Where(f => string.CompareOrdinal(f.Id, floor) > 0).MinBy(f => f.Id, StringComparer.Ordinal);
}
