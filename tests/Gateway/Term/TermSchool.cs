using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>A school that closes on a day of term.</summary>
/// <param name="Announced">That morning, or when it was already running.</param>
internal sealed record Closing(DateOnly Day, TimeOnly Announced, string Why);

/// <summary>Somebody stands in for somebody on these days.</summary>
internal sealed record Standing(string Absent, string Cover, DateOnly From, DateOnly To);

/// <summary>
/// One school of the simulated months. The open days are written out beside the calendar that the product is given: the one is not
/// computed from the other.
/// </summary>
/// <param name="Open">Days on which there is school, those of <paramref name="Closings"/> included.</param>
internal sealed record TermSchool(
    string Name, string Urn, TimeOnly By, IReadOnlyList<DateOnly> Open, SchoolCalendar Calendar, IReadOnlyList<Closing> Closings, IReadOnlyList<Standing> Covers,
    DateTimeOffset? TeacherLeaves)
{
    public static readonly TermSchool Ash = new(
        "Ash", "100001", new(15, 30),
        TermDates.Weekdays(
            (new(2026, 10, 12), new(2026, 10, 23)), (new(2026, 11, 3), new(2026, 12, 18)), (new(2027, 1, 4), new(2027, 2, 12)), (new(2027, 2, 22), new(2027, 3, 4)),
            (new(2027, 3, 8), new(2027, 3, 25)), (new(2027, 4, 12), new(2027, 4, 30))),
        new(
            [
                new("Autumn", new(2026, 9, 2), new(2026, 12, 18), new(2026, 10, 24), new(2026, 11, 1)),
                new("Spring", new(2027, 1, 4), new(2027, 3, 25), new(2027, 2, 13), new(2027, 2, 21)),
                new("Summer", new(2027, 4, 12), new(2027, 7, 20), null, null),
            ],
            [new(2026, 11, 2), new(2027, 3, 5)], [], new(8, 45), new(15, 20)),
        // A Friday: the week then ended on the day before.
        [new(new(2027, 1, 22), new(7, 40), "Snow")],
        [new("teacher0", "cover", new(2026, 11, 9), new(2026, 11, 13)), new("head", "senior", new(2026, 12, 7), new(2026, 12, 9))],
        null);

    /// <summary>Open on the Monday after the clocks go back, and on the Wednesday after they go forward, with Easter's bank holidays around that weekend.</summary>
    public static readonly TermSchool Birch = new(
        "Birch", "100002", new(15, 0),
        TermDates.Weekdays(
            (new(2026, 10, 12), new(2026, 10, 30)), (new(2026, 11, 9), new(2026, 11, 26)), (new(2026, 11, 30), new(2026, 12, 16)), (new(2027, 1, 5), new(2027, 2, 19)),
            (new(2027, 3, 1), new(2027, 3, 25)), (new(2027, 3, 30), new(2027, 3, 31)), (new(2027, 4, 19), new(2027, 4, 30))),
        new(
            [
                new("Autumn", new(2026, 9, 2), new(2026, 12, 16), new(2026, 10, 31), new(2026, 11, 8)),
                new("Spring", new(2027, 1, 4), new(2027, 3, 31), new(2027, 2, 20), new(2027, 2, 28)),
                new("Summer", new(2027, 4, 19), new(2027, 7, 23), null, null),
            ],
            [new(2026, 11, 27), new(2027, 1, 4)], [], new(9, 0), new(15, 10)),
        [new(new(2027, 1, 20), new(7, 40), "Snow"), new(new(2027, 2, 12), new(15, 20), "The boiler failed")],
        [new("dsl", "deputy", new(2026, 12, 7), new(2026, 12, 11)), new("head", "senior", new(2026, 10, 26), new(2026, 10, 27))],
        TermDates.Utc(new(2026, 11, 24), new(10, 0)));

    public static readonly IReadOnlyList<(string Name, Role Role)> Staff =
    [
        ("dsl", Role.Dsl), ("deputy", Role.DeputyDsl), ("head", Role.Headteacher), ("senior", Role.SeniorLeader), ("network", Role.NetworkManager), ("worker", Role.KeyWorker),
        ("teacher0", Role.ClassTeacher), ("teacher1", Role.ClassTeacher), ("teacher2", Role.ClassTeacher), ("cover", Role.SupportStaff),
    ];

    /// <summary>Takes over the class of the teacher who leaves.</summary>
    public const string Successor = "successor";

    /// <summary>Whoever holds the office on a day.</summary>
    public string Holder(string office, DateOnly day) => Covers.FirstOrDefault(c => c.Absent == office && c.From <= day && day <= c.To)?.Cover ?? office;

    /// <param name="at">When that is asked: before or after somebody left.</param>
    public string Checker(TermPupil pupil, DateOnly day, DateTimeOffset at) =>
        pupil.ByKeyWorker ? "worker" : pupil.Class == 1 && at >= TeacherLeaves ? Successor : Holder($"teacher{pupil.Class}", day);

    /// <summary>The next day on which the school is open at that time of day.</summary>
    public DateOnly NextOpen(DateOnly after, TimeOnly at) => Open.First(d => d > after && !(ClosedAt(d) <= at));

    public TimeOnly? ClosedAt(DateOnly day) => Closings.FirstOrDefault(c => c.Day == day)?.Announced;
}
