using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Domain.Tests.Policies;

public sealed class ResponsePlanTests
{
    private static readonly PolicyPack Wyre = ShippedPacks.Find("wyre-forest").Value!;

    private static StepRule Step(string id, StepKind kind, StepPhase phase = StepPhase.Response) => new(id, kind, [Role.Dsl], $"Text of {id}.", [], [], [], Phase: phase);

    private static PolicyPack Pack(params StepRule[] steps) => Wyre with
    {
        HeadRespondsToEveryBreach = false,
        Natures = [new("bullying", "Bullying", [FourC.Conduct]), new("nudes", "Nudes", [FourC.Conduct], NudesAmongUnder18: true), new("breach", "Breach", [FourC.Content], Technical: true)],
        Responses = [new("bullying", [], steps), new("nudes", [], steps, GuardedPath.NudesAmongUnder18)],
    };

    private static List<string> Ids(PolicyPack pack, string nature = "bullying") => [.. ResponsePlan.Compile(pack, nature, null).Value!.Select(s => s.Step.Id)];

    [Theory]
    [InlineData("theft", null, "UNKNOWN_NATURE")]
    [InlineData("breach", null, "TECHNICAL_NATURE")]
    [InlineData("bullying", Awareness.Knowing, "AWARENESS_NOT_ASKED")]
    public void A_question_that_makes_no_sense_is_refused(string nature, Awareness? awareness, string code) =>
        Assert.Equal(code, Assert.Single(ResponsePlan.Compile(Pack(), nature, awareness).Errors).Code);

    [Fact]
    public void Awareness_is_asked_for_where_it_decides() =>
        Assert.Equal("AWARENESS_NEEDED", Assert.Single(ResponsePlan.Compile(Wyre, "inappropriate-material", null).Errors).Code);

    [Fact]
    public void The_head_responds_after_the_first_response_and_before_the_follow_up()
    {
        var pack = Pack(Step("later", StepKind.DailyChecks, StepPhase.FollowUp), Step("now", StepKind.Custom)) with { HeadRespondsToEveryBreach = true };
        Assert.Equal(["now", "head-responds", "later"], Ids(pack));
    }

    [Fact]
    public void The_initial_review_comes_first_but_never_delays_a_guarded_path()
    {
        var pack = Pack(Step("now", StepKind.Custom)) with { InitialReviewMeeting = new([Role.Dsl], new DeadlineRule(DeadlineClock.SameSchoolDay)) };
        Assert.Equal(["initial-review", "now"], Ids(pack));
        Assert.DoesNotContain("initial-review", Ids(pack, "nudes"));
    }

    [Theory]
    [InlineData(DebriefFor.EveryIncident, "bullying", StepMode.Do)]
    [InlineData(DebriefFor.SeriousIncidents, "bullying", StepMode.Consider)]
    [InlineData(DebriefFor.SeriousIncidents, "nudes", StepMode.Do)]
    [InlineData(DebriefFor.WhenTheDslDecides, "nudes", StepMode.Consider)]
    public void A_debrief_is_held_or_considered(DebriefFor when, string nature, StepMode mode)
    {
        var pack = Pack(Step("now", StepKind.Custom)) with { Debrief = new(when, [Role.Dsl]) };
        var debrief = ResponsePlan.Compile(pack, nature, null).Value![^1].Step;
        Assert.Equal((StepKind.Debrief, mode, mode == StepMode.Consider), (debrief.Kind, debrief.Mode, debrief.RequiresReason));
    }

    [Fact]
    public void Serious_incidents_tell_those_the_policy_names_once()
    {
        var pack = Pack(Step("now", StepKind.InformRole) with { Tells = [Role.Headteacher] }) with { SeriousIncidents = new([Role.Headteacher, Role.ChairOfGovernors], []) };
        Assert.Equal(["now", "tell-chair-of-governors"], Ids(pack, "nudes"));
    }

    [Fact]
    public void Police_and_social_care_wait_for_nothing_even_without_a_floor()
    {
        var slow = Step("police", StepKind.ReferPolice) with { Deadline = new DeadlineRule(DeadlineClock.SchoolDays, 5), After = ["first"] };
        var step = ResponsePlan.Compile(Pack(Step("first", StepKind.Custom), slow), "bullying", null).Value![1].Step;
        Assert.Equal(DeadlineRule.Immediately, step.Deadline);
        Assert.Empty(step.After);
    }

    [Fact]
    public void Equal_ids_of_path_and_row_are_told_apart_and_references_follow()
    {
        var path = new PathRule(GuardedPath.NudesAmongUnder18, [Step("one", StepKind.StopInvestigation)]);
        var pack = Pack(Step("one", StepKind.Custom), Step("two", StepKind.Debrief) with { After = ["one"] }) with { Paths = [path] };
        Assert.Equal(["one", "one-2", "two"], Ids(pack, "nudes"));
        Assert.Equal(["one-2"], ResponsePlan.Compile(pack, "nudes", null).Value![2].Step.After);
    }

    [Fact]
    public void A_step_of_path_and_row_is_asked_for_once_and_doing_beats_considering()
    {
        var path = new PathRule(GuardedPath.NudesAmongUnder18, [Step("think", StepKind.ReferSocialCare) with { Mode = StepMode.Consider }]);
        var pack = Pack(Step("refer", StepKind.ReferSocialCare)) with { Paths = [path] };
        var step = Assert.Single(ResponsePlan.Compile(pack, "nudes", null).Value!).Step;
        Assert.Equal(("think", StepMode.Do), (step.Id, step.Mode));
    }
}
