using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.StaffConsole;

/// <summary>Who sits before the page. The host takes tenant and person from the cookie and the roles from the people view of the moment.</summary>
public interface IConsoleSession
{
    /// <summary>Null: nobody is signed in.</summary>
    Reader? Found { get; }

    /// <exception cref="UnauthorizedAccessException">Nobody is signed in.</exception>
    Reader Reader { get; }

    /// <summary>From here on this request is about daily checks: its audit and its commands say so.</summary>
    void IsForDailyChecks();

    /// <summary>The context of a command; the grain sets the time.</summary>
    CommandContext Command(Guid? commandId);
}

/// <summary>The product's clock and Europe/London, which belong to the host.</summary>
public interface IConsoleClock
{
    DateTimeOffset Now { get; }

    DateOnly DateOf(DateTimeOffset instant);

    TimeOnly TimeOf(DateTimeOffset instant);

    /// <summary>Of a local date and time of day.</summary>
    DateTimeOffset ToInstant(DateOnly date, TimeOnly time);
}
