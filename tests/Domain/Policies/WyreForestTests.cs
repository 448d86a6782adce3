using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

public sealed class WyreForestTests
{
    private static readonly PolicyPack Pack = ShippedPacks.Find("wyre-forest").Value!;

    private static readonly CompiledPolicy Compiled = PolicyCompiler.Compile(Pack, ShippedPacks.FloorOf(Pack.Nation, new(2026, 9, 1))).Value!;

    private static List<string> Ids(string nature, Awareness? awareness) =>
        [.. ResponsePlan.Compile(Compiled.Policy, nature, awareness).Value!.Select(s => s.Step.Id)];

    [Theory]
    [InlineData(Awareness.Unknowing)]
    [InlineData(Awareness.LimitedUnderstanding)]
    public void Material_reached_without_knowing_follows_row_1(Awareness awareness) =>
        Assert.Equal(
            [
                "consider-social-care", "consider-police",
                "tell-dsl", "tell-network-manager", "tell-pastoral-team", "parents", "confiscate-device", "remove-material", "consider-ban",
                "support-pupil", "head-responds", "daily-checks", "weekly-update",
            ],
            Ids("inappropriate-material", awareness));

    [Fact]
    public void Material_reached_knowingly_follows_row_2() =>
        Assert.Equal(
            [
                "consider-police",
                "tell-dsl", "tell-network-manager", "social-care", "tell-pastoral-team", "parents", "remove-all-devices", "agree-strategy",
                "support-pupil", "head-responds", "daily-checks", "weekly-update",
            ],
            Ids("inappropriate-material", Awareness.Knowing));

    [Fact]
    public void Bullying_follows_row_3_whose_follow_up_completes_the_strategy() =>
        Assert.Equal(
            [
                "consider-police",
                "tell-dsl", "tell-network-manager", "social-care", "tell-pastoral-team", "parents", "remove-all-devices", "agree-strategy",
                "support-pupil", "head-responds", "complete-strategy", "daily-checks", "weekly-update",
            ],
            Ids("bullying-or-belittling", null));

    [Fact]
    public void Illegal_material_accessed_knowingly_follows_the_floors_path_because_the_flowchart_is_not_in_the_document()
    {
        Assert.Equal(
            [
                "stop", "police", "social-care", "seal-device", "keep-logs", "tell-head", "support", "consider-lado", "agency-advice", "parents", "outcome",
                "head-responds",
            ],
            Ids("illegal-material", Awareness.Knowing));
        Assert.Contains(Compiled.Overrides, o => o is { Kind: OverrideKind.Added, Where: "paths.illegal-material" });
    }

    [Theory]
    [InlineData("illegal-material", Awareness.Unknowing)]
    [InlineData("illegal-material", Awareness.Unknown)]
    [InlineData("inappropriate-material", Awareness.Unknown)]
    [InlineData("sharing-information", null)]
    public void Where_the_table_says_nothing_the_dsl_decides(string nature, Awareness? awareness) =>
        Assert.Equal(["NO_ROW"], ResponsePlan.Compile(Compiled.Policy, nature, awareness).Errors.Select(e => e.Code));

    [Fact]
    public void Steps_chosen_by_the_dsl_do_not_lift_the_guarded_path()
    {
        var chosen = Compiled.Policy.Responses.SelectMany(r => r.Steps).Where(s => s.Kind is StepKind.AccessStrategy or StepKind.ConsiderBan).DistinctBy(s => s.Kind).ToList();
        var plan = ResponsePlan.Chosen(Compiled.Policy, "illegal-material", Awareness.Unknowing, chosen).Value!;
        Assert.Equal(StepKind.StopInvestigation, plan[0].Step.Kind);
        Assert.Contains(plan, s => s.Step.Kind == StepKind.ConsiderBan);
        var ids = plan.Select(s => s.Step.Id).ToHashSet();
        Assert.All(plan, s => Assert.All(s.Step.After, a => Assert.Contains(a, ids)));
    }

    [Fact]
    public void Nudes_among_under_18s_can_be_named_though_the_policy_does_not()
    {
        Assert.Contains(Compiled.Policy.Natures, n => n is { Id: "nudes-among-under-18s", NudesAmongUnder18: true });
        Assert.Equal("do-not-view", Ids("nudes-among-under-18s", null)[0]);
    }

    [Fact]
    public void Daily_checks_are_done_by_class_teacher_or_key_worker_and_the_network_manager_gets_the_weekly_update()
    {
        var checks = ResponsePlan.Compile(Compiled.Policy, "inappropriate-material", Awareness.Knowing).Value!.Single(s => s.Step.Kind == StepKind.DailyChecks).Step;
        Assert.Equal([Role.ClassTeacher, Role.KeyWorker], checks.Owners);
        Assert.Equal(RepeatEvery.SchoolDay, checks.Repeat!.Every);
        Assert.Equal([Role.NetworkManager], Pack.WeeklyUpdateTo);
    }

    [Theory]
    [InlineData("filtering-change-process", null)]
    [InlineData("weekly-safeguarding-meeting", "1 week")]
    [InlineData("use-of-technology-audit", "1 year")]
    [InlineData("filtering-and-monitoring-review", "1 year")]
    [InlineData("licence-reconciliation", null)]
    [InlineData("username-register", null)]
    [InlineData("guest-access-review", null)]
    [InlineData("removable-media-review", null)]
    public void Promises_are_recurring_checks(string id, string? every) =>
        Assert.Equal(every, Compiled.Policy.RecurringChecks.Single(c => c.Id == id).Every?.ToString());

    [Fact]
    public void Reviewed_every_two_years_and_approved_by_the_governors()
    {
        Assert.Equal("2 years", Pack.Review.Every?.ToString());
        Assert.Equal([Role.Governor], Pack.Review.ApprovedBy);
    }

    [Fact]
    public void Community_users_sign_before_access_staff_sign() =>
        Assert.Equal(
            [(AgreementParty.Staff, AssentTiming.NotSaid), (AgreementParty.CommunityUser, AssentTiming.BeforeAccess)],
            Pack.Agreements.Where(a => a.Assent == Assent.Signature).Select(a => (a.Party, a.Timing.Single())));

    [Fact]
    public void Contradictions_of_the_source_wait_for_a_person() =>
        Assert.Contains(Pack.Questions, q => q.Id == "strategy-agreed-or-completed" && q.DecidedBy.Contains(Role.Headteacher));
}
