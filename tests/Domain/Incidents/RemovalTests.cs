using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>B3: all devices are taken, and a ban is a ban, for each pupil concerned.</summary>
public sealed class RemovalTests
{
    private const string Removal = "remove-all-devices";
    private static readonly PupilFact AmyHolds = new(Amy, Left: false, Strategy: false, Checks: false, Holds: true);
    private static readonly PupilFact BenHasNone = new(Ben, Left: false, Strategy: false, Checks: false);

    [Fact]
    public void All_devices_were_ticked_off_with_nothing_taken()
    {
        var world = Knowing(AmyHolds);
        Refused("USE_REMOVAL", world.Complete(Removal));
        Refused("USE_REMOVAL", world.Complete(world.Done(Removal) with { Pupils = [Amy], Reason = "She says so" }));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true }]);
        Refused("USE_REMOVAL", world.Complete(Removal));
        world.Known = new StepFacts([], [], [AmyHolds with { Holds = false }]);
        Refused("USE_REMOVAL", world.Complete(Removal));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }]);
        Ok(world.Complete(Removal));
        Assert.Equal([Amy], world.Step(Removal).FulfilledFor);
    }

    [Fact]
    public void Each_pupil_is_accounted_for_by_what_was_taken_or_by_who_says_that_they_hold_none()
    {
        var world = Knowing(AmyHolds with { Taken = true }, BenHasNone);
        var none = world.Done(Removal) with { Pupils = [Ben] };
        Refused("REASON_MISSING", world.Complete(none));
        Refused("PUPIL_NOT_CONCERNED", world.Complete(none with { Pupils = [new PupilId(Guid.NewGuid())], Reason = "None" }));
        Refused("PUPIL_NOT_CONCERNED", world.Complete(none with { Pupils = [Ben, Ben], Reason = "None" }));
        Refused("PUPILS_NOT_ASKED", world.Complete(world.Done("tell-pastoral-team") with { Pupils = [Ben], Reason = "None" }));
        Ok(world.Complete(none with { Reason = "His mother showed that he has none" }));
        Assert.Equal((StepStatus.Open, Ben, Dsl), (world.Step(Removal).Status, world.Step(Removal).Settled![0].Pupil, world.Step(Removal).Settled![0].By!.Value));
        Refused("USE_REMOVAL", world.Complete(Removal));
        // The message of a device that was not the last says nothing yet.
        Nothing(Fulfilled(world, Amy));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }, BenHasNone]);
        Ok(Fulfilled(world, Amy));
        Assert.Equal(StepStatus.Done, world.Step(Removal).Status);
        // What was not taken from him is no line of his chronology.
        Assert.DoesNotContain(Line(world, Ben).Done, s => s.Kind == StepKind.RemoveAllDevices);
        Assert.Contains(Line(world, Amy).Done, s => s.Kind == StepKind.RemoveAllDevices);
    }

    [Fact]
    public void A_removal_was_done_by_taking_somebody_elses_phone()
    {
        var world = Knowing(AmyHolds with { Taken = true, Holds = false }, BenHasNone with { Taken = true });
        Ok(Fulfilled(world, Amy));
        Ok(Fulfilled(world, Ben));
        var step = world.Step(Removal);
        Assert.Equal(StepStatus.Done, step.Status);
        world.Keep(world.AsSystem(), _ => Grains.Events.Of(new StepOverdue(step.Number, IncidentDecider.Stages[0], world.Now, null)));
        // Another one of hers is held.
        Nothing(Another(world, Amy));
        world.Known = new StepFacts([], [], [AmyHolds with { Holds = false }, BenHasNone]);
        world.Now += TimeSpan.FromHours(1);
        Ok(Another(world, Amy));
        var again = world.Step(Removal);
        Assert.Equal((step.Number, StepStatus.Open, world.Now), (again.Number, again.Status, again.From));
        Assert.Equal([Ben], again.FulfilledFor);
        // It is reminded of from the beginning, and what was written on it stays.
        Assert.Empty(again.Overdue);
        Assert.Contains(world.Due(), d => d.What == $"step/{again.Number}" && d.At == again.Times!.OwnerAt);
        Assert.Equal((RemarkKind.StepUndone, step.Number, step.End!.By), (world.State.Remarks[^1].Kind, world.State.Remarks[^1].Number, world.State.Remarks[^1].By));
        Assert.DoesNotContain(Line(world, Amy).Done, s => s.Kind == StepKind.RemoveAllDevices);
        Nothing(Another(world, Amy));
        var agreed = Knowing(AmyHolds with { Taken = true, Holds = false });
        Ok(Fulfilled(agreed, Amy));
        agreed.Known = new StepFacts([], [], [AmyHolds with { Holds = false, Strategy = true }]);
        Nothing(Another(agreed, Amy));

        // One is done already: she is accounted for, and it is done as before.
        Ok(world.Complete(world.Done(Removal) with { Pupils = [Amy], Reason = "Her mother showed that she has none" }));
        Assert.Equal(StepStatus.Done, world.Step(Removal).Status);
        Assert.Equal([Ben], world.Step(Removal).FulfilledFor);
        Nothing(Another(world, new PupilId(Guid.NewGuid())));
    }

    [Fact]
    public void Whoever_was_withdrawn_before_triage_never_heard_that_their_phone_waits_for_nothing()
    {
        var world = new IncidentWorld();
        Ok(world.Report(AReport with { People = [AReport.People[0], AReport.People[0] with { Pupil = Ben }] }));
        Ok(world.Keep(Dsl, c => IncidentDecider.Correct(world.State, world.Facts, new CorrectRecord(CorrectedField.PupilWithdrawn, "Canary", Pupil: Ben), c)));
        Ok(world.Triage(ATriage with { Awareness = Awareness.Knowing }));
        Assert.Contains((Ben, false), Told(world));
    }

    [Fact]
    public void A_closure_that_waits_for_a_second_person_does_not_go_over_a_removal_that_was_none()
    {
        var world = Knowing(AmyHolds with { Taken = true, Holds = false });
        world.Keep(Dsl, _ => Grains.Events.Of(new ClosureAsked(Personal.Of(KeyOwner.Of(IncidentKey.Stream(Id)), "Canary"), Head)));
        var open = world.Open().Count();
        Assert.True(open > 0);
        Refused("STEPS_OPEN", world.Keep(Head, c => IncidentDecider.Approve(world.State with { Closing = new ClosingRules([Role.Headteacher], []) }, world.Facts, new ApproveClosure(true, null), c)));
    }

    [Fact]
    public void Somebody_found_to_have_taken_part_after_the_closure_was_asked_for_nothing()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, AReport with { People = [AReport.People[0], AReport.People[0] with { Pupil = Ben, Part = PupilPart.Witness }] });
        world.Known = new StepFacts([], [], [AmyHolds with { Holds = false, Taken = true, Strategy = true, Checks = true }]);
        world.EndEverything();
        Ok(world.Close());
        Ok(world.Keep(Dsl, c => IncidentDecider.Correct(world.State, world.Facts, new CorrectRecord(CorrectedField.PupilPart, "Canary", Pupil: Ben, Part: PupilPart.Alleged), c)));
        Assert.Empty(world.Open());
        Ok(world.Keep(Head, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident("Canary"), c)));
        Assert.Equal((StepStatus.Open, Amy), (world.Step(Removal).Status, Assert.Single(world.Step(Removal).FulfilledFor)));
        Assert.Equal((StepStatus.Open, Amy), (world.Step("parents").Status, Assert.Single(world.Step("parents").FulfilledFor)));
    }

    private static Result<Events> Another(IncidentWorld world, PupilId pupil) =>
        world.Keep(world.AsSystem(), c => IncidentDecider.TakenFromAnother(world.State, world.Facts, new TakenFromAnother(pupil), c, world.Known.Pupils));

    [Fact]
    public void Whoever_was_only_told_learns_from_no_answer_which_pupils_are_concerned()
    {
        var world = Knowing(AmyHolds, BenHasNone);
        Assert.Contains(world.State.Notices, n => n.To == NetworkManager);
        foreach (var rule in (string[])[Removal, "parents", "tell-pastoral-team"])
        {
            foreach (var pupils in (PupilId[][])[[], [Amy], [Ben, Ben], [new PupilId(Guid.NewGuid())]])
            {
                Refused("STEP_NOT_YOURS", world.Complete(world.Done(rule) with { Pupils = pupils, Reason = "None" }, NetworkManager));
            }
        }
    }

    [Fact]
    public void A_victim_lost_every_device_where_nobody_knew_who_had_done_it()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, AReport with { People = [AReport.People[0] with { Part = PupilPart.Affected }] });
        Assert.Equal([(Amy, false)], Told(world));
        Refused("NOBODY_CONCERNED", world.Complete(Removal));
        // Nor is it done by what was taken from the victim.
        Nothing(Fulfilled(world, Amy));
        Nothing(Fulfilled(world, Amy, StepKind.DailyChecks));
        // An earlier release denied them everything: they hear otherwise with the next triage.
        world.Messages.Clear();
        Ok(world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "Canary again" }));
        Assert.Equal([(Amy, false)], Told(world));
        Ok(world.Keep(Dsl, c => IncidentDecider.Correct(
            world.State, world.Facts, new CorrectRecord(CorrectedField.PupilAdded, "Canary: it was him", Pupil: Ben, Part: PupilPart.Alleged, Dimensions: AReport.People[0].Dimensions), c)));
        Assert.Equal((Ben, true), Told(world).Last());
        world.Known = new StepFacts([], [], [BenHasNone]);
        Refused("USE_REMOVAL", world.Complete(Removal));
    }

    [Fact]
    public void A_removal_that_is_only_considered_denied_one_for_what_was_taken_from_another()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, Two(), w => w.With(p => p with
        {
            Responses = [.. p.Responses.Select(r => r with { Steps = [.. r.Steps.Select(s => s.Kind == StepKind.RemoveAllDevices ? s with { Mode = StepMode.Consider } : s)] })],
        }));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }, BenHasNone]);
        world.Messages.Clear();
        Ok(Fulfilled(world, Amy));
        Assert.Equal([(Amy, true)], Told(world));
        Ok(world.Complete(world.Done(Removal) with { Answer = false, Pupils = [Ben], Reason = "Only looked on" }));
        Assert.Equal((StepStatus.Done, true), (world.Step(Removal).Status, world.Step(Removal).End!.Answer));
    }

    [Fact]
    public void A_closure_sent_back_asked_again_for_whom_there_was_nothing_to_do()
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, Two(), w => w.With(p => p with { Closing = new ClosingRules([Role.Headteacher], [Role.Headteacher]) }));
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false, Strategy = true, Checks = true }, BenHasNone with { Strategy = true, Checks = true }]);
        Ok(world.Complete(world.Done(Removal) with { Pupils = [Ben], Reason = "He has none" }));
        Ok(Fulfilled(world, Amy));
        Ok(Fulfilled(world, Amy, StepKind.AccessStrategy));
        world.EndEverything();
        Ok(world.Close());
        Ok(world.Keep(Head, c => IncidentDecider.Approve(world.State, world.Facts, new ApproveClosure(false, "Canary: say more"), c)));
        Assert.Empty(world.Open());
        Ok(world.Close());
        Ok(world.Keep(Head, c => IncidentDecider.Approve(world.State, world.Facts, new ApproveClosure(true, null), c)));
        world.Messages.Clear();
        Ok(world.Keep(Head, c => IncidentDecider.Reopen(world.State, world.Facts, new ReopenIncident("Canary"), c)));
        Assert.Empty(world.Open());
        Assert.DoesNotContain(Told(world), t => t.Item2);
    }

    [Fact]
    public void A_device_of_nobody_removes_nothing_from_anybody() => Nothing(Fulfilled(Knowing(AmyHolds), null));

    [Fact]
    public void A_yes_to_a_ban_was_recorded_without_one()
    {
        var world = Triaged(null, Two());
        world.Known = new StepFacts([], [], [AmyHolds, BenHasNone]);
        var yes = world.Done("consider-ban") with { Answer = true, Reason = "It protects them" };
        Refused("USE_BAN", world.Complete(yes));
        Refused("ANSWER_WRONG", world.Complete(yes with { Pupils = [Ben] }));
        Ok(Fulfilled(world, Amy, StepKind.ConsiderBan));
        Assert.Equal(StepStatus.Open, world.Step("consider-ban").Status);
        Refused("PUPILS_MISSING", world.Complete(yes with { Answer = false }));
        Ok(world.Complete(yes with { Answer = false, Pupils = [Ben] }));
        Assert.Equal((StepStatus.Done, true), (world.Step("consider-ban").Status, world.Step("consider-ban").End!.Answer));

        var banned = Triaged();
        banned.Known = new StepFacts([], [], [AmyHolds with { Banned = true }]);
        Ok(banned.Complete(yes));
    }

    [Fact]
    public void The_pupil_hears_as_long_as_all_devices_are_to_be_taken()
    {
        var world = Knowing(AmyHolds with { Holds = false, Taken = true });
        Assert.Equal([(Amy, true), (Ben, true)], Told(world));
        world.Messages.Clear();
        Ok(world.Complete(world.Done(Removal) with { Pupils = [Ben], Reason = "None" }));
        Ok(world.Complete(Removal));
        Assert.Empty(Told(world));

        var waived = Knowing();
        Ok(waived.Waive(Removal, Head));
        Assert.Equal([(Amy, false), (Ben, false)], Told(waived).Skip(2));
        var given = Knowing();
        Ok(given.Waive("agree-strategy", Head));
        Assert.Equal([(Amy, false), (Ben, false)], Told(given).Skip(2));
        // Their own phone may have been removed before there was a plan: it does not ask for that.
        Assert.Equal([(Amy, false)], Told(Triaged()));
        var affected = Triaged(ATriage with { Awareness = Awareness.Knowing }, AReport with { People = [AReport.People[0], AReport.People[0] with { Pupil = Ben, Part = PupilPart.Affected }] });
        Assert.Equal([(Amy, true), (Ben, false)], Told(affected));
    }

    [Fact]
    public void Nobody_waits_for_a_strategy_that_no_step_of_the_plan_asks_for()
    {
        var amy = AmyHolds with { Holds = false, Taken = true, Strategy = true, Checks = true };
        // Agreed for one of two.
        var two = Knowing(amy, BenHasNone);
        Ok(Fulfilled(two, Amy, StepKind.AccessStrategy));
        Assert.Equal([(Amy, true), (Ben, true), (Amy, false)], Told(two));

        // Agreed, closed and opened again.
        var reopened = Triaged(ATriage with { Awareness = Awareness.Knowing });
        reopened.Known = new StepFacts([], [], [amy]);
        reopened.EndEverything();
        reopened.Messages.Clear();
        Ok(reopened.Close());
        // Said again: an earlier release may have said otherwise.
        Assert.Equal([(Amy, false)], Told(reopened));
        reopened.Messages.Clear();
        Ok(reopened.Keep(Head, c => IncidentDecider.Reopen(reopened.State, reopened.Facts, new ReopenIncident("Canary"), c)));
        Assert.DoesNotContain((Amy, true), Told(reopened));

        // Triaged again under a row without a strategy, the removal done.
        var milder = Triaged(ATriage with { Awareness = Awareness.Knowing });
        milder.Known = new StepFacts([], [], [amy]);
        Ok(milder.Complete(Removal));
        Ok(milder.Triage(ATriage with { Reason = "Canary: did not know" }));
        Assert.Equal(StepStatus.Done, milder.Step(Removal).Status);
        Assert.Equal([(Amy, true), (Amy, false)], Told(milder));

        // Their phones came back under it, and it turns out that they knew: removed anew, unless a strategy says what they may have.
        var knew = ATriage with { Awareness = Awareness.Knowing, Reason = "Canary: knew" };
        Ok(milder.Triage(knew));
        Assert.Equal(StepStatus.Done, milder.Step(Removal).Status);
        milder.Known = new StepFacts([], [], [amy with { Strategy = false, Holds = true }]);
        var planned = IncidentDecider.Plan(milder.State, milder.Facts, knew, milder.As(Dsl), milder.Known.Pupils);
        Assert.Contains(planned.Value!, s => s.Id == Removal);
        Ok(milder.Triage(knew));
        Assert.Equal((StepStatus.Open, true), (milder.Step(Removal).Status, Told(milder).Last().Item2));

        // The head waived the strategy and the phones went back: triaged again under the same row they are not taken anew.
        var waived = Triaged(knew);
        waived.Known = new StepFacts([], [], [amy]);
        Ok(waived.Complete(Removal));
        Ok(waived.Waive("agree-strategy", Head));
        waived.Known = new StepFacts([], [], [amy with { Strategy = false, Holds = true }]);
        Ok(waived.Triage(knew with { Devices = [] }));
        Assert.Equal((StepStatus.Done, StepStatus.Waived), (waived.Step(Removal).Status, waived.Step("agree-strategy").Status));

        // A harsher row asks for an agreement of its own: what came back is taken for that.
        Ok(waived.Triage(knew with { Nature = "bullying-or-belittling", Awareness = null, FourCs = [FourC.Conduct] }));
        Assert.Equal((StepStatus.Open, true), (waived.Step(Removal).Status, Told(waived).Last().Item2));

        // Chosen alone: said at once, so that what is taken for it waits for nothing.
        var alone = Triaged(new TriageIncident("sharing-information", [FourC.Conduct], null, null, false, [], [new ChosenStep(StepKind.RemoveAllDevices, Role.Dsl, default)], "Canary why"));
        Assert.Equal([(Amy, false)], Told(alone));
    }

    [Fact]
    public void A_harsher_row_left_the_phone_with_a_pupil_whose_strategy_had_been_agreed_and_had_ended()
    {
        var (knew, had) = (ATriage with { Awareness = Awareness.Knowing, Reason = "Canary: knew" }, AmyHolds with { Taken = true, Strategy = true, Checks = true });
        var harsher = knew with { Nature = "bullying-or-belittling", Awareness = null, FourCs = [FourC.Conduct], Devices = [] };
        IncidentWorld Agreed()
        {
            var world = Triaged(knew);
            world.Known = new StepFacts([], [], [had with { Holds = false }]);
            Ok(world.Complete(Removal));
            Ok(Fulfilled(world, Amy, StepKind.AccessStrategy));
            Assert.Equal(StepStatus.Done, world.Step("agree-strategy").Status);
            return world;
        }

        // In force, it says what they may have.
        var inForce = Agreed();
        inForce.Known = new StepFacts([], [], [had with { InForce = true }]);
        Ok(inForce.Triage(harsher));
        Assert.Equal(StepStatus.Done, inForce.Step(Removal).Status);

        var ended = Agreed();
        ended.Known = new StepFacts([], [], [had]);
        Ok(ended.Triage(knew with { Devices = [] }));
        Assert.Equal((StepStatus.Done, StepStatus.Done, false), (ended.Step(Removal).Status, ended.Step("agree-strategy").Status, Told(ended).Last().Item2));
        Ok(ended.Triage(harsher));
        Assert.Equal((StepStatus.Open, true), (ended.Step(Removal).Status, Told(ended).Last().Item2));
    }

    [Fact]
    public void A_waived_removal_stays_waived_under_its_row_and_is_asked_again_by_one_with_an_agreement_of_its_own()
    {
        var knew = ATriage with { Awareness = Awareness.Knowing, Reason = "Canary: knew" };
        var world = Triaged(knew);
        world.Known = new StepFacts([], [], [AmyHolds]);
        Ok(world.Waive(Removal, Head));
        Ok(world.Triage(knew with { Devices = [] }));
        Assert.Equal((StepStatus.Waived, false), (world.Step(Removal).Status, Told(world).Last().Item2));
        var harsher = knew with { Nature = "bullying-or-belittling", Awareness = null, FourCs = [FourC.Conduct], Devices = [] };
        // Not where an agreed strategy says what they may have, nor where nothing is with them.
        foreach (var fact in (PupilFact[])[AmyHolds with { Strategy = true, InForce = true }, AmyHolds with { Holds = false }, AmyHolds with { Left = true }])
        {
            world.Known = new StepFacts([], [], [fact]);
            Assert.DoesNotContain(IncidentDecider.Plan(world.State, world.Facts, harsher, world.As(Dsl), world.Known.Pupils).Value!, s => s.Id == Removal);
        }

        world.Known = new StepFacts([], [], [AmyHolds]);
        Ok(world.Triage(harsher));
        Assert.Equal((StepStatus.Open, true), (world.Step(Removal).Status, Told(world).Last().Item2));
    }

    [Fact]
    public void Triaged_again_it_was_forgotten_for_whom_a_strategy_had_been_agreed_while_another_waited()
    {
        var knew = ATriage with { Awareness = Awareness.Knowing, Reason = "Canary: again", Devices = [] };
        var world = Triaged(knew, Two());
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }, BenHasNone]);
        Ok(Fulfilled(world, Amy));
        Ok(world.Complete(world.Done(Removal) with { Pupils = [Ben], Reason = "He has none" }));
        Ok(Fulfilled(world, Amy, StepKind.AccessStrategy));
        Ok(Fulfilled(world, Amy, StepKind.DailyChecks));
        world.Messages.Clear();
        // Hers was agreed for this incident and has ended.
        world.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Strategy = true }, BenHasNone]);
        Ok(world.Triage(knew));
        Assert.DoesNotContain((Amy, true), Told(world));
        Assert.Equal((StepStatus.Done, StepStatus.Open), (world.Step(Removal).Status, world.Step("agree-strategy").Status));
        Assert.Equal([Amy], world.Step("agree-strategy").FulfilledFor);
        Ok(Fulfilled(world, Ben, StepKind.AccessStrategy));
        Ok(Fulfilled(world, Ben, StepKind.DailyChecks));
        Assert.Equal(StepStatus.Done, world.Step("agree-strategy").Status);
        Assert.DoesNotContain("daily-checks", world.Open());

        // Nor from whom they were taken while another still has his: hers came back with her agreement.
        var half = Triaged(knew, Two());
        half.Known = new StepFacts([], [], [AmyHolds with { Taken = true, Holds = false }, BenHasNone with { Holds = true }]);
        Ok(Fulfilled(half, Amy));
        Ok(Fulfilled(half, Amy, StepKind.AccessStrategy));
        half.Known = new StepFacts([], [], [AmyHolds with { Strategy = true, InForce = true }, BenHasNone with { Holds = true }]);
        Ok(half.Triage(knew));
        Assert.Equal(StepStatus.Open, half.Step(Removal).Status);
        Assert.Equal([Amy], half.Step(Removal).FulfilledFor);
    }

    private static IEnumerable<(PupilId, bool)> Told(IncidentWorld world) =>
        world.Messages.Where(m => m.Kind == RemovalAsked.Message).Select(m => (m.Destination == Destinations.Stream(PupilKey.Of(School, Amy)) ? Amy : Ben, ((RemovalAsked)m.Body).Holds));

    private static IncidentPupilView Line(IncidentWorld world, PupilId pupil) => world.Rows().Select(r => r.Body).OfType<IncidentPupilView>().Single(l => l.Pupil == pupil);

    private static Result<Events> Fulfilled(IncidentWorld world, PupilId? pupil, StepKind kind = StepKind.RemoveAllDevices) => world.Keep(
        world.AsSystem(),
        c => IncidentDecider.Fulfilled(world.State, world.Facts, new StepFulfilled(kind, pupil, new StreamId("device", Phone.Value), Actor.Of(Dsl)), c, [], world.Known.Pupils));

    private static ReportIncident Two() => AReport with { People = [AReport.People[0], AReport.People[0] with { Pupil = Ben }] };

    private static IncidentWorld Knowing(params PupilFact[] pupils)
    {
        var world = Triaged(ATriage with { Awareness = Awareness.Knowing }, pupils.Length == 1 && pupils[0] is { Holds: true } ? AReport : Two());
        world.Known = new StepFacts([], [], pupils);
        return world;
    }
}
