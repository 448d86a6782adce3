using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains.Checks;
using OnlineSafetyTrust.Grains.Devices;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Grains.Strategies;
using OnlineSafetyTrust.Grains.Trusts;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What decisions of an incident need of its pupils and devices.</summary>
internal sealed partial class IncidentGrain
{
    private readonly Dictionary<PupilId, PupilCheckers> _pupils = [];

    /// <summary>Null: the school does not exist.</summary>
    private async ValueTask<List<PupilStaff>?> StaffOfPupilsAsync(IReadOnlyList<PupilInvolved> people)
    {
        if (await _school.GetAsync(Key.Tenant) is null)
        {
            return null;
        }

        var staff = new List<PupilStaff>();
        foreach (var pupil in IncidentDecider.LookedAfter(people))
        {
            if (await CheckersAsync(pupil) is { } who)
            {
                staff.Add(new PupilStaff(who.ClassTeacher, who.KeyWorker));
            }
        }

        return staff;
    }

    private async Task<StepFacts> FactsAsync(CompleteStep command) => State.Step(command.Step)?.Rule.Kind is not { } kind ? StepFacts.None : new(
        await DevicesAsync(kind), command.Parents?.Contact is null ? [] : await ContactsAsync(), IncidentDecider.IsSetUp(kind) ? await PupilsAsync() : []);

    private ValueTask<CheckerFacts?> CheckersAsync(PupilId pupil)
    {
        if (!_pupils.TryGetValue(pupil, out var checkers))
        {
            _pupils[pupil] = checkers = new PupilCheckers(GrainFactory);
        }

        return checkers.GetAsync(Key.Tenant, pupil);
    }

    /// <summary>Whose devices were, or were not to be, removed for a plan of before: they may have them back.</summary>
    private async Task<IReadOnlyList<PupilFact>> RemovedAsync() =>
        State.Plan().Any(s => s.Rule.Kind == StepKind.RemoveAllDevices && (s.Status is StepStatus.Done or StepStatus.Waived || s.FulfilledFor.Count > 0)) ? await PupilsAsync() : [];

    private async Task<IReadOnlyList<PupilFact>> PupilsAsync()
    {
        var known = new List<PupilFact>();
        foreach (var pupil in IncidentDecider.Concerned(State))
        {
            var strategy = (await FoldAsync<StrategyState>(StrategyKey.Of(Key.Tenant, pupil))).Record;
            var checks = await FoldAsync<CheckState>(ChecksKey.Of(Key.Tenant, pupil));
            var devices = new List<DeviceState>();
            foreach (var device in await register.HeldByAsync(Key.Tenant, pupil, CancellationToken.None))
            {
                devices.Add(await FoldAsync<DeviceState>(DeviceKey.Of(Key.Tenant, device)));
            }

            var inForce = strategy?.Status == StrategyStatus.Active;
            known.Add(new PupilFact(
                pupil, (await CheckersAsync(pupil))?.PupilLeft == true, Settles(strategy),
                checks.IsActive || checks.Terms?.Incident == Id,
                (await FoldAsync<PupilState>(PupilKey.Of(Key.Tenant, pupil))).Bans.All().Any(b => b.Incident == Id),
                devices.Exists(d => CustodyDecider.IsTaken(d, Id)), devices.Exists(d => CustodyDecider.IsLeft(d, Id)), inForce));
        }

        return known;
    }

    // What was agreed before anybody knew of this incident is no answer to it, until it was looked at again.
    private bool Settles(StrategyRecord? strategy) =>
        strategy?.ActiveSince is { } since
        && (strategy.Incidents.Contains(Id) || (strategy.Status == StrategyStatus.Active && (since >= State.ReportedAt || strategy.Reviews.Exists(r => r.At >= State.ReportedAt))));

    private async Task<IReadOnlyList<DeviceFact>> DevicesAsync(StepKind kind)
    {
        var known = new List<DeviceFact>();
        foreach (var id in IncidentDecider.IsAtDevice(kind) ? State.Devices : [])
        {
            var device = await FoldAsync<DeviceState>(DeviceKey.Of(Key.Tenant, id));
            if (device.Record is { } record)
            {
                known.Add(new DeviceFact(
                    id, record.Custody.IsHeld() && record.Custody != CustodyState.WithPolice,
                    device.Chain.Any(l => l.Incident == Id && l.Step is CustodyStep.Examine or CustodyStep.DeleteMaterial),
                    record.Custody is CustodyState.SealedAsEvidence or CustodyState.WithPolice || device.Chain.Any(l => l.Incident == Id && l.Step == CustodyStep.Seal)));
            }
        }

        return known;
    }

    private async Task<bool> HasTrustLeadAsync() =>
        await _school.GetAsync(Key.Tenant) is { } school
        && TrustDecider.Leads(await FoldAsync<TrustState>(TrustKey.Of(school.Trust)), London.DateOf(Now)).Any();

    private async Task<IReadOnlyList<ContactFacts>> ContactsAsync()
    {
        var known = new List<ContactFacts>();
        foreach (var pupil in State.People.Select(p => p.Pupil))
        {
            known.AddRange(await GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, pupil).ToString()).GetContactFactsAsync());
        }

        return known;
    }
}
