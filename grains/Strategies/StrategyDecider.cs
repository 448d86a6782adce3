using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Strategies;

/// <summary>What has come up since a strategy was drafted.</summary>
/// <param name="Held">One of the incidents it is for, or that asks for one now, forbids it: parents are part of it, and may not be told yet.</param>
/// <param name="Agencies">That these incidents have been referred to.</param>
/// <param name="Asking">Incidents that ask for all of the pupil's devices until a strategy is agreed.</param>
internal sealed record SinceDraft(DomainError? Held, IReadOnlyList<Agency> Agencies, IReadOnlyList<IncidentId> Asking)
{
    public static readonly SinceDraft Nothing = new(null, [], []);

    /// <summary>What was agreed is not about it: another draft names it, and asks everybody.</summary>
    public DomainError? Outdates(StrategyRecord draft, string field) =>
        draft.Missing(Agencies) is { Count: > 0 } came ? StrategyErrors.AgenciesCame(came, field)
        : Asking.Except(draft.Incidents).Any() ? StrategyErrors.IncidentsCame(field)
        : null;
}

/// <summary>Rules for what people do with a strategy (D4). Deadlines: <see cref="StrategyDeadlines"/>.</summary>
internal static class StrategyDecider
{
    private static readonly Role[] MayLoosen = [Role.Dsl, Role.Headteacher];
    private static readonly Role[] MaySeeIncidents = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    /// <param name="contacts">The pupil's, where a party names one.</param>
    /// <param name="held">An incident named is about others only, or forbids it: parents are part of a strategy, and may not be told yet.</param>
    /// <param name="agencies">That the incidents named were referred to.</param>
    public static Result<Events> Draft(
        StrategyState state, SchoolFacts facts, DraftStrategy command, PupilId pupil, CommandContext context, IReadOnlyList<ContactFacts>? contacts = null, DomainError? held = null,
        IReadOnlyList<Agency>? agencies = null)
    {
        var parties = command.Parties;
        var error = !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly
            : held is not null ? held
            : state.Record?.Status == StrategyStatus.Active ? StrategyErrors.StillActive
            : IsDecided(state, facts, context) ? StrategyErrors.InterimDecided
            : parties.Any(p => p.Kind == PartyKind.Pupil || p.Kind == PartyKind.Agency != (p.Agency is not null) || (p.Contact is not null && p.Kind != PartyKind.ParentalResponsibility))
                || parties.Distinct().Count() != parties.Count ? StrategyErrors.PartyWrong
            : !parties.Any(p => p.Kind == PartyKind.School) || !parties.Any(p => p.Kind == PartyKind.ParentalResponsibility) ? StrategyErrors.PartiesMissing
            : parties.Any(p => !MayAgree(p.Contact, contacts ?? [])) ? StrategyErrors.ContactMayNotAgree
            : CheckAgencies(command, agencies ?? []) is { } agency ? agency
            : command.ReviewOn <= London.DateOf(context.Now) ? StrategyErrors.ReviewNotAhead
            : !facts.IsHere(command.Owner) ? StrategyErrors.OwnerUnknown
            : Check(command.Terms, "terms") ?? Check(command.Interim, "interim");
        if (error is not null)
        {
            return error;
        }

        var owner = KeyOwner.Of(pupil);
        var number = state.Record is null ? 1 : state.Record.Number + (state.Record.Status == StrategyStatus.Ended ? 1 : 0);

        // Other terms neither give more days nor take from the head what refusal or silence has brought before them.
        var former = state.Record is { Status: StrategyStatus.Draft } draft ? draft : null;
        return Events.Of(new StrategyDrafted(
            pupil, number, [.. command.Incidents.Distinct()], TermsRecord.Of(owner, command.Terms), TermsRecord.Of(owner, command.Interim), parties, command.ReviewOn, command.Owner,
            StrategyDates.Assigned(facts, command.Owner, context.Now), former?.AgreementDueAt ?? StrategyDates.AgreementDue(facts, context.Now), facts.Version, facts.Holds(context, MayLoosen),
            StrategyDates.HandOver(facts, command.Owner, former?.ReferredToHeadAt is not null, context.Now), StrategyDates.Review(facts, command.ReviewOn), LeftOut(owner, command),
            former is null ? null : state.AskedSince ?? former.DraftedAt));
    }

    /// <summary>What an incident says against a strategy tells of it: whoever may not see incidents hears whom to ask.</summary>
    public static Result<Events> WithoutIncidents(Result<Events> decided, SchoolFacts facts, CommandContext context) =>
        decided.Errors.Any(e => e.Code is IncidentStepErrors.PathForbidsCode or StrategyErrors.AgenciesMissingCode or StrategyErrors.IncidentsMissingCode) && !facts.Holds(context, MaySeeIncidents)
            ? StrategyErrors.AskDsl
            : decided;

    /// <summary>Decides for the pupil, or is none of the pupil's contacts by name.</summary>
    public static bool MayAgree(Guid? contact, IReadOnlyList<ContactFacts> contacts) =>
        contact is null || contacts.Any(c => c.Id == contact && c is { ParentalResponsibility: true, NoContact: false, CourtOrder: false });

    // Who drafted it may have named some of its incidents; the product added what asked for a strategy.
    public static Result<Events> Agree(StrategyState state, SchoolFacts facts, AgreeStrategy command, CommandContext context, SinceDraft? since = null) =>
        !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly
        : command.Form == SignatureForm.ByLink ? StrategyErrors.FormWrong
        : WithoutIncidents(TakeAnswer(state, facts, command, context, since), facts, context);

    /// <summary>An answer, by whoever may record or give it.</summary>
    /// <param name="link">By which it came; null: staff recorded it.</param>
    public static Result<Events> TakeAnswer(StrategyState state, SchoolFacts facts, AgreeStrategy command, CommandContext context, SinceDraft? since, SignatureLink? link = null)
    {
        var held = since?.Held;
        var byPupil = command.Party.Kind == PartyKind.Pupil;
        var error = state.Record is not { } found ? StrategyErrors.Unknown
            // Of a strategy in force whoever has not agreed answers late: what came by link was not theirs, or the head decided without them.
            : found.Status == StrategyStatus.Ended || (found.Status == StrategyStatus.Active && !byPupil && !found.NotAgreed.Contains(command.Party)) ? StrategyErrors.NotDraft
            // What the pupil says is heard whatever the agencies say of the parents.
            : held is not null && !byPupil ? held
            : !byPupil && !found.Parties.Contains(command.Party) ? StrategyErrors.NotAParty
            : !byPupil && command.Answer is StrategyAnswer.ViewGiven or StrategyAnswer.ViewNotHad ? StrategyErrors.AnswerWrong
            : string.IsNullOrWhiteSpace(command.SignedBy) ? StrategyErrors.SignedByMissing
            : command.Form == SignatureForm.Witnessed && string.IsNullOrWhiteSpace(command.Witness) ? StrategyErrors.WitnessMissing
            : command.Answer != StrategyAnswer.Agreed && string.IsNullOrWhiteSpace(command.View) ? StrategyErrors.ViewMissing
            : TooLong(command);
        if (error is not null)
        {
            return error;
        }

        var draft = state.Record!;
        var outdated = since?.Outdates(draft, "party");
        // What staff record of a party that had answered by link is new: they were there.
        if (command.Answer == StrategyAnswer.Agreed && draft.Signatures.Exists(s => s.Party == command.Party && s is { Answer: StrategyAnswer.Agreed, Form: not SignatureForm.ByLink }))
        {
            // Everybody had answered while an agency held it.
            return held is not null || draft.Status == StrategyStatus.Active || !IsComplete(draft) ? Events.None
                : outdated is not null ? outdated
                : Events.Of(Activated(draft, facts, context));
        }

        var owner = KeyOwner.Of(draft.Pupil);
        var answered = new StrategyAnswered(new Signature(
            command.Party, command.Answer, command.Form, Personal.Of(owner, command.SignedBy.Trim()), Personal.OfText(owner, command.RepresentedBy), Personal.OfText(owner, command.Witness),
            Personal.OfText(owner, command.View), context.Now, context.Actor, link?.MadeBy, link?.Contact),
            draft.Status == StrategyStatus.Active && command.Answer == StrategyAnswer.Refused ? StrategyDates.Concerned(state, facts, context) : null);
        return draft.Status == StrategyStatus.Active || !IsComplete(draft.Answered(answered.Signature)) || (byPupil && (held is not null || outdated is not null)) ? Events.Of(answered)
            : outdated is not null ? outdated
            : Events.Of(answered, Activated(draft, facts, context));
    }

    /// <summary>All have agreed, what came by link is verified, and the pupil was heard.</summary>
    public static bool IsComplete(StrategyRecord draft) => !draft.NotAgreed.Any() && IsHeard(draft.AnswerOf);

    public static StrategyActivated Activated(StrategyRecord draft, SchoolFacts facts, CommandContext context) => new(
        StrategyDates.Review(facts, draft.ReviewOn), StrategyDates.Assigned(facts, draft.Owner, context.Now), facts.Version, StrategyDates.HandOver(facts, draft.Owner, false, context.Now));

    // Somebody without an account may write them.
    private static DomainError? TooLong(AgreeStrategy command) =>
        TooLong("signedBy", command.SignedBy, 200) ?? TooLong("representedBy", command.RepresentedBy, 200) ?? TooLong("witness", command.Witness, 200) ?? TooLong("view", command.View);

    public static DomainError? TooLong(string field, string? text, int most = 4000) => text?.Length > most ? StrategyErrors.TooLong(field, most) : null;

    public static Result<Events> Review(StrategyState state, SchoolFacts facts, ReviewStrategy command, CommandContext context)
    {
        var error = !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly
            : state.Record is not { } found ? StrategyErrors.Unknown
            : found.Status == StrategyStatus.Ended ? StrategyErrors.NotActive
            : found.Status == StrategyStatus.Active && command.Terms is not null && !facts.Holds(context, MayLoosen) ? StrategyErrors.TermsInForce
            : command.Terms is not null && IsDecided(state, facts, context) ? StrategyErrors.InterimDecided
            : command.Result == ReviewResult.Continue && command.Terms is not null ? StrategyErrors.TermsNotAsked
            : command.Result != ReviewResult.Continue && command.Terms is null ? StrategyErrors.TermsMissing
            : string.IsNullOrWhiteSpace(command.Findings) ? StrategyErrors.FindingsMissing
            : command.NextReviewOn <= London.DateOf(context.Now) ? StrategyErrors.NextReviewNotAhead
            : command.Terms is null ? null : Check(command.Terms, "terms");
        if (error is not null)
        {
            return error;
        }

        var strategy = state.Record!;
        var owner = KeyOwner.Of(strategy.Pupil);
        return Events.Of(new StrategyReviewed(
            command.Result, command.Terms is null ? null : strategy.InForce, command.Terms is null ? null : TermsRecord.Of(owner, command.Terms), Personal.Of(owner, command.Findings.Trim()),
            command.NextReviewOn, StrategyDates.Review(facts, command.NextReviewOn), StrategyDates.Assigned(facts, strategy.Owner, context.Now), facts.Version,
            StrategyDates.HandOver(facts, strategy.Owner, state.Head is not null, context.Now), facts.Holds(context, MayLoosen),
            strategy.Status == StrategyStatus.Active && command.Terms is not null ? StrategyDates.Concerned(state, facts, context) : null));
    }

    /// <param name="since">Neither refusal nor silence of parents who may not be asked is an answer.</param>
    public static Result<Events> Decide(StrategyState state, SchoolFacts facts, DecideStrategy command, CommandContext context, SinceDraft? since = null) =>
        WithoutIncidents(TakeDecision(state, facts, command, context, since), facts, context);

    private static Result<Events> TakeDecision(StrategyState state, SchoolFacts facts, DecideStrategy command, CommandContext context, SinceDraft? since)
    {
        var error = !ActsAsHead(facts, context) ? HeadOnly
            : state.Record is not { } found ? StrategyErrors.Unknown
            : found is not { Status: StrategyStatus.Draft, ReferredToHeadAt: not null } ? StrategyErrors.NotReferred
            : string.IsNullOrWhiteSpace(command.Reason) ? StrategyErrors.DecisionReasonMissing
            : command.Decision != StrategyDecision.InForce ? null
            : !IsHeard(found.AnswerOf) ? StrategyErrors.PupilNotHeard
            : since?.Held is { } held ? held
            : since?.Outdates(found, "decision");
        if (error is not null)
        {
            return error;
        }

        var draft = state.Record!;
        var owner = KeyOwner.Of(draft.Pupil);
        var decided = new StrategyDecided(command.Decision, [.. draft.NotAgreed], Personal.Of(owner, command.Reason.Trim()));
        return command.Decision == StrategyDecision.InForce
            ? Events.Of(decided, Activated(draft, facts, context))
            : Events.Of(decided, new StrategyEnded(null, StrategyEndCause.HeadDecided));
    }

    public static Result<Events> End(StrategyState state, SchoolFacts facts, EndStrategy command, CommandContext context) =>
        !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly
        : state.Record is not { } strategy ? StrategyErrors.Unknown
        : strategy.Status == StrategyStatus.Ended ? StrategyErrors.AlreadyEnded
        : strategy.Status == StrategyStatus.Active && !facts.Holds(context, MayLoosen) ? StrategyErrors.TermsInForce
        : IsDecided(state, facts, context) ? StrategyErrors.InterimDecided
        : strategy is { Status: StrategyStatus.Draft, ReferredToHeadAt: not null } && !ActsAsHead(facts, context) ? StrategyErrors.WithHead
        : string.IsNullOrWhiteSpace(command.EndReason) ? StrategyErrors.EndReasonMissing
        : Events.Of(new StrategyEnded(
            Personal.Of(KeyOwner.Of(strategy.Pupil), command.EndReason.Trim()), Told: strategy.Status == StrategyStatus.Active ? StrategyDates.Concerned(state, facts, context) : null));

    /// <summary>Nobody at this school is responsible for it any more; the next school drafts its own.</summary>
    public static Result<Events> PupilLeft(StrategyState state) =>
        state.Record is { Status: not StrategyStatus.Ended } ? Events.Of(new StrategyEnded(null, StrategyEndCause.PupilLeft)) : Events.None;

    // What holds until the strategy is agreed was the head's or the DSL's decision, and holds until one of them, or whoever does their duty where the school has none, decides otherwise.
    private static bool IsDecided(StrategyState state, SchoolFacts facts, CommandContext context) =>
        state is { Record.Status: StrategyStatus.Draft, Decided: true } && !facts.Holds(context, MayLoosen)
        && !ActsAsHead(facts, context) && (context.Actor.Person is not { } person || StrategyDates.Dsl(facts, context.Now) != person);

    // The head, or whoever the duty falls to where the school has none.
    private static bool ActsAsHead(SchoolFacts facts, CommandContext context) =>
        context.Actor.Person is { } person && (facts.Holds(context, [Role.Headteacher]) || StrategyDates.Head(facts, context.Now) == person);

    // The pupil need not agree, but is heard: without their view, or why it could not be had, nothing is decided about them.
    private static bool IsHeard(Func<StrategyParty, StrategyAnswer?> answerOf) => answerOf(new StrategyParty(PartyKind.Pupil)) is not null;

    private static readonly DomainError HeadOnly = DomainError.NotAllowed("the headteacher, and whoever the duty falls to where the school has none");

    private static LeftOutAgency[] LeftOut(KeyOwner owner, DraftStrategy command) =>
        [.. (command.AgenciesLeftOut ?? []).Select(a => new LeftOutAgency(a.Agency, Personal.Of(owner, a.Reason.Trim())))];

    private static DomainError? CheckAgencies(DraftStrategy command, IReadOnlyList<Agency> referredTo)
    {
        var open = referredTo.Except(command.Parties.Select(p => p.Agency).OfType<Agency>()).ToList();
        foreach (var (index, left) in (command.AgenciesLeftOut ?? []).Index())
        {
            if (!open.Remove(left.Agency))
            {
                return StrategyErrors.LeftOutWrong(index);
            }

            if (string.IsNullOrWhiteSpace(left.Reason))
            {
                return StrategyErrors.LeftOutReasonMissing(index);
            }
        }

        return open.Count > 0 ? StrategyErrors.AgenciesMissing(open) : null;
    }

    private static DomainError? Check(StrategyTerms terms, string field) =>
        terms.Times?.Any(w => w.Days.Count == 0 || w.To <= w.From) == true ? StrategyErrors.WindowWrong($"{field}.times")
        : terms.Checks is { } checks && (checks.By < CheckTimes.EarliestBy || checks.By > CheckTimes.LatestBy) ? CheckErrors.ByWrong with { Fields = [$"{field}.checksBy"] }
        : null;
}
