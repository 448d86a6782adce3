using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains.Strategies;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;
using static OnlineSafetyTrust.Domain.Tests.Strategies.StrategyTests;

namespace OnlineSafetyTrust.Domain.Tests.Strategies;

/// <summary>D4: a party answers by link.</summary>
public sealed class StrategyLinkTests
{
    private static readonly ContactFacts Mother = new(Guid.Parse("44444444-0000-7000-8000-000000000001"), true, false, false);
    private static readonly StrategyParty ByMother = new(PartyKind.ParentalResponsibility, Contact: Mother.Id);
    private static readonly string Secret = SignatureLinkKey.NewSecret();
    private readonly StoredStream<StrategyState> _strategy = new(new StrategyModel(), StrategyKey.Of(GivenSchool.Id, Pupil));

    public StrategyLinkTests() => Draft();

    private void Draft() =>
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { Parties = [School, ByMother, SocialCare] }, Pupil, c, [Mother]));

    [Fact]
    public void A_link_is_sealed_ends_after_fourteen_days_and_with_the_answer()
    {
        Make(ByMother);
        var view = Assert.Single(_strategy.Rows<StrategyView>(StrategyTables.Strategy)).Links!.Single();
        Assert.Equal((ByMother, Monday, Monday.AddDays(14), 0, true, false), (view.Party, view.MadeAt, view.Until, view.Failures, view.Opens(Monday.AddDays(13)), view.Opens(Monday.AddDays(14))));
        Assert.DoesNotContain(Secret, System.Text.Encoding.UTF8.GetString(_strategy.Last!.Events[0].Payload.Span), StringComparison.Ordinal);

        Refused("LINK_INVALID", Answer(party: null));
        Refused("LINK_INVALID", Answer(SocialCare));
        Refused("LINK_INVALID", Answer(ByMother, now: Monday.AddDays(14)));
        Refused("SIGNED_BY_MISSING", Answer(ByMother, signedBy: " "));
        Refused("TEXT_TOO_LONG", Answer(ByMother, signedBy: new string('x', 201)));
        Refused("VIEW_MISSING", Answer(ByMother, StrategyAnswer.Refused));
        Refused("ANSWER_WRONG", Answer(ByMother, StrategyAnswer.ViewGiven));
        _strategy.Do(ByLink(Monday), (s, c) => StrategyLinks.Answer(s, Given(StrategyAnswer.Refused, "Canary mother", "Not without her phone"), LinkOf(ByMother), Facts, c, SinceDraft.Nothing, [Mother]));

        var answer = _strategy.State.Record!.Signatures.Single();
        Assert.Equal((ByMother, StrategyAnswer.Refused, SignatureForm.ByLink, Actor.ByLink), (answer.Party, answer.Answer, answer.Form, answer.RecordedBy));
        Assert.Null(_strategy.State.Record.Links);
        Assert.Equal(NoticeKind.StrategyAnswered, _strategy.Message<Notice>(Notice.Message).Kind);
        Refused("LINK_INVALID", Answer(ByMother));
    }

    [Fact]
    public void A_child_could_have_put_it_in_force_with_their_mothers_link()
    {
        Make(SocialCare);
        Make(ByMother);
        Staff(SocialCare);
        // Who has answered on paper needs no link any more.
        Assert.Equal(ByMother, _strategy.State.Record!.Links!.Single().Party);
        ByMothersLink();
        var answer = Assert.Single(_strategy.State.Record.Signatures, s => s.Form == SignatureForm.ByLink);
        Assert.Equal((Actor.Of(Of(Role.Dsl)), Mother.Id), (answer.LinkBy, answer.LinkContact));

        // Nobody's word but hers verifies it.
        Staff(Kim, StrategyAnswer.ViewGiven);
        Staff(School);
        Staff(SocialCare);
        Assert.Equal((StrategyStatus.Draft, true), (_strategy.State.Record.Status, answer.IsUnverified));
        var late = _strategy.Do(Product(At(2026, 11, 10, 15, 30)), (s, c) => StrategyDeadlines.OnDue(s, Facts, c));
        Assert.Equal([ByMother], Assert.Single(late.OfType<StrategyReferredToHead>()).Silent);

        Refused("NOT_ALLOWED", Verified(ByMother, by: Role.ClassTeacher));
        Refused("FINDINGS_MISSING", Verified(ByMother, findings: " "));
        Refused("TEXT_TOO_LONG", Verified(ByMother, findings: new string('x', 4001)));
        Refused("ANSWER_CHANGED", Verified(School));
        Refused("ANSWER_CHANGED", Verified(ByMother, Monday.AddMinutes(1)));
        // GraphQL tells times to the millisecond.
        _strategy.Do(By(Role.Dsl), (s, c) => Verified(ByMother, Monday.AddMicroseconds(999)));
        Assert.Equal((StrategyStatus.Active, true), (_strategy.State.Record.Status, _strategy.State.Record.Links is null));
        var verification = Assert.Single(_strategy.State.Record.Signatures, s => s.Form == SignatureForm.ByLink).Verification!;
        Assert.Equal((Monday, Actor.Of(Of(Role.Dsl)), true), (verification.At, verification.By, verification.Theirs));
        Assert.Empty(_strategy.Do(By(Role.Dsl), (s, c) => Verified(ByMother)));
    }

    /// <summary>What the pupil answered with a second link took the place of what the mother had said, and was gone with it.</summary>
    [Fact]
    public void What_counts_is_replaced_by_no_link()
    {
        Staff(ByMother, StrategyAnswer.Refused);
        Refused("ALREADY_ANSWERED", Made(ByMother));
        Draft();
        Make(ByMother);
        ByMothersLink();
        Make(ByMother);
        Verify(ByMother);
        Assert.Null(_strategy.State.Record!.Links);
        Refused("LINK_INVALID", Answer(ByMother));
        Refused("ALREADY_ANSWERED", Made(ByMother));
    }

    [Fact]
    public void What_is_verified_while_an_agency_holds_the_draft_is_recorded_and_nothing_more()
    {
        foreach (var since in (SinceDraft[])[new(DomainError.Refused("PATH_FORBIDS", "The police hold it."), [], []), new(null, [Agency.Police], [])])
        {
            Draft();
            Make(ByMother);
            ByMothersLink();
            Staff(School);
            Staff(SocialCare);
            Staff(Kim, StrategyAnswer.ViewGiven);
            _strategy.Do(By(Role.SeniorLeader), (s, c) => Verified(ByMother, since: since, by: Role.SeniorLeader));
            Assert.Equal((StrategyStatus.Draft, false), (_strategy.State.Record!.Status, _strategy.State.Record.Signatures.Exists(s => s.IsUnverified)));
        }

        // The agency has answered: any party's agreement once more puts it in force.
        Staff(School);
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
    }

    [Fact]
    public void An_answer_that_was_not_theirs_counts_no_more_and_stays_on_the_record()
    {
        Make(ByMother);
        ByMothersLink();
        Make(ByMother);
        // Ending a link leaves the answer, and an answer that was not theirs leaves the link.
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyLinks.Withdraw(s, Facts, new WithdrawSignatureLink(ByMother), c));
        Assert.Single(_strategy.State.Record!.Signatures);
        Make(ByMother);
        var found = _strategy.Do(By(Role.Dsl), (s, c) => Verified(ByMother, theirs: false));
        Assert.Empty(_strategy.State.Record.Signatures);
        Assert.NotNull(LinkOf(ByMother));
        var not = Assert.Single(_strategy.State.Record.FormerAnswers!);
        Assert.Equal((SignatureForm.ByLink, false), (not.Form, not.Verification!.Theirs));
        // The head hears of it, and not the DSL, who found it.
        Assert.Equal([Of(Role.Headteacher)], Assert.Single(found.OfType<SignatureVerified>()).Told.Where(p => p != _strategy.State.Assigned));
        Assert.All(_strategy.Last!.Outbox, m => Assert.Equal(NoticeKind.StrategyAnswerNotTheirs, StoredJson.Read<Notice>(m.Payload.Span).Kind));
        Refused("ANSWER_CHANGED", Verified(ByMother, theirs: false));

        // Another answer takes its place; what stood there stays on the record.
        ByMothersLink(StrategyAnswer.Refused);
        Staff(ByMother);
        Assert.Equal(SignatureForm.Paper, Assert.Single(_strategy.State.Record.Signatures).Form);
        Assert.Equal([StrategyAnswer.Agreed, StrategyAnswer.Refused], _strategy.State.Record.FormerAnswers!.Select(a => a.Answer));
        Refused("ALREADY_ANSWERED", Made(ByMother));
    }

    [Fact]
    public void The_head_who_decides_hears_whose_agreement_nobody_has_verified()
    {
        Make(SocialCare);
        _strategy.Do(ByLink(Monday), (s, c) => StrategyLinks.Answer(s, Given(StrategyAnswer.Agreed, "Duty"), LinkOf(SocialCare), Facts, c, SinceDraft.Nothing, []));
        Staff(School);
        Staff(ByMother);
        Staff(Kim, StrategyAnswer.ViewGiven);
        _strategy.Do(Product(At(2026, 11, 10, 15, 30)), (s, c) => StrategyDeadlines.OnDue(s, Facts, c));
        var decided = _strategy.Do(By(Role.Headteacher), (s, c) => StrategyDecider.Decide(s, Facts, new DecideStrategy(StrategyDecision.InForce, "She is at risk"), c));
        Assert.Equal([SocialCare], Assert.Single(decided.OfType<StrategyDecided>()).Without);

        // In force, too, what was not theirs counts no more; who hears it looks at the terms.
        Verify(SocialCare, theirs: false);
        Assert.Equal(StrategyStatus.Active, _strategy.State.Record!.Status);
        Assert.DoesNotContain(_strategy.State.Record.Signatures, s => s.Party == SocialCare);
        // Its terms are reviewed on the next school day, and it answers late.
        Assert.Equal((new DateOnly(2026, 11, 3), At(2026, 11, 3, 15, 30)), (_strategy.State.Record.ReviewOn, _strategy.State.Record.ReviewDueAt));
        Staff(SocialCare, StrategyAnswer.Refused);
        Assert.Equal((StrategyStatus.Active, StrategyAnswer.Refused), (_strategy.State.Record.Status, _strategy.State.Record.AnswerOf(SocialCare)));
        Assert.All(_strategy.Last!.Outbox, m => Assert.Equal(NoticeKind.StrategyAnswered, StoredJson.Read<Notice>(m.Payload.Span).Kind));
        Assert.NotEmpty(_strategy.Last.Outbox);
        Staff(SocialCare);
        _strategy.Refused(By(Role.Dsl), "STRATEGY_NOT_DRAFT", (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(SocialCare, StrategyAnswer.Agreed, SignatureForm.Paper, "Duty"), c));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("No longer needed"), c));
        Refused("STRATEGY_NOT_ACTIVE", Verified(SocialCare));
    }

    [Fact]
    public void The_fathers_link_left_the_mothers_as_it_was()
    {
        var father = Mother with { Id = Guid.NewGuid() };
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { Parties = [School, Parent] }, Pupil, c, [Mother, father]));
        foreach (var contact in (ContactFacts[])[Mother, father])
        {
            _strategy.Do(By(Role.Dsl), (s, c) => Made(Parent, contacts: [Mother, father], contact: contact.Id));
        }

        Assert.Equal([Mother.Id, father.Id], _strategy.State.Record!.Links!.Select(l => l.Contact!.Value));
        _strategy.Do(ByLink(Monday), (s, _) => StrategyLinks.Failed(s, s.Record!.Links![0]));
        Assert.Equal([1, 0], _strategy.State.Record.Links!.Select(l => l.Failures));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyLinks.Withdraw(s, Facts, new WithdrawSignatureLink(Parent, Mother.Id), c));
        Assert.Equal(father.Id, _strategy.State.Record.Links!.Single().Contact);
    }

    [Fact]
    public void Whoever_holds_a_link_hears_nothing_of_an_agency_that_lets_parents_wait_nor_of_another_incident()
    {
        Make(ByMother);
        SinceDraft[] all = [new(StrategyErrors.NotActive, [], []), new(null, [Agency.Police], []), new(null, [], [new IncidentId(Guid.NewGuid())])];
        Assert.All(all, since => Refused("LINK_INVALID", Answer(ByMother, since: since)));
        ContactFacts[] barred = [Mother with { NoContact = true }, Mother with { CourtOrder = true }, Mother with { ParentalResponsibility = false }, Mother with { Id = Guid.NewGuid() }];
        Assert.All(barred, mother => Refused("LINK_INVALID", StrategyLinks.Answer(_strategy.State, Given(StrategyAnswer.Agreed, "Canary"), LinkOf(ByMother), Facts, ByLink(Monday), SinceDraft.Nothing, [mother])));
    }

    [Fact]
    public void After_five_wrong_dates_of_birth_it_opens_no_more_and_another_one_begins_anew()
    {
        Make(ByMother);
        for (var i = 0; i < SignatureLinkView.Tries; i++)
        {
            Assert.True(_strategy.State.Record!.Links!.Single().Opens(Monday));
            _strategy.Do(ByLink(Monday), (s, _) => StrategyLinks.Failed(s, LinkOf(ByMother)!));
        }

        Assert.Equal(NoticeKind.StrategyLinkEnded, _strategy.Message<Notice>(Notice.Message).Kind);
        Refused("LINK_INVALID", Answer(ByMother));
        Make(ByMother);
        Assert.True(Answer(ByMother).Ok);
        _strategy.Do(By(Role.SeniorLeader), (s, c) => StrategyLinks.Withdraw(s, Facts, new WithdrawSignatureLink(ByMother), c));
        Refused("LINK_INVALID", Answer(ByMother));
        _strategy.Refused(By(Role.Dsl), "LINK_UNKNOWN", (s, c) => StrategyLinks.Withdraw(s, Facts, new WithdrawSignatureLink(ByMother), c));
    }

    [Fact]
    public void A_link_is_made_by_those_who_decide_for_a_party_that_may_answer_so()
    {
        Refused("NOT_ALLOWED", Made(ByMother, Role.ClassTeacher));
        Refused("LINK_PARTY_WRONG", Made(School));
        Refused("LINK_PARTY_WRONG", Made(Kim));
        Refused("NOT_A_PARTY", Made(Parent, contact: Mother.Id));
        Refused("CONTACT_MAY_NOT_AGREE", Made(ByMother, contacts: [Mother with { CourtOrder = true }]));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { Parties = [School, Parent, SocialCare] }, Pupil, c));
        // Anybody with parental responsibility may agree: the link still goes to one of them, and ends with their right to.
        Refused("LINK_CONTACT_MISSING", Made(Parent));
        Refused("CONTACT_MAY_NOT_AGREE", Made(Parent, contact: Guid.NewGuid()));
        Refused("CONTACT_MAY_NOT_AGREE", Made(Parent, contacts: [Mother with { NoContact = true }], contact: Mother.Id));
        _strategy.Do(By(Role.Dsl), (s, c) => Made(Parent, contact: Mother.Id));
        Assert.Equal((Parent, Mother.Id), (_strategy.State.Record!.Links!.Single().Party, _strategy.State.Record.Links!.Single().Contact));
        Refused("LINK_INVALID", StrategyLinks.Answer(_strategy.State, Given(StrategyAnswer.Agreed, "Canary"), LinkOf(Parent), Facts, ByLink(Monday), SinceDraft.Nothing, [Mother with { NoContact = true }]));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Review(s, Facts, new ReviewStrategy(ReviewResult.StepUp, new StrategyTerms(Supervision.NoUse), "Stricter", new DateOnly(2026, 12, 8)), c));
        Assert.Null(_strategy.State.Record.Links);
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { Parties = [School, ByMother, SocialCare] }, Pupil, c, [Mother]));
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(SocialCare, StrategyAnswer.Agreed, SignatureForm.Paper, "Canary"), c));
        Refused("ALREADY_ANSWERED", Made(SocialCare));
        Refused("BIRTH_DATE_UNKNOWN", Made(ByMother, birthKnown: false));
        Refused("AGENCIES_MISSING", Made(ByMother, since: new(null, [Agency.Police], [])));
        Refused("ASK_DSL", Made(ByMother, Role.SeniorLeader, since: new(null, [Agency.Police], [])));
        Refused("ASK_DSL", Made(ByMother, Role.SeniorLeader, since: new(DomainError.Refused("PATH_FORBIDS", "The police hold it."), [], [])));
        Refused("NOT_ALLOWED", StrategyLinks.Withdraw(_strategy.State, Facts, new WithdrawSignatureLink(ByMother), By(Role.ClassTeacher)));
        _strategy.Refused(By(Role.Dsl), "FORM_WRONG", (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(ByMother, StrategyAnswer.Agreed, SignatureForm.ByLink, "Canary"), c));

        Make(ByMother);
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Draft(s, Facts, Plan with { Parties = [School, ByMother] }, Pupil, c, [Mother]));
        // It was about other terms.
        Assert.Null(_strategy.State.Record!.Links);
        Make(ByMother);
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.End(s, Facts, new EndStrategy("Given up"), c));
        Assert.Null(_strategy.State.Record.Links);
        Refused("STRATEGY_NOT_DRAFT", Made(ByMother));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64url!")]
    public void What_is_no_links_key_is_none(string? text) => Assert.Null(SignatureLinkKey.Parse(text));

    [Fact]
    public void A_links_key_names_school_pupil_and_secret()
    {
        var key = new SignatureLinkKey(GivenSchool.Id, Pupil, Secret);
        Assert.Equal(key, SignatureLinkKey.Parse(key.ToString()));
        Assert.Null(SignatureLinkKey.Parse(key + "A"));
        Assert.Equal($"/console/sign?key={key}", key.Path());
        Assert.NotEqual(Secret, SignatureLinkKey.NewSecret());
    }

    private SignatureLink? LinkOf(StrategyParty party) => _strategy.State.Record!.Links?.Find(l => l.Party == party);

    private static CommandContext ByLink(DateTimeOffset now) => new(GivenSchool.Id, Actor.ByLink, "signature", Guid.Empty, null, now);

    private static AnswerSignatureLink Given(StrategyAnswer answer, string signedBy, string? view = null) => new(Secret, new DateOnly(2014, 5, 6), answer, signedBy, view);

    private void Staff(StrategyParty party, StrategyAnswer answer = StrategyAnswer.Agreed) =>
        _strategy.Do(By(Role.Dsl), (s, c) => StrategyDecider.Agree(s, Facts, new AgreeStrategy(party, answer, SignatureForm.Paper, "Canary", View: "Fine"), c));

    private void Verify(StrategyParty party, bool theirs = true) => _strategy.Do(By(Role.Dsl), (s, c) => Verified(party, theirs: theirs));

    private Result<Grains.Events> Verified(
        StrategyParty party, DateTimeOffset? answered = null, bool theirs = true, string findings = "Rang her at work", SinceDraft? since = null, Role by = Role.Dsl) =>
        StrategyLinks.Verify(_strategy.State, Facts, new VerifySignature(party, answered ?? Monday, theirs, findings), By(by), since ?? SinceDraft.Nothing);

    private void ByMothersLink(StrategyAnswer answer = StrategyAnswer.Agreed) =>
        _strategy.Do(ByLink(Monday), (s, c) => StrategyLinks.Answer(s, Given(answer, "Canary mother", "Her words"), LinkOf(ByMother), Facts, c, SinceDraft.Nothing, [Mother]));

    private void Make(StrategyParty party) => _strategy.Do(By(Role.Dsl), (s, c) => Made(party));

    private Result<Grains.Events> Made(StrategyParty party, Role by = Role.Dsl, IReadOnlyList<ContactFacts>? contacts = null, bool birthKnown = true, SinceDraft? since = null, Guid? contact = null) =>
        StrategyLinks.Make(_strategy.State, Facts, new MakeSignatureLink(party, contact), By(by), since ?? SinceDraft.Nothing, contacts ?? [Mother], birthKnown, Secret);

    private Result<Grains.Events> Answer(StrategyParty? party, StrategyAnswer answer = StrategyAnswer.Agreed, string signedBy = "Canary", DateTimeOffset? now = null, SinceDraft? since = null) =>
        StrategyLinks.Answer(_strategy.State, Given(answer, signedBy), party is null ? null : LinkOf(party), Facts, ByLink(now ?? Monday), since ?? SinceDraft.Nothing, [Mother]);

    private static void Refused(string code, Result<Grains.Events> result) => Assert.Equal(code, Assert.Single(result.Errors).Code);
}
