using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class IllegalPathTests
{
    private static readonly ParentContact Made = new(ContactEnding.Made, "Mother", ContactWay.Telephone, "Told", null, null, null);
    private static readonly RecordPoliceResponse NoReply = new(PoliceOutcome.NoReply, null, null, null);
    private static readonly DecideWithoutReply Internally = new(WithoutReply.InternalProcedure, Agency.SocialCare, "Canary advice", "Canary reason", true, null);

    private readonly IncidentWorld _world = Triaged(Illegal with { Devices = [Tablet] });

    [Fact]
    public void The_path_begins_with_a_stop_and_freezes_every_device()
    {
        Assert.Equal((GuardedPath.IllegalMaterial, PathState.Stopped), (_world.State.Path!.Path, _world.State.Path.State));
        Assert.Equal([Phone, Tablet], Held("device.freeze"));
    }

    [Theory]
    [InlineData(PathAction.Investigate)]
    [InlineData(PathAction.ExamineDevice)]
    [InlineData(PathAction.ReturnDevice)]
    [InlineData(PathAction.AttachEvidence)]
    [InlineData(PathAction.ViewMaterial)]
    [InlineData(PathAction.ContactParents)]
    [InlineData(PathAction.Close)]
    public void Whoever_asks_is_told_no_and_why(PathAction action)
    {
        var answer = IncidentDecider.May(_world.State, _world.Facts, action, _world.As(Teacher));
        Assert.Equal("PATH_FORBIDS", Assert.Single(answer.Errors).Code);
    }

    [Fact]
    public void A_device_taken_for_the_incident_later_stayed_unfrozen()
    {
        var late = new DeviceInvolved(new DeviceId(Guid.NewGuid()), Actor.Of(Teacher));
        Ok(_world.Keep(_world.AsSystem(), _ => IncidentDecider.DeviceInvolved(_world.State, late)));
        Assert.Equal([Phone, Tablet, late.Device], Held("device.freeze"));
        Nothing(_world.Keep(_world.AsSystem(), _ => IncidentDecider.DeviceInvolved(_world.State, late)));
        Nothing(IncidentDecider.DeviceInvolved(IncidentState.Empty, late));
    }

    [Fact]
    public void Asking_outside_a_path_is_allowed() =>
        Assert.True(IncidentDecider.May(Triaged().State, _world.Facts, PathAction.AttachEvidence, _world.As(Teacher)).Ok);

    [Fact]
    public void Evidence_and_addresses_of_the_material_are_refused()
    {
        Refused("PATH_FORBIDS", _world.Complete(_world.Done("support") with { Evidence = [new EvidenceRef(new string('a', 64), 1)] }));
        Refused("LINK_IN_TEXT", _world.Complete(_world.Done("support") with { Outcome = "Seen at https://canary.example" }));
        Refused("LINK_IN_TEXT", _world.Refer(new RecordReferral(null, Agency.Police, ReferralDecision.Referred, Response: "www.canary.example")));
        Ok(_world.Complete("support"));
    }

    [Theory]
    [InlineData("Seen at canary.com/bar.jpg")]
    [InlineData("www.canary")]
    [InlineData("on canary.example/x")]
    [InlineData("canary[.]com")]
    [InlineData("https://canary")]
    public void Addresses_of_the_material_slipped_in_through_debrief_summary_and_reasons(string text)
    {
        var world = new IncidentWorld().WithoutPolicy();
        Ok(Chosen(world, "fine"));
        Refused("LINK_IN_TEXT", world.Waive("chosen-1", Dsl, text));
        Refused("LINK_IN_TEXT", _world.Triage(Illegal with { Reason = text }));
        Refused("LINK_IN_TEXT", Chosen(new IncidentWorld().WithoutPolicy(), text));
        Refused("LINK_IN_TEXT", _world.Keep(Dsl, c => IncidentDecider.Correct(_world.State, _world.Facts, new CorrectRecord(CorrectedField.What, text, Text: "x"), c)));

        var debrief = new DebriefIncident("Found", [], [], new DateOnly(2026, 12, 1), false, null);
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.Confirmed, "Canary advice", true, true)));
        Refused("LINK_IN_TEXT", _world.Debrief(debrief with { Findings = text }));
        Refused("LINK_IN_TEXT", _world.Debrief(debrief with { Changes = [new ChangeAgreed(text, Head, new DateOnly(2026, 11, 20))] }));
        Refused("LINK_IN_TEXT", _world.Debrief(debrief with { PolicyFellShort = true, PolicyReason = text }));
        Ok(_world.Debrief(debrief));
        Refused("LINK_IN_TEXT", _world.Keep(Dsl, c => IncidentDecider.ReviewMonitoring(_world.State, _world.Facts, new ReviewMonitoring(text, null), c)));
        Ok(_world.Keep(Dsl, c => IncidentDecider.ReviewMonitoring(_world.State, _world.Facts, new ReviewMonitoring("calm", null), c)));
        _world.EndEverything();
        Refused("LINK_IN_TEXT", _world.Close(summary: text));
        Ok(_world.Close());
        Refused("LINK_IN_TEXT", _world.Keep(Dsl, c => IncidentDecider.Reopen(_world.State, _world.Facts, new ReopenIncident(text), c)));
    }

    [Theory]
    [InlineData("Told pc.smith@met.police.uk, who will ring at 10.30.")]
    [InlineData("He was told.She was not; see p.4 and/or p.5, e.g. the phone.")]
    public void An_officers_mail_and_a_missing_blank_are_no_addresses(string text) => Ok(_world.Complete(_world.Done("support") with { Outcome = text }));

    [Fact]
    public void Waiting_for_advice_could_be_ticked_off_before_anybody_was_told()
    {
        var wait = _world.State.Plan().FirstOrDefault(s => s.Rule.Kind == StepKind.AwaitAgencyAdvice)?.Number;
        Assert.Equal("PATH_FORBIDS", Assert.Single(IncidentDecider.May(_world.State, _world.Facts, PathAction.AwaitAgencyAdvice, _world.As(Dsl)).Errors).Code);
        if (wait is { } number)
        {
            Assert.False(_world.Complete(new CompleteStep(number, null, null, "done", null, null, [])).Ok);
        }
    }

    [Fact]
    public void Waiting_never_blocks_social_care_lado_or_support()
    {
        Ok(_world.Refer(Agency.Police));
        Assert.Equal(PathState.WithAgencies, _world.State.Path!.State);
        Ok(_world.Refer(Agency.SocialCare));
        Ok(_world.Refer(Agency.Lado));
        Ok(_world.Complete("support"));
    }

    [Fact]
    public void Wales_has_no_lado_on_the_path_either()
    {
        _world.Facts = _world.Facts with { Nation = Nation.Wales };
        Refused("NO_LADO_IN_WALES", _world.Refer(Agency.Lado));
        Ok(_world.Refer(Agency.LocalAuthority));
    }

    [Fact]
    public void Parents_wait_for_the_agencies_advice_and_withholding_may_be_recorded_before_it()
    {
        Refused("PATH_FORBIDS", _world.Complete(_world.Done("parents") with { Parents = Made }));
        Ok(_world.Refer(Agency.Police));
        Refused("PATH_FORBIDS", _world.Complete(_world.Done("parents") with { Parents = Made }));
        Ok(_world.Complete(_world.Done("parents") with { Parents = new ParentContact(ContactEnding.HeldOnAgencyAdvice, null, null, null, "Wait", Agency.Police, null) }));
        Ok(_world.Refer(new RecordReferral(1, Agency.Police, ReferralDecision.Referred, Response: "Tell them", ParentsMayBeTold: true)));
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made }));
    }

    [Fact]
    public void Contact_with_parents_never_fell_due_once_the_agencies_allowed_it()
    {
        Ok(_world.Refer(Agency.Police));
        _world.Until(At(11, 11, 11, 0));
        Assert.Null(_world.Step("parents").Times);
        Ok(_world.Refer(new RecordReferral(1, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: true)));
        Assert.Equal(At(11, 11, 15, 30), _world.Step("parents").Times!.DueAt);

        var number = _world.Step("parents").Number;
        _world.Until(At(11, 13, 16, 0));
        Assert.Equal(
            [(OverdueStage.Owner, At(11, 11, 15, 30), Dsl), (OverdueStage.Dsl, At(11, 12, 15, 30), Deputy), (OverdueStage.Headteacher, At(11, 13, 15, 30), Head)],
            _world.Events.OfType<StepOverdue>().Where(e => e.Step == number).Select(e => (e.Stage, e.Nominal, e.To!.Value)));
    }

    [Fact]
    public void A_deadline_of_contact_with_parents_goes_when_the_agencies_take_back_their_word()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Refer(new RecordReferral(1, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: true)));
        Ok(_world.Refer(new RecordReferral(1, Agency.Police, ReferralDecision.Referred, ParentsMayBeTold: false)));
        Assert.Null(_world.Step("parents").Times);
        _world.Until(At(11, 13, 16, 0));
        Assert.DoesNotContain(_world.Events.OfType<StepOverdue>(), e => e.Step == _world.Step("parents").Number);
    }

    [Fact]
    public void Contact_with_parents_keeps_its_deadline_when_the_school_changes_or_the_plan_is_made_again()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NotConfirmed, null, null, null)));
        var due = _world.Step("parents").Times!.DueAt;
        Assert.Equal(At(11, 10, 15, 30), due);
        _world.Facts = _world.Facts with { Version = 8 };
        Nothing(_world.Keep(_world.AsSystem(), c => IncidentDecider.SchoolChanged(_world.State, _world.Facts, c)));
        _world.Now = At(11, 10, 16, 0);
        Ok(_world.Triage(Illegal with { Reason = "More is known" }));
        Assert.Equal(due, _world.Step("parents").Times!.DueAt);
    }

    [Fact]
    public void The_word_of_another_agency_does_not_free_the_contact_with_parents()
    {
        Ok(_world.Refer(new RecordReferral(null, Agency.EarlyHelp, ReferralDecision.Referred, ParentsMayBeTold: true)));
        Refused("PATH_FORBIDS", _world.Complete(_world.Done("parents") with { Parents = Made }));
    }

    [Fact]
    public void An_answer_of_the_police_needs_that_they_were_told() => Refused("PATH_FORBIDS", _world.Police(new RecordPoliceResponse(PoliceOutcome.NotConfirmed, null, null, null)));

    [Fact]
    public void Confirmed_means_that_the_police_finish_with_advice_and_sealed_devices()
    {
        Ok(_world.Refer(Agency.Police));
        Refused("ADVICE_MISSING", _world.Police(new RecordPoliceResponse(PoliceOutcome.Confirmed, null, true, null)));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.Confirmed, "Canary advice", true, null)));
        Assert.Equal(PathState.Confirmed, _world.State.Path!.State);
        Assert.Empty(Held("device.unfreeze"));
        Ok(_world.Complete(_world.Done("parents") with { Parents = Made }));
        Refused("PATH_NOT_LEFT", _world.Triage(ATriage with { Reason = "Other" }));
    }

    [Fact]
    public void Not_confirmed_frees_the_devices_and_leads_to_the_schools_own_procedure()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NotConfirmed, null, null, null)));
        Assert.Equal([Phone, Tablet], Held("device.unfreeze"));
        Ok(_world.Triage(ATriage with { Awareness = Awareness.Knowing, Reason = "Not illegal" }));
        Assert.Null(_world.State.Path);
    }

    [Fact]
    public void No_further_action_keeps_devices_sealed_until_the_police_release_them()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", null, null)));
        Assert.Empty(Held("device.unfreeze"));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", null, true)));
        Assert.Equal([Phone, Tablet], Held("device.unfreeze"));
    }

    [Fact]
    public void Triage_again_freed_devices_that_the_police_had_not_released_and_their_answers_disappeared()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", null, false)));
        var other = ATriage with { Awareness = Awareness.Knowing, Reason = "Not illegal" };
        Refused("DEVICES_FROZEN", _world.Triage(other));
        Assert.Equal([Phone, Tablet], _world.State.FrozenDevices());
        Ok(_world.Triage(Illegal with { Reason = "More is known" }));
        Assert.Empty(_world.State.PastPaths);

        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary later advice", null, true)));
        // The head has seen it, and the LADO was told.
        Ok(_world.See(Head));
        Ok(_world.Refer(Agency.Lado));
        _world.Now = At(11, 12, 10, 0);
        Ok(_world.Triage(other));
        Assert.Null(_world.State.Path);
        Assert.Equal([Phone, Tablet], Held("device.unfreeze"));
        var past = Assert.Single(_world.State.PastPaths);
        Assert.Equal((GuardedPath.IllegalMaterial, PathState.NoFurtherAction, At(11, 10, 10, 10), At(11, 12, 10, 0)), (past.Path, past.State, past.BeganAt, past.EndedAt));
        Assert.Equal([("Canary advice", false), ("Canary later advice", true)], past.PoliceAnswers.Select(a => (a.Advice!.Plain, a.DevicesReleased)));

        // Illegal again is another path, and the first one stays on the record.
        _world.Now = At(11, 12, 11, 0);
        Ok(_world.Triage(Illegal with { Reason = "More was found" }));
        Assert.Equal(At(11, 12, 11, 0), _world.State.Path!.BeganAt);
        // Nobody has been told of that yet, and nothing is sealed or kept for it.
        Assert.Equal(PathState.Stopped, _world.State.Path.State);
        foreach (var kind in (StepKind[])[StepKind.StopInvestigation, StepKind.ReferPolice, StepKind.ReferSocialCare, StepKind.ReferLado, StepKind.IsolateAndSealDevice, StepKind.PreserveEvidence, StepKind.InformRole])
        {
            Assert.Contains(_world.State.OpenSteps(), s => s.Rule.Kind == kind);
        }

        Assert.Contains(_world.State.Notices, n => n.Kind == NoticeKind.IncidentInform && n.To == Head && n.SeenAt is null);

        Refused("PATH_FORBIDS", _world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", null, true)));
        Assert.Empty(_world.State.Path.PoliceAnswers);
        Assert.Equal([past], _world.State.PastPaths);
    }

    [Fact]
    public void The_same_answer_again_with_a_word_on_parents_froze_released_devices_anew()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", null, true)));
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", true, null)));
        Assert.Empty(_world.State.FrozenDevices());
        Ok(_world.Police(new RecordPoliceResponse(PoliceOutcome.Confirmed, "Canary advice", null, null)));
        Assert.Equal([Phone, Tablet], _world.State.FrozenDevices());
    }

    [Fact]
    public void A_device_named_while_leaving_the_path_counts_as_frozen_and_an_incident_without_devices_leaves_freely()
    {
        var world = Triaged(Illegal, AReport with { Devices = [] });
        Ok(world.Refer(Agency.Police));
        Ok(world.Police(new RecordPoliceResponse(PoliceOutcome.NoFurtherAction, "Canary advice", null, false)));
        var other = ATriage with { Awareness = Awareness.Knowing, Reason = "Not illegal" };
        Refused("DEVICES_FROZEN", world.Triage(other with { Devices = [Tablet] }));
        Ok(world.Triage(other));
    }

    [Fact]
    public void Head_and_dsl_release_devices_after_all_when_the_police_never_reply()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(NoReply));
        Ok(_world.Decide(Internally with { ReleaseDevices = false }, Head));
        Ok(_world.Decide(Internally with { ReleaseDevices = false }, Dsl));
        var other = ATriage with { Awareness = Awareness.Knowing, Reason = "Not illegal" };
        Refused("DEVICES_FROZEN", _world.Triage(other));
        Ok(_world.Police(NoReply));
        Ok(_world.Decide(Internally, Head));
        Ok(_world.Decide(Internally, Dsl));
        Ok(_world.Triage(other));
        Assert.Equal("Canary reason", Assert.Single(_world.State.PastPaths).Decision!.Reason.Plain);
    }

    [Fact]
    public void Without_a_reply_head_and_dsl_decide_together_with_an_agencys_advice()
    {
        Ok(_world.Refer(Agency.Police));
        Refused("PATH_FORBIDS", _world.Decide(Internally, Head));
        Ok(_world.Police(NoReply));
        Assert.Equal([Head, Dsl], _world.State.Notices.Where(n => n.Kind == NoticeKind.IncidentDecisionNeeded).Select(n => n.To));
        Refused("ADVICE_MISSING", _world.Decide(Internally with { Advice = "" }, Head));

        Ok(_world.Decide(Internally, Dsl));
        Assert.Equal(PathState.NoReply, _world.State.Path!.State);
        // The other one hears that it is their turn.
        Assert.Equal([Head, Dsl, Head], _world.State.Notices.Where(n => n.Kind == NoticeKind.IncidentDecisionNeeded).Select(n => n.To));
        Refused("TWO_DECIDERS", _world.Decide(Internally, Dsl));
        Refused("TWO_DECIDERS", _world.Decide(Internally, Deputy));
        Refused("NOT_ALLOWED", _world.Decide(Internally, Teacher));
        Ok(_world.Decide(Internally, Head));
        Assert.Equal(PathState.DecidedWithoutReply, _world.State.Path.State);
        Assert.Equal([Phone, Tablet], Held("device.unfreeze"));
    }

    [Fact]
    public void Releasing_sealed_devices_was_the_word_of_one_where_the_other_had_said_to_keep_them()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(NoReply));
        Ok(_world.Decide(Internally with { ReleaseDevices = false }, Dsl));
        Ok(_world.Decide(Internally, Head));
        Assert.Equal([Head, Dsl, Head, Dsl], _world.State.Notices.Where(n => n.Kind == NoticeKind.IncidentDecisionNeeded).Select(n => n.To));
        Assert.Equal((PathState.NoReply, Head, true), (_world.State.Path!.State, _world.State.Path.Proposal!.By, _world.State.Path.Proposal.ReleaseDevices));
        Assert.Empty(Held("device.unfreeze"));
        Refused("TWO_DECIDERS", _world.Decide(Internally, Head));

        // The first one comes round; a day to ask again belongs to waiting only.
        Ok(_world.Decide(Internally with { ChaseOn = new DateOnly(2026, 11, 16) }, Dsl));
        Assert.Equal((PathState.DecidedWithoutReply, true), (_world.State.Path.State, _world.State.Path.DevicesReleased));
        Assert.Equal([Phone, Tablet], Held("device.unfreeze"));
    }

    [Fact]
    public void Waiting_until_another_day_is_another_proposal()
    {
        var wait = Internally with { Decision = WithoutReply.KeepWaiting, ChaseOn = new DateOnly(2026, 11, 16) };
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(NoReply));
        Ok(_world.Decide(wait, Head));
        Ok(_world.Decide(wait with { ChaseOn = new DateOnly(2026, 11, 30) }, Dsl));
        Assert.Equal((PathState.NoReply, new DateOnly(2026, 11, 30)), (_world.State.Path!.State, _world.State.Path.Proposal!.ChaseOn!.Value));
    }

    [Fact]
    public void The_reporter_could_unlock_contact_with_parents_and_end_the_dsls_chase()
    {
        Ok(_world.Refer(Agency.Police));
        var news = new RecordReferral(1, Agency.Police, ReferralDecision.Referred, Outcome: "Canary end");
        Refused("NEW_REFERRAL_ONLY", _world.Refer(news, Teacher));
        Refused("NEW_REFERRAL_ONLY", _world.Refer(news with { Referral = 9 }, Teacher));
        Refused("NEW_REFERRAL_ONLY", _world.Refer(new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, ParentsMayBeTold: true), NetworkManager));
        Refused("NOT_FOUND", _world.Refer(new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, Step: _world.Step("social-care").Number), Teacher));
        Assert.False(_world.State.AgencyAllowsParents());
        Ok(_world.Refer(Agency.SocialCare, Teacher));
        Ok(_world.Refer(news with { ParentsMayBeTold = true }, Deputy));
        Assert.True(_world.State.AgencyAllowsParents());
    }

    [Theory]
    [InlineData(Agency.Police, false, StepStatus.Open)]
    [InlineData(Agency.EarlyHelp, true, StepStatus.Open)]
    [InlineData(Agency.SocialCare, true, StepStatus.Done)]
    public void Only_leave_of_police_or_social_care_ends_the_wait_for_advice(Agency agency, bool told, StepStatus wait)
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Refer(new RecordReferral(null, agency, ReferralDecision.Referred, ParentsMayBeTold: told)));
        Assert.Equal(wait, _world.State.Plan().Single(s => s.Rule.Kind == StepKind.AwaitAgencyAdvice).Status);
    }

    [Fact]
    public void Deciding_to_wait_on_chases_the_police_again()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Police(NoReply));
        var wait = Internally with { Decision = WithoutReply.KeepWaiting, ReleaseDevices = false };
        Refused("CHASE_IN_PAST", _world.Decide(wait, Head));
        wait = wait with { ChaseOn = new DateOnly(2026, 11, 16) };
        Ok(_world.Decide(wait, Head));
        Ok(_world.Decide(wait, Dsl));
        Assert.Equal(PathState.WithAgencies, _world.State.Path!.State);
        Assert.Contains(_world.Due(), d => d.What == "chase/1" && d.At == At(11, 16, 9, 0));
    }

    [Fact]
    public void The_path_cannot_be_left_by_triaging_again() => Refused("PATH_NOT_LEFT", _world.Triage(ATriage with { Reason = "Mistake" }));

    [Fact]
    public void Triaging_again_on_the_same_path_keeps_where_it_stands()
    {
        Ok(_world.Refer(Agency.Police));
        Ok(_world.Triage(Illegal with { Reason = "More devices", Serious = true }));
        Assert.Equal(PathState.WithAgencies, _world.State.Path!.State);
    }

    [Fact]
    public void An_incident_without_a_path_has_nothing_to_record() =>
        Refused("NO_PROTECTED_PATH", Triaged().Police(NoReply));

    private static Result<Grains.Events> Chosen(IncidentWorld world, string note)
    {
        Ok(world.Report());
        return world.Triage(ATriage with { Nature = null, Awareness = null, Path = GuardedPath.IllegalMaterial, Steps = [new ChosenStep(StepKind.Custom, Role.Dsl, default, note, "Ring them")] });
    }

    private List<DeviceId> Held(string kind) => [.. _world.Messages.Where(m => m.Kind == kind).Select(m => new DeviceId(Guid.Parse(m.Destination[^36..])))];
}
