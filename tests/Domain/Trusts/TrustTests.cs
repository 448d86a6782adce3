using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Trusts;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Trusts;

/// <summary>A1: a trust is founded once, by the platform's operator, and each of its schools joins it once.</summary>
public class TrustTests
{
    private static readonly FoundTrust Oak = new("Oak", TrustKind.Federation);
    private static readonly SchoolJoined Joined = new(Id, "100001");

    [Fact]
    public void A_trust_is_founded_with_its_name_without_the_blanks_around_it() =>
        Assert.Equal([new TrustFounded("Oak", TrustKind.Federation)], TrustDecider.Found(TrustState.Empty, Oak with { Name = " Oak " }, Product(Monday)).Value!);

    [Fact]
    public void A_trust_is_founded_once() =>
        Assert.Equal("TRUST_EXISTS", Code(TrustDecider.Found(Apply(TrustState.Empty, new TrustFounded("Oak", TrustKind.Federation)), Oak, Product(Monday))));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_trust_without_a_name_is_not_founded(string name) => Assert.Equal("NAME_MISSING", Code(TrustDecider.Found(TrustState.Empty, Oak with { Name = name }, Product(Monday))));

    [Theory]
    [InlineData(Role.TrustAdministrator)]
    [InlineData(Role.Headteacher)]
    public void Nobody_signed_in_founds_a_trust(Role role) => Assert.Equal("NOT_ALLOWED", Code(TrustDecider.Found(TrustState.Empty, Oak, By(role))));

    [Fact]
    public void A_school_joins_and_the_same_message_again_changes_nothing()
    {
        var joined = Assert.Single(TrustDecider.Join(TrustState.Empty, Joined).Value!);
        var after = Apply(TrustState.Empty, joined);

        Assert.Equal(new TrustSchoolJoined(Id, "100001"), joined);
        Assert.Equal([new TrustSchool(Id, "100001", Monday)], after.Schools);
        Assert.Empty(TrustDecider.Join(after, Joined).Value!);
        Assert.Empty(TrustDecider.Join(after, Joined with { Urn = "100009" }).Value!);
    }

    [Fact]
    public void A_second_school_joins_beside_the_first()
    {
        var other = new SchoolJoined(TenantId.School(Guid.Parse("11111111-0000-7000-8000-000000000002")), "100002");
        var before = Apply(TrustState.Empty, new TrustSchoolJoined(Id, "100001"));
        Assert.Equal(["100001", "100002"], Apply(before, Assert.Single(TrustDecider.Join(before, other).Value!)).Schools.Select(s => s.Urn));
    }

    private static TrustState Apply(TrustState state, object @event) => state.Apply(@event, new EventMeta(1, Monday, Actor.System));

    private static string? Code(Result<Events> result) => result.Errors is [var error, ..] ? error.Code : null;
}
