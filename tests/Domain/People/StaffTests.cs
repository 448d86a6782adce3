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
    [InlineData(Role.SeniorLeader, Role.OnlineSafetyLead, "NOT_ALLOWED")]
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
    public void A_person_gets_another_name_and_an_address_that_nobody_has_and_keeps_their_sign_in()
    {
        var person = Of(Role.ClassTeacher);
        var staff = Staff with { Members = Staff.Members.SetItem(person, Staff.Members[person] with { SignIn = "digest", Email = Personal.Of(KeyOwner.Of(person), "c@d") }) };
        var updated = Assert.IsType<PersonUpdated>(Assert.Single(Update(new UpdatePerson(person, "Other", "e@f", "t9")).Value!));
        var after = staff.Apply(updated, new EventMeta(1, Monday, Actor.System)).Members[person];
        Assert.Equal(("Other", "e@f", "t9", "digest"), (after.Name.Plain, after.Email.Plain, after.SourceId?.Plain, after.SignIn));
        Assert.Empty(Update(new UpdatePerson(person, "Name", "c@d")).Value!);
        Assert.Equal("EMAIL_TAKEN", Code(Update(new UpdatePerson(person, Email: "A@B"))));
        Assert.Equal("EMAIL_TAKEN", Code(Add("A@B ")));
        Assert.Null(Code(Add("new@b")));
        Assert.Equal("EMAIL_WRONG", Code(Update(new UpdatePerson(person, Email: "nobody"))));
        Assert.Equal("NAME_MISSING", Code(Update(new UpdatePerson(person, " "))));
        Assert.Equal("NOT_ALLOWED", Code(Update(new UpdatePerson(person, "Other"), By(Role.ClassTeacher))));
        // Where a head's notices go is as guarded as how they sign in.
        Assert.Equal("NOT_ALLOWED", Code(Update(new UpdatePerson(Of(Role.Headteacher), Email: "x@y"), By(Role.SeniorLeader))));

        Result<Events> Add(string email) => StaffDecider.Add(staff, new AddPerson("Name", email, null, null), null, new PersonId(Guid.NewGuid()), p => p?.Plain, Product(Monday), Today);
        Result<Events> Update(UpdatePerson command, CommandContext? by = null) => StaffDecider.Update(staff, command, p => p?.Plain, by ?? Product(Monday), Today);
    }

    [Theory]
    [InlineData("amy@school.example", null)]
    [InlineData("amy.o'brien+dsl@school.example", null)]
    [InlineData("amy@ysgol-l\u0175n.example", null)]
    [InlineData("amy@dsl@school.example", "EMAIL_WRONG")]
    [InlineData("am\u0177@school.example", "EMAIL_WRONG")]
    [InlineData("amy@school..example", "EMAIL_WRONG")]
    [InlineData("amy@-", "EMAIL_WRONG")]
    [InlineData("amy@", "EMAIL_WRONG")]
    [InlineData("Amy <amy@school.example>", "EMAIL_WRONG")]
    [InlineData("amy(dsl)@school.example", "EMAIL_WRONG")]
    [InlineData("amy@school.example,bo@school.example", "EMAIL_WRONG")]
    public void An_address_is_one_that_a_mail_can_be_sent_to(string email, string? code)
    {
        Assert.Equal(code, Code(StaffDecider.Add(Staff, new AddPerson("Amy", email, null, null), null, new PersonId(Guid.NewGuid()), p => p?.Plain, Product(Monday), Today)));
        Assert.Equal(code, Code(StaffDecider.Update(Staff, new UpdatePerson(Of(Role.ClassTeacher), Email: email), p => p?.Plain, Product(Monday), Today)));
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
            staff = After(staff, events);
            return events;
        }
    }

    // Days from today; what is left of the arrangement is its last day.
    [Theory]
    [InlineData(3, 5, 3, null, null)]
    [InlineData(0, 5, 0, null, null)]
    [InlineData(-3, 5, -3, null, -1)]
    [InlineData(-3, 0, -3, null, -1)]
    [InlineData(-3, -1, -3, "COVER_OVER", -1)]
    [InlineData(3, 5, 4, "COVER_UNKNOWN", 5)]
    public void A_cover_is_called_off_before_its_first_day_and_ended_while_it_runs(int from, int to, int asked, string? code, int? left)
    {
        var staff = Staff with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.DeputyDsl), Today.AddDays(from), Today.AddDays(to))] };
        var result = Cancel(staff, Of(Role.Dsl), asked, Role.SeniorLeader);

        Assert.Equal(code, Code(result));
        staff = After(staff, result);
        Assert.Equal(left is { } last ? [Today.AddDays(last)] : [], staff.Covers.Select(c => c.To));
        Assert.Equal(to >= 0 && code == "COVER_UNKNOWN" ? [Role.Dsl] : [], staff.CoveredBy(Of(Role.DeputyDsl)).Where(c => c.To >= Today).Select(c => c.Role));
        if (code is null)
        {
            Assert.Equal(left is null ? "COVER_UNKNOWN" : "COVER_OVER", Code(Cancel(staff, Of(Role.Dsl), asked, Role.SeniorLeader)));
        }
    }

    [Fact]
    public void Only_those_who_arrange_cover_cancel_it_and_a_wrong_person_is_named_where_they_were_given()
    {
        Assert.Equal("NOT_ALLOWED", Code(Cancel(Staff, Of(Role.Dsl), 0, Role.ClassTeacher)));
        Assert.Equal(("PERSON_UNKNOWN", "absentId"), Wrong(Cancel(Staff, new PersonId(Guid.NewGuid()), 0, Role.Headteacher)));
        Assert.Equal(("PERSON_UNKNOWN", "coverId"), Wrong(StaffDecider.Cover(Staff, new ArrangeCover(Of(Role.Dsl), new PersonId(Guid.NewGuid()), Today, Today), By(Role.Headteacher), Today)));

        static (string, string) Wrong(Result<Events> result) => (result.Errors[0].Code, Assert.Single(result.Errors[0].Fields));
    }

    [Fact]
    public void A_senior_leader_does_not_become_dsl_by_covering_for_who_covers_for_the_dsl()
    {
        var pastoral = Staff with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.PastoralTeam), Today, Today.AddDays(4))] };
        Assert.Equal("APPOINTS_SELF", Code(StaffDecider.Cover(pastoral, new ArrangeCover(Of(Role.PastoralTeam), Of(Role.SeniorLeader), Today.AddDays(4), Today.AddDays(9)), By(Role.SeniorLeader), Today)));
        var senior = Staff with { Covers = [new CoverPeriod(Of(Role.PastoralTeam), Of(Role.SeniorLeader), Today, Today.AddDays(4))] };
        Assert.Equal("APPOINTS_SELF", Code(StaffDecider.Cover(senior, new ArrangeCover(Of(Role.Dsl), Of(Role.PastoralTeam), Today, Today.AddDays(4)), By(Role.SeniorLeader), Today)));
        Assert.Null(Code(StaffDecider.Cover(senior, new ArrangeCover(Of(Role.Dsl), Of(Role.PastoralTeam), Today.AddDays(5), Today.AddDays(9)), By(Role.Headteacher), Today)));
    }

    /// <summary>Or with an account of their own under another name: whoever stands in for a DSL is told everything.</summary>
    [Theory]
    [InlineData(Role.Dsl, Role.PastoralTeam, Role.SeniorLeader, "COVER_GUARDED")]
    [InlineData(Role.Headteacher, Role.PastoralTeam, Role.Dsl, "COVER_GUARDED")]
    [InlineData(Role.Dsl, Role.DeputyDsl, Role.SeniorLeader, null)]
    [InlineData(Role.Headteacher, Role.Dsl, Role.SeniorLeader, null)]
    [InlineData(Role.Dsl, Role.PastoralTeam, Role.Headteacher, null)]
    [InlineData(Role.Dsl, Role.PastoralTeam, Role.Dsl, null)]
    [InlineData(Role.PastoralTeam, Role.ClassTeacher, Role.SeniorLeader, null)]
    public void A_senior_leader_does_not_make_anybody_dsl_by_a_cover(Role absent, Role cover, Role by, string? code)
    {
        Assert.Equal(code, Code(StaffDecider.Cover(Staff, new ArrangeCover(Of(absent), Of(cover), Today, Today.AddDays(4)), By(by), Today)));
        // Nor by a long cover for who is one today by a short one.
        var today = Staff with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.PastoralTeam), Today, Today.AddDays(1))] };
        Assert.Equal("COVER_GUARDED", Code(StaffDecider.Cover(today, new ArrangeCover(Of(Role.Headteacher), Of(Role.PastoralTeam), Today.AddDays(30), Today.AddDays(300)), By(Role.SeniorLeader), Today)));
        // Whatever dates are sent.
        Assert.Equal("COVER_GUARDED", Code(StaffDecider.Cover(Staff, new ArrangeCover(Of(Role.Headteacher), Of(Role.PastoralTeam), new(2000, 1, 1), new(2099, 12, 31)), By(Role.SeniorLeader), Today)));
        // Where the ill head is the only DSL somebody must be able to.
        var small = Staff with { Members = Staff.Members.RemoveRange([Of(Role.Dsl), Of(Role.DeputyDsl)]) };
        Assert.Null(Code(StaffDecider.Cover(small, new ArrangeCover(Of(Role.Headteacher), Of(Role.PastoralTeam), Today, Today.AddDays(4)), By(Role.SeniorLeader), Today)));
        // Nor by a cover for who covers for the DSL.
        var covered = Staff with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.SupportStaff), Today, Today.AddDays(9))] };
        Assert.Equal("COVER_GUARDED", Code(StaffDecider.Cover(covered, new ArrangeCover(Of(Role.SupportStaff), Of(Role.ClassTeacher), Today, Today.AddDays(4)), By(Role.SeniorLeader), Today)));
    }

    /// <summary>A duty that nobody may open would be nobody's: roles at sign-in and duties follow the same covers.</summary>
    [Fact]
    public void Whoever_acts_for_somebody_holds_their_roles_and_nobody_holds_those_of_a_leaver()
    {
        Role[] roles = [Role.Dsl, Role.DeputyDsl, Role.Headteacher, Role.SeniorLeader, Role.PastoralTeam];
        var acted = 0;
        for (var seed = 1; seed <= 200; seed++)
        {
            var dice = new Random(seed);
            var staff = Staff with
            {
                Covers = [.. Enumerable.Range(0, 5).Select(_ => (Absent: dice.Next(5), By: dice.Next(1, 5), From: Today.AddDays(dice.Next(6))))
                    .Select(c => new CoverPeriod(Of(roles[c.Absent]), Of(roles[(c.Absent + c.By) % 5]), c.From, c.From.AddDays(dice.Next(4))))],
            };
            var left = Of(roles[dice.Next(5)]);
            staff = staff.Apply(new PersonLeft(left), new EventMeta(1, Monday, Actor.System));
            var facts = Facts with { Covers = staff.Covers, Staff = [.. Facts.Staff.Select(s => s with { Left = s.Person == left })] };
            for (var day = Today; day < Today.AddDays(10); day = day.AddDays(1))
            {
                foreach (var role in roles)
                {
                    var acting = facts.StandIn(Of(role), day);
                    acted += acting is not null && acting != Of(role) ? 1 : 0;
                    Assert.NotEqual(left, acting);
                    Assert.True(acting is not { } person || (facts.RolesOf(person, day).Contains(role) && staff.RolesOf(person, day).Contains(role)), $"Seed {seed}, {role}, {day:yyyy-MM-dd}.");
                    Assert.DoesNotContain(staff.CoveredBy(Of(role)), c => c.For == left);
                }
            }
        }

        Assert.True(acted > 500, $"Only {acted} duties were anybody else's.");
    }

    [Fact]
    public void Whoever_was_replaced_as_cover_kept_what_they_stood_in_for()
    {
        var (head, deputy, pastoral) = (Of(Role.Headteacher), Of(Role.DeputyDsl), Of(Role.PastoralTeam));
        var staff = Staff with { Covers = [new CoverPeriod(head, deputy, Today, Today.AddDays(4)), new CoverPeriod(head, pastoral, Today.AddDays(1), Today.AddDays(2))] };
        Assert.Equal(
            [true, false, false, true, true],
            Enumerable.Range(0, 5).Select(d => staff.RolesOf(deputy, Today.AddDays(d)).Contains(Role.Headteacher)));
        Assert.Equal([(Today, Today), (Today.AddDays(3), Today.AddDays(4))], staff.CoveredBy(deputy).Select(c => (c.From, c.To)));
        Assert.Equal([(Today.AddDays(1), Today.AddDays(2))], staff.CoveredBy(pastoral).Select(c => (c.From, c.To)));
    }

    [Fact]
    public void Days_taken_from_a_cover_in_its_middle_give_the_one_who_loses_them_nothing()
    {
        var staff = Staff with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.PastoralTeam), Today, Today.AddDays(29))] };
        Assert.Null(Code(StaffDecider.Cover(staff, new ArrangeCover(Of(Role.Dsl), Of(Role.DeputyDsl), Today.AddDays(9), Today.AddDays(11)), By(Role.SeniorLeader), Today)));
        Assert.Equal("COVER_GUARDED", Code(StaffDecider.Cover(staff, new ArrangeCover(Of(Role.Dsl), Of(Role.PastoralTeam), Today.AddDays(9), Today.AddDays(30)), By(Role.SeniorLeader), Today)));
    }

    [Fact]
    public void A_sign_in_is_linked_replaced_and_linked_again_without_an_event()
    {
        var staff = Staff;
        Assert.Equal(new SignInLinked(Of(Role.Volunteer), null, "one"), Linked("one"));
        Assert.Equal(new SignInLinked(Of(Role.Volunteer), "one", "two"), Linked("two"));
        Assert.Null(Linked("two"));

        object? Linked(string digest)
        {
            var result = Link(staff, Role.SeniorLeader, Role.Volunteer, digest: digest);
            Assert.True(result.Ok);
            staff = After(staff, result);
            return result.Value.SingleOrDefault();
        }
    }

    [Theory]
    [InlineData(Role.SeniorLeader, Role.Volunteer, null)]
    [InlineData(Role.Dsl, Role.SeniorLeader, null)]
    [InlineData(Role.Headteacher, Role.Headteacher, null)]
    [InlineData(Role.Headteacher, Role.Dsl, null)]
    [InlineData(Role.SeniorLeader, Role.Dsl, "NOT_ALLOWED")]
    [InlineData(Role.Dsl, Role.DeputyDsl, "NOT_ALLOWED")]
    [InlineData(Role.Dsl, Role.Headteacher, "NOT_ALLOWED")]
    [InlineData(Role.ClassTeacher, Role.Volunteer, "NOT_ALLOWED")]
    public void Nobody_comes_in_as_somebody_whose_roles_they_could_not_give(Role by, Role whose, string? code) => Assert.Equal(code, Code(Link(Staff, by, whose)));

    [Fact]
    public void A_sign_in_of_who_covers_for_the_dsl_or_will_be_dsl_is_the_heads_to_link_too()
    {
        var covered = Staff with { Covers = [new CoverPeriod(Of(Role.Dsl), Of(Role.Volunteer), Today.AddDays(3), Today.AddDays(4))] };
        var later = Staff.Apply(new RoleAssigned(Of(Role.Volunteer), Role.Dsl, Today.AddDays(30), null), new EventMeta(1, Monday, Actor.System));
        var once = Staff.Apply(new RoleAssigned(Of(Role.Volunteer), Role.Dsl, Today.AddDays(-30), Today.AddDays(-1)), new EventMeta(1, Monday, Actor.System));
        foreach (var staff in new[] { covered, later })
        {
            Assert.Equal("NOT_ALLOWED", Code(Link(staff, Role.SeniorLeader, Role.Volunteer)));
            Assert.Null(Code(Link(staff, Role.Headteacher, Role.Volunteer)));
        }

        Assert.Null(Code(Link(once, Role.SeniorLeader, Role.Volunteer)));
    }

    [Theory]
    [InlineData("https://sign-in.example|auth0|42", null)]
    [InlineData("https://sign-in.example/|42", null)]
    [InlineData("https://sign-in.example", "SIGN_IN_WRONG")]
    [InlineData("https://sign-in.example|", "SIGN_IN_WRONG")]
    [InlineData("https://sign-in.example| 42 ", "SIGN_IN_WRONG")]
    [InlineData("sign-in|42", "SIGN_IN_WRONG")]
    [InlineData("|42", "SIGN_IN_WRONG")]
    public void A_sign_in_has_an_issuer_and_a_subject(string signIn, string? code)
    {
        Assert.Equal(code, Code(Link(Staff, Role.Headteacher, Role.Volunteer, signIn)));
        Assert.Equal(code, Code(StaffDecider.Add(Staff, new AddPerson("Name", "new@b", signIn, null), "digest", new PersonId(Guid.NewGuid()), p => p?.Plain, By(Role.Headteacher), Today)));
    }

    [Fact]
    public void A_sign_in_is_one_persons_until_they_leave()
    {
        var staff = After(Staff, Link(Staff, Role.Headteacher, Role.Volunteer));
        Assert.Equal("SIGN_IN_TAKEN", Code(Link(staff, Role.Headteacher, Role.ClassTeacher)));
        staff = staff.Apply(new PersonLeft(Of(Role.Volunteer)), new EventMeta(1, Monday, Actor.System));
        Assert.Null(Code(Link(staff, Role.Headteacher, Role.ClassTeacher)));
        Assert.Equal("PERSON_LEFT", Code(Link(staff, Role.Headteacher, Role.Volunteer)));
    }

    // The last day of the only holder; their successor's first and last day; the first day without one, all in days from today.
    [Theory]
    [InlineData(Role.Dsl, 0, null, null, 1)]
    [InlineData(Role.Headteacher, 30, null, null, 31)]
    [InlineData(Role.Headteacher, -3, null, null, 0)]
    [InlineData(Role.Headteacher, 30, 32, null, 31)]
    [InlineData(Role.Headteacher, 30, 31, 40, 41)]
    [InlineData(Role.Headteacher, 30, 31, null, null)]
    [InlineData(Role.Dsl, -3, 0, null, null)]
    [InlineData(Role.DeputyDsl, 0, null, null, null)]
    public void The_last_DSL_or_head_ended_silently_and_every_promise_was_nobodys(Role role, int lastDay, int? from, int? to, int? vacant)
    {
        var staff = from is { } first ? Staff.Apply(new RoleAssigned(Of(Role.ClassTeacher), role, Today.AddDays(first), to is { } last ? Today.AddDays(last) : null), new EventMeta(1, Monday, Actor.System)) : Staff;
        // A cover holds the role only as long as the absent person does.
        staff = staff with { Covers = [new CoverPeriod(Of(role), Of(Role.SeniorLeader), Today, Today.AddDays(90))] };
        foreach (var by in new[] { By(Role.Headteacher), Product(Monday) })
        {
            var refused = StaffDecider.End(staff, new EndRole(Of(role), role, Today.AddDays(lastDay)), by, Today).Errors.SingleOrDefault();
            Assert.Equal(vacant is null ? null : "LAST_HOLDER", refused?.Code);
            Assert.Equal(vacant is null ? null : new[] { "role", "lastDay" }, refused?.Fields);
            Assert.Contains(vacant is { } days ? $"From {Today.AddDays(days):d MMMM yyyy} nobody" : "", refused?.Message ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_last_DSL_gets_no_last_day_by_being_given_the_role_again_but_an_interim_one_has_one()
    {
        var shorter = new AssignRole(Of(Role.Dsl), Role.Dsl, new(2020, 9, 1), Today.AddDays(20));
        var refused = Assert.Single(StaffDecider.Assign(Staff, shorter, By(Role.Headteacher), Today).Errors);
        Assert.Equal(("LAST_HOLDER", "to"), (refused.Code, refused.Fields[1]));
        var vacant = Staff.Apply(new PersonLeft(Of(Role.Dsl)), new EventMeta(1, Monday, Actor.System));
        Assert.True(StaffDecider.Assign(vacant, shorter with { Person = Of(Role.SeniorLeader), From = Today }, By(Role.Headteacher), Today).Ok);
    }

    [Fact]
    public void That_a_head_or_a_DSL_left_is_the_heads_to_record_and_the_last_head_leaves_when_there_is_another()
    {
        foreach (var role in new[] { Role.Dsl, Role.Headteacher })
        {
            Assert.Equal("NOT_ALLOWED", Code(Leave(Staff, role, By(Role.SeniorLeader))));
            Assert.IsType<PersonLeft>(Assert.Single(Leave(Staff, role, Product(Monday)).Value!));
        }

        Assert.IsType<PersonLeft>(Assert.Single(Leave(Staff, Role.Dsl, By(Role.Headteacher)).Value!));
        Assert.Equal("LAST_HOLDER", Code(Leave(Staff, Role.Headteacher, By(Role.Headteacher))));
        var two = Staff.Apply(new RoleAssigned(Of(Role.SeniorLeader), Role.Headteacher, Today, null), new EventMeta(1, Monday, Actor.System));
        Assert.IsType<PersonLeft>(Assert.Single(Leave(two, Role.Headteacher, By(Role.SeniorLeader)).Value!));

        static Result<Events> Leave(StaffState staff, Role whose, CommandContext by) => StaffDecider.Leave(staff, new RecordLeaver(Of(whose)), by, Today);
    }

    private static Result<Events> Link(StaffState staff, Role by, Role whose, string signIn = "https://sign-in.example|42", string digest = "digest") =>
        StaffDecider.Link(staff, new LinkSignIn(Of(whose), signIn), digest, By(by), Today);

    private static Result<Events> Cancel(StaffState staff, PersonId absent, int from, Role by) => StaffDecider.Cancel(staff, new CancelCover(absent, Today.AddDays(from)), By(by), Today);

    private static StaffState After(StaffState staff, Result<Events> result) => (result.Value ?? Events.None).Aggregate(staff, (s, e) => s.Apply(e, new EventMeta(1, Monday, Actor.System)));

    private static Result<Events> Assign(CommandContext context, PersonId person, Role role) =>
        StaffDecider.Assign(Staff, new AssignRole(person, role, new(2026, 11, 3), null), context, Today);

    private static string? Code(Result<Events> result) => result.Errors.SingleOrDefault()?.Code;
}
