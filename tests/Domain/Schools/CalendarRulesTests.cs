using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

public sealed class CalendarRulesTests
{
    private static readonly SchoolTerm Autumn = new("Autumn", new(2026, 9, 1), new(2026, 12, 18), new(2026, 10, 26), new(2026, 10, 30));
    private static readonly SchoolTerm Spring = new("Spring", new(2027, 1, 4), new(2027, 3, 25), null, null);
    private static readonly SchoolCalendar Good = new([Autumn, Spring], [new(2026, 9, 1)], [new(new(2027, 1, 20), new(2027, 1, 20), "Snow", default)], new(8, 45), new(15, 30));

    public static TheoryData<SchoolCalendar, string, string?> Bad => new()
    {
        { Good with { Terms = [] }, "TERMS_COUNT", "terms" },
        { Good with { Terms = [Autumn with { Name = " " }, Spring] }, "TERM_NAME_MISSING", "terms.0.name" },
        { Good with { Terms = [Autumn, Spring with { End = new(2026, 1, 1) }] }, "TERM_ENDS_BEFORE_START", "terms.1.end" },
        { Good with { Terms = [Autumn, Spring with { Start = new(2026, 12, 18) }] }, "TERMS_OVERLAP", "terms.1.start" },
        { Good with { Terms = [Autumn with { HalfTermEnd = null }, Spring] }, "HALF_TERM_INCOMPLETE", "terms.0.halfTermEnd" },
        { Good with { Terms = [Autumn with { HalfTermStart = null }, Spring] }, "HALF_TERM_INCOMPLETE", "terms.0.halfTermStart" },
        { Good with { Terms = [Autumn with { HalfTermEnd = new(2026, 10, 1) }, Spring] }, "HALF_TERM_ENDS_BEFORE_START", "terms.0.halfTermEnd" },
        { Good with { Terms = [Autumn with { HalfTermEnd = new(2026, 12, 20) }, Spring] }, "HALF_TERM_OUTSIDE_TERM", "terms.0.halfTermStart" },
        { Good with { InsetDays = [new(2026, 9, 2), new(2026, 12, 28)] }, "INSET_OUTSIDE_TERM", "insetDays.1" },
        { Good with { InsetDays = [new(2026, 10, 27)] }, "INSET_OUTSIDE_TERM", "insetDays.0" },
        { Good with { InsetDays = [new(2026, 9, 5)] }, "INSET_ON_WEEKEND", "insetDays.0" },
        { Good with { InsetDays = [new(2026, 9, 2), new(2026, 9, 2)] }, "INSET_TWICE", "insetDays.1" },
        { Good with { Closures = [new(new(2027, 1, 20), new(2027, 1, 19), "Snow", default)] }, "CLOSURE_ENDS_BEFORE_START", "closures.0.to" },
        { Good with { Closures = [new(new(2027, 1, 20), new(2027, 1, 20), "", default)] }, "CLOSURE_REASON_MISSING", "closures.0.reason" },
        { Good with { DayEnds = new(8, 45) }, "DAY_ENDS_BEFORE_START", "dayEnds" },
    };

    [Fact]
    public void A_good_calendar_passes() => Assert.True(CalendarRules.Check(Good).Ok);

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_mistake_names_its_field(SchoolCalendar calendar, string code, string? field)
    {
        var error = Assert.Single(CalendarRules.Check(calendar).Errors);
        Assert.Equal((code, field), (error.Code, Assert.Single(error.Fields)));
    }

    [Fact]
    public void All_mistakes_at_once() =>
        Assert.Equal(
            ["TERMS_OVERLAP", "INSET_ON_WEEKEND", "DAY_ENDS_BEFORE_START"],
            CalendarRules.Check(Good with { Terms = [Autumn, Spring with { Start = new(2026, 12, 18) }], InsetDays = [new(2026, 9, 5)], DayEnds = new(8, 0) }).Errors.Select(e => e.Code));
}
