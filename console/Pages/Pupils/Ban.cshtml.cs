using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

internal sealed class BanForm
{
    public BanScope Scope { get; set; }

    public string? Service { get; set; }

    public DateOnly? From { get; set; }

    public TimeOnly? FromTime { get; set; }

    public DateOnly? Until { get; set; }

    public TimeOnly? UntilTime { get; set; }

    public BanEnforcement EnforcedBy { get; set; }

    public string? Reason { get; set; }

    public Guid? Incident { get; set; }

    public Guid? DecidedBy { get; set; }

    public string? Replacement { get; set; }

    public IncidentId? For => Incident is { } id ? new IncidentId(id) : null;

    public BanTechnology Command(IConsoleClock clock) => new(
        Scope, Service, From is { } from ? clock.ToInstant(from, FromTime ?? TimeOnly.MinValue) : null, clock.ToInstant(Until!.Value, UntilTime ?? TimeOnly.MinValue), Reason ?? "", For, EnforcedBy,
        DecidedBy is { } head ? new EssentialOverride(new PersonId(head), Replacement ?? "") : null);
}

/// <summary>D3.</summary>
internal sealed class BanPage(PupilDesk desk, IConsoleClock clock) : PupilPage(desk)
{
    [BindProperty]
    public BanForm Form { get; set; } = new();

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    public IReadOnlyList<Choice> Incidents { get; private set; } = [];

    public IReadOnlyList<Choice> Scopes { get; } =
    [
        new(nameof(BanScope.IndependentUse), "Use alone", "With somebody beside them they may go on"), new(nameof(BanScope.Network), "The school’s network", "And with it the internet and every service"),
        new(nameof(BanScope.Internet), "The internet", "And with it every service"), new(nameof(BanScope.Service), "One service"), new(nameof(BanScope.AllDevices), "All devices"),
    ];

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync()
    {
        if (Form.Until is null)
        {
            Wrong("until", "Enter the day on which the ban is lifted.");
        }

        return SendAsync(
            context => Desk.Offers.IfKnownAsync(context, NamedRecords.Of(Form.For), () => Desk.Pupil(context.Tenant, Pupil).BanTechnologyAsync(context, Form.Command(clock)), Ct), "banned", OfferAsync);
    }

    private async Task OfferAsync()
    {
        Staff = await Desk.Offers.StaffAsync(Ct);
        Incidents = await Desk.Offers.IncidentsOfAsync(Pupil, Ct);
    }
}
