using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Roster.Tests;

/// <summary>Deltas of 1.2, where what a user is stands in another file than the user.</summary>
public class RosterDeltaTests
{
    private const string At = "2026-11-19T06:00:00Z";
    private const string Teacher = $"t1,{{0}},{At},true,Ada,Brook,a.brook@school.example,,";
    private const string Pupil = $"p1,{{0}},{At},true,Cara,Dale,,{Bundles.Upn1},03";

    [Theory]
    [InlineData("")]
    [InlineData($"r1,tobedeleted,{At},t1,primary,teacher,,,school")]
    public void A_teacher_who_leaves_leaves_with_or_without_the_role_once_they_were_taken_for_a_parent(string role)
    {
        var current = Bundles.V12().Imported();
        var plan = Delta(Row(Teacher, "tobedeleted"), role).Plan(current);
        Assert.Equal(Known(current, "t1").Id, Assert.Single(plan.LeavingStaff).Person);
        Assert.Equal((0, 0), (plan.OtherPeople, plan.Unknown.Count));
        Assert.Empty(plan.Leaving);
    }

    [Theory]
    [InlineData("")]
    [InlineData($"r3,tobedeleted,{At},p1,primary,student,,,school")]
    public void A_pupil_who_leaves_leaves_with_or_without_the_role(string role)
    {
        var current = Bundles.V12().Imported();
        var plan = Delta(Row(Pupil, "tobedeleted"), role).Plan(current, Situations.Options with { ConfirmedLeavers = 1 });
        Assert.Equal(current.Pupils.Single(p => p.SourceId == "p1").Id, Assert.Single(plan.Leaving).Pupil);
        Assert.Empty(plan.LeavingStaff);
        Assert.Equal((0, 0), (plan.OtherPeople, plan.Unknown.Count));
    }

    [Fact]
    public void A_pupil_with_another_name_stays_and_is_renamed()
    {
        var current = Bundles.V12().Imported();
        var plan = Delta(Row(Pupil, "active").Replace("Dale", "Dale-Gill", StringComparison.Ordinal), "").Plan(current);
        Assert.Equal(["name"], Assert.Single(plan.Changed).Fields);
        Assert.Equal("Cara Dale-Gill", plan.Changed[0].Update.Name);
        Assert.Equal((0, 0), (plan.Leaving.Count, plan.Unknown.Count));
    }

    [Fact]
    public void A_teacher_of_whom_only_the_user_changed_keeps_place_and_role()
    {
        var plan = Delta(Row(Teacher, "active"), "").Plan(Bundles.V12().Imported());
        Assert.True(plan.ChangesNothing);
        Assert.Equal(0, plan.OtherPeople);
        Assert.Contains("t1", plan.KnownStaff.Keys);
    }

    [Fact]
    public void Somebody_without_a_role_whom_nobody_knows_is_told_by_row_and_not_taken_for_a_parent()
    {
        var plan = Delta($"x9,active,{At},true,Finn,Gale,f.gale@school.example,,\nx8,tobedeleted,{At},true,Gus,Hart,,,", "").Plan(Bundles.V12().Imported());
        Assert.True(plan.ChangesNothing);
        Assert.Equal("x9", Assert.Single(plan.Unknown).SourceId);
        Assert.Contains("users.csv line 2: the delta gives no role", plan.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Gale", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_last_role_ended_leaves_though_the_user_stays()
    {
        var current = Bundles.V12().Imported();
        var plan = Delta(Row(Teacher, "active"), $"r1,tobedeleted,{At},t1,primary,teacher,,,school").Plan(current);
        Assert.Equal(Known(current, "t1").Id, Assert.Single(plan.LeavingStaff).Person);
    }

    [Fact]
    public void Whose_role_became_another_stays()
    {
        var plan = Delta(Row(Teacher, "active"), $"r1,tobedeleted,{At},t1,primary,teacher,,,school\nr9,active,{At},t1,primary,aide,,,school").Plan(Bundles.V12().Imported());
        Assert.Empty(plan.LeavingStaff);
        Assert.Equal(Role.SupportStaff, Assert.Single(plan.NewRoles).Role);
    }

    [Fact]
    public void Somebody_to_whom_the_school_gave_a_role_does_not_leave_for_losing_the_rosters()
    {
        var current = Bundles.V12().Imported();
        current = current with { People = [.. current.People.Select(p => p.SourceId == "t1" ? p with { Roles = [.. p.Roles, new RoleHolding(Role.Dsl, Situations.Today, null)] } : p)] };
        var wrong = RosterPlan.Compute(Delta(Row(Teacher, "active"), $"r1,tobedeleted,{At},t1,primary,teacher,,,school").Sound(), current, Situations.Options);
        Assert.Equal("ROSTER_ROLE", Assert.Single(wrong.Errors).Code);
        Assert.Single(Delta(Row(Teacher, "tobedeleted"), "").Plan(current).LeavingStaff);
    }

    [Fact]
    public void A_bundle_that_forgets_the_DSL_is_stopped_and_the_school_says_whether_they_left()
    {
        var current = Bundles.V12().Imported();
        RosterSituation With(Role role) =>
            current with { People = [.. current.People.Select(p => p.SourceId == "t1" ? p with { Roles = [.. p.Roles, new RoleHolding(role, Situations.Today, null)] } : p)] };
        var without = Bundles.V12().With("users.csv", "t1,,,true,,,Ada,Brook,,,a.brook@school.example,,,,,,,,,,,school,,\n", "")
            .With("roles.csv", "r1,,,t1,primary,teacher,,,school,\n", "").With("enrollments.csv", "\ne3,,,3b,school,t1,teacher,true,,", "").Sound();

        Assert.Equal(["ROSTER_LEAD"], RosterPlan.Compute(without, With(Role.Dsl), Situations.Options).Errors.Select(e => e.Code));
        Assert.Equal(["ROSTER_LEAD"], RosterPlan.Compute(without, With(Role.Headteacher), Situations.Options).Errors.Select(e => e.Code));
        Assert.Single(RosterPlan.Compute(without, With(Role.DeputyDsl), Situations.Options).Value!.LeavingStaff);
    }

    [Theory]
    [InlineData("2024-09-01,2026-11-20", false)]
    [InlineData("2024-09-01,2026-11-19", true)]
    [InlineData("2026-11-21,", true)]
    public void A_role_counts_on_its_days_in_a_bulk_bundle_and_in_a_delta(string period, bool leaves)
    {
        var current = Bundles.V12().Imported();
        var bulk = Bundles.V12().With("roles.csv", "t1,primary,teacher,,,", $"t1,primary,teacher,{period},");
        var delta = Delta(Row(Teacher, "active"), $"r1,active,{At},t1,primary,teacher,{period},school");
        Assert.Equal(leaves, bulk.Plan(current).LeavingStaff.Any());
        Assert.Equal(leaves, delta.Plan(current).LeavingStaff.Any());
        Assert.Equal(leaves ? ["h1"] : ["t1", "h1"], bulk.Plan(Situations.Empty()).NewStaff.Select(s => s.Row.SourceId));
    }

    [Fact]
    public void A_pupil_whose_role_ended_is_not_on_roll()
    {
        var bundle = Bundles.V12().With("roles.csv", "p2,primary,student,,,", "p2,primary,student,2024-09-01,2026-07-21,");
        Assert.Equal("p1", Assert.Single(bundle.Plan(Situations.Empty()).New).Row.SourceId);
        Assert.Single(bundle.Plan(Bundles.V12().Imported(), Situations.Options with { ConfirmedLeavers = 1 }).Leaving);
    }

    [Theory]
    [InlineData("")]
    [InlineData($"other,active,{At},Another School,school,100009,trust\n")]
    [InlineData($"other,active,{At},Another School,school,,trust\n")]
    public void What_did_not_change_may_be_left_out_the_school_is_known_from_the_bundle_before(string orgs)
    {
        var current = Bundles.V11().Imported();
        var delta = Changes($"p2,tobedeleted,{At},true,school,student,Dan,\"Ekin, Junior\",,03\nt1,active,{At},true,school,teacher,Ada,Hill,a.brook@school.example,", orgs);
        var plan = delta.Plan(current, Situations.Options with { ConfirmedLeavers = 1 });
        Assert.Equal(current.Pupils.Single(p => p.SourceId == "p2").Id, Assert.Single(plan.Leaving).Pupil);
        Assert.Equal(["name"], Assert.Single(plan.ChangedStaff).Fields);
        Assert.Equal((0, 0, "school"), (plan.LeavingStaff.Count, plan.Changed.Count, plan.SourceId));
        Assert.Equal("ROSTER_TOO_MANY_LEAVE", Assert.Single(RosterPlan.Compute(delta.Sound(), current, Situations.Options).Errors).Code);
    }

    [Fact]
    public void Without_a_bundle_before_or_with_another_number_a_delta_must_say_which_school_it_is_about()
    {
        var row = $"t1,active,{At},true,school,teacher,Ada,Hill,a.brook@school.example,";
        var error = Assert.Single(RosterPlan.Compute(Changes(row, "").Sound(), Situations.Empty(), Situations.Options).Errors);
        Assert.Equal("ROSTER_SCHOOL", error.Code);
        Assert.EndsWith("Import a full (bulk) bundle once.", error.Message, StringComparison.Ordinal);
        Assert.Equal("ROSTER_SCHOOL", Assert.Single(RosterPlan.Compute(Changes(row, $"school,active,{At},A School,school,100009,\n").Sound(), Bundles.V11().Imported(), Situations.Options).Errors).Code);
    }

    [Theory]
    [InlineData("active", 1)]
    [InlineData("tobedeleted", 0)]
    public void Another_schools_delta_renamed_or_sent_away_whoever_has_the_same_number_here(string status, int unknown)
    {
        var plan = Delta($"t1,{status},{At},true,Zoe,Quill,z.quill@other.example,,", "").With("manifest.csv", "file.roles,delta\n", "").Without("roles.csv").Plan(Bundles.V12().Imported());
        Assert.True(plan.ChangesNothing);
        Assert.Equal(unknown, plan.Unknown.Count);
    }

    [Fact]
    public void A_delta_in_which_nobody_is_of_this_school_said_that_nothing_had_changed()
    {
        var error = Assert.Single(RosterPlan.Compute(Changes($"t1,tobedeleted,{At},true,new-id,teacher,Ada,Brook,a.brook@school.example,", "").Sound(), Bundles.V11().Imported(), Situations.Options).Errors);
        Assert.Equal("ROSTER_SCHOOL", error.Code);
        Assert.Contains("nobody of the school school,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_that_did_not_change_may_be_left_out()
    {
        var delta = Delta(Row(Pupil, "active").Replace("Dale", "Dale-Gill", StringComparison.Ordinal), "").With("manifest.csv", "file.roles,delta\n", "").Without("roles.csv");
        Assert.Equal(["name"], Assert.Single(delta.Plan(Bundles.V12().Imported()).Changed).Fields);
    }

    [Fact]
    public void A_class_or_a_user_that_a_delta_leaves_out_is_refused_with_the_way_out()
    {
        Bundles Enrolled(string row) => Changes($"p1,active,{At},true,school,student,Cara,Dale,,03", "")
            .With("manifest.csv", "file.users", "file.enrollments,delta\nfile.users").Add("enrollments.csv", $"sourcedId,status,dateLastModified,classSourcedId,userSourcedId,role\n{row}");
        Assert.Equal(
            "classes.csv: is needed because enrollments.csv refers to it. Export a full (bulk) bundle instead of changes.", Enrolled($"e1,active,{At},3b,p1,student").Wrong().Message);
        var delta = Enrolled($"e1,active,{At},3b,p2,student").With("manifest.csv", "file.users", "file.classes,delta\nfile.users").Add("classes.csv", "sourcedId,status,dateLastModified,title,classType,schoolSourcedId");
        Assert.Equal(["enrollments.csv:2:classSourcedId", "enrollments.csv:2:userSourcedId"], delta.Read().Errors.SelectMany(e => e.Fields));
        Assert.All(delta.Read().Errors, e => Assert.EndsWith("Export a full (bulk) bundle instead of changes.", e.Message, StringComparison.Ordinal));
    }

    private static RosterPerson Known(RosterSituation current, string sourceId) => current.People.Single(p => p.SourceId == sourceId);

    private static string Row(string row, string status) => row.Replace("{0}", status, StringComparison.Ordinal);

    private static Bundles Delta(string users, string roles)
    {
        var bundle = Bundles.V12();
        foreach (var file in new[] { "academicSessions", "courses", "classes", "enrollments", "demographics" })
        {
            bundle.With("manifest.csv", $"file.{file},bulk\n", "").Without($"{file}.csv");
        }

        bundle.With("manifest.csv", "file.users,bulk", "file.users,delta").With("manifest.csv", "file.roles,bulk", "file.roles,delta");
        bundle["users.csv"] = $"sourcedId,status,dateLastModified,enabledUser,givenName,familyName,email,identifier,grades\n{users}\n";
        bundle["roles.csv"] = $"sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n{(roles.Length == 0 ? "" : roles + "\n")}";
        return bundle;
    }

    /// <summary>A delta of 1.1 that holds nothing but what changed.</summary>
    /// <param name="orgs">Rows; none: the file is left out.</param>
    private static Bundles Changes(string users, string orgs)
    {
        var bundle = Bundles.V11();
        foreach (var file in new[] { "orgs", "academicSessions", "courses", "classes", "enrollments", "demographics" })
        {
            bundle.With("manifest.csv", $"file.{file},bulk\n", "").Without($"{file}.csv");
        }

        bundle.With("manifest.csv", "file.users,bulk", "file.users,delta");
        bundle["users.csv"] = $"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName,email,grades\n{users}\n";
        if (orgs.Length > 0)
        {
            bundle.With("manifest.csv", "file.users", "file.orgs,delta\nfile.users");
            bundle["orgs.csv"] = $"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n{orgs}";
        }

        return bundle;
    }
}
