using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Devices;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

internal sealed class PupilGrain(PupilModel model, StreamServices services, IKeyring keyring, IGrainFactory grains)
    : StreamGrain<PupilState>(model, services), IPupilGrain
{
    private readonly SchoolFactsCache _school = new(grains);
    private PupilFacts? _facts;

    private PupilId Id => new(Key.Stream.Id);

    public Task<Result<PupilView>> RegisterAsync(CommandContext context, RegisterPupil command) =>
        DecideAsync(context, command, (s, f, c) => PupilDecider.Register(s, f, command, Id, c), View);

    public Task<Result<PupilView>> UpdateAsync(CommandContext context, UpdatePupil command) =>
        DecideAsync(context, command, (s, f, c) => PupilDecider.Update(s, Known(s), f, command, c), View);

    public Task<Result<PupilContactsView>> SetContactsAsync(CommandContext context, SetContacts command) =>
        DecideAsync(context, command, (s, f, c) => PupilDecider.SetContacts(s, OpenShown(s.Contacts) ?? [], f, command, c), s => Opened<PupilContactsView>(PupilModel.ContactsOf(s)));

    public Task<Result<PupilView>> RecordLeftAsync(CommandContext context, RecordPupilLeft command) =>
        AssignedAsync(context, command, (s, c) => PupilDecider.Leave(s, _school.Known, command, c));

    public Task<Result<PupilView>> RecordReturnAsync(CommandContext context, RecordPupilReturn command) =>
        AssignedAsync(context, command, (s, c) => PupilDecider.Return(s, _school.Known, command, c));

    public Task<Result<PupilView>> SettleEndedMeasuresAsync(CommandContext context, SettleEndedMeasures command) =>
        DecideAsync(context, command, (s, f, c) => LeaverMeasures.Settle(s, f, c), View);

    public async Task<Result<BanView>> BanTechnologyAsync(CommandContext context, BanTechnology command)
    {
        var id = new BanId(context.NewId("ban"));
        var ofOthers = command.Incident is { } incident ? await PupilIncidents.RefusalAsync(FoldAsync<IncidentState>, Key.Tenant, Id, [incident], "incidentId", ("reason", command.Reason), ("essentialOverride.replacement", command.EssentialOverride?.Replacement)) : null;
        return await DecideAsync(context, command, (s, f, c) => PupilDecider.OnRoll(s) is { } error ? error : BanDecider.Set(s.Bans, f, command, id, Id, c, ofOthers), s => Ban(s, id));
    }

    public async Task<Result<BanView>> LiftBanAsync(CommandContext context, LiftBan command)
    {
        var address = await PupilIncidents.AddressAsync(FoldAsync<IncidentState>, Key.Tenant, State.Bans.Find(command.Ban)?.Incident, ("liftReason", command.LiftReason));
        return await DecideAsync(context, command, (s, f, c) => BanDecider.Lift(s.Bans, f, command, c, address), s => Ban(s, command.Ban));
    }

    public async ValueTask<Result<AccessReply>> DecideAccessAsync(AskAccess question)
    {
        if (State.Record is not { } pupil)
        {
            return PupilErrors.Unknown;
        }

        // Only the policy's own words need the school, and a device that told this pupil nothing its own record; the others are answered from this state alone.
        var use = AccessUse.OfWords(question) ?? (await SchoolAsync() is { } facts ? AccessUse.OfPolicy(question, facts) : null);
        return use is null
            ? AccessErrors.UseUnknown
            : AccessRules.Decide(
                new AccessFacts(pupil.Id, pupil.LeftOn, State.Bans, State.Access, OpenShown, OpenServices, use.Device is { } device && !State.Access.Devices.ContainsKey(device) ? await OtherAsync(device) : null), use, Now);
    }

    /// <summary>Of a device that told this pupil nothing: in custody it is nobody's to use; essential to another pupil it is not to this one.</summary>
    private async Task<CustodyNoted?> OtherAsync(DeviceId id) => (await FoldAsync<DeviceState>(DeviceKey.Of(Key.Tenant, id))).Record is { RetiredAt: null } device
        ? new CustodyNoted(id, device.Custody, false, device.HeldBy() is not { } holder || holder.Pupil == Id ? device.Essential : EssentialPurpose.None)
        : null;

    public ValueTask<PupilFacts?> GetFactsAsync(long knownVersion)
    {
        if (State.Record is not { } pupil || knownVersion == Version)
        {
            return ValueTask.FromResult<PupilFacts?>(null);
        }

        if (_facts?.Version != Version)
        {
            _facts = new PupilFacts(
                pupil.Id, Version, pupil.YearGroup, pupil.Phase, pupil.Sen, pupil.KeyWorker, pupil.ClassTeacher, pupil.OffSiteProvider is not null,
                [.. State.Access.Settled], State.Access.Asking.Any(), [.. State.Access.Asking.Select(r => r.Incident)], State.Access.DevicesAway, pupil.LeftOn);
        }

        return ValueTask.FromResult<PupilFacts?>(_facts);
    }

    public ValueTask<IReadOnlyList<ContactFacts>> GetContactFactsAsync() => ValueTask.FromResult<IReadOnlyList<ContactFacts>>(
        [.. (OpenShown(State.Contacts) ?? []).Select(c => new ContactFacts(c.Id, c.ParentalResponsibility, c.NoContact, !string.IsNullOrWhiteSpace(c.CourtOrder), State.Record?.Id))]);

    public ValueTask<bool?> IsBornOnAsync(DateOnly day)
    {
        try
        {
            return ValueTask.FromResult<bool?>(State.Record is { } pupil ? Open(pupil.DateOfBirth) == day : null);
        }
        catch (RecordUnreadableException)
        {
            return ValueTask.FromResult<bool?>(null);
        }
    }

    public override Task OnDueAsync(DueNotice due) => due.What is LeaverDevices.Due or LeaverMeasures.Due
        ? AssignAsync(SystemContext(Guid.CreateVersion7()), due, (_, _) => Events.None)
        : HandleOwnAsync(SystemContext(Guid.CreateVersion7()), due, (s, c) => BanDecider.Expire(s.Bans, c));

    public override Task OnMessageAsync(MessageNotice message)
    {
        var context = SystemContext(message.CorrelationId, message.Id);
        return message.Kind switch
        {
            SchoolChanged.Message => SchoolChangedAsync(context, message),
            // Taken or given back after its pupil left.
            CustodyChanged.Message when State.Record?.LeftOn is not null => AssignAsync(context, message, (s, _) => s.Access.Note(StoredJson.Read<CustodyChanged>(message.Body))),
            CustodyChanged.Message => HandleOwnAsync(context, message, (s, _) => s.Access.Note(StoredJson.Read<CustodyChanged>(message.Body))),
            MeasureEnded.Message => AssignAsync(context, message, (s, _) => LeaverMeasures.Note(s, StoredJson.Read<MeasureEnded>(message.Body))),
            RemovalAsked.Message => HandleOwnAsync(context, message, (s, _) => s.Access.Note(StoredJson.Read<RemovalAsked>(message.Body))),
            StrategyInForceChanged.Message => HandleOwnAsync(context, message, (_, _) => AccessState.Note(StoredJson.Read<StrategyInForceChanged>(message.Body))),
            _ => base.OnMessageAsync(message),
        };
    }

    private async Task SchoolChangedAsync(CommandContext context, MessageNotice message)
    {
        await _school.ReachAsync(Key.Tenant, message);
        await AssignAsync(context, message, (_, _) => Events.None);
    }

    private async Task AssignAsync(CommandContext context, object command, Func<PupilState, CommandContext, Result<Events>> decide)
    {
        _ = await SchoolAsync() ?? throw new InvalidOperationException("A pupil without their school.");
        await HandleOwnAsync(context, command, (s, c) => decide(s, c) is { Ok: true, Value.Count: > 0 } decided ? Leavers.With(decided, s, _school.Known, c) : Leavers.Assign(s, _school.Known, c), _school);
    }

    private async Task<Result<PupilView>> AssignedAsync(CommandContext context, object command, Func<PupilState, CommandContext, Result<Events>> decide) =>
        await SchoolAsync() is not null
            ? await HandleAsync(context, command, (s, c) => Leavers.With(decide(s, c), s, _school.Known, c), View, _school)
            : SchoolErrors.NotEstablished;

    private async Task<Result<TReply>> DecideAsync<TReply>(
        CommandContext context, object command, Func<PupilState, SchoolFacts, CommandContext, Result<Events>> decide, Func<PupilState, TReply> reply) =>
        await SchoolAsync() is { } facts
            ? await HandleAsync(context, command, (s, c) => decide(s, facts, c), reply)
            : SchoolErrors.NotEstablished;

    private ValueTask<SchoolFacts?> SchoolAsync() => _school.GetAsync(Key.Tenant);

    // The strategy's terms came as the strategy sealed them.
    private IReadOnlyList<string>? OpenServices(Personal<IReadOnlyList<string>>? services) => keyring.OpenShown(StrategyKey.Of(Key.Tenant, Id), services);

    private PupilView View(PupilState state) => Opened<PupilView>(state.Record!);

    private BanView Ban(PupilState state, BanId id) => Opened<BanView>(state.Bans.Find(id)!);

    private TView Opened<TView>(object body) => OpenedView.Of<TView>(keyring, Key, body);

    private KnownPupil Known(PupilState state) => state.Record is not { } r
        ? new KnownPupil(null, null, null, null, null, null, null)
        : new KnownPupil(Open(r.Name), r.DateOfBirth is { } birth ? Open(birth) : null, Open(r.Upn), Open(r.ClassName), Open(r.SourceId), Open(r.OffSiteProvider), Open(r.Identifiers));
}
