using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.StaffConsole;

namespace OnlineSafetyTrust.Gateway.Sessions;

/// <summary>The same session for pages as for GraphQL, so that the same audit applies.</summary>
internal sealed class ConsoleSession(Session session) : IConsoleSession
{
    public Reader? Found => session.Found;

    public Reader Reader => session.Reader;

    public void IsForDailyChecks() => session.Purpose = Session.DailyCheckPurpose;

    public CommandContext Command(Guid? commandId) => session.Command(commandId);
}

internal sealed class ConsoleClock([FromKeyedServices(ProductClock.Key)] TimeProvider clock) : IConsoleClock
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly DateOf(DateTimeOffset instant) => London.DateOf(instant);

    public TimeOnly TimeOf(DateTimeOffset instant) => London.TimeOf(instant);

    public DateTimeOffset ToInstant(DateOnly date, TimeOnly time) => London.ToInstant(date, time);
}
