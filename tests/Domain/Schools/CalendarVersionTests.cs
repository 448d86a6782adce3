using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

public class CalendarVersionTests
{
    [Fact]
    public void A_calendar_replaced_the_closure_that_a_colleague_had_announced_meanwhile()
    {
        var school = After(SchoolState.Empty, new SchoolEstablished(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Nation.England, [], "885", null, null));
        school = Set(Calendar, 0);
        var closed = Calendar with { Closures = [new SchoolClosure(new(2026, 11, 3), new(2026, 11, 3), "Snow", default)] };
        school = Set(closed, 1);

        var longer = Calendar with { DayEnds = new(16, 0) };
        var refused = Assert.Single(Try(longer, 1).Errors);
        Assert.Equal((ErrorKind.Conflict, "CALENDAR_CHANGED", "expectedVersion"), (refused.Kind, refused.Code, refused.Fields.Single()));
        Assert.Empty(Try(closed, 1, "Snow").Value!);
        Assert.Single(Try(longer, 2).Value!);
        Assert.Single(Try(longer, null).Value!);
        Assert.Equal(2, SchoolModel.View(SchoolKey.Of(Id), school).CalendarVersion);

        Result<Events> Try(SchoolCalendar calendar, int? expected, params string[] known) => SchoolDecider.SetCalendar(school, new SetCalendar(calendar, expected), known, Product(Monday));

        SchoolState Set(SchoolCalendar calendar, int? expected)
        {
            var result = Try(calendar, expected);
            Assert.True(result.Ok);
            return After(school, Assert.Single(result.Value));
        }
    }

    private static SchoolState After(SchoolState state, object @event) => state.Apply(@event, new EventMeta(1, Monday, Actor.System));
}
