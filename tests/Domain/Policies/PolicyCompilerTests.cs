using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

public sealed class PolicyCompilerTests
{
    private static readonly PolicyPack England = ShippedPacks.FloorOf(Nation.England, new(2026, 9, 1));
    private static readonly PolicyPack Wales = ShippedPacks.FloorOf(Nation.Wales, new(2026, 9, 1));
    private static readonly PolicyPack Wyre = ShippedPacks.Find("wyre-forest").Value!;

    private static readonly Nature Bullying = new("bullying", "Bullying", [FourC.Conduct]);

    private static StepRule Step(StepKind kind, string id = "a") => new(id, kind, [Role.Dsl], "Text.", [], [], []);

    private static PolicyPack Pack(params StepRule[] steps) => Wyre with { Natures = [Bullying], Responses = [new("bullying", [], steps)] };

    private static (StepRule Step, List<PolicyOverride> Overrides) Compile(StepRule step, PolicyPack? floor = null)
    {
        floor ??= England;
        var compiled = PolicyCompiler.Compile(Pack(step) with { Nation = floor.Nation }, floor).Value!;
        return (compiled.Policy.Responses[0].Steps[0], [.. compiled.Overrides.Where(o => o.Where.StartsWith("responses.0.steps", StringComparison.Ordinal))]);
    }

    [Theory]
    [InlineData("none", OverrideKind.Added)]
    [InlineData("5 school days", OverrideKind.Tightened)]
    [InlineData("1 hour", OverrideKind.Tightened)]
    public void A_referral_to_social_care_never_waits(string deadline, OverrideKind kind)
    {
        Assert.True(DeadlineRule.TryParse(deadline, out var rule));
        var (step, overrides) = Compile(Step(StepKind.ReferSocialCare) with { Deadline = rule });
        Assert.Equal(DeadlineRule.Immediately, step.Deadline);
        Assert.Equal((kind, "responses.0.steps.a.deadline", "immediately"), (overrides[0].Kind, overrides[0].Where, overrides[0].FloorSays));
        Assert.StartsWith("KCSIE 2025", overrides[0].Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 working day", "1 working day")]
    [InlineData("immediately", "immediately")]
    [InlineData("1 school day", "1 working day")]
    [InlineData("24 hours", "1 working day")]
    [InlineData("2 working days", "1 working day")]
    public void The_lado_hears_within_one_working_day_and_a_clock_that_may_be_later_gives_way(string pack, string result)
    {
        Assert.True(DeadlineRule.TryParse(pack, out var rule));
        Assert.Equal(result, Compile(Step(StepKind.ReferLado) with { Deadline = rule }).Step.Deadline.ToString());
    }

    [Fact]
    public void Wales_has_no_lado()
    {
        var (step, overrides) = Compile(Step(StepKind.ReferLado), Wales);
        Assert.Equal(StepKind.ReferLocalAuthority, step.Kind);
        Assert.Contains(overrides, o => o is { Kind: OverrideKind.Replaced, PackSaid: "refer-lado", FloorSays: "refer-local-authority" });
        Assert.DoesNotContain(Wales.Paths.SelectMany(p => p.Steps), s => s.Kind == StepKind.ReferLado);
    }

    [Fact]
    public void A_referral_cannot_be_waived()
    {
        var (step, overrides) = Compile(Step(StepKind.ReferPolice) with { WaivableBy = [Role.Headteacher], Deadline = DeadlineRule.Immediately });
        Assert.Empty(step.WaivableBy);
        Assert.Equal("headteacher", Assert.Single(overrides).PackSaid);
    }

    [Fact]
    public void Contact_with_parents_is_not_only_considered() =>
        Assert.Equal(StepMode.Do, Compile(Step(StepKind.ContactParents) with { Mode = StepMode.Consider }).Step.Mode);

    [Fact]
    public void What_is_stricter_stays_and_is_no_override()
    {
        var (step, overrides) = Compile(Step(StepKind.ReferSocialCare) with { Deadline = DeadlineRule.Immediately });
        Assert.Equal((StepMode.Do, DeadlineRule.Immediately), (step.Mode, step.Deadline));
        Assert.Empty(overrides);
    }

    [Fact]
    public void A_packs_own_flowchart_keeps_its_order_and_gets_what_it_lacks()
    {
        var own = new PathRule(GuardedPath.IllegalMaterial, [Step(StepKind.ReferPolice, "ours") with { Deadline = DeadlineRule.Immediately }, Step(StepKind.Debrief, "talk")]);
        var compiled = PolicyCompiler.Compile(Pack(Step(StepKind.Custom)) with { Paths = [own] }, England).Value!;
        var path = compiled.Policy.Paths.Single(p => p.Path == GuardedPath.IllegalMaterial);
        Assert.Equal(StepOrigin.School, path.Origin);
        Assert.Equal(["stop", "ours", "social-care", "seal-device"], path.Steps.Take(4).Select(s => s.Id));
        Assert.Equal("talk", path.Steps[^1].Id);
        Assert.Equal(StepOrigin.Floor, path.Steps[0].Origin);
        Assert.Contains(compiled.Overrides, o => o is { Kind: OverrideKind.Added, Where: "paths.illegal-material.stop" });
    }

    [Fact]
    public void A_row_for_illegal_material_leads_to_the_guarded_path_even_if_the_pack_forgot()
    {
        var pack = Pack(Step(StepKind.Custom)) with { Natures = [Bullying with { Illegal = true }] };
        Assert.Equal(GuardedPath.IllegalMaterial, PolicyCompiler.Compile(pack, England).Value!.Policy.Responses[0].Path);
    }

    [Fact]
    public void Retention_that_is_too_short_is_lengthened_and_longer_retention_stays()
    {
        RetentionRule Kept(int years) => PolicyCompiler.Compile(
            Wyre with { Retention = [new(RetainedRecord.ChildProtectionFile, RetentionStart.DateOfBirth, years)] }, England).Value!.Policy.Retention[0];
        Assert.Equal(25, Kept(6).Years);
        Assert.Equal(75, Kept(75).Years);
    }

    [Fact]
    public void Filtering_is_reviewed_at_least_yearly()
    {
        var slow = new RecurringCheck("filtering-and-monitoring-review", "Review", [Role.Dsl], new PolicyPeriod(2, PeriodUnit.Year));
        var compiled = PolicyCompiler.Compile(Wyre with { RecurringChecks = [slow] }, England).Value!;
        Assert.Equal(new PolicyPeriod(1, PeriodUnit.Year), compiled.Policy.RecurringChecks[0].Every);
        Assert.Contains(compiled.Overrides, o => o is { Kind: OverrideKind.Tightened, PackSaid: "2 years", FloorSays: "1 year" });
    }

    [Fact]
    public void Compiling_twice_changes_nothing_more()
    {
        var once = PolicyCompiler.Compile(Wyre, England).Value!;
        Assert.Empty(PolicyCompiler.Compile(once.Policy, England).Value!.Overrides);
    }

    [Fact]
    public void A_floor_of_another_nation_is_refused() =>
        Assert.Equal("FLOOR_MISMATCH", Assert.Single(PolicyCompiler.Compile(Wyre, Wales).Errors).Code);

    [Fact]
    public void A_compiled_policy_survives_storage()
    {
        foreach (var pack in ShippedPacks.Schools)
        {
            var stored = StoredJson.Write(PolicyCompiler.Compile(pack, ShippedPacks.FloorOf(pack.Nation, new(2026, 9, 1))).Value!);
            Assert.Equal(stored, StoredJson.Write(StoredJson.Read<CompiledPolicy>(stored)));
        }
    }
}
