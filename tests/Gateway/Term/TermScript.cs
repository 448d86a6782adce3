namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <param name="At">When somebody records the check.</param>
/// <param name="Result">Clear, Concern, PupilAbsent or DeviceNotInSchool.</param>
internal sealed record Recording(DateTimeOffset At, string Result);

/// <summary>What people do in the simulated months: decided by a seed, per pupil and day.</summary>
/// <param name="First">First school day, a Monday.</param>
/// <param name="End">When the simulation stops.</param>
/// <param name="Restarts">When the machine is restarted.</param>
/// <param name="Down">From when to when the machine is off; what people would have done then is not done.</param>
internal sealed record TermScript(uint Seed, DateOnly First, DateTimeOffset End, IReadOnlyList<DateTimeOffset> Restarts, (DateTimeOffset From, DateTimeOffset To)? Down, int PupilsPerSchool)
{
    public IReadOnlyList<TermSchool> Schools { get; } = [TermSchool.Ash, TermSchool.Birch];

    public DateTimeOffset Start => TermDates.Utc(First, new(6, 30));

    /// <summary>Thirty in each school; in one school another one comes for the one who leaves.</summary>
    public IEnumerable<TermPupil> Pupils(TermSchool school) =>
        Enumerable.Range(0, PupilsPerSchool).Append(30).Where(n => n < 30 || school.Name == "Ash").Select(n => new TermPupil(school, n))
            .Where(p => TermDates.Utc(p.From(First), new(6, 30)) <= End);

    public IEnumerable<DateOnly> Days(TermPupil pupil) => pupil.School.Open.Where(d => d >= pupil.From(First));

    public bool IsDown(DateTimeOffset at) => Down is { } down && at >= down.From && at < down.To;

    /// <summary>Null: nobody records the check.</summary>
    public Recording? Recorded(TermPupil pupil, DateOnly day)
    {
        if (Fate(pupil, day) is not { } at || IsDown(at) || at > End || at >= pupil.EndOf(day))
        {
            return null;
        }

        // Once the school is closed nobody can record anything for that day.
        return pupil.School.ClosedAt(day) is { } closed && at >= TermDates.Utc(day, closed) ? null : new Recording(at, Result(pupil, day));
    }

    /// <summary>When the DSL answers a concern; null: never.</summary>
    public DateTimeOffset? Answered(TermPupil pupil, DateOnly day)
    {
        var at = TermDates.Utc(pupil.School.NextOpen(pupil.School.NextOpen(day, new(7, 0)), new(7, 0)), new(13, 30));
        return Draw(pupil, day, 3) % 3 == 0 || IsDown(at) || at > End || at >= pupil.EndsAt ? null : at;
    }

    /// <summary>When the DSL sends the week's update; null: never.</summary>
    public DateTimeOffset? Sent(TermSchool school, DateOnly last)
    {
        var next = school.NextOpen(last, new(12, 0));
        DateTimeOffset? at = (((last.DayNumber / 7) + school.Name.Length) % 5) switch
        {
            // The week that the snow shortened was drafted a day late.
            0 when !school.Closings.Any(c => TermDates.MondayOf(c.Day) == TermDates.MondayOf(last)) => TermDates.Utc(last, new(16, 10)),
            0 or 1 => TermDates.Utc(next, new(10, 0)),
            2 => TermDates.Utc(next, new(13, 0)),
            3 => TermDates.Utc(school.NextOpen(next, new(10, 0)), new(10, 0)),
            _ => null,
        };
        return at > End || (at is { } time && IsDown(time)) ? null : at;
    }

    /// <summary>A lost answer: the same command is sent again.</summary>
    public bool SentTwice(TermPupil pupil, DateOnly day) => Draw(pupil, day, 4) % 8 == 0;

    private DateTimeOffset? Fate(TermPupil pupil, DateOnly day)
    {
        var by = TermDates.Utc(day, pupil.By);
        var snow = pupil.School == TermSchool.Ash && pupil.School.ClosedAt(day) is not null;
        return (Draw(pupil, day, 1) % 100) switch
        {
            < 70 when pupil.By < new TimeOnly(8, 0) => snow ? null : TermDates.Utc(day, new(7, 5)),
            < 30 => TermDates.Utc(day, new(10, 20)),
            < 70 => TermDates.Utc(day, new(14, 0)),
            < 79 => by.AddMinutes(25),
            < 86 => by.AddMinutes(95),
            < 90 => TermDates.Utc(pupil.School.NextOpen(day, new(8, 30)), new(8, 30)),
            < 94 => TermDates.Utc(pupil.School.NextOpen(day, new(11, 0)), new(11, 0)),
            _ => null,
        };
    }

    private string Result(TermPupil pupil, DateOnly day) => (Draw(pupil, day, 2) % 20) switch
    {
        < 14 => "Clear",
        < 16 => "PupilAbsent",
        < 18 => pupil.DevicesRemoved ? "Clear" : "DeviceNotInSchool",
        _ => "Concern",
    };

    private uint Draw(TermPupil pupil, DateOnly day, uint what)
    {
        var x = Seed ^ (uint)(day.DayNumber * 2654435761u) ^ ((uint)pupil.Number * 40503u) ^ (pupil.School.Name[0] * 97u) ^ (what * 0x9E3779B9u);
        for (var round = 0; round < 3; round++)
        {
            x ^= x >> 16;
            x *= 0x7FEB352Du;
            x ^= x >> 15;
            x *= 0x846CA68Bu;
        }

        return x ^ (x >> 16);
    }
}
