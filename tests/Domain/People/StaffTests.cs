using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.People;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.People;

public class StaffTests
{
    private static readonly DateOnly Today = new(2026, 11, 2);
    private static readonly CommandContext AtTrust = By(Role.TrustAdministrator) with { Tenant = TenantId.Trust(Guid.Empty) };

    // One person per role.
    private static readonly StaffState Staff = new(
        Enum.GetValues<Role>().ToImmutableDictionary(Of, r => new StaffMember(Of(r), Personal.Of(KeyOwner.Of(Of(r)), "Name"), Personal.Of(KeyOwner.Of(Of(r)), "a@b"), null, null, [new(r, new(2020, 9, 1), null)], null)), []);

    [Theory]
    [InlineData(Role.Headteacher, Role.Dsl)]
    [InlineData(Role.SeniorLeader, Role.ClassTeacher)]
    [InlineData(Role.Dsl, Role.Headteacher)]
    public void Nobody_appoints_themselves_as_a_senior_leader_once_could_to_dsl(Role who, Role role) =>
        Assert.Equal("APPOINTS_SELF", Code(Assign(By(who), Of(who), role)));

    [Theory]
    [InlineData(Role.SeniorLeader, Role.Dsl, "NOT_ALLOWED")]
    [InlineData(Role.SeniorLeader, Role.DeputyDsl, "NOT_ALLOWED")]
    [InlineData(Role.Dsl, Role.Headteacher, "NOT_ALLOWED")]
    [InlineData(Role.Headteacher, Role.Dsl, null)]
    [InlineData(Role.Headteacher, Role.Headteacher, null)]
    [InlineData(Role.SeniorLeader, Role.ClassTeacher, null)]
    [InlineData(Role.SeniorLeader, Role.SupportStaff, null)]
    [InlineData(Role.ClassTeacher, Role.SupportStaff, "NOT_ALLOWED")]
    [InlineData(Role.Headteacher, Role.TrustAdministrator, "TRUST_ROLE")]
    [InlineData(Role.Headteacher, Role.TrustSafeguardingLead, "TRUST_ROLE")]
    public void Only_the_head_gives_the_roles_that_see_everything_and_no_school_gives_a_trusts(Role who, Role role, string? code)
    {
        Assert.Equal(code, Code(Assign(By(who), Of(Role.Volunteer), role)));
        Assert.Equal(code == "TRUST_ROLE" ? code : null, Code(Assign(Product(Monday), Of(Role.Volunteer), role)));
    }

    [Fact]
    public void A_trusts_roles_are_given_at_the_trust_by_its_administrator()
    {
        Assert.Null(Code(Assign(AtTrust, Of(Role.Volunteer), Role.TrustSafeguardingLead)));
        Assert.Equal("NOT_ALLOWED", Code(Assign(AtTrust with { Actor = Actor.Of(Of(Role.TrustSafeguardingLead)) }, Of(Role.Volunteer), Role.TrustAdministrator)));
        Assert.Null(Code(Assign(AtTrust with { Actor = Actor.System }, Of(Role.Volunteer), Role.TrustAdministrator)));
    }

    [Fact]
    public void A_senior_leader_does_not_take_the_dsls_role_from_its_holder() =>
        Assert.Equal("NOT_ALLOWED", Code(StaffDecider.End(Staff, new EndRole(Of(Role.Dsl), Role.Dsl, Today), By(Role.SeniorLeader), Today)));

    [Fact]
    public void A_senior_leader_arranges_cover_but_does_not_become_dsl_by_it()
    {
        Result<Events> Cover(Role absent, Role cover) => StaffDecider.Cover(Staff, new ArrangeCover(Of(absent), Of(cover), Today, Today.AddDays(4)), By(Role.SeniorLeader), Today);
        Assert.Null(Code(Cover(Role.Dsl, Role.DeputyDsl)));
        Assert.Null(Code(Cover(Role.ClassTeacher, Role.SeniorLeader)));
        Assert.Equal("APPOINTS_SELF", Code(Cover(Role.Dsl, Role.SeniorLeader)));
    }

    [Fact]
    public void The_same_absence_again_replaces_its_cover_so_that_one_can_end_early()
    {
        var staff = Staff;
        Cover(Of(Role.DeputyDsl), 9);
        var changed = Assert.IsType<CoverArranged>(Assert.Single(Cover(Of(Role.DeputyDsl), 2)));
        Cover(Of(Role.SeniorLeader), 4);

        Assert.Equal(new CoverPeriod(Of(Role.Dsl), Of(Role.DeputyDsl), Today, Today.AddDays(9)), changed.Before);
        Assert.Equal([new CoverPeriod(Of(Role.Dsl), Of(Role.SeniorLeader), Today, Today.AddDays(4))], staff.Covers);
        Assert.Empty(Cover(Of(Role.SeniorLeader), 4));

        Events Cover(PersonId cover, int days)
        {
            var events = StaffDecider.Cover(staff, new ArrangeCover(Of(Role.Dsl), cover, Today, Today.AddDays(days)), By(Role.Headteacher), Today).Value!;
            staff = events.Aggregate(staff, (s, e) => s.Apply(e, new EventMeta(1, Monday, Actor.System)));
            return events;
        }
    }

    private static Result<Events> Assign(CommandContext context, PersonId person, Role role) =>
        StaffDecider.Assign(Staff, new AssignRole(person, role, new(2026, 11, 3), null), context, Today);

    private static string? Code(Result<Events> result) => result.Errors.SingleOrDefault()?.Code;
}
