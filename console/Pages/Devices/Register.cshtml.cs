using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

internal sealed class RegisterForm
{
    public DeviceOwnership Ownership { get; set; }

    /// <summary>Member of staff.</summary>
    public Guid? Holder { get; set; }

    public DeviceKind Kind { get; set; }

    public string? Label { get; set; }

    public string? Serial { get; set; }

    /// <summary>shared, media.</summary>
    public List<string> Traits { get; set; } = [];

    public DeviceEncryption Encryption { get; set; }

    public EssentialPurpose Essential { get; set; }

    public RegisterDevice Command(Guid? pupil) => new(
        Ownership, Traits.Contains("shared"), Kind, Label, Serial,
        pupil is { } child ? DeviceHolder.Of(new PupilId(child)) : Holder is { } person ? DeviceHolder.Of(new PersonId(person)) : null,
        Traits.Contains("media"), Encryption, Essential);
}

/// <summary>D1: a device of the school, of a member of staff or, from their page, of a pupil.</summary>
internal sealed class RegisterPage(PupilReader pupils, IGrainFactory grains, Offers offers, Names names) : SchoolPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Pupil { get; set; }

    [BindProperty]
    public RegisterForm Form { get; set; } = new();

    public IReadOnlyList<Choice> Staff { get; private set; } = [];

    /// <summary>The device that has the serial number already.</summary>
    public DeviceId? KnownAs { get; private set; }

    public Task<IActionResult> OnGetAsync()
    {
        Form.Ownership = Pupil is null ? DeviceOwnership.School : DeviceOwnership.Personal;
        return ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var context = Command();
        var id = new DeviceId(context.NewId(DeviceKey.Kind));
        var reply = await grains.GetGrain<IDeviceGrain>(DeviceKey.Of(context.Tenant, id).ToString()).RegisterAsync(context, Form.Command(Pupil));
        KnownAs = reply.Value?.Id;
        return reply.Ok ? Redirect($"/console/devices/{id}?done=registered") : Refused(reply) ?? await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (Pupil is { } id && await pupils.FindAsync(Who, new PupilId(id), Ct) is null)
        {
            return NotFound();
        }

        await names.LearnAsync([], [Pupil is { } child ? new PupilId(child) : null], Ct);
        Staff = await offers.StaffAsync(Ct);
        return Page();
    }
}
