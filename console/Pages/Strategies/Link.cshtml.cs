using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

/// <summary>D4: links for parties who answer without an account.</summary>
internal sealed class StrategyLinkPage(PupilDesk desk, IPublicAddress address) : StrategyPage(desk)
{
    /// <summary>As <see cref="PartyText"/>.</summary>
    [BindProperty]
    public string? Party { get; set; }

    /// <summary>Just made; it stands on this page and in no address.</summary>
    public string? Link { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    public string LinkFor { get; private set; } = "";

    /// <summary>Who has not answered, and may answer so: where anybody with parental responsibility may, each of them.</summary>
    public IReadOnlyList<Choice> Parties => [.. Strategy!.Parties
        .Where(p => Strategy.Signatures.All(s => s.Party != p || s.IsUnverified))
        .SelectMany(p => p switch
        {
            { Kind: PartyKind.Agency } => [new Choice(PartyText.Of(p), NameOf(p))],
            { Kind: PartyKind.ParentalResponsibility, Contact: { } contact } => Deciding.Where(c => c.Id == contact).Select(c => new Choice(PartyText.Of(p), NameOf(p))),
            { Kind: PartyKind.ParentalResponsibility } => Deciding.Select(c => new Choice(TextOf(p, c.Id), Contacts[c.Id])),
            _ => Array.Empty<Choice>().AsEnumerable(),
        })];

    /// <summary>Of a party, and of the contact that it means where it names none.</summary>
    public static string TextOf(StrategyParty party, Guid? contact) => contact is { } id ? $"{PartyText.Of(party)}@{id:D}" : PartyText.Of(party);

    /// <summary>Who has the link.</summary>
    public string NameOf(SignatureLinkView link) => NameOf(link.Contact is { } contact ? link.Party with { Contact = contact } : link.Party);

    public Task<IActionResult> OnGetAsync() => ShowAsync(LearnAsync);

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        var (named, contact) = Party?.Split('@') is [var first, var second] && Guid.TryParse(second, out var id) ? (first, id) : (Party, (Guid?)null);
        if (PartyText.Parse(named) is not { } party)
        {
            Wrong("party", "Choose who gets the link.");
            return await ShowAsync(LearnAsync);
        }

        if (@do == "withdraw")
        {
            return await SendAsync(context => Grain.WithdrawLinkAsync(context, new WithdrawSignatureLink(party, contact)), "link-withdrawn", LearnAsync);
        }

        var reply = await Grain.MakeLinkAsync(Command(), new MakeSignatureLink(party, contact));
        if (Refused(reply) is { } gone)
        {
            return gone;
        }

        if (reply is { Ok: true, Value: { Secret: { } secret } made })
        {
            (Link, Until) = (address.Of(new SignatureLinkKey(Who.Tenant, Pupil, secret).Path()).ToString(), made.Until);
        }

        return await ShowAsync(async () =>
        {
            (LinkFor, Party) = (NameOf(contact is null ? party : party with { Contact = contact }), null);
            await LearnAsync();
        });
    }

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && Strategy is { Status: StrategyStatus.Draft };

    private Task LearnAsync() => Desk.Names.LearnAsync(PeopleOf(Strategy!), [], Ct);
}
