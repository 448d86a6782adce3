using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.Policies;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>Chases, reviews, monitoring and the decision without a reply were tasks of whoever had triaged, and refused them.</summary>
public sealed class LastingTests
{
    private static readonly PersonId Lead = new(Guid.Parse("01900000-0000-7000-8000-00000000000d"));
    private static readonly CompiledPolicy Clifton = PolicyCompiler.Compile(ShippedPacks.Find("clifton-primary").Value!, ShippedPacks.FloorOf(Nation.England, new(2026, 9, 1))).Value!;

    private static readonly TriageIncident Unsuitable = ATriage with
    {
        Nature = "inappropriate-activity", Awareness = null, Steps = [new ChosenStep(StepKind.ContactParents, Role.Dsl, DeadlineRule.Immediately)], Reason = "Canary: no row",
    };

    [Fact]
    public void The_online_safety_lead_triaged_and_was_refused_what_followed()
    {
        var world = ByLead(Unsuitable);
        Assert.Equal((Lead, null), (world.State.Owner!.Value, world.State.Lasting));

        Ok(world.Refer(Agency.EarlyHelp, Teacher));
        Assert.Equal(Dsl, OwnerOf(world, TaskKind.ReferralChase));
        Assert.Contains(world.State.Notices, n => n.To == Dsl && n.Kind == NoticeKind.StepAssigned && n.SeeBy is not null);
        var news = new RecordReferral(1, Agency.EarlyHelp, ReferralDecision.Referred, Outcome: "Canary answer");
        Refused("NOT_ALLOWED", world.Refer(news, Lead));

        var parents = world.State.Plan().Single(s => s.Rule.Kind == StepKind.ContactParents);
        Ok(world.Complete(new CompleteStep(parents.Number, null, null, null, null, new ParentContact(ContactEnding.NotMadeRisk, null, null, null, "Canary risk", null, new DateOnly(2026, 11, 20)), [])));
        Assert.Equal(Dsl, OwnerOf(world, TaskKind.ParentsReview));

        Ok(world.Debrief(new DebriefIncident("Canary findings", [], [], new DateOnly(2026, 12, 1), false, null)));
        Assert.Equal(Dsl, OwnerOf(world, TaskKind.MonitoringReview));
        Refused("NOT_ALLOWED", Monitored(world, Lead));

        Ok(world.Refer(news, Dsl));
        Ok(Monitored(world, Dsl));
        Assert.Equal(Lead, world.State.Owner);
        Assert.Single(world.Events.OfType<LastingReassigned>());
    }

    [Fact]
    public void The_head_and_the_dsl_decide_what_the_lead_could_not()
    {
        var world = ByLead(Illegal with { Awareness = null });
        Ok(world.Refer(Agency.Police));
        Ok(world.Police(new RecordPoliceResponse(PoliceOutcome.NoReply, null, null, null)));
        Assert.Equal(Dsl, OwnerOf(world, TaskKind.DecisionWithoutReply));
        Ok(world.Decide(new DecideWithoutReply(WithoutReply.InternalProcedure, Agency.SocialCare, "Canary advice", "Canary reason", false, null), OwnerOf(world, TaskKind.DecisionWithoutReply)));
    }

    [Fact]
    public void A_technical_incidents_referral_is_not_the_network_managers_to_chase_before_triage_or_after()
    {
        var world = new IncidentWorld();
        Ok(world.Report(AReport with { Kind = ReportKind.Technical, People = [], DirectReferral = new DirectReferral(Agency.EarlyHelp, At(11, 10, 9, 45), "REF1") }));
        Assert.Equal((NetworkManager, Dsl), (OwnerOf(world, TaskKind.Triage), OwnerOf(world, TaskKind.ReferralChase)));
        Ok(world.Triage(ATriage with { Nature = "technical-incident", Awareness = null, FourCs = [] }, NetworkManager));
        Assert.Equal((NetworkManager, Dsl), (world.State.Owner!.Value, OwnerOf(world, TaskKind.ReferralChase)));
    }

    [Fact]
    public void It_goes_to_the_cover_of_its_own_owner_and_back_and_to_the_next_in_line()
    {
        var world = ByLead(Unsuitable);
        Ok(world.Refer(Agency.EarlyHelp, Teacher));
        Change(world, w => w with { Covers = [new CoverPeriod(Dsl, Senior, new(2026, 11, 12), new(2026, 11, 13))] });
        Assert.Equal(Dsl, OwnerOf(world, TaskKind.ReferralChase));
        world.Until(At(11, 12, 0, 0));
        Assert.Equal((Senior, Lead), (OwnerOf(world, TaskKind.ReferralChase), world.State.Owner!.Value));
        Assert.Contains(world.State.Notices, n => n.To == Senior && n.Kind == NoticeKind.StepAssigned);
        world.Until(At(11, 14, 0, 0));
        Assert.Equal(Dsl, OwnerOf(world, TaskKind.ReferralChase));

        world.Without(Dsl);
        Change(world, f => f);
        Assert.Equal(Deputy, OwnerOf(world, TaskKind.ReferralChase));
        // Where nobody leads any more it stays in sight.
        world.Without(Dsl, Deputy, Head);
        Change(world, f => f);
        Assert.Equal(Lead, OwnerOf(world, TaskKind.ReferralChase));
    }

    [Fact]
    public void It_goes_with_the_rest_to_whoever_leads_and_triages_again()
    {
        var world = ByLead(Unsuitable);
        Ok(world.Refer(Agency.EarlyHelp, Teacher));
        Ok(world.Triage(Unsuitable, Deputy));
        Assert.Equal((Deputy, null), (OwnerOf(world, TaskKind.ReferralChase), world.State.Lasting));
    }

    [Fact]
    public void Who_leads_until_a_day_and_has_the_reports_beyond_it_keeps_them_only()
    {
        var world = ByLead(Unsuitable, new RoleHolding(Role.OnlineSafetyLead, new(2020, 9, 1), null), new RoleHolding(Role.DeputyDsl, new(2020, 9, 1), new(2026, 11, 12)));
        Ok(world.Refer(Agency.EarlyHelp, Teacher));
        world.Until(At(11, 12, 23, 59));
        Assert.Equal(Lead, OwnerOf(world, TaskKind.ReferralChase));
        world.Until(At(11, 13, 0, 0));
        Assert.Equal((Dsl, Lead), (OwnerOf(world, TaskKind.ReferralChase), world.State.Owner!.Value));
    }

    private static IncidentWorld ByLead(TriageIncident triage, params RoleHolding[] roles)
    {
        var world = new IncidentWorld();
        var lead = roles.Length == 0 ? Holds(Lead, Role.OnlineSafetyLead) : new StaffFacts(Lead, roles, false);
        world.Facts = world.Facts with { Policy = Clifton, Staff = [.. world.Facts.Staff, lead] };
        Ok(world.Report());
        Ok(world.Triage(triage, Lead));
        return world;
    }

    private static void Change(IncidentWorld world, Func<SchoolFacts, SchoolFacts> change)
    {
        world.Facts = change(world.Facts) with { Version = world.Facts.Version + 1 };
        Ok(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
        Nothing(world.Keep(world.AsSystem(), c => IncidentDecider.SchoolChanged(world.State, world.Facts, c)));
    }

    private static PersonId OwnerOf(IncidentWorld world, TaskKind kind) => Assert.Single(world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == kind).Owner;

    private static Result<Grains.Events> Monitored(IncidentWorld world, PersonId by) =>
        world.Keep(by, c => IncidentDecider.ReviewMonitoring(world.State, world.Facts, new ReviewMonitoring("Canary calm", null), c));
}
