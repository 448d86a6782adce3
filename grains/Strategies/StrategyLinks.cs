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
            : draft.AnswerOf(party) == StrategyAnswer.Agreed ? StrategyErrors.AlreadyAgreed
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
        : LinkOf(state, command.Party) is null ? StrategyErrors.LinkUnknown
        : Events.Of(new SignatureLinkWithdrawn(command.Party));

    public static Result<Events> Failed(StrategyState state, StrategyParty party) => LinkOf(state, party) is null ? Events.None : Events.Of(new SignatureLinkFailed(party));

    /// <summary>Puts nothing in force: who had the link is known to the school alone, and it confirms what came by it with its own answer.</summary>
    /// <param name="party">Whose link it is, with the right date of birth; null: nobody's.</param>
    /// <param name="since">As it is for the product: who holds a link hears nothing of it.</param>
    public static Result<Events> Answer(
        StrategyState state, AnswerSignatureLink command, StrategyParty? party, SchoolFacts facts, CommandContext context, SinceDraft since, IReadOnlyList<ContactFacts> contacts) =>
        party is null || LinkOf(state, party) is not { } link || !Opens(state.Record!, link, context.Now, since, contacts) ? StrategyErrors.LinkInvalid
        : command.Answer is not (StrategyAnswer.Agreed or StrategyAnswer.Refused) ? StrategyErrors.AnswerWrong
        : StrategyDecider.TakeAnswer(state, facts, new AgreeStrategy(party, command.Answer, SignatureForm.ByLink, command.SignedBy, View: command.View), context, since, link);

    /// <summary>Not used up, and nothing has come up since: no agency lets parents wait, the draft is not out of date, and who has it may still decide for the pupil.</summary>
    public static bool Opens(StrategyRecord draft, SignatureLink link, DateTimeOffset now, SinceDraft since, IReadOnlyList<ContactFacts> contacts) =>
        link.Opens(now) && since.Held is null && since.Outdates(draft, "party") is null && StrategyDecider.MayAgree(link.Contact, contacts);

    private static SignatureLink? LinkOf(StrategyState state, StrategyParty party) => state.Record?.Links?.Find(l => l.Party == party);
}
