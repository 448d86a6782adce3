using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.StaffConsole.Fields;
using OnlineSafetyTrust.StaffConsole.Pages.Pupils;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Devices;

internal sealed class CorrectForm
{
    /// <summary>What the form was made from: only what is no longer the same is sent, so that nobody's correction meanwhile is undone.</summary>
    public Dictionary<string, string?> Was { get; set; } = [];

    public string? Label { get; set; }

    public string? Serial { get; set; }

    public string? Kind { get; set; }

    public string? Ownership { get; set; }

    public string? Essential { get; set; }

    /// <summary>Empty: as it is; <see cref="Nobody"/>; or a member of staff.</summary>
    public string? Holder { get; set; }

    public string? Reason { get; set; }

    public const string Nobody = "nobody";

    public CorrectDevice Command(Guid? pupil) => new(
        Reason ?? "", Text("label", Label), Word<DeviceKind>("kind", Kind), Text("serial", Serial),
        pupil is { } child ? new(DeviceHolder.Of(new PupilId(child)))
            : Holder == Nobody ? new(null)
            : Guid.TryParse(Holder, out var person) ? new(DeviceHolder.Of(new PersonId(person))) : null,
        Word<DeviceOwnership>("ownership", Ownership), Word<EssentialPurpose>("essential", Essential));

    public static CorrectForm Of(DeviceView device)
    {
        var form = new CorrectForm { Label = Unreadable.ForForm(device.Label), Serial = Unreadable.ForForm(device.Serial), Kind = $"{device.Kind}", Ownership = $"{device.Ownership}", Essential = $"{device.Essential}" };
        form.Was = new() { ["label"] = form.Label, ["serial"] = form.Serial, ["kind"] = form.Kind, ["ownership"] = form.Ownership, ["essential"] = form.Essential };
        return form;
    }

    private Change<string>? Text(string name, string? text) => (Was.GetValueOrDefault(name) ?? "") == (text ?? "") ? null : new(text);

    private T? Word<T>(string name, string? text)
        where T : struct, Enum => Was.GetValueOrDefault(name) != text && Enum.TryParse<T>(text, out var word) ? word : null;
}

/// <summary>D1: what the register says of a device is put right.</summary>
internal sealed class CorrectDevicePage(DeviceDesk desk, PupilReader pupils, PupilSearch search) : BorrowingPage(desk, pupils, search)
{
    [BindProperty]
    public CorrectForm Form { get; set; } = new();

    /// <summary>Another device that has the serial number already.</summary>
    public DeviceId? KnownAs { get; private set; }

    public IReadOnlyList<Choice> Holders => [new Choice(CorrectForm.Nobody, "Nobody in particular"), .. Staff];

    public override string Here => $"{Home}/correct";

    public Task<IActionResult> OnGetAsync() => ShowAsync(FillAsync);

    public async Task<IActionResult> OnPostAsync()
    {
        if (IsSearch)
        {
            var found = await FindAsync();
            Form = CorrectForm.Of(Device);
            return found;
        }

        return await SendAsync(
            async context =>
            {
                var reply = await Grain.CorrectAsync(context, Form.Command(Pupil));
                KnownAs = reply.Value?.Id;
                return reply;
            },
            "device-corrected",
            ChooseAsync);
    }

    private Task FillAsync()
    {
        Form = CorrectForm.Of(Device);
        return ChooseAsync();
    }
}

/// <summary>D1: a device leaves the register's lists.</summary>
internal sealed class RetirePage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(context => Grain.RetireAsync(context, new RetireDevice(Reason ?? "")), "retired");
}

/// <summary>D1: a retired device is back.</summary>
internal sealed class ReinstatePage(DeviceDesk desk) : DevicePage(desk)
{
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Another device that has the serial number now.</summary>
    public DeviceId? KnownAs { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostAsync() => SendAsync(
        async context =>
        {
            var reply = await Grain.ReinstateAsync(context, new ReinstateDevice(Reason ?? ""));
            KnownAs = reply.Value?.Id;
            return reply;
        },
        "reinstated");
}
