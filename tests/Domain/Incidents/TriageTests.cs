using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class TriageTests
{
    [Fact]
    public void The_plan_of_row_1_goes_to_named_people_with_deadlines_and_keeps_its_policy_version()
    {
        var world = Triaged();
        Assert.Equal("1+1", world.State.PolicyVersion);
        Assert.Equal((NetworkManager, At(11, 11, 15, 30)), (world.Step("remove-material").Owner!.Value, world.Step("remove-material").Times!.DueAt));
        Assert.Equal((Dsl, At(11, 10, 15, 30)), (world.Step("parents").Owner!.Value, world.Step("parents").Times!.DueAt));
        Assert.Equal(Head, world.Step("head-responds").Owner);
        Assert.Equal(world.Now, world.Step("confiscate-device").Times!.DueAt);
    }

    [Theory]
    [InlineData("daily-checks")]
    [InlineData("weekly-update")]
    [InlineData("head-responds")]
    public void Steps_without_a_deadline_were_never_late_and_nobody_noticed(string rule)
    {
        var world = Triaged();
        Assert.Equal(At(11, 11, 15, 30), world.Step(rule).Times!.DueAt);
        world.Until(At(11, 20, 12, 0));
        Assert.Equal([OverdueStage.Owner, OverdueStage.Dsl, OverdueStage.Headteacher], world.Step(rule).Overdue.Select(o => o.Stage));
    }

    [Fact]
    public void Nobody_is_reminded_of_parents_whom_the_path_keeps_back() => Assert.Null(Triaged(ATriage with { Nature = null, Awareness = null, Path = GuardedPath.IllegalMaterial }, before: w => w.WithoutPolicy()).State.Plan().Single(s => s.Rule.Kind == StepKind.ContactParents).Times);

    [Fact]
    public void A_step_of_class_teacher_or_key_worker_is_not_given_to_the_first_one_in_the_staff_list()
    {
        var step = Triaged().Step("daily-checks");
        Assert.Equal((Dsl, Role.ClassTeacher), (step.Owner!.Value, step.Instead!.Value));
    }

    [Fact]
    public void A_step_of_the_key_worker_goes_to_the_pupils_own_and_without_one_to_the_dsl_who_reads_why()
    {
        var named = OfKeyWorker([new PupilStaff(Teacher, null), new PupilStaff(Teacher, Senior)]);
        Assert.Equal((Senior, Role.KeyWorker, null), (named.Owner!.Value, named.OwnerRole!.Value, named.Instead));
        foreach (var nobody in new PupilStaff[]?[] { null, [new PupilStaff(Teacher, null)], [new PupilStaff(Teacher, new PersonId(Guid.NewGuid()))] })
        {
            var step = OfKeyWorker(nobody);
            Assert.Equal((Dsl, Role.Dsl, Role.KeyWorker), (step.Owner!.Value, step.OwnerRole!.Value, step.Instead!.Value));
        }

        var covered = OfKeyWorker([new PupilStaff(null, Senior)], new CoverPeriod(Senior, Pastoral, new(2026, 11, 9), new(2026, 11, 10)));
        Assert.Equal((Pastoral, Senior, At(11, 11, 0, 0)), (covered.Owner!.Value, covered.Standing!.For, covered.Standing.Until!.Value));

        static IncidentStep OfKeyWorker(PupilStaff[]? staff, params CoverPeriod[] covers) => Triaged(
            new TriageIncident(null, [FourC.Content], null, null, false, [], [new ChosenStep(StepKind.SupportPupil, Role.KeyWorker, DeadlineRule.Immediately)], "Canary why"),
            before: w => w.WithoutPolicy().Facts = w.Facts with { OfPupils = staff, Covers = covers }).State.Plan().Single();
    }

    [Fact]
    public void Setting_up_checks_stays_with_those_who_may_though_the_pupils_own_people_make_them()
    {
        var step = Triaged(before: w => w.Facts = w.Facts with { OfPupils = [new PupilStaff(Teacher, KeyWorker)] }).Step("daily-checks");
        Assert.Equal((Dsl, Role.ClassTeacher), (step.Owner!.Value, step.Instead!.Value));
    }

    [Fact]
    public void Whoever_is_to_be_told_of_their_pupil_is_the_pupils_own_teacher()
    {
        var world = Triaged(ATriage with { Serious = true }, before: w => w.With(p => p with { SeriousIncidents = new SeriousIncidentRule([Role.ClassTeacher], []) })
            .Facts = w.Facts with { OfPupils = [new PupilStaff(Senior, null)] });
        Assert.Contains(world.State.Notices, n => n is { Kind: NoticeKind.IncidentInform, Role: Role.ClassTeacher } && n.To == Senior);
        Assert.DoesNotContain(world.State.Notices, n => n.To == Teacher);
    }

    [Fact]
    public void Whoever_the_row_tells_gets_a_notice_and_the_telling_is_done_when_seen()
    {
        var world = Triaged();
        Assert.Equal(StepStatus.Done, world.Step("tell-dsl").Status);
        Assert.Equal(StepStatus.Open, world.Step("tell-network-manager").Status);
        Ok(world.See(NetworkManager));
        Assert.Equal(StepStatus.Done, world.Step("tell-network-manager").Status);
        Assert.Equal(StepStatus.Open, world.Step("tell-pastoral-team").Status);
    }

    [Fact]
    public void Of_a_team_only_the_first_was_told()
    {
        var world = Triaged(before: w => w.Facts = w.Facts with { Staff = [.. w.Facts.Staff, Holds(Senior, Role.PastoralTeam)] });
        var step = world.Step("tell-pastoral-team");
        Assert.Equal([Pastoral, Senior], world.State.Notices.Where(n => n.Step == step.Number).Select(n => n.To));
        Ok(world.See(Pastoral));
        Assert.Equal(StepStatus.Open, world.Step("tell-pastoral-team").Status);
        Ok(world.See(Senior));
        Assert.Equal(StepStatus.Done, world.Step("tell-pastoral-team").Status);
    }

    [Fact]
    public void A_telling_with_nobody_in_the_role_goes_to_the_next_in_line()
    {
        var world = Triaged(before: w => w.Without(Pastoral));
        var notice = world.State.Notices.Single(n => n.Step == world.Step("tell-pastoral-team").Number);
        Assert.Equal((Dsl, Role.PastoralTeam), (notice.To, notice.Instead!.Value));
    }

    [Fact]
    public void Owners_other_than_the_dsl_are_told_of_their_tasks_once_each()
    {
        var told = Triaged().State.Notices.Where(n => n.Kind == NoticeKind.StepAssigned).Select(n => n.To).ToList();
        Assert.Equal(told.Distinct(), told);
        Assert.Contains(Head, told);
        Assert.DoesNotContain(Dsl, told);
    }

    [Fact]
    public void A_teacher_may_not_triage_and_a_deputy_may()
    {
        var world = new IncidentWorld();
        Ok(world.Report());
        Refused("NOT_ALLOWED", world.Triage(by: Teacher));
        Refused("NOT_ALLOWED", world.Triage(by: NetworkManager));
        Ok(world.Triage(by: Deputy));
        Assert.Equal(Deputy, world.State.Owner);
    }

    [Fact]
    public void An_incident_that_was_never_reported_is_not_found() => Refused("NOT_FOUND", new IncidentWorld().Triage());

    [Fact]
    public void Wrong_answers_are_refused_and_change_nothing()
    {
        var world = new IncidentWorld();
        Ok(world.Report());
        var events = world.Events.Count;
        Refused("NATURE_MISSING", world.Triage(ATriage with { Nature = null }));
        Refused("UNKNOWN_NATURE", world.Triage(ATriage with { Nature = "nothing" }));
        Refused("AWARENESS_NEEDED", world.Triage(ATriage with { Awareness = null }));
        Refused("AWARENESS_NOT_ASKED", world.Triage(ATriage with { Nature = "bullying-or-belittling" }));
        Refused("STEPS_NOT_ASKED", world.Triage(ATriage with { Steps = [new ChosenStep(StepKind.SupportPupil, Role.Dsl, default)] }));
        Refused("STEPS_MISSING", world.Triage(ATriage with { Nature = "sharing-information", Awareness = null }));
        Refused("STEP_TO_DO_MISSING", world.Triage(ATriage with { Nature = "sharing-information", Awareness = null, Reason = "x", Steps = [new ChosenStep(StepKind.Custom, Role.Dsl, default)] }));
        Refused("PATH_WEAKENED", world.Triage(Illegal with { Path = GuardedPath.NudesAmongUnder18 }));
        Assert.Equal(events, world.Events.Count);

        // A policy gives every nature its own; only without one there is something to leave out.
        var none = new IncidentWorld().WithoutPolicy();
        Ok(none.Report());
        Refused("FOUR_CS_MISSING", none.Triage(ATriage with { Nature = null, Awareness = null, FourCs = [] }));
    }

    [Fact]
    public void Where_the_policy_has_no_row_the_dsl_gives_steps_and_a_reason()
    {
        var world = Triaged(ATriage with { Nature = "sharing-information", Awareness = null, Reason = "Canary reason", Steps = [new ChosenStep(StepKind.Custom, Role.PastoralTeam, new DeadlineRule(DeadlineClock.SchoolDays, 2), "Canary note", "Canary to do")] });
        var step = world.Step("chosen-1");
        Assert.Equal((Pastoral, "Canary note", "Do what the DSL asked for."), (step.Owner!.Value, step.Note!.Plain, step.Rule.Text));
        Assert.Contains("consider-social-care", world.Open());
    }

    [Fact]
    public void Without_a_policy_the_dsl_chooses_every_step()
    {
        var world = new IncidentWorld().WithoutPolicy();
        Ok(world.Report());
        Refused("NATURE_WITHOUT_POLICY", world.Triage());
        Refused("STEPS_MISSING", world.Triage(ATriage with { Nature = null, Awareness = null }));
        Ok(world.Triage(ATriage with { Nature = null, Awareness = null, Reason = "No policy yet", Steps = [new ChosenStep(StepKind.ReferSocialCare, Role.Dsl, new DeadlineRule(DeadlineClock.SchoolDays, 5))] }));
        Assert.Null(world.State.PolicyVersion);
        Assert.Equal(world.Now, world.Step("chosen-1").Times!.DueAt);
    }

    [Fact]
    public void Without_a_policy_the_illegal_path_still_has_its_minimum()
    {
        var world = new IncidentWorld().WithoutPolicy();
        Ok(world.Report());
        Ok(world.Triage(ATriage with { Nature = null, Awareness = null, Path = GuardedPath.IllegalMaterial, Reason = "Found" }));
        StepKind[] minimum = [StepKind.StopInvestigation, StepKind.ReferPolice, StepKind.ReferSocialCare, StepKind.IsolateAndSealDevice, StepKind.PreserveEvidence, StepKind.SupportPupil];
        Assert.All(minimum, kind => Assert.Contains(world.State.Plan(), s => s.Rule.Kind == kind && s.Rule.Mode == StepMode.Do));
        Assert.True(world.State.Path!.FromFloor);
    }

    [Fact]
    public void Illegal_material_seen_unknowingly_was_held_up_for_a_reason_and_now_follows_the_path_at_once()
    {
        var world = new IncidentWorld();
        Ok(world.Report());
        Ok(world.Triage(Illegal with { Awareness = Awareness.Unknowing }));
        Assert.Equal(PathState.Stopped, world.State.Path!.State);
        Assert.Contains(world.State.Plan(), s => s.Rule.Kind == StepKind.ReferPolice && s.Rule.Mode == StepMode.Do);
    }

    [Fact]
    public void A_technical_incident_is_the_network_managers_and_has_no_pupils_plan()
    {
        var world = new IncidentWorld();
        Ok(world.Report(AReport with { Kind = ReportKind.Technical, People = [] }));
        Refused("NOT_ALLOWED", world.Triage(by: NetworkManager));
        Ok(world.Triage(ATriage with { Nature = "technical-incident", Awareness = null, FourCs = [] }, NetworkManager));
        Assert.Equal(["put-right", "head-responds"], world.Open());
        Assert.Equal(NetworkManager, world.Step("put-right").Owner);
    }

    [Fact]
    public void Triaging_again_needs_a_reason_keeps_what_is_done_and_supersedes_the_rest()
    {
        var world = Triaged();
        Ok(world.Complete("confiscate-device"));
        Ok(world.Complete("support-pupil"));
        Refused("RETRIAGE_REASON", world.Triage(ATriage with { Awareness = Awareness.Knowing }));

        world.Now += TimeSpan.FromHours(2);
        var due = world.Step("parents").Times!.DueAt;
        Ok(world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "He knew" }));

        Assert.Equal(StepStatus.Done, world.Step("support-pupil").Status);
        Assert.Equal(1, world.State.Steps.Count(s => s.Rule.Id == "support-pupil"));
        Assert.Contains(world.State.Steps, s => s.Rule.Id == "consider-ban" && s.Status == StepStatus.Superseded);
        Assert.Equal(due, world.Step("parents").Times!.DueAt);
        Assert.Equal(world.State.Steps.Count, world.State.Steps.Select(s => s.Number).Distinct().Count());
        Assert.Contains("social-care", world.Open());
    }

    [Fact]
    public void A_nude_found_to_be_illegal_adult_material_lost_social_care_and_seal_to_the_answers_of_the_first_plan()
    {
        var world = Triaged(Nudes);
        Ok(world.Complete(new CompleteStep(world.Step("seal-device").Number, null, false, null, "Canary reason", null, [])));
        Ok(world.Review(new ReviewNude(false, false, false, false, false, false, false, "Canary reason")));
        Assert.Equal(StepStatus.NotNeeded, world.Step("social-care").Status);

        Ok(world.Triage(Illegal with { Reason = "Canary: an adult in it" }));

        foreach (var id in new[] { "social-care", "seal-device" })
        {
            Assert.Equal((StepStatus.Open, StepMode.Do), (world.Step(id).Status, world.Step(id).Rule.Mode));
        }

        Ok(world.Refer(Agency.SocialCare));
        Ok(world.Refer(Agency.Police));
        Ok(world.Triage(Illegal with { Reason = "Canary again" }));
        Assert.Equal(StepStatus.Done, world.Step("social-care").Status);
        Assert.Equal(StepStatus.Open, world.Step("seal-device").Status);
    }

    [Fact]
    public void A_device_that_came_later_was_never_asked_to_be_sealed()
    {
        var world = Triaged(Illegal with { Devices = [Phone] });
        world.Known = new StepFacts([new DeviceFact(Phone, true, false, true)], [], []);
        Ok(world.Complete("seal-device"));
        Ok(world.Triage(Illegal with { Devices = [Phone], Reason = "Canary again" }));
        Assert.Equal(StepStatus.Done, world.Step("seal-device").Status);
        Ok(world.Triage(Illegal with { Devices = [Phone, new DeviceId(Guid.NewGuid())], Reason = "Canary: a second one" }));
        Assert.Equal(StepStatus.Open, world.Step("seal-device").Status);
    }

    [Fact]
    public void What_the_dsl_said_of_a_step_was_dropped_where_the_policy_has_that_step_too()
    {
        var chosen = new TriageIncident("sharing-information", [FourC.Conduct], null, null, false, [], [new ChosenStep(StepKind.ContactParents, Role.Dsl, default)], "Canary why");
        var world = Triaged(chosen with { Path = GuardedPath.NudesAmongUnder18 });
        Ok(world.Review(new ReviewNude(false, false, false, false, false, false, false, "Canary reason")));
        var step = world.State.Plan().Single(s => s.Rule.Kind == StepKind.ContactParents);
        Ok(world.Complete(world.Done(step.Rule.Id) with { Parents = new ParentContact(ContactEnding.Made, "Canary mother", ContactWay.Telephone, "Canary told", null, null, null) }));

        Ok(world.Triage(chosen with { Path = GuardedPath.NudesAmongUnder18, Steps = [chosen.Steps[0] with { ToDo = "Canary: ring about the threats" }] }));
        Assert.Equal((StepStatus.Open, "Canary: ring about the threats"), (world.Step(step.Rule.Id).Status, world.Step(step.Rule.Id).ToDo!.Plain));
    }

    [Fact]
    public void What_looks_after_a_child_slept_through_the_holidays()
    {
        var world = new IncidentWorld { Now = At(10, 26, 10, 0) };
        Ok(world.Report(AReport with { HappenedAt = world.Now.AddHours(-1) }));
        Ok(world.Triage(Nudes));
        // Half-term: the working day after it was reported, and not the first day of school.
        foreach (var kind in (StepKind[])[StepKind.DslReview, StepKind.SupportPupil])
        {
            var times = world.State.Plan().First(s => s.Rule.Kind == kind).Times!;
            Assert.Equal((10, 27), (times.DueAt.Month, times.DueAt.Day));
            Assert.Equal(10, times.HeadAt.Month);
        }

        // Triaged on the last day before it, the head hears of it within the week all the same.
        var before = new IncidentWorld { Now = At(10, 23, 10, 0) };
        Ok(before.Report(AReport with { HappenedAt = before.Now.AddHours(-1) }));
        Ok(before.Triage(Nudes));
        var review = before.State.Plan().First(s => s.Rule.Kind == StepKind.DslReview).Times!;
        Assert.Equal([(10, 23), (10, 26), (10, 27)], new[] { review.DueAt, review.DslAt, review.HeadAt }.Select(t => (t.Month, t.Day)));

        // In term the days that were given stay given.
        var support = new StepRule("support", StepKind.SupportPupil, [Role.Dsl], "Support", [], [], [], Origin: StepOrigin.Floor, Deadline: new DeadlineRule(DeadlineClock.SchoolDays, 3));
        Assert.Equal(At(11, 12, 15, 30).Date, IncidentClocks.Times(support, At(11, 9, 10, 0), world.Facts.Calendar)!.DueAt.Date);

        // What the policy asks of the school is done at school.
        var other = new IncidentWorld { Now = world.Now };
        Ok(other.Report(AReport with { HappenedAt = world.Now.AddHours(-1) }));
        Ok(other.Triage());
        Assert.Equal(11, other.Step("remove-material").Times!.DueAt.Month);
    }

    [Fact]
    public void Yes_to_telling_somebody_told_nobody()
    {
        var world = Triaged(before: w => w.With(p => p with
        {
            Responses = [.. p.Responses.Select(r => r with { Steps = [.. r.Steps.Select(s => s.Id == "tell-pastoral-team" ? s with { Mode = StepMode.Consider } : s)] })],
        }));
        Assert.DoesNotContain(world.State.Notices, n => n.To == Pastoral && n.Kind == NoticeKind.IncidentInform);
        var yes = world.Done("tell-pastoral-team") with { Answer = true, Reason = "She sees them daily" };
        Ok(world.Complete(yes));
        Assert.Contains(world.State.Notices, n => n.To == Pastoral && n.Kind == NoticeKind.IncidentInform);
        Assert.Equal(StepStatus.Done, world.Step("tell-pastoral-team").Status);
    }

    [Fact]
    public void What_was_waived_or_answered_with_no_is_asked_again_unless_the_new_plan_lets_it_be()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Unknowing });
        Ok(world.Complete(new CompleteStep(world.Step("consider-ban").Number, null, false, null, "Canary no", null, [])));
        Ok(world.Waive("confiscate-device", Head));
        Ok(world.Triage(ATriage with { Awareness = Awareness.Unknowing, Reason = "Canary again" }));
        Assert.Equal(StepStatus.Open, world.Step("consider-ban").Status);
        Assert.Equal(StepStatus.Waived, world.Step("confiscate-device").Status);

        world.With(p => p with { Responses = [.. p.Responses.Select(r => r with { Steps = [.. r.Steps.Select(s => s with { WaivableBy = [] })] })] });
        Ok(world.Triage(ATriage with { Awareness = Awareness.Unknowing, Reason = "Canary once more" }));
        Assert.Equal(StepStatus.Open, world.Step("confiscate-device").Status);
    }

    [Fact]
    public void Steps_chosen_at_a_second_triage_disappeared_behind_those_of_the_first()
    {
        var world = new IncidentWorld().WithoutPolicy();
        Ok(world.Report());
        Ok(world.Triage(Chosen(Custom("Canary one"), new ChosenStep(StepKind.SupportPupil, Role.PastoralTeam, new DeadlineRule(DeadlineClock.SameSchoolDay)))));
        Ok(world.Complete("chosen-1"));
        var promised = world.Step("chosen-2").Times!.DueAt;
        world.Now += TimeSpan.FromDays(1);

        Ok(world.Triage(Chosen(
            new ChosenStep(StepKind.ReferSocialCare, Role.Dsl, default), Custom("Canary two"), new ChosenStep(StepKind.SupportPupil, Role.PastoralTeam, new DeadlineRule(DeadlineClock.SameSchoolDay)))));

        Assert.Equal(["chosen-3", "chosen-4", "chosen-5"], world.Open());
        Assert.Equal((StepKind.ReferSocialCare, "Canary two"), (world.Step("chosen-3").Rule.Kind, world.Step("chosen-4").Note!.Plain));
        // Another sentence is another step; the same support for the same people was promised for yesterday.
        Assert.Equal((world.Now, promised), (world.Step("chosen-4").From, world.Step("chosen-5").Times!.DueAt));
    }

    [Fact]
    public void A_further_referral_that_the_dsl_chooses_is_not_done_by_the_one_before()
    {
        var world = new IncidentWorld().WithoutPolicy();
        Ok(world.Report());
        Ok(world.Triage(Chosen(new ChosenStep(StepKind.ReferAgency, Role.Dsl, default))));
        Ok(world.Refer(Agency.EarlyHelp));
        Ok(world.Triage(Chosen(new ChosenStep(StepKind.ReferAgency, Role.Dsl, default))));
        Assert.Equal(["chosen-2"], world.Open());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_steps_of_the_dsls_own_became_one_and_the_second_was_never_heard_of(bool policy)
    {
        var triage = Chosen(Custom("Canary one"), Custom("Canary two"), new ChosenStep(StepKind.SupportPupil, Role.PastoralTeam, default), new ChosenStep(StepKind.SupportPupil, Role.Dsl, default));
        var world = policy ? Triaged(triage with { Nature = "sharing-information" }) : Triaged(triage, before: w => w.WithoutPolicy());
        Assert.Equal(
            [("Canary one", Pastoral), ("Canary two", Pastoral), (null, Pastoral), (null, Dsl)],
            world.State.Plan().Where(s => s.Rule.Id.StartsWith("chosen-", StringComparison.Ordinal)).Select(s => (s.Note?.Plain, s.Owner!.Value)));
    }

    [Fact]
    public void What_the_dsl_meant_is_kept_where_the_path_asks_for_the_step_anyway()
    {
        ChosenStep[] steps =
        [
            new(StepKind.ReferSocialCare, Role.Dsl, default, "Canary: her sister too"), new(StepKind.SupportPupil, Role.PastoralTeam, default, "Canary: a key adult"), new(StepKind.SupportPupil, Role.Dsl, default, "Canary: her friends"),
        ];
        var world = Triaged(Chosen(steps) with { Nature = "sharing-information", Path = GuardedPath.IllegalMaterial });
        Assert.Equal("Canary: her sister too", Assert.Single(world.State.Plan(), s => s.Rule.Kind == StepKind.ReferSocialCare).Note!.Plain);
        Assert.Equal(
            [(null, Dsl), ("Canary: a key adult", Pastoral), ("Canary: her friends", Dsl)],
            world.State.Plan().Where(s => s.Rule.Kind == StepKind.SupportPupil).Select(s => (s.Note?.Plain, s.Owner!.Value)));
    }

    [Fact]
    public void Whoever_got_a_step_of_the_dsls_own_could_not_learn_what_was_asked()
    {
        var world = Triaged(Chosen(new ChosenStep(StepKind.Custom, Role.PastoralTeam, default, "Canary: his sister", "Canary: ring the youth club")), before: w => w.WithoutPolicy());
        var task = Assert.Single(world.Rows().Where(r => r.Table.Name == "task").Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.IncidentStep);
        Assert.Equal((Pastoral, "Canary: ring the youth club", "Do what the DSL asked for."), (task.Owner, task.ToDo!.Plain, task.Title));
        Assert.Equal("Canary: his sister", world.Step("chosen-1").Note!.Plain);
        Refused("TEXT_TOO_LONG", world.Triage(Chosen(Custom(new string('x', IncidentErrors.LongestToDo + 1)))));
        Refused("LINK_IN_TEXT", world.Triage(Chosen(new ChosenStep(StepKind.Custom, Role.Dsl, default, null, "See https://canary.example")) with { Path = GuardedPath.IllegalMaterial }));
    }

    private static ChosenStep Custom(string note) => new(StepKind.Custom, Role.PastoralTeam, default, note, note);

    private static TriageIncident Chosen(params ChosenStep[] steps) => new(null, [FourC.Content], null, null, false, [], steps, "Canary why");

    [Fact]
    public void Triaging_again_buys_no_time_for_what_was_promised()
    {
        var world = Triaged();
        world.Until(At(11, 12, 10, 0));
        Ok(world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "He knew" }));
        Assert.Equal(At(11, 10, 15, 30), world.Step("parents").Times!.DueAt);
    }

    [Fact]
    public void Police_and_social_care_wait_for_no_clock_even_in_the_holidays()
    {
        var world = new IncidentWorld { Now = At(10, 27, 22, 0) };
        Ok(world.Report(AReport with { HappenedAt = world.Now }));
        Ok(world.Triage(Illegal));
        Assert.All(world.State.Plan().Where(s => StandardSteps.IsStatutory(s.Rule.Kind)), s => Assert.Equal((world.Now, true), (s.Times!.DueAt, world.State.IsReady(s))));
    }

    [Fact]
    public void An_initial_review_is_a_step_where_the_policy_says_so()
    {
        var world = Triaged(before: w => w.With(p => p with { InitialReviewMeeting = new InitialReviewRule([Role.Dsl, Role.SeniorLeader], new DeadlineRule(DeadlineClock.SchoolDays, 1)) }));
        Assert.Equal(Dsl, world.Step("initial-review").Owner);
        Assert.DoesNotContain(Triaged(Illegal, before: w => w.With(p => p with { InitialReviewMeeting = new InitialReviewRule([Role.Dsl]) })).Open(), id => id == "initial-review");
    }

    [Fact]
    public void A_serious_incident_is_told_to_whom_the_policy_names()
    {
        var world = Triaged(ATriage with { Serious = true }, before: w => w.With(p => p with { SeriousIncidents = new SeriousIncidentRule([Role.SeniorLeader], []) }));
        Assert.Contains(world.State.Notices, n => n.To == Senior && n.Kind == NoticeKind.IncidentInform);
    }

    [Fact]
    public void A_leavers_steps_go_to_whoever_holds_the_role_now()
    {
        var world = Triaged();
        world.Without(NetworkManager);
        Ok(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
        Assert.Equal((Dsl, Role.NetworkManager), (world.Step("remove-material").Owner!.Value, world.Step("remove-material").Instead!.Value));
        Nothing(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
    }

    [Fact]
    public void A_direct_referral_has_already_kept_the_plans_promise()
    {
        var world = Triaged(Illegal, AReport with { DirectReferral = new DirectReferral(Agency.Police, At(11, 10, 9, 45), null) });
        Assert.Equal(StepStatus.Done, world.State.Plan().Single(s => s.Rule.Kind == StepKind.ReferPolice).Status);
        Assert.Equal(PathState.WithAgencies, world.State.Path!.State);
    }

    [Fact]
    public void Counts_move_when_triaged_and_move_back_when_triaged_again()
    {
        var world = Triaged();
        Ok(world.Triage(ATriage with { Nature = "bullying-or-belittling", Awareness = null, FourCs = [FourC.Conduct, FourC.Contact], Reason = "Other" }));
        var day = new DateOnly(2026, 11, 10);
        Assert.Equal(
            [
                (day, "incidents-reported", "kind=online-safety", 1),
                // From its report on, so that a school that does not triage does not look quiet.
                (day, "incidents", "fourC=none;nature=untriaged;phase=secondary;yearGroup=7", 1),
                (day, "incidents", "fourC=none;nature=untriaged;phase=secondary;yearGroup=7", -1),
                (day, "incidents", "fourC=content;nature=inappropriate-material;phase=secondary;yearGroup=7", 1),
                (day, "incidents", "fourC=content;nature=inappropriate-material;phase=secondary;yearGroup=7", -1),
                (day, "incidents", "fourC=several;nature=bullying-or-belittling;phase=secondary;yearGroup=7", 1),
            ],
            world.Counts.Where(c => c.Counter != IncidentCounts.Log).Select(c => (c.Day, c.Counter, c.Dimensions, c.By)));
    }

    [Fact]
    public void The_log_that_leaves_the_school_counts_by_key_stage_and_moves_with_referral_and_closure()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing });
        Ok(world.Refer(Agency.EarlyHelp));
        world.EndEverything();
        Ok(world.Close());
        Ok(world.Keep(Dsl, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident("Canary again"), c)));

        const string rest = "fourC=content;keyStage=KS3;nature=inappropriate-material";
        Assert.Equal(
            [($"closed=no;{rest};referred=no", 1), ($"closed=no;{rest};referred=no", -1), ($"closed=no;{rest};referred=yes", 1), ($"closed=no;{rest};referred=yes", -1), ($"closed=yes;{rest};referred=yes", 1), ($"closed=yes;{rest};referred=yes", -1), ($"closed=no;{rest};referred=yes", 1)],
            world.Counts.Where(c => c.Counter == IncidentCounts.Log).Select(c => (c.Dimensions, c.By)));
        Assert.All(world.Counts, c => Assert.Equal(new DateOnly(2026, 11, 10), c.Day));
    }
}
