using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.School;

/// <summary>B2: first what it would change, then the adoption.</summary>
internal sealed class AdoptPolicyPage(SchoolReader schools, IGrainFactory grains, IPolicyShelf shelf, ISchoolDays days) : SchoolForm(schools, grains)
{
    public const string Address = $"{PolicyPage.Address}/adopt";

    public override string Home => PolicyPage.Address;

    /// <summary>Id of a shipped pack.</summary>
    [BindProperty]
    public string? Pack { get; set; }

    [BindProperty]
    public string? Yaml { get; set; }

    public IReadOnlyList<Choice> Packs { get; private set; } = [];

    /// <summary>Null: not asked for, or it cannot be read.</summary>
    public CompiledPolicy? Preview { get; private set; }

    /// <summary>Null with <see cref="Preview"/>.</summary>
    public IReadOnlyList<string>? Changes { get; private set; }

    private AdoptPolicy Adoption => new(Text(Pack), Text(Yaml));

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync(string? @do) => @do == "adopt"
        ? SendAsync(context => Grain.AdoptPolicyAsync(context, Adoption), "policy-adopted", OfferAsync)
        : ShowAsync(async () =>
        {
            await OfferAsync();
            await CompareAsync();
        });

    private Task OfferAsync()
    {
        Packs = [.. shelf.Of(School.Nation).Select(p => new Choice(p.Id, $"{p.Title}, version {p.Version}"))];
        return Task.CompletedTask;
    }

    private async Task CompareAsync()
    {
        var preview = shelf.Preview(Adoption, School.Nation);
        if (!preview.Ok)
        {
            Wrong(preview.Errors);
            return;
        }

        Preview = preview.Value;
        Changes = (await days.FindAsync(Who.Tenant, Ct))?.Facts.Policy is { } inForce ? PolicyDifference.Between(inForce.Policy, Preview.Policy) : ["This is the first policy."];
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
