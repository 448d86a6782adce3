using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Strategies;

/// <summary>Rules for the links by which parties answer a draft without an account (D4). The link alone opens nothing: whoever holds it enters the pupil's date of birth.</summary>
internal static class StrategyLinks
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    /// <param name="contacts">The pupil's.</param>
    /// <param name="birthKnown">The pupil's date of birth can be asked for.</param>
    /// <param name="secret">A new one.</param>
    public static Result<Events> Make(
        StrategyState state, SchoolFacts facts, MakeSignatureLink command, CommandContext context, SinceDraft since, IReadOnlyList<ContactFacts> contacts, bool birthKnown, string secret)
    {
        var (party, contact) = (command.Party, command.Party.Kind == PartyKind.ParentalResponsibility ? command.Party.Contact ?? command.Contact : null);
        var error = !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly
            : state.Record is not { } draft ? StrategyErrors.Unknown
            : draft.Status != StrategyStatus.Draft ? StrategyErrors.NotDraft
            : party.Kind is PartyKind.School or PartyKind.Pupil ? StrategyErrors.LinkPartyWrong
            : !draft.Parties.Contains(party) ? StrategyErrors.NotAParty
            : draft.Signatures.Exists(s => s.Party == party && !s.IsUnverified) ? StrategyErrors.AlreadyAnswered
            : party.Kind == PartyKind.ParentalResponsibility && contact is null ? StrategyErrors.LinkContactMissing
            : !StrategyDecider.MayAgree(contact, contacts) ? StrategyErrors.ContactMayNotAgree
            : since.Held ?? since.Outdates(draft, "party") ?? (birthKnown ? null : StrategyErrors.BirthDateUnknown);
        return error is not null
            ? StrategyDecider.WithoutIncidents(error, facts, context)
            : Events.Of(new SignatureLinkMade(party, contact, Personal.Of(KeyOwner.Of(state.Record!.Pupil), secret), context.Now + Lasts));
    }

    public static Result<Events> Withdraw(StrategyState state, SchoolFacts facts, WithdrawSignatureLink command, CommandContext context) =>
        !facts.Holds(context, Authority.Leaders) ? Authority.LeadersOnly
        : state.Record is null ? StrategyErrors.Unknown
        : state.Record.Status != StrategyStatus.Draft ? StrategyErrors.NotDraft
        : state.Record.Links?.Exists(l => l.Party == command.Party && (command.Contact is null || l.Contact == command.Contact)) != true ? StrategyErrors.LinkUnknown
        : Events.Of(new SignatureLinkWithdrawn(command.Party, command.Contact));

    /// <param name="since">Nothing comes into force against it: the answer was theirs all the same.</param>
    public static Result<Events> Verify(StrategyState state, SchoolFacts facts, VerifySignature command, CommandContext context, SinceDraft since)
    {
        if (!facts.Holds(context, Authority.Leaders))
        {
            return Authority.LeadersOnly;
        }

        var answer = state.Record?.ByLink(command.Party, command.Answered);
        var error = state.Record is not { } found ? StrategyErrors.Unknown
            : found.Status == StrategyStatus.Ended ? StrategyErrors.NotActive
            : answer is null ? StrategyErrors.AnswerChanged
            : string.IsNullOrWhiteSpace(command.Findings) ? StrategyErrors.VerifiedHowMissing
            : StrategyDecider.TooLong("findings", command.Findings);
        if (error is not null || (command.Theirs && answer!.Verification is { Theirs: true }))
        {
            return error is null ? Events.None : error;
        }

        var strategy = state.Record!;
        DateOnly? reviewOn = strategy.Status == StrategyStatus.Active && !command.Theirs && London.DateOf(context.Now).AddDays(1) is var next && next < strategy.ReviewOn ? next : null;
        var verified = new SignatureVerified(
            command.Party, answer!.At, command.Theirs, Personal.Of(KeyOwner.Of(strategy.Pupil), command.Findings.Trim()), command.Theirs ? [] : StrategyDates.Concerned(state, facts, context),
            reviewOn, reviewOn is { } on ? StrategyDates.Review(facts, on) : null);
        var after = strategy.Verified(answer, new SignatureVerification(context.Now, context.Actor, command.Theirs, verified.Findings));
        return strategy.Status == StrategyStatus.Draft && command.Theirs && since.Held is null && since.Outdates(strategy, "answeredAt") is null && StrategyDecider.IsComplete(after)
            ? Events.Of(verified, StrategyDecider.Activated(strategy, facts, context))
            : Events.Of(verified);
    }

    public static Result<Events> Failed(StrategyState state, SignatureLink link) => Same(state, link) is null ? Events.None : Events.Of(new SignatureLinkFailed(link.Party, link.Contact));

    /// <summary>Puts nothing in force before the school has verified that it was theirs.</summary>
    /// <param name="link">Confirmed by the date of birth; null: none.</param>
    /// <param name="since">As it is for the product: who holds a link hears nothing of it.</param>
    public static Result<Events> Answer(
        StrategyState state, AnswerSignatureLink command, SignatureLink? link, SchoolFacts facts, CommandContext context, SinceDraft since, IReadOnlyList<ContactFacts> contacts) =>
        link is null || Same(state, link) is not { } now || !Opens(state.Record!, now, context.Now, since, contacts) ? StrategyErrors.LinkInvalid
        : command.Answer is not (StrategyAnswer.Agreed or StrategyAnswer.Refused) ? StrategyErrors.AnswerWrong
        : StrategyDecider.TakeAnswer(state, facts, new AgreeStrategy(now.Party, command.Answer, SignatureForm.ByLink, command.SignedBy, View: command.View), context, since, now);

    /// <summary>Not used up, and nothing has come up since: no agency lets parents wait, the draft is not out of date, and who has it may still decide for the pupil.</summary>
    public static bool Opens(StrategyRecord draft, SignatureLink link, DateTimeOffset now, SinceDraft since, IReadOnlyList<ContactFacts> contacts) =>
        link.Opens(now) && since.Held is null && since.Outdates(draft, "party") is null && StrategyDecider.MayAgree(link.Contact, contacts);

    // As it is now: another one for the same contact or agency was made at another moment.
    private static SignatureLink? Same(StrategyState state, SignatureLink link) => state.Record?.Links?.Find(l => (l.Party, l.Contact, l.MadeAt) == (link.Party, link.Contact, link.MadeAt));
}
