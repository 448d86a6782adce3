using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Devices;

internal sealed class DeviceGrain(DeviceModel model, StreamServices services, IKeyring keyring, IDeviceRegister register, IGrainFactory grains)
    : StreamGrain<DeviceState>(model, services), IDeviceGrain
{
    private readonly SchoolFactsCache _school = new(grains);

    private DeviceId Id => new(Key.Stream.Id);

    public Task<Result<DeviceView>> RegisterAsync(CommandContext context, RegisterDevice command) =>
        OnlyAsync(() => DeviceDecider.Serial(command.Serial), same => DecideAsync(context, command, command.Holder, (s, f, c) => DeviceDecider.Register(s, f with { SameSerial = same }, command, Id, c)));

    public Task<Result<DeviceView>> CorrectAsync(CommandContext context, CorrectDevice command) =>
        OnlyAsync(
            () => DeviceDecider.Serial(command.Serial?.To),
            same => DecideAsync(context, command, command.Holder?.To, (s, f, c) => DeviceCorrecting.Correct(s, DeviceCorrecting.Known(s, command, Open), f with { SameSerial = same }, command, c)));

    public Task<Result<DeviceView>> RetireAsync(CommandContext context, RetireDevice command) =>
        DecideAsync(context, command, null, (s, f, c) => DeviceCorrecting.Retire(s, f, command, c));

    public Task<Result<DeviceView>> ReinstateAsync(CommandContext context, ReinstateDevice command) =>
        OnlyAsync(() => Open(State.Record?.Serial), same => DecideAsync(context, command, null, (s, f, c) => DeviceCorrecting.Reinstate(s, f with { SameSerial = same }, command, c)));

    public async Task<Result<DeviceView>> RecordUseAsync(CommandContext context, RecordDeviceUse command)
    {
        var forbidden = await IsForbiddenAsync(command.User);
        return await DecideAsync(context, command, command.User, (s, f, c) => DeviceDecider.Use(s, f with { Forbidden = forbidden }, command, c));
    }

    public async Task<Result<DeviceView>> LendAsync(CommandContext context, LendDevice command)
    {
        var forbidden = await IsForbiddenAsync(command.Borrower);
        return await DecideAsync(context, command, command.Borrower, (s, f, c) => DeviceDecider.Lend(s, f with { Forbidden = forbidden }, command, c));
    }

    public Task<Result<DeviceView>> EndLoanAsync(CommandContext context, EndLoan command) =>
        DecideAsync(context, command, null, (s, f, c) => DeviceDecider.EndLoan(s, f, c));

    public async Task<Result<DeviceView>> TakeAsync(CommandContext context, TakeDevice command)
    {
        // Removed until a strategy is agreed: only an incident about this pupil can end that.
        var ofOthers = command.Taking == Taking.Remove && (command.Incident ?? State.TakenFor) is { } incident && State.Record?.HeldBy()?.Pupil is { } pupil
            ? await PupilIncidents.RefusalAsync(FoldAsync<IncidentState>, Key.Tenant, pupil, [incident], "incidentId")
            : null;
        var others = command.NoneLeft && await OthersLeftAsync(command.Incident);
        var guarded = await IsGuardedAsync(context, State.TakenFor, command.Incident);
        return await DecideAsync(context, command, null, (s, f, c) => CustodyDecider.Take(s, f.School, command, c, others, guarded, ofOthers));
    }

    public async Task<Result<DeviceView>> SealAsync(CommandContext context, SealAsEvidence command)
    {
        var guarded = await IsGuardedAsync(context, State.TakenFor, command.Incident);
        return await DecideAsync(context, command, null, (s, f, c) => CustodyDecider.Seal(s, f.School, command, c, guarded));
    }

    public async Task<Result<DeviceView>> HandOverAsync(CommandContext context, HandOverDevice command)
    {
        var guarded = await IsGuardedAsync(context, State.TakenFor);
        return await DecideAsync(context, command, null, (s, f, c) => CustodyDecider.HandOver(s, f.School, command, c, guarded));
    }

    public async Task<Result<DeviceView>> ReturnAsync(CommandContext context, ReturnDevice command)
    {
        var held = await IsHeldAsync(context, PathAction.ReturnDevice, State.TakenFor);
        var guarded = await IsGuardedAsync(context, State.TakenFor);
        var forbidden = await IsForbiddenAsync(State.Record?.HeldBy());
        return await DecideAsync(context, command, null, (s, f, c) => CustodyDecider.Return(s, f.School, command, c, held, f.Waits, forbidden, guarded));
    }

    public async Task<Result<DeviceView>> RecordExaminationAsync(CommandContext context, RecordExamination command)
    {
        IncidentId?[] incidents = command.NudeFound ? [] : [State.TakenFor, command.Incident ?? State.MeantBy(StepKind.RemoveMaterial)];
        var held = await IsHeldAsync(context, command.Deleted ? PathAction.RemoveMaterial : PathAction.ExamineDevice, incidents);
        var guarded = await IsGuardedAsync(context, incidents);
        var answer = await DecideAsync(context, command, null, (s, f, c) => NudeTask.With(CustodyDecider.Examine(s, f.School, command, c, held, guarded), s, f.School, c), _school);
        // Whoever found it must hear what to do, whatever else is wrong.
        return command.NudeFound ? Result<DeviceView>.Failed([DeviceErrors.NudeFound, .. answer.Errors]) : answer;
    }

    public Task<Result<DeviceView>> AnswerNudeFoundAsync(CommandContext context, AnswerNudeFound command) =>
        DecideAsync(context, command, null, (s, f, c) => NudeTask.Answer(s, f.School, command, c));

    public override Task OnDueAsync(DueNotice due) => due.What == NudeTask.Due
        ? AssignAsync(SystemContext(Guid.CreateVersion7()), due)
        : throw new InvalidOperationException($"A device has no deadline '{due.What}'.");

    public override Task OnMessageAsync(MessageNotice message)
    {
        var context = SystemContext(message.CorrelationId, message.Id);
        return message.Kind switch
        {
            SchoolChanged.Message => SchoolChangedAsync(context, message),
            DeviceAwaited.Message => HandleOwnAsync(context, message, (s, _) => DeviceDecider.Await(s, StoredJson.Read<DeviceAwaited>(message.Body))),
            FreezeDevice.Freeze => HandleOwnAsync(context, message, (s, _) => DeviceDecider.Freeze(s, StoredJson.Read<FreezeDevice>(message.Body).Incident)),
            FreezeDevice.Unfreeze => HandleOwnAsync(context, message, (s, _) => DeviceDecider.Release(s, StoredJson.Read<FreezeDevice>(message.Body).Incident)),
            _ => base.OnMessageAsync(message),
        };
    }

    private async Task SchoolChangedAsync(CommandContext context, MessageNotice message)
    {
        await _school.ReachAsync(Key.Tenant, message);
        await AssignAsync(context, message);
    }

    private async Task AssignAsync(CommandContext context, object command)
    {
        _ = await _school.GetAsync(Key.Tenant) ?? throw new InvalidOperationException("A device without its school.");
        await HandleOwnAsync(context, command, (s, c) => NudeTask.Assign(s, _school.Known, c), _school);
    }

    private async Task<Result<DeviceView>> DecideAsync(
        CommandContext context, object command, DeviceHolder? named, Func<DeviceState, DeviceFacts, CommandContext, Result<Events>> decide, SchoolFactsCache? premise = null)
    {
        if (await _school.GetAsync(Key.Tenant) is not { } school)
        {
            return SchoolErrors.NotEstablished;
        }

        var facts = new DeviceFacts(school, await IsKnownAsync(named, school), Waits: await WaitsForStrategyAsync());
        return await HandleAsync(
            context, command, (s, c) => decide(s, premise is null ? facts : facts with { School = premise.Known }, c), s => OpenedView.Of<DeviceView>(keyring, Key, s.Record!), premise);
    }

    /// <summary>
    /// One record per serial number, whoever enters it: looked for first, so that the answer can name the other record, and kept by the append
    /// where two enter it at once, who then sees the other's on looking again.
    /// </summary>
    private async Task<Result<DeviceView>> OnlyAsync(Func<string?> serial, Func<DomainError?, Task<Result<DeviceView>>> decide)
    {
        for (var again = true; ; again = false)
        {
            var (other, error) = await WithSerialAsync(serial());
            var answer = await decide(error);
            if (again && answer.Errors.Contains(NumberTaken))
            {
                continue;
            }

            return other is { } known && error is not null && answer.Errors.Contains(error) ? answer with { Value = await ShowAsync(known) } : answer;
        }
    }

    private async ValueTask<(DeviceId? Other, DomainError? Error)> WithSerialAsync(string? serial)
    {
        if (serial is null)
        {
            return default;
        }

        var own = Id.ToString();
        return (await FindAsync(DeviceTables.SerialLookup, serial)).FirstOrDefault(d => d != own) is { } known ? (new DeviceId(Guid.Parse(known)), DeviceErrors.SerialKnown)
            : State.Record?.RetiredAt is null && (await FindAsync(DeviceTables.RetiredSerialLookup, serial)).FirstOrDefault(d => d != own) is { } retired ? (new DeviceId(Guid.Parse(retired)), DeviceErrors.SerialRetired)
            : default;
    }

    // Read from its journal: two devices that ask each other would wait for each other.
    private async Task<DeviceView?> ShowAsync(DeviceId other)
    {
        var key = DeviceKey.Of(Key.Tenant, other);
        return (await FoldAsync<DeviceState>(key)).Record is { } record ? OpenedView.Of<DeviceView>(keyring, key, record) : null;
    }

    // On a guarded path, and there alone, nobody views the material, whatever its state.
    private Task<bool> IsGuardedAsync(CommandContext context, params IncidentId?[] incidents) => IsHeldAsync(context, PathAction.ViewMaterial, incidents);

    // The freeze that follows from an incident is on its way while the outbox works: the incident itself knows already.
    private async Task<bool> IsHeldAsync(CommandContext context, PathAction action, params IncidentId?[] incidents)
    {
        foreach (var incident in incidents.OfType<IncidentId>().Distinct())
        {
            var may = await GrainFactory.GetGrain<IIncidentGrain>(IncidentKey.Of(Key.Tenant, incident).ToString()).MayAsync(context, action);
            if (may.Errors.Any(e => e.Code == IncidentStepErrors.PathForbidsCode))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> OthersLeftAsync(IncidentId? incident)
    {
        foreach (var other in State.Record?.HeldBy()?.Pupil is { } pupil ? await register.HeldByAsync(Key.Tenant, pupil, CancellationToken.None) : [])
        {
            if (other != Id && CustodyDecider.IsLeft(await FoldAsync<DeviceState>(DeviceKey.Of(Key.Tenant, other)), incident))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removed until a strategy is agreed, and none is in force or has been since. For a pupil who has left nobody agrees one any more.</summary>
    private async Task<bool> WaitsForStrategyAsync() =>
        State.Record is { UntilStrategy: true } device && device.HeldBy()?.Pupil is { } pupil
        && await GrainFactory.GetGrain<IStrategyGrain>(StrategyKey.Of(Key.Tenant, pupil).ToString()).GetStatusAsync() != StrategyStatus.Active
        && await GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, pupil).ToString()).GetFactsAsync(0) is { Left: false } facts
        && facts.Settled?.Contains(device.Id) != true;

    /// <summary>The pupil is to have no device until a strategy is agreed, whatever this one was taken for. What a disabled or ill pupil cannot do without is the head's to decide when it is taken.</summary>
    private async Task<bool> IsForbiddenAsync(DeviceHolder? holder) =>
        State.Record is { Essential: EssentialPurpose.None } && holder is { Pupil: { } pupil, Staff: null }
        && await GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, pupil).ToString()).GetFactsAsync(0) is { Left: false, Removing: true };

    private async ValueTask<bool> IsKnownAsync(DeviceHolder? holder, SchoolFacts school) => holder switch
    {
        { Pupil: { } pupil, Staff: null } => await GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, pupil).ToString()).GetFactsAsync(0) is { Left: false },
        { Pupil: null, Staff: { } staff } => school.IsHere(staff),
        _ => true,
    };
}
