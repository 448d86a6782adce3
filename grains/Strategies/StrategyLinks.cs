using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;

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
            : draft.Signatures.Exists(s => s.Party == party && s is { Answer: StrategyAnswer.Agreed, Form: not SignatureForm.ByLink }) ? StrategyErrors.AlreadyAgreed
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
        : !IsThere(state.Record, command) ? StrategyErrors.LinkUnknown
        : Events.Of(new SignatureLinkWithdrawn(command.Party, command.Contact, command.Answer));

    public static Result<Events> Failed(StrategyState state, SignatureLink link) => Same(state, link) is null ? Events.None : Events.Of(new SignatureLinkFailed(link.Party, link.Contact));

    /// <summary>Puts nothing in force: who had the link is known to the school alone, and it confirms what came by it with its own answer.</summary>
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

    private static bool IsThere(StrategyRecord draft, WithdrawSignatureLink command) => command.Answer
        ? draft.Signatures.Exists(s => s.Party == command.Party && s.Form == SignatureForm.ByLink)
        : draft.Links?.Exists(l => l.Party == command.Party && (command.Contact is null || l.Contact == command.Contact)) == true;

    // As it is now: another one for the same contact or agency was made at another moment.
    private static SignatureLink? Same(StrategyState state, SignatureLink link) => state.Record?.Links?.Find(l => (l.Party, l.Contact, l.MadeAt) == (link.Party, link.Contact, link.MadeAt));
}
