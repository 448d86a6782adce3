using System.Globalization;

namespace OnlineSafetyTrust.Contracts.Policies;

/// <summary>Unit of a period.</summary>
public enum PeriodUnit
{
    /// <summary>Days.</summary>
    Day,

    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Terms.</summary>
    Term,

    /// <summary>Years.</summary>
    Year,
}

/// <summary>How often, or how long. Text form: <c>1 week</c>, <c>2 years</c>.</summary>
/// <param name="Count">How many units.</param>
/// <param name="Unit">Unit of the period.</param>
[GenerateSerializer, Immutable, Alias("PolicyPeriod")]
public readonly record struct PolicyPeriod(int Count, PeriodUnit Unit)
{
    /// <summary>Rough length, only to tell the shorter of two periods; a due date is counted in the school's own calendar.</summary>
    public int ApproximateDays => Count * Unit switch
    {
        PeriodUnit.Day => 1,
        PeriodUnit.Week => 7,
        PeriodUnit.Month => 30,
        PeriodUnit.Term => 122,
        _ => 365,
    };

    public static bool TryParse(string text, out PolicyPeriod period)
    {
        period = default;
        var parts = text.Split(' ');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is 0 or > 200)
        {
            return false;
        }

        foreach (var unit in Enum.GetValues<PeriodUnit>())
        {
            var name = unit.ToString().ToLowerInvariant();
            if (parts[1] == name || parts[1] == name + "s")
            {
                period = new(count, unit);
                return true;
            }
        }

        return false;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count} {Unit.ToString().ToLowerInvariant()}{(Count == 1 ? "" : "s")}");
}
