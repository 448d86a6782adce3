namespace OnlineSafetyTrust.Contracts.Strategies;

/// <summary>How closely use is supervised.</summary>
public enum Supervision
{
    /// <summary>The pupil may work alone.</summary>
    Independent,

    /// <summary>With somebody beside them.</summary>
    Supervised,

    /// <summary>No use at all; essential devices excepted, always.</summary>
    NoUse,
}

/// <summary>What a pupil may use, how and when. An absent list sets no limit; an empty one allows none.</summary>
/// <param name="Devices">Only these.</param>
/// <param name="Services">Only these, by name.</param>
/// <param name="Times">Only then.</param>
/// <param name="Checks">Daily checks that go with it; null: none.</param>
/// <param name="Notes">Anything else that was agreed.</param>
[GenerateSerializer, Immutable, Alias("StrategyTerms")]
public sealed record StrategyTerms(
    Supervision Supervision, IReadOnlyList<DeviceId>? Devices = null, IReadOnlyList<string>? Services = null, IReadOnlyList<AccessWindow>? Times = null, StrategyChecks? Checks = null,
    string? Notes = null);

/// <summary>A day of the week; as <see cref="DayOfWeek"/> counts them.</summary>
public enum Weekday
{
    /// <summary>Sunday.</summary>
    Sunday,

    /// <summary>Monday.</summary>
    Monday,

    /// <summary>Tuesday.</summary>
    Tuesday,

    /// <summary>Wednesday.</summary>
    Wednesday,

    /// <summary>Thursday.</summary>
    Thursday,

    /// <summary>Friday.</summary>
    Friday,

    /// <summary>Saturday.</summary>
    Saturday,
}

/// <summary>Hours of the days named, Europe/London, within one day; <paramref name="To"/> is the first minute outside.</summary>
/// <param name="Days">Days of the week.</param>
/// <param name="From">First minute inside.</param>
/// <param name="To">First minute outside.</param>
[GenerateSerializer, Immutable, Alias("AccessWindow")]
public sealed record AccessWindow(IReadOnlyList<Weekday> Days, TimeOnly From, TimeOnly To);

/// <summary>What a strategy says of daily checks.</summary>
/// <param name="By">Local time by which each school day's check is due.</param>
[GenerateSerializer, Immutable, Alias("StrategyChecks")]
public sealed record StrategyChecks(TimeOnly By);

/// <summary>Terms as they are read: services and notes sealed until opened.</summary>
[GenerateSerializer, Immutable, Alias("StrategyTermsView")]
public sealed record StrategyTermsView(
    Supervision Supervision, IReadOnlyList<DeviceId>? Devices, [property: Personal] IReadOnlyList<string>? Services, IReadOnlyList<AccessWindow>? Times, StrategyChecks? Checks,
    [property: Personal] string? Notes);
