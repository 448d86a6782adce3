using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed partial class CoverTests
{
    private static PersonId Second { get; } = new(Guid.Parse("01900000-0000-7000-8000-00000000000f"));

    [Fact]
    public void What_lasts_beyond_a_closure_goes_to_the_cover_and_back()
    {
        var world = Triaged();
        world.EndEverything();
        Ok(world.Debrief(new DebriefIncident("Canary", [], [new ChangeAgreed("Canary change", Teacher, Day("2026-11-30"))], null, false, null)));
        Ok(world.Close());
        Ok(world.Refer(new RecordReferral(null, Agency.EarlyHelp, ReferralDecision.Referred, ChaseOn: Day("2026-11-25"))));
        Assert.Contains(world.Rows(), r => r.Table == SchoolTables.Follower);

        Change(world, new CoverPeriod(Dsl, Senior, Day("2026-11-12"), Day("2026-11-13")), new CoverPeriod(Teacher, Pastoral, Day("2026-11-12"), Day("2026-11-16")));
        Assert.Equal([Dsl, Teacher], Owners());
        world.Until(At(11, 12, 0, 0));
        Assert.Equal([Senior, Pastoral], Owners());
        Assert.Contains(world.State.Notices, n => n.To == Senior && n.Kind == NoticeKind.StepAssigned && n.IssuedAt == At(11, 12, 0, 0));
        world.Until(At(11, 14, 0, 0));
        Assert.Equal([Dsl, Pastoral], Owners());
        world.Until(At(11, 17, 0, 0));
        Assert.Equal([Dsl, Teacher], Owners());
        Assert.True(world.State.IsClosed());
        Leaves(world, [Teacher]);
        Assert.Equal([Dsl, Dsl], Owners());

        Ok(world.Refer(new RecordReferral(world.State.Referrals[^1].Number, Agency.EarlyHelp, ReferralDecision.Referred, Outcome: "Canary answer")));
        Ok(world.Keep(Dsl, c => IncidentDecider.CompleteChange(world.State, world.Facts, new CompleteChange(1, null), c)));
        Assert.DoesNotContain(world.Rows(), r => r.Table == SchoolTables.Follower);
        Assert.Empty(world.Due());

        PersonId[] Owners() => [.. ((TaskKind[])[TaskKind.ReferralChase, TaskKind.DebriefChange]).Select(kind => Assert.Single(Tasks(world), t => t.Kind == kind).Owner)];
    }

    [Fact]
    public void A_change_agreed_in_somebodys_absence_waits_with_their_cover()
    {
        var world = Triaged(before: w => w.Facts = w.Facts with { Covers = [new CoverPeriod(Teacher, Pastoral, Day("2026-11-09"), Day("2026-11-16"))] });
        Ok(world.Debrief(new DebriefIncident("Canary", [], [new ChangeAgreed("Canary change", Teacher, Day("2026-11-30"))], null, false, null)));
        Assert.Equal(Pastoral, world.State.Debrief!.Changes[0].Owner);
        world.Until(At(11, 17, 0, 0));
        Assert.Equal(Teacher, world.State.Debrief.Changes[0].Owner);
    }

    // The DSL asked for the closure; the head approves, or the deputy.
    [Theory]
    [InlineData("head>senior", "Senior")]
    [InlineData("head>dsl", "Deputy")]
    [InlineData("head>dsl deputy>dsl", null)]
    [InlineData("head>senior senior>head", "Deputy")]
    public void The_approval_of_a_closure_goes_to_the_cover_and_back_and_never_to_the_one_who_asked(string absences, string? approver)
    {
        var people = new Dictionary<string, PersonId> { ["dsl"] = Dsl, ["deputy"] = Deputy, ["head"] = Head, ["senior"] = Senior };
        var covers = absences.Split(' ').Select(c => c.Split('>')).Select(c => new CoverPeriod(people[c[0]], people[c[1]], Day("2026-11-11"), Day("2026-11-12"))).ToArray();
        PersonId? expected = approver is null ? null : people[approver.ToLowerInvariant()];
        var asked = Asked(At(11, 10, 11, 0));
        Assert.Equal(Head, asked.State.Closure!.Approver);
        Change(asked, covers);
        Assert.Equal(Head, asked.State.Closure!.Approver);
        asked.Until(At(11, 11, 0, 0));
        // Where there is nobody to approve it, it is not asked for.
        var within = expected is null ? null : Asked(At(11, 11, 11, 0), covers);

        foreach (var world in new[] { asked, within }.OfType<IncidentWorld>())
        {
            Assert.Equal(expected, world.State.Closure!.Approver);
            Assert.Equal(expected, Tasks(world).SingleOrDefault(t => t.Kind == TaskKind.ClosureApproval)?.Owner);
            Assert.Equal(expected is not null, world.State.Notices.Exists(n => n.To == expected && n.Kind == NoticeKind.IncidentApproval));
            world.Until(At(11, 13, 0, 0));
        }

        Assert.Equal(Head, asked.State.Closure!.Approver);
        Assert.Contains(((PersonId?[])[null, Head, Deputy]), p => p == within?.State.Closure!.Approver);

        static IncidentWorld Asked(DateTimeOffset at, params CoverPeriod[] covers)
        {
            var world = Triaged(before: w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher, Role.DeputyDsl], [Role.Headteacher]) }));
            world.EndEverything();
            Change(world, covers);
            world.Until(at);
            Ok(world.Close());
            return world;
        }
    }

    [Fact]
    public void A_reopened_incident_whose_owner_has_left_belongs_to_the_dsl_of_today()
    {
        var world = Triaged(before: w => w.Facts = w.Facts with { Staff = [.. w.Facts.Staff, Holds(Second, Role.Dsl)] });
        world.EndEverything();
        Ok(world.Debrief(new DebriefIncident("Canary", [], [], null, false, null)));
        Ok(world.Close());
        world.Without(Dsl);
        Assert.DoesNotContain(world.Rows(), r => r.Table == SchoolTables.Follower);

        Ok(world.Keep(Head, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident("Canary more"), c)));
        Assert.Equal(Second, world.State.Owner);
    }
}
