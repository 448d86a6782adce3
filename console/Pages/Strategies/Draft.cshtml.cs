using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Strategies;

internal sealed class DraftForm
{
    public TermsForm Terms { get; set; } = new();

    public TermsForm Interim { get; set; } = new();

    /// <summary>As <see cref="PartyText"/>.</summary>
    public List<string> Parties { get; set; } = [];

    public List<LeftOutLine> AgenciesLeftOut { get; set; } = [];

    public DateOnly? ReviewOn { get; set; }

    public Guid? Owner { get; set; }

    public List<Guid> Incidents { get; set; } = [];

    public NamedRecords Named => new([.. Incidents.Select(IncidentId.Of)], [.. Terms.Named.Concat(Interim.Named).Distinct()], "incidents", "terms.times");

    public DraftStrategy Command() => new(
        [.. Incidents.Select(IncidentId.Of)], Terms.Terms(), Interim.Terms(), [.. Parties.Select(PartyText.Parse).OfType<StrategyParty>()], ReviewOn!.Value, new PersonId(Owner ?? Guid.Empty),
        [.. AgenciesLeftOut.Where(a => a.Agency is not null).Select(a => new AgencyLeftOut(a.Agency!.Value, a.Reason ?? ""))]);

    /// <summary>One line more than is filled in, two at least.</summary>
    public void Pad()
    {
        Terms.Pad();
        Interim.Pad();
        AgenciesLeftOut.RemoveAll(a => a.Agency is null && string.IsNullOrWhiteSpace(a.Reason));
        for (var lines = Math.Max(2, AgenciesLeftOut.Count + 1); AgenciesLeftOut.Count < lines;)
        {
            AgenciesLeftOut.Add(new LeftOutLine());
        }
    }
}

internal sealed class LeftOutLine
{
    public Agency? Agency { get; set; }

    public string? Reason { get; set; }
}

internal sealed class DraftPage(PupilDesk desk) : StrategyPage(desk)
{
    [BindProperty]
    public DraftForm Form { get; set; } = new();

    public IReadOnlyList<Choice> Parties { get; private set; } = [];

    public IReadOnlyList<Choice> Devices { get; private set; } = [];

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    public IReadOnlyList<Choice> Incidents { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        Form = Strategy is { Status: StrategyStatus.Draft } draft
            ? new DraftForm { Terms = TermsForm.Of(draft.Terms), Interim = TermsForm.Of(draft.Interim), Parties = [.. draft.Parties.Select(PartyText.Of)], ReviewOn = draft.ReviewOn, Owner = draft.Owner.Value, Incidents = [.. draft.Incidents.Select(i => i.Value)], AgenciesLeftOut = [.. (draft.AgenciesLeftOut ?? []).Select(a => new LeftOutLine { Agency = a.Agency, Reason = Unreadable.ForForm(a.LeftOutReason) })] }
            : new DraftForm { Terms = { Supervision = Supervision.Supervised }, Interim = { Supervision = Supervision.NoUse }, Parties = [nameof(PartyKind.School), nameof(PartyKind.ParentalResponsibility)], Owner = Who.Actor.Person?.Value };
        return OfferAsync();
    });

    public Task<IActionResult> OnPostAsync()
    {
        if (Form.ReviewOn is null)
        {
            Wrong([StrategyErrors.ReviewNotAhead]);
        }

        if (Form.AgenciesLeftOut.Exists(a => a.Agency is null && !string.IsNullOrWhiteSpace(a.Reason)))
        {
            Wrong("agenciesLeftOut", "Choose the agency that the reason is about, or leave the reason out.");
        }

        return SendAsync(context => Desk.Offers.IfKnownAsync(context, Form.Named, () => Grain.DraftAsync(context, Form.Command()), Ct), "drafted", OfferAsync);
    }

    // Two groups of terms have fields of the same names; of the agencies left out the group says what is wrong.
    protected override string FieldOf(DomainError error) => error.Fields is [var field, ..] ? (field.StartsWith("agenciesLeftOut", StringComparison.Ordinal) ? "agenciesLeftOut" : field) : "";

    private async Task OfferAsync()
    {
        Form.Pad();
        Parties =
        [
            new(nameof(PartyKind.School), "The school"), new(nameof(PartyKind.ParentalResponsibility), "Somebody with parental responsibility", "Any one of them"),
            .. Contacts.Select(c => new Choice(PartyText.Of(new StrategyParty(PartyKind.ParentalResponsibility, Contact: c.Key)), c.Value)),
            .. Enum.GetValues<Agency>().Select(a => new Choice(PartyText.Of(new StrategyParty(PartyKind.Agency, a)), Wording.Of(a))),
        ];
        Devices = await Desk.Offers.DevicesOfAsync(Pupil, Ct);
        Staff = await Desk.Offers.StaffAsync(Ct);
        Incidents = await Desk.Offers.IncidentsOfAsync(Pupil, Ct);
    }
}
