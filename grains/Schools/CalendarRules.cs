using System.Globalization;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>What a calendar must satisfy before days are counted in it. All problems at once, each with its field.</summary>
public static class CalendarRules
{
    private const int MaxTerms = 60;
    private const int MaxDays = 1000;

    public static Result<SchoolCalendar> Check(SchoolCalendar calendar)
    {
        var errors = new List<DomainError>();
        CheckSizes(calendar, errors);
        if (errors.Count == 0)
        {
            CheckTerms(calendar.Terms, errors);
            CheckInset(calendar, errors);
            CheckClosures(calendar.Closures, errors);
        }

        if (calendar.DayEnds <= calendar.DayStarts)
        {
            errors.Add(DomainError.Invalid("DAY_ENDS_BEFORE_START", "The school day ends before it begins. Check the two times.", "dayEnds"));
        }

        return errors.Count == 0 ? calendar : Result<SchoolCalendar>.Failed(errors);
    }

    private static void CheckSizes(SchoolCalendar calendar, List<DomainError> errors)
    {
        if (calendar.Terms.Count is 0 or > MaxTerms)
        {
            errors.Add(DomainError.Invalid("TERMS_COUNT", "A calendar has at least one term and at most 60. Add the terms of this academic year.", "terms"));
        }

        if (calendar.InsetDays.Count > MaxDays)
        {
            errors.Add(DomainError.Invalid("INSET_COUNT", "There are more than 1,000 INSET days. Remove those of past years.", "insetDays"));
        }

        if (calendar.Closures.Count > MaxDays)
        {
            errors.Add(DomainError.Invalid("CLOSURES_COUNT", "There are more than 1,000 closures. Remove those of past years.", "closures"));
        }
    }

    private static void CheckTerms(IReadOnlyList<SchoolTerm> terms, List<DomainError> errors)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            var term = terms[i];
            if (string.IsNullOrWhiteSpace(term.Name))
            {
                errors.Add(DomainError.Invalid("TERM_NAME_MISSING", "A term needs a name, such as Autumn 2026.", Field("terms", i, "name")));
            }

            if (term.End < term.Start)
            {
                errors.Add(DomainError.Invalid("TERM_ENDS_BEFORE_START", $"{term.Name} ends before it starts. Check the two dates.", Field("terms", i, "end")));
            }

            CheckHalfTerm(term, i, errors);
            if (i > 0 && term.Start <= terms[i - 1].End)
            {
                errors.Add(DomainError.Invalid("TERMS_OVERLAP", $"{term.Name} starts before {terms[i - 1].Name} has ended. Terms follow each other in order of time.", Field("terms", i, "start")));
            }
        }
    }

    private static void CheckHalfTerm(SchoolTerm term, int i, List<DomainError> errors)
    {
        if (term.HalfTermStart is null != term.HalfTermEnd is null)
        {
            var missing = term.HalfTermStart is null ? "halfTermStart" : "halfTermEnd";
            errors.Add(DomainError.Invalid("HALF_TERM_INCOMPLETE", $"The half-term of {term.Name} has only one of its two dates. Add the other.", Field("terms", i, missing)));
        }
        else if (term.HalfTermEnd < term.HalfTermStart)
        {
            errors.Add(DomainError.Invalid("HALF_TERM_ENDS_BEFORE_START", $"The half-term of {term.Name} ends before it starts. Check the two dates.", Field("terms", i, "halfTermEnd")));
        }
        else if (term.HalfTermStart <= term.Start || term.HalfTermEnd >= term.End)
        {
            errors.Add(DomainError.Invalid("HALF_TERM_OUTSIDE_TERM", $"The half-term of {term.Name} is not inside the term. Check its dates.", Field("terms", i, "halfTermStart")));
        }
    }

    private static void CheckInset(SchoolCalendar calendar, List<DomainError> errors)
    {
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < calendar.InsetDays.Count; i++)
        {
            var day = calendar.InsetDays[i];
            var text = day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
            if (!seen.Add(day))
            {
                errors.Add(DomainError.Invalid("INSET_TWICE", $"The INSET day {text} is listed twice. Remove one.", Field("insetDays", i)));
            }

            if (calendar.TermOf(day) is not { } term || (term.HalfTermStart <= day && day <= term.HalfTermEnd))
            {
                errors.Add(DomainError.Invalid("INSET_OUTSIDE_TERM", $"The INSET day {text} is not in a term. Check the date, or remove it: holidays need none.", Field("insetDays", i)));
            }
            else if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                errors.Add(DomainError.Invalid("INSET_ON_WEEKEND", $"The INSET day {text} is on a weekend. Check the date.", Field("insetDays", i)));
            }
        }
    }

    private static void CheckClosures(IReadOnlyList<SchoolClosure> closures, List<DomainError> errors)
    {
        for (var i = 0; i < closures.Count; i++)
        {
            if (closures[i].To < closures[i].From)
            {
                errors.Add(DomainError.Invalid("CLOSURE_ENDS_BEFORE_START", "A closure ends before it starts. Check the two dates.", Field("closures", i, "to")));
            }

            if (string.IsNullOrWhiteSpace(closures[i].Reason))
            {
                errors.Add(DomainError.Invalid("CLOSURE_REASON_MISSING", "A closure needs a reason, such as snow. Add it.", Field("closures", i, "reason")));
            }
        }
    }

    private static string Field(string list, int i, string? property = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}.{i}{(property is null ? "" : "." + property)}");
}
