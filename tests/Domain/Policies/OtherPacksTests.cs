using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

public sealed class OtherPacksTests
{
    private static PolicyPack Pack(string id) => ShippedPacks.Find(id).Value!;

    [Fact]
    public void Five_packs_and_two_floors_ship()
    {
        Assert.Equal(["clifton-primary", "forest-ce-federation", "ngp-cluster", "warminster", "wyre-forest"], ShippedPacks.Schools.Select(p => p.Id).Order());
        Assert.Equal(["england-2025", "wales-2025"], ShippedPacks.Floors.Select(p => p.Id).Order());
    }

    [Theory]
    [InlineData(SanctionedGroup.Pupils, 16, 9, new[] { "head-of-year", "headteacher", "police" })]
    [InlineData(SanctionedGroup.Staff, 16, 8, new[] { "headteacher", "local-authority-hr", "police" })]
    public void The_federations_matrices_have_only_their_first_row_filled(SanctionedGroup group, int kinds, int actions, string[] open)
    {
        var matrix = Pack("forest-ce-federation").Sanctions.Single(m => m.Group == group);
        Assert.Equal((kinds, actions), (matrix.Kinds.Count, matrix.Actions.Count));
        Assert.Equal(open, matrix.Kinds[0].Open);
        Assert.All(matrix.Kinds.Skip(1), k => Assert.Empty(k.Open.Concat(k.Closed)));
    }

    [Fact]
    public void The_federations_flowchart_keeps_its_steps_and_gets_the_floors()
    {
        var plan = ResponsePlan.Compile(PolicyCompiler.Compile(Pack("forest-ce-federation"), ShippedPacks.FloorOf(Nation.England, new(2026, 9, 1))).Value!.Policy, "illegal-material", null).Value!;
        Assert.Contains(plan, s => s.Step is { Kind: StepKind.ConsiderSuspension, Origin: StepOrigin.School });
        Assert.Contains(plan, s => s.Step is { Kind: StepKind.IsolateAndSealDevice, Origin: StepOrigin.Floor });
        Assert.DoesNotContain(plan, s => s.Step.Kind == StepKind.InitialReview);
        Assert.Equal(StepKind.Debrief, plan[^1].Step.Kind);
        Assert.True(plan.Single(s => s.Step.Kind == StepKind.ReferPolice).Number < plan.Single(s => s.Step.Kind == StepKind.AwaitAgencyAdvice).Number);
        var parents = plan.Single(s => s.Step.Kind == StepKind.ContactParents).Step;
        Assert.Equal(plan.Single(s => s.Step.Kind == StepKind.AwaitAgencyAdvice).Step.Id, Assert.Single(parents.After));
    }

    [Fact]
    public void No_welsh_plan_names_a_lado()
    {
        var policy = PolicyCompiler.Compile(Pack("ngp-cluster"), ShippedPacks.FloorOf(Nation.Wales, new(2026, 9, 1))).Value!.Policy;
        Assert.DoesNotContain(policy.Paths.SelectMany(p => p.Steps), s => s.Kind == StepKind.ReferLado);
    }

    [Fact]
    public void Ngp_pupils_sign_before_access_and_parents_endorse() =>
        Assert.Equal(
            [(AgreementParty.Pupil, Assent.Signature, AssentTiming.BeforeAccess), (AgreementParty.Parent, Assent.Endorsement, AssentTiming.NotSaid)],
            Pack("ngp-cluster").Agreements.Take(2).Select(a => (a.Party, a.Assent, a.Timing[0])));

    [Fact]
    public void Warminster_contacts_pupils_between_half_past_seven_and_half_past_nine() =>
        Assert.Equal((new TimeOnly(7, 30), new TimeOnly(21, 30)), (Pack("warminster").ContactHours!.From, Pack("warminster").ContactHours!.To));

    [Fact]
    public void Unreadable_cells_wait_to_be_confirmed() =>
        Assert.All(Pack("warminster").UserActions.Where(a => a.Use == UseClass.NotSaid), a => Assert.True(a.Unconfirmed));
}
