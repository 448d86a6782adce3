namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>How the daily checks of a pupil end within the simulated months.</summary>
internal enum Ending
{
    None,
    PupilLeaves,
    DslEndsThem,
}

/// <param name="Number">0 to 29; 30 comes when another has left.</param>
internal sealed record TermPupil(TermSchool School, int Number)
{
    private static readonly DateOnly ReviewDay = new(2026, 11, 25);

    public int Class => Number % 30 / 10;

    public bool ByKeyWorker => Number % 4 == 3;

    public bool DevicesRemoved => Number % 7 == 3;

    /// <summary>Three pupils of each class in ten are checked before or after school.</summary>
    public TimeOnly By => (Number % 10) switch
    {
        9 => new(7, 15),
        8 => new(19, 30),
        _ => School.By,
    };

    public DateOnly From(DateOnly first) => Number < 30 ? first : new(2026, 12, 7);

    /// <summary>Some are reviewed in November, the others after the simulation.</summary>
    public DateOnly ReviewOn => Number % 10 == 0 && Number < 30 ? ReviewDay : new(2027, 6, 30);

    /// <summary>When the DSL decides to go on: on the day itself, or after having been reminded.</summary>
    public DateTimeOffset? ContinuedAt => Number switch
    {
        0 => TermDates.Utc(ReviewDay, new(12, 0)),
        10 => TermDates.Utc(new(2026, 11, 30), new(12, 0)),
        _ => null,
    };

    public Ending Ends => Number switch
    {
        20 => Ending.DslEndsThem,
        13 when School.Name == "Ash" => Ending.PupilLeaves,
        _ => Ending.None,
    };

    public DateTimeOffset? EndsAt => Ends switch
    {
        Ending.DslEndsThem => TermDates.Utc(ReviewDay, new(12, 0)),
        Ending.PupilLeaves => TermDates.Utc(new(2026, 12, 3), new(12, 0)),
        _ => null,
    };

    /// <summary>Null: nothing ends the check of that day. The last day on roll is a day like others.</summary>
    public DateTimeOffset? EndOf(DateOnly day) => Ends == Ending.PupilLeaves && day <= TermDates.DayOf(EndsAt!.Value) ? null : EndsAt;
}
