using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Schools;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

public class SafeguardingNumbersTests
{
    private static readonly SchoolState School = Enum.GetValues<Role>().SelectMany(r => new object[]
        {
            new PersonAdded(Of(r), Personal.Of(KeyOwner.Of(Of(r)), "Name"), Personal.Of(KeyOwner.Of(Of(r)), "a@b"), null, null), new RoleAssigned(Of(r), r, new(2020, 9, 1), null),
        })
        .Prepend(new SchoolEstablished(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Contracts.Policies.Nation.England, [], "885", null, null))
        .Aggregate(SchoolState.Empty, After);

    [Fact]
    public void They_are_set_cleared_and_set_again_without_an_event()
    {
        var state = Set(School, "01632 960123", "  +44 (1632)  960-124 ");
        Assert.Equal(("01632 960123", "+44 (1632) 960-124"), (state.SafeguardingPhone, state.OutOfHoursPhone));
        Assert.Same(state, Set(state, " 01632  960123", "+44 (1632) 960-124"));
        state = Set(state, "01632 960123", " ");
        Assert.Equal(("01632 960123", null), (state.SafeguardingPhone, state.OutOfHoursPhone));
    }

    [Theory]
    [InlineData("999", null, null)]
    [InlineData("99", "101", "safeguardingPhone")]
    [InlineData("ask at the office", "101", "safeguardingPhone")]
    [InlineData("101", "01632 960123 ext 4", "outOfHoursPhone")]
    [InlineData("101", "++441632960123", "outOfHoursPhone")]
    [InlineData("101", "0123456789012345", "outOfHoursPhone")]
    public void What_nobody_could_ring_is_refused_and_named(string day, string? night, string? field)
    {
        var result = SchoolDecider.SetNumbers(School, new SetSafeguardingNumbers(day, night), By(Role.Headteacher));
        Assert.Equal(field, result.Errors.SingleOrDefault()?.Fields.Single());
    }

    [Theory]
    [InlineData(Role.Headteacher, true)]
    [InlineData(Role.Dsl, true)]
    [InlineData(Role.SeniorLeader, true)]
    [InlineData(Role.DeputyDsl, false)]
    [InlineData(Role.ClassTeacher, false)]
    public void Head_DSL_and_senior_leaders_set_them(Role role, bool may) =>
        Assert.Equal(may, SchoolDecider.SetNumbers(School, new SetSafeguardingNumbers("101", null), By(role)).Ok);

    private static SchoolState Set(SchoolState state, string? day, string? night)
    {
        var result = SchoolDecider.SetNumbers(state, new SetSafeguardingNumbers(day, night), By(Role.Headteacher));
        Assert.True(result.Ok);
        return result.Value.Aggregate(state, After);
    }

    private static SchoolState After(SchoolState state, object @event) => state.Apply(@event, new EventMeta(1, Monday, Actor.System));
}
