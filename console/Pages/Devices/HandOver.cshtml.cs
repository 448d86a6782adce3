using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

/// <summary>D2: to another member of staff or to the police.</summary>
internal sealed class HandOverPage(DeviceDesk desk) : DevicePage(desk)
{
    /// <summary>Null: the police.</summary>
    [BindProperty]
    public Guid? ToStaff { get; set; }

    [BindProperty]
    public string? Officer { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? SealNumber { get; set; }

    /// <summary>Frozen and not sealed: no colleague gets it as it is.</summary>
    public bool PoliceOnly => Device.Frozen && Device.Custody != CustodyState.SealedAsEvidence;

    public Task<IActionResult> OnGetAsync() => ShowAsync(OfferAsync);

    public Task<IActionResult> OnPostAsync() => SendAsync(
        context => Grain.HandOverAsync(context, new HandOverDevice(ToStaff is { } person ? new PersonId(person) : null, Officer, Reference, Place ?? "", SealNumber)), "handed-over", OfferAsync);
}
