using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Strategies;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Strategies;

public class StrategyTests
{
    internal static readonly StrategyParty School = new(PartyKind.School);
    internal static readonly StrategyParty Parent = new(PartyKind.ParentalResponsibility);
    internal static readonly StrategyParty SocialCare = new(PartyKind.Agency, Agency.SocialCare);
    internal static readonly StrategyParty Kim = new(PartyKind.Pupil);

    internal static readonly DraftStrategy Plan = new(
        [Incident], new StrategyTerms(Supervision.Independent, Services: ["maths"], Notes: "Canary likes maths"), new StrategyTerms(Supervision.NoUse), [School, Parent, SocialCare],
        new DateOnly(2026, 12, 1), Of(Role.KeyWorker));

    private readonly StoredStream<StrategyState> _strategy = new(new StrategyModel(), StrategyKey.Of(GivenSchool.Id, Pupil));

    [Fact]
    public void A_draft_puts_the_interim_terms_in_force_and_follows_the_school()
    {
        Draft();
        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((StrategyStatus.Draft, 1, Supervision.NoUse, "Canary likes maths"), (view.Status, view.Number, view.InForce!.Supervision, view.Terms.Notes));
        Assert.Equal(Supervision.NoUse, Assert.Single(_strategy.Rows<StrategyInForce>(StrategyTables.Strategy)).InForce!.Supervision);
        Assert.Equal(StrategyStatus.Draft, _strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message).Status);
        Assert.Equal(StrategyKey.Stream(Pupil), Assert.Single(_strategy.Rows<SchoolFollower>(SchoolTables.Follower)).Stream);
        Assert.Equal(TaskKind.StrategyAgreement, Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).Kind);
        // Drafted on a Monday; Friday is an INSET day, so the fifth school day after is the Tuesday of the week after.
        Assert.Equal(At(2026, 11, 10, 15, 30), Assert.Single(_strategy.Due, d => d.What == "agreement").At);
    }

    [Fact]
    public void Parents_were_asked_to_sign_a_strategy_before_the_police_let_them_know()
    {
        var held = IncidentStepErrors.PathForbids(PathAction.AccessStrategy, "Not yet");
        var agree = new AgreeStrategy(School, StrategyAnswer.Agreed, SignatureForm.OnScreen, "Canary");
        _strategy.Refused(By(Role.Dsl), "PATH_FORBIDS", (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c, null, held));
        _strategy.Refused(By(Role.ClassTeacher), "NOT_ALLOWED", (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c, null, held));
        Draft();
        _strategy.Refused(By(Role.Dsl), "PATH_FORBIDS", (s, c) => StrategyDecider.Agree(s, Facts, agree, c, Since(held)));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, agree, c));
    }

    [Fact]
    public void A_wrong_draft_is_refused()
    {
        void Refused(string code, DraftStrategy plan, Role by = Role.Dsl) => _strategy.Refused(By(by), code, (s, c) => StrategyDecider.Draft(s, Facts, plan, Pupil, c));

        Refused("NOT_ALLOWED", Plan, Role.ClassTeacher);
        Refused("NOT_ALLOWED", Plan, Role.KeyWorker);
        Refused("PARTIES_MISSING", Plan with { Parties = [School] });
        Refused("PARTIES_MISSING", Plan with { Parties = [Parent] });
        Refused("PARTY_WRONG", Plan with { Parties = [School, Parent, Parent] });
        Refused("PARTY_WRONG", Plan with { Parties = [School, Parent, new StrategyParty(PartyKind.Agency)] });
        Refused("PARTY_WRONG", Plan with { Parties = [School, Parent, Kim] });
        Refused("PARTY_WRONG", Plan with { Parties = [School with { Contact = Guid.NewGuid() }, Parent] });
        Refused("REVIEW_NOT_AHEAD", Plan with { ReviewOn = new DateOnly(2026, 11, 2) });
        Refused("PERSON_UNKNOWN", Plan with { Owner = new PersonId(Guid.NewGuid()) });
        var window = new AccessWindow([Weekday.Monday], new TimeOnly(9, 0), new TimeOnly(9, 0));
        Refused("WINDOW_WRONG", Plan with { Terms = Plan.Terms with { Times = [window] } });
        Refused("WINDOW_WRONG", Plan with { Interim = Plan.Interim with { Times = [window with { Days = [], To = new TimeOnly(10, 0) }] } });
    }

    [Fact]
    public void A_strategy_came_into_force_without_an_agency_that_its_incidents_were_referred_to()
    {
        Agency[] involved = [Agency.Police, Agency.SocialCare];
        Result<Grains.Events> Drafted(params AgencyLeftOut[] leftOut) =>
            StrategyDecider.Draft(StrategyState.Empty, Facts, Plan with { AgenciesLeftOut = leftOut }, Pupil, By(Role.Dsl), agencies: involved);
        void Refused(string code, string field, Result<Grains.Events> draft)
        {
            var error = Assert.Single(draft.Errors);
            Assert.Equal((code, field), (error.Code, string.Join(' ', error.Fields)));
        }

        Refused("AGENCIES_MISSING", "parties agenciesLeftOut", Drafted());
        Assert.Contains("the police", Drafted().Errors[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("social care", Drafted().Errors[0].Message, StringComparison.Ordinal);
        // Who may not see incidents does not hear of one that they did not name.
        Assert.Equal("ASK_DSL", Assert.Single(StrategyDecider.WithoutIncidents(Drafted(), Facts, By(Role.SeniorLeader)).Errors).Code);
        Assert.Equal("AGENCIES_MISSING", Assert.Single(StrategyDecider.WithoutIncidents(Drafted(), Facts, By(Role.Headteacher)).Errors).Code);
        AgencyLeftOut police = new(Agency.Police, "They closed the case");
        Refused("REASON_MISSING", "agenciesLeftOut.0.reason", Drafted(police with { Reason = " " }));
        Refused("AGENCY_NOT_INVOLVED", "agenciesLeftOut.1.agency", Drafted(police, police));
        Refused("AGENCY_NOT_INVOLVED", "agenciesLeftOut.0.agency", Drafted(new AgencyLeftOut(Agency.SocialCare, "Is a party")));
        Refused("AGENCY_NOT_INVOLVED", "agenciesLeftOut.1.agency", Drafted(police, new AgencyLeftOut(Agency.EarlyHelp, "Never asked")));

        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { AgenciesLeftOut = [police] }, Pupil, c, agencies: involved));
        var left = Assert.Single(Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy)).AgenciesLeftOut!);
        Assert.Equal((Agency.Police, "They closed the case"), (left.Agency, left.LeftOutReason));
        Answer(School);
        Answer(Parent);
        Hear();
        // Referred to another one since.
        var last = new AgreeStrategy(SocialCare, StrategyAnswer.Agreed, SignatureForm.Paper, "Canary");
        _strategy.Refused(By(Role.Dsl), "AGENCIES_MISSING", (s, c) => StrategyDecider.Agree(s, Facts, last, c, Since(null, [.. involved, Agency.EarlyHelp])));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, last, c, Since(null, [.. involved])));
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
    }

    [Fact]
    public void A_contact_without_parental_responsibility_or_with_a_court_order_against_it_once_could_agree_to_a_strategy()
    {
        ContactFacts mother = new(Guid.NewGuid(), true, false, false);
        ContactFacts[] contacts = [mother, new(Guid.NewGuid(), false, false, false), new(Guid.NewGuid(), true, true, false), new(Guid.NewGuid(), true, false, true)];
        Result<Grains.Events> Drafted(Guid contact) =>
            StrategyDecider.Draft(StrategyState.Empty, Facts, Plan with { Parties = [School, Parent with { Contact = contact }] }, Pupil, By(Role.Dsl), contacts);

        Assert.True(Drafted(mother.Id).Ok);
        Assert.All(contacts.Skip(1).Select(c => c.Id).Append(Guid.NewGuid()), id => Assert.Equal("CONTACT_MAY_NOT_AGREE", Assert.Single(Drafted(id).Errors).Code));
    }

    [Theory]
    [InlineData(Role.Dsl, true)]
    [InlineData(Role.Headteacher, true)]
    [InlineData(Role.SeniorLeader, false)]
    public void Only_the_interim_terms_of_the_head_or_dsl_may_loosen(Role by, bool loosens)
    {
        _strategy.Do(By(by), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
        Assert.Equal(loosens, _strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message).MayLoosen);
    }

    [Fact]
    public void What_DSL_or_head_decided_for_the_time_until_a_strategy_was_changed_or_ended_by_a_deputy_and_nobody_heard_of_it()
    {
        Draft();
        var stricter = Plan with { Interim = new StrategyTerms(Supervision.NoUse) };
        ReviewStrategy looser = new(ReviewResult.StepDown, new StrategyTerms(Supervision.Independent), "Goes well", new DateOnly(2026, 12, 1));
        foreach (var role in new[] { Role.DeputyDsl, Role.SeniorLeader })
        {
            _strategy.Refused(By(role), "NOT_ALLOWED", (s, c) => StrategyDecider.Draft(s, Facts, stricter, Pupil, c));
            _strategy.Refused(By(role), "NOT_ALLOWED", (s, c) => StrategyDecider.Review(s, Facts, looser, c));
            _strategy.Refused(By(role), "NOT_ALLOWED", (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Not needed"), c));
            // What changes nothing they may.
            Assert.True(StrategyDecider.Review(_strategy.State, Facts, looser with { Result = ReviewResult.Continue, Terms = null }, By(role)).Ok);
        }

        _strategy.Do(By(Role.Headteacher), (s, c) => StrategyDecider.Review(s, Facts, looser, c));
        _strategy.Refused(By(Role.DeputyDsl), "NOT_ALLOWED", (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Not needed"), c));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Not needed"), c));
        // A deputy's own draft is theirs.
        _strategy.Do(By(Role.DeputyDsl), (s, c) => StrategyDecider.Draft(s, Facts, stricter, Pupil, c));
        _strategy.Do(By(Role.SeniorLeader), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
        _strategy.Do(By(Role.DeputyDsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Not needed"), c));
    }

    [Theory]
    [InlineData(Role.DeputyDsl, Role.Dsl)]
    [InlineData(Role.SeniorLeader, Role.Headteacher)]
    public void Where_DSL_or_head_are_gone_a_draft_was_locked_by_what_they_had_decided(Role next, Role gone)
    {
        Draft();
        var without = Facts with { Staff = [.. Facts.Staff.Where(p => p.Person != Of(gone))] };
        Assert.False(StrategyDecider.End(_strategy.State, Facts, new EndStrategy("Not needed"), By(next)).Ok);
        Assert.True(StrategyDecider.End(_strategy.State, without, new EndStrategy("Not needed"), By(next)).Ok);
        Assert.True(StrategyDecider.Draft(_strategy.State, without, Plan with { Owner = Of(next) }, Pupil, By(next)).Ok);
    }

    [Fact]
    public void What_the_pupil_says_again_of_a_strategy_in_force_puts_it_in_force_no_second_time()
    {
        Draft();
        Answer(Kim);
        Activate();
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
        var since = _strategy.State.Record.ActiveSince;
        Assert.Empty(Answer(Kim));
        Assert.Equal(since, _strategy.State.Record.ActiveSince);
    }

    [Fact]
    public void The_last_agreement_makes_it_active_and_everybody_concerned_hears()
    {
        Draft();
        Assert.Equal(["strategy.answered.v1"], Answer(School));
        Assert.Equal(["strategy.answered.v1"], Answer(Kim));
        Assert.Equal(["strategy.answered.v1"], Answer(Parent));
        Assert.Empty(Answer(Parent));
        Assert.Equal(["strategy.answered.v1", "strategy.activated.v1"], Answer(SocialCare));

        Assert.Equal(StepKind.AccessStrategy, _strategy.Message<StepFulfilled>(StepFulfilled.Message).Kind);
        Assert.True(_strategy.Message<StrategyChanged>(StrategyChanged.Message).Active);
        var told = _strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message);
        Assert.Equal((StrategyStatus.Active, "maths", null), (told.Status, _strategy.Keyring.Open(StrategyKey.Of(GivenSchool.Id, Pupil), told.Terms!.Services)!.Single(), told.Terms.Notes));
        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((StrategyStatus.Active, At(2026, 12, 1, 15, 30), 4), (view.Status, view.ReviewDueAt!.Value, view.Signatures.Count));
        Assert.Equal(TaskKind.StrategyReview, Assert.Single(_strategy.Rows<TaskView>(TaskTables.Task)).Kind);
        Assert.DoesNotContain("Canary", System.Text.Encoding.UTF8.GetString(_strategy.Last!.Snapshot!.State.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_recorded_and_may_become_an_agreement()
    {
        Draft();
        Answer(School);
        Answer(SocialCare);
        Hear();
        Answer(Parent, StrategyAnswer.Refused, "Not without her phone");
        Assert.Equal("Not without her phone", Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy)).Signatures.Single(s => s.Party == Parent).View);
        Assert.Equal(["strategy.answered.v1", "strategy.activated.v1"], Answer(Parent));
    }

    [Fact]
    public void Nothing_is_agreed_about_a_pupil_who_was_not_heard()
    {
        Draft();
        Answer(School);
        Answer(Parent);
        Assert.Equal(["strategy.answered.v1"], Answer(SocialCare));
        _strategy.Refused(By(Role.Dsl), "VIEW_MISSING", (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(Kim, StrategyAnswer.ViewNotHad, SignatureForm.Paper, "Key worker"), c));
        _strategy.Refused(By(Role.Dsl), "ANSWER_WRONG", (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(Parent, StrategyAnswer.ViewNotHad, SignatureForm.Paper, "Ann", View: "x"), c));
        Assert.Equal(["strategy.answered.v1", "strategy.activated.v1"], Answer(Kim, StrategyAnswer.ViewNotHad, "In hospital"));
    }

    [Fact]
    public void A_pupil_is_represented_and_need_not_agree()
    {
        Draft();
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(
            s, Facts, new AgreeStrategy(Kim, StrategyAnswer.ViewGiven, SignatureForm.Witnessed, "Kim", "Advocate Ann", "Teacher Tom", "I want my games"), c));
        var signature = Assert.Single(Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy)).Signatures);
        Assert.Equal(("Kim", "Advocate Ann", "Teacher Tom", "I want my games"), (signature.SignedBy, signature.RepresentedBy, signature.Witness, signature.View));
        Answer(Kim, StrategyAnswer.Refused, "No");
        Activate();
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
    }

    [Fact]
    public void A_wrong_answer_is_refused()
    {
        void Refused(string code, AgreeStrategy answer, Role by = Role.Dsl) => _strategy.Refused(By(by), code, (s, c) => StrategyDecider.Agree(s, Facts, answer, c));
        var yes = new AgreeStrategy(Parent, StrategyAnswer.Agreed, SignatureForm.Paper, "Ann");

        Refused("NOT_FOUND", yes);
        Draft();
        Refused("NOT_ALLOWED", yes, Role.KeyWorker);
        Refused("NOT_A_PARTY", yes with { Party = new StrategyParty(PartyKind.Agency, Agency.Police) });
        Refused("ANSWER_WRONG", yes with { Answer = StrategyAnswer.ViewGiven, View = "x" });
        Refused("SIGNED_BY_MISSING", yes with { SignedBy = " " });
        Refused("WITNESS_MISSING", yes with { Form = SignatureForm.Witnessed });
        Refused("VIEW_MISSING", yes with { Answer = StrategyAnswer.Refused });
        Activate();
        Refused("STRATEGY_NOT_DRAFT", yes);
        _strategy.Refused(By(Role.Dsl), "STRATEGY_ACTIVE", (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
    }

    [Fact]
    public void A_review_steps_up_or_down_with_a_new_version_of_the_terms()
    {
        Draft();
        Activate();
        var tighter = new ReviewStrategy(ReviewResult.StepUp, new StrategyTerms(Supervision.Supervised), "Two concerns", new DateOnly(2027, 1, 11));
        Review(tighter);
        Assert.Equal(Supervision.Supervised, _strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message).Terms!.Supervision);
        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((2, Supervision.Supervised, "Two concerns", At(2027, 1, 11, 15, 30)), (view.TermsVersion, view.InForce!.Supervision, view.Reviews.Single().Findings, view.ReviewDueAt!.Value));
        Review(new ReviewStrategy(ReviewResult.Continue, null, "All well", new DateOnly(2027, 1, 18)));
        Assert.Empty(_strategy.Messages);
        Assert.Equal(2, _strategy.State.Record!.TermsVersion);
    }

    /// <summary>A senior leader once made "supervised" into "alone" a minute after parents and agencies had agreed, and nobody heard of it.</summary>
    [Fact]
    public void What_was_agreed_is_changed_or_ended_by_DSL_or_head_alone_and_owner_DSL_and_head_hear_of_it()
    {
        Draft();
        Activate();
        var looser = new ReviewStrategy(ReviewResult.StepDown, new StrategyTerms(Supervision.Independent), "Going well", new DateOnly(2027, 1, 11));
        foreach (var role in (Role[])[Role.SeniorLeader, Role.DeputyDsl])
        {
            _strategy.Refused(By(role), "NOT_ALLOWED", (s, c) => StrategyDecider.Review(s, Facts, looser, c));
            // Under another name, too.
            _strategy.Refused(By(role), "NOT_ALLOWED", (s, c) => StrategyDecider.Review(s, Facts, looser with { Result = ReviewResult.StepUp }, c));
            _strategy.Refused(By(role), "NOT_ALLOWED", (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Going well"), c));
        }

        Told(Role.Dsl, NoticeKind.StrategyTermsChanged, (s, c) => StrategyDecider.Review(s, Facts, looser, c));
        Told(Role.Headteacher, NoticeKind.StrategyTermsChanged, (s, c) => StrategyDecider.Review(s, Facts, looser, c));
        Told(Role.Headteacher, NoticeKind.StrategyEnded, (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Moved on"), c));

        void Told(Role by, NoticeKind kind, Func<StrategyState, CommandContext, Result<Grains.Events>> decide)
        {
            _strategy.Do(By(by), decide);
            var mails = _strategy.Last!.Outbox.Where(m => m.Kind == Notice.Message).ToList();
            Assert.Equal(
                new[] { Of(Role.Dsl), Of(Role.Headteacher), _strategy.State.Assigned }.Distinct().Where(p => p != Of(by)).Select(p => $"mail:{GivenSchool.Id}/{p}").Order(), mails.Select(m => m.Destination).Order());
            Assert.All(mails, m => Assert.Equal(kind, StoredJson.Read<Notice>(m.Payload.Span).Kind));
        }
    }

    [Fact]
    public void A_wrong_review_is_refused()
    {
        void Refused(string code, ReviewStrategy review, Role by = Role.Dsl) => _strategy.Refused(By(by), code, (s, c) => StrategyDecider.Review(s, Facts, review, c));
        var well = new ReviewStrategy(ReviewResult.Continue, null, "All well", new DateOnly(2027, 1, 18));

        Refused("NOT_FOUND", well);
        Draft();
        Activate();
        Refused("NOT_ALLOWED", well, Role.ClassTeacher);
        Refused("TERMS_NOT_ASKED", well with { Terms = Plan.Terms });
        Refused("TERMS_MISSING", well with { Result = ReviewResult.StepDown });
        Refused("FINDINGS_MISSING", well with { Findings = "" });
        Refused("REVIEW_NOT_AHEAD", well with { NextReviewOn = new DateOnly(2026, 11, 2) });
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Moved on"), c));
        Refused("STRATEGY_NOT_ACTIVE", well);
    }

    [Fact]
    public void An_ended_strategy_ends_the_checks_and_another_may_begin()
    {
        var end = new EndStrategy("Moved on");
        _strategy.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => StrategyDecider.End(s, Facts, end, c));
        Draft();
        Activate();
        _strategy.Refused(By(Role.KeyWorker), "NOT_ALLOWED", (s, c) => StrategyDecider.End(s, Facts, end, c));
        _strategy.Refused(By(Role.Dsl), "REASON_MISSING", (s, c) => StrategyDecider.End(s, Facts, new EndStrategy(""), c));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, end, c));
        Assert.False(_strategy.Message<StrategyChanged>(StrategyChanged.Message).Active);
        Assert.Null(_strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message).Terms);
        Assert.Empty(_strategy.Rows<SchoolFollower>(SchoolTables.Follower));
        Assert.Empty(_strategy.Due);
        Assert.Empty(_strategy.Rows<TaskView>(TaskTables.Task));
        _strategy.Refused(By(Role.Dsl), "STRATEGY_ENDED", (s, c) => StrategyDecider.End(s, Facts, end, c));
        Draft();
        Assert.Equal(2, _strategy.State.Record!.Number);
        Assert.Empty(_strategy.State.Record.Signatures);
    }

    [Fact]
    public void A_strategy_went_on_when_its_pupil_left_the_school()
    {
        Assert.Empty(_strategy.Do(Product(Monday), (s, _) => StrategyDecider.PupilLeft(s)));
        Draft();
        _strategy.Do(Product(Monday), (s, _) => StrategyDecider.PupilLeft(s));

        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((StrategyStatus.Ended, StrategyEndCause.PupilLeft, null), (view.Status, view.EndCause!.Value, view.EndReason));
        Assert.Equal(StrategyStatus.Ended, _strategy.Message<StrategyInForceChanged>(StrategyInForceChanged.Message).Status);
        Assert.Equal(Measure.DraftStrategy, _strategy.Message<MeasureEnded>(MeasureEnded.Message).What);
        Assert.Empty(_strategy.Rows<TaskView>(TaskTables.Task));
        Assert.Empty(_strategy.Due);
        Assert.Empty(_strategy.Do(Product(Monday), (s, _) => StrategyDecider.PupilLeft(s)));

        Draft();
        Activate();
        _strategy.Do(Product(Monday), (s, _) => StrategyDecider.PupilLeft(s));
        Assert.Equal(Measure.Strategy, _strategy.Message<MeasureEnded>(MeasureEnded.Message).What);
    }

    [Fact]
    public void The_checks_hear_what_the_terms_in_force_say_of_them_and_when_they_say_no_more()
    {
        StrategyTerms Checked(int hour) => new(Supervision.Supervised, Checks: new StrategyChecks(new TimeOnly(hour, 30)));
        var plan = Plan with { Terms = Checked(15), Interim = Checked(14) };
        _strategy.Refused(By(Role.Dsl), "BY_TIME_WRONG", (s, c) => StrategyDecider.Draft(s, Facts, plan with { Terms = Checked(21) }, Pupil, c));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, plan, Pupil, c));
        Assert.Equal(new TimeOnly(14, 30), _strategy.Message<ChecksInForce>(ChecksInForce.Message).By);
        Activate();
        Assert.Equal(new TimeOnly(15, 30), _strategy.Message<ChecksInForce>(ChecksInForce.Message).By);
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Review(s, Facts, new ReviewStrategy(ReviewResult.Continue, null, "Well", new DateOnly(2026, 12, 15)), c));
        Assert.DoesNotContain(ChecksInForce.Message, _strategy.Messages);
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Moved on"), c));
        Assert.Null(_strategy.Message<ChecksInForce>(ChecksInForce.Message).By);
        // Before they hear that it ended: else they would ask for a schedule again.
        Assert.Equal([ChecksInForce.Message, StrategyChanged.Message], _strategy.Messages.Where(m => m is ChecksInForce.Message or StrategyChanged.Message));
    }

    [Fact]
    public void A_draft_that_is_given_up_tells_the_checks_that_it_was_one()
    {
        Draft();
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Not needed"), c));
        Assert.Equal(new StrategyChanged(false, Draft: true), _strategy.Message<StrategyChanged>(StrategyChanged.Message));
    }

    [Fact]
    public void A_new_draft_asks_everybody_again_and_gives_no_more_days()
    {
        Draft();
        Answer(School);
        Answer(Parent, StrategyAnswer.Refused, "Not without her phone");
        _strategy.Do(By(Role.Dsl, Monday.AddDays(1)), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
        Assert.Equal((1, 0), (_strategy.State.Record!.Number, _strategy.State.Record.Signatures.Count));
        Assert.Equal(["Canary", "Canary"], Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy)).FormerAnswers!.Select(a => a.SignedBy));
        Assert.Single(_strategy.Rows<SchoolFollower>(SchoolTables.Follower));
        Assert.Equal(At(2026, 11, 10, 15, 30), Assert.Single(_strategy.Due, d => d.What == "agreement").At);
    }

    [Fact]
    public void What_staff_went_by_before_stays_readable_after_a_step_up_another_draft_and_another_strategy()
    {
        Draft();
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { Interim = new(Supervision.Supervised) }, Pupil, c));
        var redrafted = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal([(Supervision.NoUse, StrategyStatus.Draft, Monday)], redrafted.EarlierTerms!.Select(t => (t.Terms.Supervision, t.Status, t.Until)));

        Activate();
        var review = new ReviewStrategy(ReviewResult.StepDown, new StrategyTerms(Supervision.Supervised, Notes: "Canary at home"), "Trusted with the laptop", new DateOnly(2026, 12, 8));
        _strategy.Do(By(Role.Dsl, Monday.AddDays(1)), (s, c) => StrategyDecider.Review(s, Facts, review, c));
        _strategy.Do(By(Role.Dsl, Monday.AddDays(2)), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Kept to it"), c));
        Assert.Empty(_strategy.Rows<StrategyView>(StrategyTables.Former));
        _strategy.Do(By(Role.Dsl, Monday.AddDays(3)), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));

        var now = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy));
        Assert.Equal((2, true), (now.Number, now.EarlierTerms is null));
        var former = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Former));
        Assert.Equal((1, StrategyStatus.Ended, "Kept to it", "Canary at home"), (former.Number, former.Status, former.EndReason, former.Terms.Notes));
        Assert.Equal(
            [(Supervision.NoUse, StrategyStatus.Draft, null), (Supervision.Supervised, StrategyStatus.Draft, null), (Supervision.Independent, StrategyStatus.Active, "Canary likes maths")],
            former.EarlierTerms!.Select(t => (t.Terms.Supervision, t.Status, t.Terms.Notes)));
    }

    [Fact]
    public void A_new_draft_once_took_the_decision_from_the_head()
    {
        Draft();
        Answer(Parent, StrategyAnswer.Refused, "Not without her phone");
        _strategy.Do(Product(At(2026, 11, 10, 15, 30)), (s, c) => StrategyDeadlines.OnDue(s, Facts, c));
        _strategy.Do(By(Role.Dsl, At(2026, 11, 11, 9, 0)), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));
        Assert.Equal(At(2026, 11, 10, 15, 30), _strategy.State.Record!.ReferredToHeadAt);
        Assert.Contains(_strategy.Rows<TaskView>(TaskTables.Task), t => t.Kind == TaskKind.StrategyHeadDecision && t.Owner == Of(Role.Headteacher));
        Assert.DoesNotContain(_strategy.Due, d => d.What == "agreement");

        var end = new EndStrategy("Not needed");
        _strategy.Refused(By(Role.Dsl), "STRATEGY_WITH_HEAD", (s, c) => StrategyDecider.End(s, Facts, end, c));
        var inForce = new DecideStrategy(StrategyDecision.InForce, "She is at risk");
        _strategy.Refused(By(Role.Headteacher), "PUPIL_NOT_HEARD", (s, c) => StrategyDecider.Decide(s, Facts, inForce, c));
        // While the agencies hold contact with parents nobody of them is asked, but the pupil is heard.
        var held = StrategyErrors.NotActive;
        _strategy.Refused(By(Role.Dsl), held.Code, (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(Parent, StrategyAnswer.Agreed, SignatureForm.OnScreen, "Canary"), c, Since(held)));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(Kim, StrategyAnswer.ViewGiven, SignatureForm.OnScreen, "Canary", View: "It is strict"), c, Since(held)));
        // Their silence is no refusal then, and who was told since is to be asked.
        _strategy.Refused(By(Role.Headteacher), held.Code, (s, c) => StrategyDecider.Decide(s, Facts, inForce, c, Since(held)));
        _strategy.Refused(By(Role.Headteacher), "AGENCIES_MISSING", (s, c) => StrategyDecider.Decide(s, Facts, inForce, c, Since(null, Agency.Mash)));
        Assert.True(StrategyDecider.Decide(_strategy.State, Facts, inForce with { Decision = StrategyDecision.End }, By(Role.Headteacher), Since(held)).Ok);
        _strategy.Do(By(Role.Headteacher), (s, c) => StrategyDecider.Decide(s, Facts, inForce, c));
        Assert.Equal((StrategyStatus.Active, Parent), (_strategy.State.Record!.Status, _strategy.State.Record.Decision!.Without[1]));
    }

    [Fact]
    public void The_pupil_was_not_heard_when_everybody_else_had_signed_before_an_agency_said_no()
    {
        Draft();
        Answer(School);
        Answer(Parent);
        Answer(SocialCare);
        var held = StrategyErrors.NotActive;
        var view = new AgreeStrategy(Kim, StrategyAnswer.ViewGiven, SignatureForm.OnScreen, "Canary", View: "It is strict");
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, view, c, Since(held)));
        Assert.Equal(StrategyStatus.Draft, _strategy.State.Record!.Status);
        // Once nothing holds it any more, any party says it again.
        var again = new AgreeStrategy(School, StrategyAnswer.Agreed, SignatureForm.OnScreen, "Canary");
        _strategy.Refused(By(Role.Dsl), held.Code, (s, c) => StrategyDecider.Agree(s, Facts, again, c, Since(held)));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, again, c));
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
    }

    [Fact]
    public void A_draft_from_before_an_incident_came_into_force_with_the_pupils_devices_asked_for()
    {
        Draft();
        Answer(School);
        Answer(Parent);
        Answer(SocialCare);
        var since = new SinceDraft(null, [], [.. _strategy.State.Record!.Incidents, new IncidentId(Guid.NewGuid())]);
        Result<Grains.Events> Agree(StrategyState s, CommandContext c, StrategyParty party, StrategyAnswer answer, string? view) =>
            StrategyDecider.Agree(s, Facts, new AgreeStrategy(party, answer, SignatureForm.OnScreen, "Canary", View: view), c, since);
        // The pupil is heard all the same, and it is said to whoever tries to put it in force.
        _strategy.Do(By(Role.Dsl), (s, c) => Agree(s, c, Kim, StrategyAnswer.ViewGiven, "It is strict"));
        Assert.Equal(StrategyStatus.Draft, _strategy.State.Record!.Status);
        _strategy.Refused(By(Role.Dsl), "INCIDENTS_MISSING", (s, c) => Agree(s, c, School, StrategyAnswer.Agreed, null));
        _strategy.Refused(By(Role.SeniorLeader), "ASK_DSL", (s, c) => Agree(s, c, School, StrategyAnswer.Agreed, null));
        // Nor of what has become of an incident that the draft is for: the product may have added it.
        var again = new AgreeStrategy(School, StrategyAnswer.Agreed, SignatureForm.OnScreen, "Canary");
        _strategy.Refused(By(Role.Dsl), "AGENCIES_MISSING", (s, c) => StrategyDecider.Agree(s, Facts, again, c, Since(null, Agency.Mash)));
        foreach (var told in (SinceDraft[])[Since(null, Agency.Mash), Since(DomainError.Refused("PATH_FORBIDS", "The police hold it."))])
        {
            _strategy.Refused(By(Role.SeniorLeader), "ASK_DSL", (s, c) => StrategyDecider.Agree(s, Facts, again, c, told));
        }

        _strategy.Do(Product(At(2026, 11, 10, 15, 30)), (s, c) => StrategyDeadlines.OnDue(s, Facts, c));
        var inForce = new DecideStrategy(StrategyDecision.InForce, "She is at risk");
        _strategy.Refused(By(Role.Headteacher), "INCIDENTS_MISSING", (s, c) => StrategyDecider.Decide(s, Facts, inForce, c, since));
        // Where the school has no head it falls to somebody who may not see incidents.
        var headless = Facts with { Staff = [.. Facts.Staff.Where(p => p.Person != Of(Role.Headteacher))] };
        _strategy.Refused(By(Role.SeniorLeader), "ASK_DSL", (s, c) => StrategyDecider.Decide(s, headless, inForce, c, since));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(School, StrategyAnswer.Agreed, SignatureForm.OnScreen, "Canary"), c, SinceDraft.Nothing));
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
    }

    private static SinceDraft Since(DomainError? held, params Agency[] agencies) => new(held, agencies, []);

    private void Draft() => _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan, Pupil, c));

    private void Activate()
    {
        Answer(School);
        Answer(Parent);
        Answer(SocialCare);
        Hear();
    }

    private void Hear()
    {
        if (!_strategy.State.Record!.Signatures.Exists(s => s.Party == Kim))
        {
            Answer(Kim, StrategyAnswer.ViewGiven, "It is strict");
        }
    }

    private IEnumerable<string> Answer(StrategyParty party, StrategyAnswer answer = StrategyAnswer.Agreed, string? view = null) =>
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(party, answer, SignatureForm.OnScreen, "Canary", View: view), c)) is { Count: 0 } ? [] : _strategy.EventNames;

    private void Review(ReviewStrategy review) => _strategy.Do(By(Role.Headteacher), (s, c) => StrategyDecider.Review(s, Facts, review, c));
}
