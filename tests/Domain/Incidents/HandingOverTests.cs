using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>A child's concern that came through the drop-down for technical incidents (C1).</summary>
public sealed class HandingOverTests
{
    private static readonly ReportIncident Stranger = AReport with { Kind = ReportKind.Technical, What = "Canary: a stranger in the chat", People = [AReport.People[0] with { Part = PupilPart.Affected }] };
    private static readonly ReportIncident Filter = AReport with { Kind = ReportKind.Technical, People = [] };
    private static readonly TriageIncident Technical = ATriage with { Nature = "technical-incident", Awareness = null, FourCs = [] };

    private readonly IncidentWorld _world = new();

    [Fact]
    public void A_technical_report_that_named_a_pupil_was_told_to_the_network_manager_only()
    {
        Ok(_world.Report(Stranger));
        Assert.Equal([(NetworkManager, NoticeKind.TechnicalIncidentReported), (Dsl, NoticeKind.TechnicalIncidentWithPupil)], _world.State.Notices.Select(n => (n.To, n.Kind)));
        Assert.All(_world.State.Notices, n => Assert.NotNull(n.SeeBy));
        Assert.Contains(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.IncidentTold } t && t.Owner == Dsl);
        Ok(_world.See(Dsl));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.IncidentTold } t && t.Owner == Dsl);
    }

    [Fact]
    public void Nobody_is_told_twice_in_danger_and_nobody_else_of_a_broken_filter()
    {
        Ok(_world.Report(Filter));
        Assert.Equal(NetworkManager, Assert.Single(_world.State.Notices).To);
        var danger = new IncidentWorld();
        Ok(danger.Report(Stranger with { Danger = ImmediateDanger.Yes, NumbersShown = true }));
        Assert.Single(danger.State.Notices, n => n.To == Dsl);
    }

    [Fact]
    public void The_network_manager_could_not_pass_a_childs_concern_on()
    {
        Ok(_world.Report(Filter));
        var refused = _world.Triage(by: NetworkManager);
        Refused("NOT_ALLOWED", refused);
        Assert.Contains("hand it to the DSL", refused.Errors[0].Message, StringComparison.Ordinal);

        _world.Now = At(11, 11, 16, 0);
        _world.Until(_world.Now);
        Assert.NotEmpty(_world.State.TriageOverdue);
        Ok(Hand(NetworkManager));
        Assert.Equal((Dsl, NetworkManager, _world.Now), (_world.State.Owner!.Value, _world.State.Handed!.By!.Value, _world.State.Handed.At));
        // The DSL has a day of their own, and is reminded like anybody else.
        Assert.Equal(At(11, 12, 15, 30), _world.State.Triage!.DueAt);
        Assert.Equal(Dsl, Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.Triage).Owner);
        Assert.Contains(_world.State.Notices, n => n.To == Dsl && n.Kind == NoticeKind.IncidentReported && n.SeeBy is not null);
        _world.Until(At(11, 13, 16, 0));
        Assert.Contains(_world.State.TriageOverdue, o => o.Stage == OverdueStage.Owner);

        Nothing(Hand(NetworkManager));
        Refused("NOT_ALLOWED", _world.Triage(Technical, NetworkManager));
        Ok(_world.Triage());
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.Triage });
    }

    [Fact]
    public void Found_out_after_a_technical_plan_began_it_is_triaged_again_by_the_dsl()
    {
        Ok(_world.Report(Filter));
        Ok(_world.Triage(Technical, NetworkManager));
        var counts = _world.Counts.Count;
        Ok(Hand(NetworkManager));
        Assert.Equal(Dsl, Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.Triage).Owner);
        Assert.Equal(counts, _world.Counts.Count);
        Assert.Equal(IncidentStatus.Reported, _world.State.Status());
        Refused("NOT_TRIAGED", _world.Close());
        Refused("NOT_TRIAGED", _world.Debrief(new DebriefIncident("Found", [], [], null, false, null)));
        Refused("RETRIAGE_REASON", _world.Triage());
        Ok(_world.Triage(ATriage with { Reason = "Canary: about a child" }));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.Triage });
        Assert.Contains("support-pupil", _world.Open());
    }

    [Fact]
    public void Only_a_technical_report_is_handed_over_and_by_those_who_see_to_them()
    {
        Ok(_world.Report());
        Refused("NOT_TECHNICAL", Hand(Dsl));
        Refused("NOT_FOUND", Hand(NetworkManager));
        var technical = new IncidentWorld();
        Ok(technical.Report(Filter));
        Refused("NOT_FOUND", Hand(Teacher, technical));
        Refused("NOT_FOUND", Hand(Dsl, new IncidentWorld()));
    }

    [Fact]
    public void The_network_manager_took_a_childs_incident_by_calling_it_technical()
    {
        Ok(_world.Report());
        Refused("NOT_ALLOWED", _world.Triage(Technical, NetworkManager));
        Ok(_world.Triage(ATriage with { Awareness = Awareness.Knowing }));
        Refused("NOT_ALLOWED", _world.Triage(Technical with { Reason = "Canary" }, NetworkManager));
        // The DSL may find that there was nothing of a child's in it; it stays theirs.
        Ok(_world.Triage(Technical with { Reason = "Canary: only the filter" }));
        Refused("NOT_ALLOWED", _world.Triage(Technical with { Reason = "Canary" }, NetworkManager));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_dsl_triaged_for_a_child_stayed_the_network_managers(bool again)
    {
        Ok(_world.Report(Stranger));
        if (again)
        {
            Ok(_world.Triage(Technical, NetworkManager));
        }

        Ok(_world.Triage(Illegal with { Reason = "Canary" }));
        Assert.Equal((Dsl, _world.Now), (_world.State.Handed!.By!.Value, _world.State.Handed.At));
        Refused("NEW_REFERRAL_ONLY", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: true), NetworkManager));
        Refused("NOT_ALLOWED", _world.Triage(Technical with { Reason = "Canary" }, NetworkManager));

        // Whoever has no DSL any more does not fall back on whoever repairs filters.
        _world.Without(Dsl, Deputy);
        _world.Keep(_world.AsSystem(), c => IncidentDecider.SchoolChanged(_world.State, _world.Facts, c));
        Assert.Equal(Head, _world.State.Owner);
    }

    [Fact]
    public void A_guarded_path_beside_a_technical_nature_was_dropped_in_silence()
    {
        Ok(_world.Report(Filter));
        Refused("TECHNICAL_NATURE", _world.Triage(Technical with { Path = GuardedPath.IllegalMaterial }));
        Refused("NOT_ALLOWED", _world.Triage(Technical with { Path = GuardedPath.IllegalMaterial }, NetworkManager));
        var serious = new IncidentWorld().With(p => p with { SeriousIncidents = new([Role.Headteacher], []) });
        Ok(serious.Report(Filter));
        Ok(serious.Triage(Technical with { Serious = true }));
        Assert.Contains(serious.State.Plan(), s => s.Rule.Kind == StepKind.InformRole && s.Rule.Tells.Contains(Role.Headteacher));
    }

    private Result<Grains.Events> Hand(PersonId by, IncidentWorld? of = null)
    {
        var world = of ?? _world;
        return world.Keep(by, c => IncidentDecider.HandToDsl(world.State, world.Facts, c));
    }
}
