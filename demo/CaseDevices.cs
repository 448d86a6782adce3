using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Demo;

/// <summary>The device in it, if there was one: registered, taken or sealed as the plan says, later given back.</summary>
internal sealed class CaseDevices(DemoCase incident)
{
    private const string Ground = "Behaviour policy under section 91, Education and Inspections Act 2006";
    private readonly DemoSite _site = incident.Site;
    private DeviceId? _device;
    private StepKind? _taken;
    private bool _allTaken;

    private IDeviceGrain Grain => _site.Get<IDeviceGrain>(DeviceKey.Of(_site.Tenant, _device!.Value));

    public async Task<IReadOnlyList<DeviceId>> RegisterAsync()
    {
        var dice = new Dice($"{_site.School.Urn} {incident.Id} device");
        if (incident.Alleged.FirstOrDefault() is not { } pupil || (!incident.Watched && incident.Kind.Path is null && !dice.Percent(45)))
        {
            return [];
        }

        var context = _site.As(_site[Role.NetworkManager], $"{incident.Id} device", "device-register");
        _device = new DeviceId(context.NewId(DeviceKey.Kind));
        var own = dice.Percent(60);
        var kind = own ? DeviceKind.Phone : dice.Of([DeviceKind.Tablet, DeviceKind.Laptop]);
        await Grain.RegisterAsync(context, new RegisterDevice(
            own ? DeviceOwnership.Personal : DeviceOwnership.School, false, kind, own ? "Phone, dark case" : $"{kind} {dice.Next(200)}", $"SN{dice.Next(100_000_000):00000000}",
            DeviceHolder.Of(pupil.Id), Encryption: own ? DeviceEncryption.NotKnown : DeviceEncryption.Encrypted)).Done($"{incident.Id} device");
        return [_device.Value];
    }

    public bool Fulfils(StepKind kind) => _taken == kind && (kind != StepKind.RemoveAllDevices || _allTaken);

    public async Task TakeAsync(IncidentId id, IReadOnlyList<StepView> steps)
    {
        StepKind[] kinds = [StepKind.IsolateAndSealDevice, StepKind.RemoveAllDevices, StepKind.ConfiscateDevice];
        if (_device is null || kinds.Where(k => steps.Any(s => s.Rule.Kind == k)).Select(k => (StepKind?)k).FirstOrDefault() is not { } kind)
        {
            return;
        }

        var context = _site.As(_site[Role.Dsl], $"{incident.Id} take", "safeguarding");
        _taken = kind;
        if (kind == StepKind.RemoveAllDevices)
        {
            // From an earlier incident they may have another one, which the family brings in later.
            var none = await Grain.TakeAsync(context, Remove(id, noneLeft: true));
            _allTaken = none.Ok;
            if (!none.Ok)
            {
                await Grain.TakeAsync(_site.As(_site[Role.Dsl], $"{incident.Id} take one", "safeguarding"), Remove(id, noneLeft: false)).Done($"{incident.Id} take");
            }

            return;
        }

        await (kind == StepKind.IsolateAndSealDevice
            ? Grain.SealAsync(context, new SealAsEvidence("Safe in the head's office", $"S{40_000 + incident.Number}", id))
            : Grain.TakeAsync(context, new TakeDevice(Taking.Confiscate, "Locked cupboard in the office", Ground, id))).Done($"{incident.Id} take");
    }

    private static TakeDevice Remove(IncidentId id, bool noneLeft) => new(Taking.Remove, "Locked cupboard in the office", Ground, id, NoneLeft: noneLeft);

    /// <summary>What was taken is examined before anything is deleted; nothing to say where there is no device.</summary>
    public async Task<IReadOnlyList<DomainError>?> RemoveMaterialAsync(IncidentId id) => _device is null ? null : (await Grain.RecordExaminationAsync(
        _site.As(_site[Role.NetworkManager], $"{incident.Id} examination"),
        new RecordExamination(Ground, NothingIsEvidence: true, NudeFound: false, Deleted: true, "The pages and what was saved from them were removed.", id))).Errors;

    public async Task ReturnAsync()
    {
        if (_taken is not (StepKind.RemoveAllDevices or StepKind.ConfiscateDevice))
        {
            return;
        }

        var to = new Dice($"{incident.Id} return").Percent(50) ? ReturnedTo.Holder : ReturnedTo.Parent;
        var back = new ReturnDevice(to, "Rules gone over again.");
        var returned = Grain.ReturnAsync(_site.As(_site[Role.Dsl], $"{incident.Id} return"), back);
        if (await returned is { Ok: false, Errors: [{ Code: "STRATEGY_NOT_AGREED" }] })
        {
            var decided = back with { StrategyOverride = new StrategyOverride(_site[Role.Headteacher], "Agreed at a meeting with parents: supervised use for four weeks.") };
            returned = Grain.ReturnAsync(_site.As(_site[Role.Headteacher], $"{incident.Id} return decided"), decided);
        }

        await returned.Done($"{incident.Id} return");
    }
}
