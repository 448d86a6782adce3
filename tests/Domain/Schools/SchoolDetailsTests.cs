using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Schools;

/// <summary>A1: what a school list says of a school that exists.</summary>
public class SchoolDetailsTests
{
    private static readonly ChangeSchoolDetails Details = new("An Academy ", Phase.AllThrough, ["R", "1"], "Sandwell", "333/4021");

    private readonly SchoolState _state = SchoolState.Empty.Apply(
        new SchoolEstablished(TenantId.Trust(Guid.Empty), "100001", "A School", Phase.Primary, Nation.England, ["R"], "Worcestershire", "101", null, "885/0042"), new EventMeta(1, Monday, Actor.System));

    [Fact]
    public void They_change_with_old_and_new_and_the_same_again_is_no_event()
    {
        var changed = Assert.IsType<SchoolDetailsChanged>(Assert.Single(SchoolDecider.ChangeDetails(_state, Details, Product(Monday)).Value!));
        Assert.Equal(("A School", "An Academy", "885/0042", "333/4021"), (changed.Before.Name, changed.Details.Name, changed.Before.Laestab, changed.Details.Laestab));

        var after = _state.Apply(changed, new EventMeta(2, Monday, Actor.System));
        var view = SchoolModel.View(SchoolKey.Of(Id), after);
        Assert.Equal(("An Academy", Phase.AllThrough, "R 1", "Sandwell", "333/4021"), (view.Name, view.Phase, string.Join(' ', view.YearGroups), view.LocalAuthority, view.Laestab));
        Assert.Equal((_state.Urn, _state.Trust, _state.SafeguardingPhone), (view.Urn, view.Trust, view.SafeguardingPhone));
        Assert.Empty(SchoolDecider.ChangeDetails(after, Details, Product(Monday)).Value!);
        Assert.Single(SchoolDecider.ChangeDetails(after, Details with { YearGroups = ["R"] }, Product(Monday)).Value!);
    }

    [Fact]
    public void Only_the_operator_changes_them_and_only_to_what_a_school_may_have()
    {
        Assert.Equal("NOT_ALLOWED", Assert.Single(SchoolDecider.ChangeDetails(_state, Details, By(Role.Headteacher)).Errors).Code);
        Assert.Equal("NOT_FOUND", Assert.Single(SchoolDecider.ChangeDetails(SchoolState.Empty, Details, Product(Monday)).Errors).Code);
        Assert.Equal("NAME_MISSING", Assert.Single(SchoolDecider.ChangeDetails(_state, Details with { Name = " " }, Product(Monday)).Errors).Code);
        Assert.Equal("LAESTAB_WRONG", Assert.Single(SchoolDecider.ChangeDetails(_state, Details with { Laestab = "1" }, Product(Monday)).Errors).Code);
        Assert.Equal("YEAR_GROUP_UNKNOWN", Assert.Single(SchoolDecider.ChangeDetails(_state, Details with { YearGroups = ["15"] }, Product(Monday)).Errors).Code);
    }
}
