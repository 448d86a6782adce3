using System.Text;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Tests;

public class RosterPlanTests
{
    [Fact]
    public void Into_an_empty_school_everybody_is_new()
    {
        var plan = Bundles.V11().Plan(Situations.Empty());
        Assert.Equal(["3B", "3B"], plan.New.Select(n => n.Place.ClassName));
        Assert.All(plan.New, n => Assert.Equal("t1", n.Place.ClassTeacher));
        Assert.Equal([Role.ClassTeacher, Role.SupportStaff], plan.NewStaff.Select(s => s.Role!.Value));
        Assert.Equal([new YearRoll("3", 2)], plan.Roll);
    }

    [Fact]
    public void The_same_bundle_again_changes_nothing()
    {
        var plan = Bundles.V11().Plan(Bundles.V11().Imported());
        Assert.True(plan.ChangesNothing);
        Assert.Equal(2, plan.Unchanged);
        plan = Bundles.V12().Plan(Bundles.V12().Imported());
        Assert.True(plan.ChangesNothing);
    }

    [Fact]
    public void A_change_is_told_by_field_and_what_the_bundle_does_not_say_stays()
    {
        var current = Bundles.V11().Imported();
        var named = Assert.Single(Bundles.V11().With("users.csv", "Cara,Dale,,,,,,,03,", "Cara,Dale-Gill,,,,,,,04,").Plan(current).Changed);
        Assert.Equal(["name", "year group"], named.Fields);
        Assert.DoesNotContain("Dale", named.ToString(), StringComparison.Ordinal);
        var changed = Assert.Single(Bundles.V11().With("users.csv", "Cara,Dale,,,,,,,03,", "Cara,Dale,,,,,,,04,").With("users.csv", $"{{UPN:{Bundles.Upn1}}}", "").Plan(current).Changed);
        Assert.Equal(["year group"], changed.Fields);
        Assert.Null(changed.Update.Upn);
        Assert.Null(changed.Update.KeyWorker);
    }

    [Fact]
    public void A_new_class_teacher_reaches_every_pupil_of_the_class()
    {
        var plan = Bundles.V11().With("enrollments.csv", "t1,teacher,true", "t1,teacher,false").With("enrollments.csv", "a1,teacher,false", "a1,teacher,true").Plan(Bundles.V11().Imported());
        Assert.All(plan.Changed, c => Assert.Equal((true, "a1"), (c.TeacherChanges, c.ClassTeacher)));
        Assert.Equal(2, plan.Changed.Count);
    }

    [Fact]
    public void An_enrolment_that_ended_gives_no_class()
    {
        var plan = Bundles.V11().With("enrollments.csv", "2026-09-01,2027-07-21", "2026-09-01,2026-10-01").Plan(Bundles.V11().Imported());
        Assert.Equal(["class", "class teacher"], Assert.Single(plan.Changed).Fields);
    }

    [Fact]
    public void A_pupil_who_left_and_is_back_returns_as_the_same_pupil()
    {
        var current = Bundles.V11().Imported();
        current = current with { Pupils = [current.Pupils[0] with { LeftOn = new DateOnly(2026, 10, 1) }, current.Pupils[1]] };
        var changed = Assert.Single(Bundles.V11().Plan(current).Changed);
        Assert.True(changed.Returns);
        Assert.Equal(current.Pupils[0].Id, changed.Pupil);
    }

    [Fact]
    public void After_a_change_of_MIS_UPNs_match_and_namesakes_wait_for_a_person()
    {
        var current = Bundles.V11().Imported();
        var moved = NewIds();
        var plan = moved.Plan(current);
        Assert.Equal(current.Pupils[0].Id, Assert.Single(plan.Changed).Pupil);
        Assert.Equal(["source id"], plan.Changed[0].Fields);
        var ambiguous = Assert.Single(plan.Ambiguous);
        Assert.Equal(current.Pupils[1].Id, Assert.Single(ambiguous.Candidates).Id);
        Assert.Empty(plan.New);
        Assert.Empty(plan.Leaving);
        Assert.Empty(plan.NewStaff);
        Assert.Empty(plan.LeavingStaff);

        var same = moved.Plan(current, Situations.Options with { Decisions = new Dictionary<string, PupilId?> { ["q2"] = current.Pupils[1].Id } });
        Assert.Equal(2, same.Changed.Count);
        var other = moved.Plan(current, Situations.Options with { Decisions = new Dictionary<string, PupilId?> { ["q2"] = null }, ConfirmedLeavers = 1 });
        Assert.Equal((1, 1), (other.New.Count, other.Leaving.Count));
        Assert.True(moved.Plan(same.After(current)).ChangesNothing);
    }

    [Fact]
    public void A_decision_that_fits_nobody_is_refused()
    {
        var current = Bundles.V11().Imported();
        foreach (var (source, pupil) in new[] { ("q1", current.Pupils[0].Id), ("q2", current.Pupils[0].Id), ("none", current.Pupils[1].Id) })
        {
            var plan = RosterPlan.Compute(NewIds().Sound(), current, Situations.Options with { Decisions = new Dictionary<string, PupilId?> { [source] = pupil } });
            Assert.Equal("ROSTER_DECISION", Assert.Single(plan.Errors).Code);
        }
    }

    /// <summary>Nor a twin with the same birthday, nor a namesake.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_source_id_that_another_system_gave_to_another_child_never_merges(bool otherName, bool otherBirth)
    {
        var current = Bundles.V11().Imported();
        var bundle = Bundles.V11();
        bundle = otherName ? bundle.With("users.csv", "Dan,\"Ekin, Junior\"", "Hugo,Innes") : bundle;
        bundle = otherBirth ? bundle.With("demographics.csv", "2018-12-24", "2018-03-03") : bundle;
        var plan = bundle.Plan(current);
        Assert.Equal("p2", Assert.Single(plan.Ambiguous).Row.SourceId);
        Assert.Empty(plan.Changed);
        Assert.Empty(plan.Leaving);
    }

    [Fact]
    public void A_UPN_goes_before_a_source_id()
    {
        var current = Bundles.V11().Imported();
        // The new system numbers the two the other way round.
        var swapped = Bundles.V11();
        foreach (var file in new[] { "users.csv", "demographics.csv", "enrollments.csv" })
        {
            swapped[file] = swapped[file].Replace("p1,", "x,", StringComparison.Ordinal).Replace("p2,", "p1,", StringComparison.Ordinal).Replace("x,", "p2,", StringComparison.Ordinal);
        }

        var plan = swapped.Plan(current);
        Assert.Equal(current.Pupils[0].Id, Assert.Single(plan.Changed).Pupil);
        Assert.Equal(current.Pupils[1].Id, Assert.Single(plan.Ambiguous).Candidates[0].Id);
    }

    [Fact]
    public void A_bundle_that_would_remove_40_percent_is_stopped_until_the_number_is_confirmed()
    {
        var current = Many(10).Imported();
        var stopped = RosterPlan.Compute(Many(6).Sound(), current, Situations.Options);
        var error = Assert.Single(stopped.Errors);
        Assert.Equal("ROSTER_TOO_MANY_LEAVE", error.Code);
        Assert.Contains("4 of 10", error.Message, StringComparison.Ordinal);
        Assert.Contains("--confirm-leavers 4", error.Message, StringComparison.Ordinal);
        Assert.False(RosterPlan.Compute(Many(6).Sound(), current, Situations.Options with { ConfirmedLeavers = 3 }).Ok);
        Assert.Equal(4, Many(6).Plan(current, Situations.Options with { ConfirmedLeavers = 4 }).Leaving.Count);
        Assert.Equal(4, Many(6).Plan(current, Situations.Options with { MostLeavingPercent = 40 }).Leaving.Count);
        Assert.Single(Many(9).Plan(current).Leaving);
    }

    [Fact]
    public void A_dry_run_did_not_say_that_bans_checks_and_strategies_would_end_with_the_leavers()
    {
        var current = Many(10).Imported();
        Assert.DoesNotContain("under", Many(9).Plan(current).ToString(), StringComparison.Ordinal);
        var gone = Assert.Single(Many(9).Plan(current).Leaving).Pupil;
        var stays = current.Pupils.First(p => p.Id != gone).Id;
        var held = current with { Held = new RosterHeld(new HashSet<PupilId> { gone, stays }, new HashSet<PupilId> { gone }, new HashSet<PupilId> { stays }) };
        Assert.Contains("Of those leaving: 1 under daily checks, 1 under a ban, 0 with an access strategy.", Many(9).Plan(held).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void New_pupils_need_a_date_of_birth_and_a_year_group()
    {
        var errors = RosterPlan.Compute(Bundles.V11().With("demographics.csv", "2018-10-01", "").With("users.csv", "Junior\",,,,,,,03,", "Junior\",,,,,,,,").Sound(), Situations.Empty(), Situations.Options).Errors;
        Assert.Equal(["ROSTER_BIRTH", "ROSTER_YEAR"], errors.Select(e => e.Code).Order(StringComparer.Ordinal));
        Assert.Contains("users.csv line 4", errors.Single(e => e.Code == "ROSTER_BIRTH").Message, StringComparison.Ordinal);
        Assert.Equal("ROSTER_BIRTH", Assert.Single(RosterPlan.Compute(Bundles.V11().With("demographics.csv", "2018-10-01", "1918-10-01").Sound(), Situations.Empty(), Situations.Options).Errors).Code);
        Assert.Equal("ROSTER_EMAIL", Assert.Single(RosterPlan.Compute(Bundles.V11().With("users.csv", "a.brook@school.example", "").Sound(), Situations.Empty(), Situations.Options).Errors).Code);
    }

    [Theory]
    [InlineData("a.brook@staff@school.example")]
    [InlineData("A Brook <a.brook@school.example>")]
    [InlineData("a.brook@")]
    public void An_address_that_no_mail_can_be_sent_to_is_a_bad_row_new_or_changed(string email)
    {
        var bundle = Bundles.V11().With("users.csv", "a.brook@school.example", email);
        foreach (var current in new[] { Situations.Empty(), Bundles.V11().Imported() })
        {
            var error = Assert.Single(RosterPlan.Compute(bundle.Sound(), current, Situations.Options).Errors);
            Assert.Equal(("ROSTER_EMAIL", "users.csv:2:email"), (error.Code, Assert.Single(error.Fields)));
            Assert.DoesNotContain("brook", error.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Two_new_members_of_staff_do_not_share_an_e_mail_address()
    {
        var error = Assert.Single(RosterPlan.Compute(Bundles.V11().With("users.csv", "b.cole@school.example", "A.Brook@school.example").Sound(), Situations.Empty(), Situations.Options).Errors);
        Assert.Equal(("ROSTER_EMAIL", "users.csv:3:email"), (error.Code, Assert.Single(error.Fields)));
        Assert.Contains("the e-mail address of line 2 too", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delta_leaves_who_is_not_in_it_alone()
    {
        var current = Bundles.V11().Imported();
        var delta = Bundles.V11().With("manifest.csv", "file.users,bulk", "file.users,delta");
        foreach (var file in new[] { "enrollments", "demographics" })
        {
            delta.With("manifest.csv", $"file.{file},bulk\n", "").Without($"{file}.csv");
        }

        delta["users.csv"] = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName,grades\np2,tobedeleted,2026-11-01T00:00:00Z,true,school,student,Dan,\"Ekin, Junior\",03\n";
        Assert.Equal("ROSTER_TOO_MANY_LEAVE", Assert.Single(RosterPlan.Compute(delta.Sound(), current, Situations.Options).Errors).Code);
        var plan = delta.Plan(current, Situations.Options with { ConfirmedLeavers = 1 });
        Assert.Equal(current.Pupils[1].Id, Assert.Single(plan.Leaving).Pupil);
        Assert.Empty(plan.Changed);
        Assert.Empty(plan.LeavingStaff);
    }

    [Fact]
    public void The_school_is_found_by_its_URN_or_is_the_only_one()
    {
        Assert.Equal("ROSTER_SCHOOL", Assert.Single(RosterPlan.Compute(Bundles.V11().With("orgs.csv", "100002", "100009").Sound(), Situations.Empty(), Situations.Options).Errors).Code);
        Assert.Equal(2, Bundles.V11().With("orgs.csv", "100002", "").Plan(Situations.Empty()).New.Count);
    }

    [Fact]
    public void Staff_who_came_with_a_roster_go_with_one_and_others_stay()
    {
        var current = Bundles.V11().Imported();
        current = current with { People = [.. current.People, new RosterPerson(new PersonId(Guid.NewGuid()), "A governor", "gov@school.example", null, [], null)] };
        var plan = Bundles.V11().With("users.csv", "a1,,,true,school,aide", "a1,,,true,school,relative").Plan(current);
        Assert.Equal(current.People[1].Id, Assert.Single(plan.LeavingStaff).Person);
    }

    [Fact]
    public void What_the_MIS_changed_about_staff_was_not_even_shown()
    {
        var current = Bundles.V11().Imported();
        var next = Bundles.V11().With("users.csv", "Ada,Brook,,,a.brook@school.example", "Ada,Hill,,,a.hill@school.example");
        var plan = next.Plan(current);
        var changed = Assert.Single(plan.ChangedStaff);
        Assert.Equal((current.People[0].Id, "Ada Hill", "a.hill@school.example", null), (changed.Update.Person, changed.Update.Name, changed.Update.Email, changed.Update.SourceId));
        Assert.Equal(["name", "e-mail"], changed.Fields);
        Assert.Contains("Staff: 0 new, 1 changed,", plan.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hill", plan.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(next.Plan(plan.After(current)).ChangesNothing);
        Assert.Empty(Bundles.V11().With("users.csv", "a.brook@school.example", "A.Brook@School.example").Plan(current).ChangedStaff);
        Assert.Empty(Bundles.V11().With("users.csv", "a.brook@school.example", "").Plan(current).ChangedStaff);
    }

    [Fact]
    public void A_changed_address_that_is_somebody_elses_is_a_bad_row()
    {
        var taken = RosterPlan.Compute(Bundles.V11().With("users.csv", "a.brook@school.example", "b.cole@school.example").Sound(), Bundles.V11().Imported(), Situations.Options);
        var error = Assert.Single(taken.Errors);
        Assert.Equal(("ROSTER_EMAIL", "users.csv:2:email"), (error.Code, Assert.Single(error.Fields)));
        Assert.DoesNotContain("cole", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Whom_the_school_entered_itself_keeps_the_name_that_the_school_gave()
    {
        var current = Bundles.V11().Imported();
        current = current with { People = [.. current.People.Select(p => p with { Name = "Mrs Brook", SourceId = null })] };
        Assert.Empty(Bundles.V11().Plan(current).ChangedStaff);
    }

    [Fact]
    public void The_dry_run_prints_counts_and_lists_without_a_name()
    {
        var text = NewIds().Plan(Bundles.V11().Imported()).ToString();
        Assert.StartsWith("Pupils: 0 new, 1 changed, 0 returning, 0 leaving, 0 unchanged, 1 to decide.", text, StringComparison.Ordinal);
        Assert.Contains("--same q2=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Cara", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ekin", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Phase.AllThrough, "6", Phase.Primary)]
    [InlineData(Phase.AllThrough, "7", Phase.Secondary)]
    [InlineData(Phase.Special, "7", Phase.Special)]
    public void Phase_follows_school_and_year(Phase school, string year, Phase expected) =>
        Assert.Equal(expected, Bundles.V11().With("users.csv", "Cara,Dale,,,,,,,03,", $"Cara,Dale,,,,,,,{year},").Plan(Situations.Empty(school)).New[0].Phase);

    [Theory]
    [InlineData("N1", "N1")]
    [InlineData("PK", "N2")]
    [InlineData("KG", "R")]
    [InlineData("r", "R")]
    [InlineData("01", "1")]
    [InlineData("Year 7", "7")]
    [InlineData("Y14", "14")]
    [InlineData("15", null)]
    [InlineData("UG", null)]
    public void Year_groups_are_understood(string grade, string? year) => Assert.Equal(year, YearGroups.Parse(grade));

    /// <summary>The bundle of another system: every source id differs.</summary>
    private static Bundles NewIds()
    {
        var bundle = Bundles.V11();
        foreach (var file in new[] { "users.csv", "demographics.csv", "enrollments.csv" })
        {
            bundle[file] = bundle[file].Replace("p1,", "q1,", StringComparison.Ordinal).Replace("p2,", "q2,", StringComparison.Ordinal)
                .Replace("t1,", "u1,", StringComparison.Ordinal).Replace("a1,", "b1,", StringComparison.Ordinal);
        }

        return bundle;
    }

    private static Bundles Many(int pupils)
    {
        var (users, births) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < pupils - 2; i++)
        {
            users.Append('n').Append(i).Append(",,,true,school,student,,,Given").Append(i).Append(",Family,,,,,,,03,\n");
            births.Append('n').Append(i).Append(",,,2018-05-0").Append(i + 1).Append(",\n");
        }

        return Bundles.V11().Add("users.csv", users.ToString()).Add("demographics.csv", births.ToString());
    }
}
