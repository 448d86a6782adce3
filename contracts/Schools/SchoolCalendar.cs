namespace OnlineSafetyTrust.Contracts.Schools;

/// <summary>When a school is open. Dates and times of day are Europe/London.</summary>
/// <param name="Terms">In order of time.</param>
/// <param name="InsetDays">Staff only: not school days.</param>
/// <param name="Closures">Days on which the school was or will be shut, though it is term.</param>
/// <param name="DayStarts">When the school day begins.</param>
/// <param name="DayEnds">When the school day ends: what "the end of the same school day" means.</param>
[GenerateSerializer, Immutable, Alias("SchoolCalendar")]
public sealed record SchoolCalendar(
    IReadOnlyList<SchoolTerm> Terms, IReadOnlyList<DateOnly> InsetDays, IReadOnlyList<SchoolClosure> Closures, TimeOnly DayStarts, TimeOnly DayEnds);

/// <summary>A term with its half-term holiday.</summary>
/// <param name="Start">First day, included.</param>
/// <param name="End">Last day, included.</param>
/// <param name="HalfTermStart">First day of the half-term holiday; null: none.</param>
/// <param name="HalfTermEnd">Last day of the half-term holiday, included.</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable, Alias("SchoolTerm")]
public sealed record SchoolTerm(string Name, DateOnly Start, DateOnly End, DateOnly? HalfTermStart, DateOnly? HalfTermEnd);

/// <summary>Days on which the school is closed beyond its holidays.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Reason">In the school's words, for its own staff; kept apart from the calendar, because it may name somebody.</param>
/// <param name="AnnouncedAt">When the school said so: what was overdue before that stays overdue.</param>
[GenerateSerializer, Immutable, Alias("SchoolClosure")]
public sealed record SchoolClosure(DateOnly From, DateOnly To, [property: Personal] string? Reason, DateTimeOffset AnnouncedAt);
