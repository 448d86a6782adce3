using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>Whatever people do in whatever order: what protects a child holds.</summary>
public sealed class AnyOrderTests
{
    private static readonly PersonId[] People = [Dsl, Dsl, Dsl, Deputy, Head, NetworkManager, Pastoral, Teacher, KeyWorker, Senior];
    private static readonly TriageIncident[] Triages = [ATriage, ATriage with { Awareness = Awareness.Knowing }, ATriage with { Nature = "bullying-or-belittling", Awareness = null }, Illegal, Nudes];
    private static readonly PathState[] Ways = [PathState.NotConfirmed, PathState.NoFurtherAction, PathState.DecidedWithoutReply, PathState.InternalDecision];

    [Fact]
    public void The_promises_to_a_child_hold_in_every_order_of_commands()
    {
        var reached = new HashSet<PathState>();
        var statuses = new HashSet<IncidentStatus>();
        var triages = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var world = new IncidentWorld();
            Ok(world.Report());
            for (var n = 0; n < 100; n++)
            {
                var before = world.State;
                var seen = world.Events.Count;
                Act(world, random);
                Check(world, before, seed);
                triages += CheckMinimum(world, seen, seed) ? 1 : 0;
                statuses.Add(world.State.Status());
                if (world.State.Path is { } path)
                {
                    reached.Add(path.State);
                }
            }
        }

        // Otherwise the promises above were never put to the test.
        Assert.Equal(Enum.GetValues<PathState>().Length, reached.Count);
        Assert.Contains(IncidentStatus.Open, statuses);
        Assert.True(triages > 100);
    }

    private static void Act(IncidentWorld world, Random random)
    {
        var by = People[random.Next(People.Length)];
        var step = random.Next(1, Math.Max(2, world.State.Steps.Count + 1));
        var reason = random.Next(3) == 0 ? null : "reason";
        switch (random.Next(13))
        {
            case 0: world.Triage(Triages[random.Next(Triages.Length)] with { Reason = reason }, by); break;
            case 1: world.See(by); break;
            case 2: world.Refer(new RecordReferral(null, (Agency)random.Next(8), ReferralDecision.Referred, AgencyName: "x", ParentsMayBeTold: random.Next(4) switch { 0 => true, 1 => false, _ => null }), by); break;
            case 3: world.Refer(new RecordReferral(null, (Agency)random.Next(8), ReferralDecision.NotReferred, AgencyName: "x", Reason: reason, WouldReopen: "more"), by); break;
            case 4: world.Review(new ReviewNude(random.Next(2) == 0, false, false, false, false, false, false, reason), by); break;
            case 5: world.Police(new RecordPoliceResponse((PoliceOutcome)random.Next(4), reason, random.Next(3) switch { 0 => true, 1 => false, _ => null }, null), by); break;
            case 6: world.Decide(new DecideWithoutReply(WithoutReply.InternalProcedure, Agency.SocialCare, "advice", "reason", false, null), random.Next(2) == 0 ? Head : Dsl); break;
            case 7: world.Keep(by, c => IncidentDecider.Waive(world.State, world.Facts, new WaiveStep(step, "reason"), c)); break;
            case 8: world.Close(by); break;
            case 9: world.Keep(by, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident("reason"), c)); break;
            case 10: world.Until(world.Now.AddHours(random.Next(1, 40))); break;
            default:
                var contact = new ParentContact((ContactEnding)random.Next(4), "who", ContactWay.Telephone, "said", "reason", Agency.Police, DateOnly.FromDateTime(world.Now.UtcDateTime.AddDays(3)));
                world.Complete(new CompleteStep(step, null, random.Next(3) switch { 0 => null, 1 => true, _ => false }, "outcome", reason, random.Next(2) == 0 ? contact : null, []), by);
                break;
        }
    }

    /// <summary>Right after a triage, whatever was answered or waived before it: what no guarded path may lack is to be done or done.</summary>
    private static bool CheckMinimum(IncidentWorld world, int seen, int seed)
    {
        if (world.Events.Skip(seen).OfType<IncidentTriaged>().LastOrDefault() is not { Path: { } path })
        {
            return false;
        }

        Assert.All(StandardSteps.PathMinimum(path), must => Assert.True(
            world.State.Plan().Any(s => s.Rule.Kind == must.Kind && (s.Status == StepStatus.Open || s is { Status: StepStatus.Done, End.Answer: not false })), $"seed {seed}: {must.Kind}"));
        return true;
    }

    private static void Check(IncidentWorld world, IncidentState before, int seed)
    {
        var now = world.State;
        var where = $"seed {seed}";
        Assert.True(now.Steps.Select(s => s.Number).SequenceEqual(Enumerable.Range(1, now.Steps.Count)), where);
        Assert.True(now.Steps.TrueForAll(s => s.Status != StepStatus.Waived || !StandardSteps.IsStatutory(s.Rule.Kind)), where);
        Assert.True(now.Steps.TrueForAll(s => !StandardSteps.IsStatutory(s.Rule.Kind) || s.Times!.DueAt == s.From), where);
        Assert.True(before.Path is null || now.Path is not null || Ways.Contains(before.Path.State), where);
        Assert.True(now.Status() != IncidentStatus.Closed || now.Plan().All(s => s.Status != StepStatus.Open), where);
        Assert.True(now.Notices.TrueForAll(n => now.Notices.Count(o => o.Id == n.Id) == 1), where);
        Assert.True(now.Steps.TrueForAll(s => s.Overdue.Select(o => o.Stage).Distinct().Count() == s.Overdue.Count), where);
        Assert.True(world.Due().Select(d => d.What).Distinct().Count() == world.Due().Count, where);
        Assert.True(world.Rows().Select(r => (r.Table.Name, r.Id)).Distinct().Count() == world.Rows().Count, where);

        // Parents are told on a guarded path only when police or social care said so, or the school decides alone; on any and on none only while no agency says no.
        var told = now.Steps.Sum(s => s.Contacts.Count(c => c.Ending == ContactEnding.Made)) > before.Steps.Sum(s => s.Contacts.Count(c => c.Ending == ContactEnding.Made));
        Assert.True(!told || before.Path is not { } path || before.AgencyAllowsParents() || Ways.Contains(path.State), where);
        Assert.True(!told || !before.Words.Exists(w => w.StandsAgainst()), where);
        Assert.True(before.Path is null || now.Path is not null || !before.FrozenDevices().Any(), where);
        Assert.True(now.PastPaths.Sum(p => p.PoliceAnswers.Count) >= before.PastPaths.Sum(p => p.PoliceAnswers.Count), where);
    }
}
