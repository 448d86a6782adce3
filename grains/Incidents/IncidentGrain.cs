using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal sealed partial class IncidentGrain(IncidentModel model, StreamServices stream, IKeyring keyring, IDeviceRegister register, IGrainFactory grains)
    : StreamGrain<IncidentState>(model, stream), IIncidentGrain
{
    private readonly SchoolFactsCache _school = new(grains);

    private IncidentId Id => new(Key.Stream.Id);

    public Task<Result<IncidentReceipt>> ReportAsync(CommandContext context, ReportIncident command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Report(s, f, Id, command, c), IncidentRows.Receipt);

    public Task<Result<Done>> MarkSeenAsync(CommandContext context) => DecideAsync(context, Id, IncidentDecider.MarkSeen, _ => Done.It);

    public async Task<Result<IncidentView>> TriageAsync(CommandContext context, TriageIncident command)
    {
        var pupils = await RemovedAsync();
        return await DecideAsync(context, command, (s, f, c) => IncidentDecider.Triage(s, f, command, c, pupils), Record);
    }

    public Task<Result<IncidentView>> HandToDslAsync(CommandContext context) => DecideAsync(context, Id, IncidentDecider.HandToDsl, Record);

    public async Task<Result<IReadOnlyList<StepRule>>> PlanAsync(CommandContext context, TriageIncident command) =>
        context.Tenant == Key.Tenant && await _school.GetAsync(Key.Tenant) is { } facts ? IncidentDecider.Plan(State, facts, command, context with { Now = Now }, await RemovedAsync()) : IncidentErrors.NotFound;

    public Task<Result<IncidentView>> CorrectAsync(CommandContext context, CorrectRecord command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Correct(s, f, command, c), Record, IncidentDecider.PeopleAfter(State, command));

    public async Task<Result<IncidentView>> LinkAsync(CommandContext context, LinkIncidents command)
    {
        // Asked of the journal, not of the other grain: two incidents linked to each other at once must not wait for each other.
        var exists = command.Other is { } other && (await FoldAsync<IncidentState>(IncidentKey.Of(Key.Tenant, other))).Exists;
        return await DecideAsync(context, command, (s, f, c) => IncidentDecider.Link(s, f, command, exists, c), Record);
    }

    public async Task<Result<StepReply>> CompleteStepAsync(CommandContext context, CompleteStep command)
    {
        var known = await FactsAsync(command);
        return await DecideAsync(context, command, (s, f, c) => IncidentDecider.Complete(s, f, command, c, known), s => IncidentReplies.Step(s, command.Step));
    }

    public Task<Result<StepReply>> WaiveStepAsync(CommandContext context, WaiveStep command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Waive(s, f, command, c), s => IncidentReplies.Step(s, command.Step));

    public Task<Result<ReferralReply>> RecordReferralAsync(CommandContext context, RecordReferral command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Refer(s, f, command, c), s => IncidentReplies.Referral(s, command.Referral, command.Reference));

    public ValueTask<IReadOnlyList<Agency>> GetAgenciesAsync() =>
        ValueTask.FromResult<IReadOnlyList<Agency>>([.. State.Referrals.Where(r => r.Decision == ReferralDecision.Referred).Select(r => r.Agency).Distinct().Order()]);

    public Task<Result<Done>> MayAsync(CommandContext context, PathAction action) => AskAsync(context, (f, c) => IncidentDecider.May(State, f, action, c));

    public Task<Result<IncidentView>> ReviewNudeAsync(CommandContext context, ReviewNude command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.ReviewNude(s, f, command, c), Record);

    public Task<Result<IncidentView>> RecordPoliceResponseAsync(CommandContext context, RecordPoliceResponse command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.PoliceResponded(s, f, command, c), Record);

    public Task<Result<IncidentView>> DecideWithoutReplyAsync(CommandContext context, DecideWithoutReply command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.DecideWithoutReply(s, f, command, c), Record);

    public Task<Result<IncidentView>> DebriefAsync(CommandContext context, DebriefIncident command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Debrief(s, f, command, c), Record);

    public Task<Result<ChangeReply>> CompleteChangeAsync(CommandContext context, CompleteChange command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.CompleteChange(s, f, command, c), s => IncidentReplies.Change(s, command.Change, Open));

    public Task<Result<IncidentView>> ReviewMonitoringAsync(CommandContext context, ReviewMonitoring command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.ReviewMonitoring(s, f, command, c), Record);

    public Task<Result<IncidentView>> CloseAsync(CommandContext context, CloseIncident command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Close(s, f, command, c), Record);

    public Task<Result<IncidentView>> ApproveClosureAsync(CommandContext context, ApproveClosure command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Approve(s, f, command, c), Record);

    public Task<Result<IncidentView>> ReopenAsync(CommandContext context, ReopenIncident command) =>
        DecideAsync(context, command, (s, f, c) => IncidentDecider.Reopen(s, f, command, c), Record);

    public async Task<Result<IncidentView>> InviteAsync(CommandContext context, InviteTrustLead command)
    {
        var somebody = await HasTrustLeadAsync();
        return await DecideAsync(context, command, (s, f, c) => IncidentDecider.Invite(s, f, command, somebody, c), Record);
    }

    public Task<Result<IncidentView>> EndInvitationAsync(CommandContext context, EndInvitation command) =>
        DecideAsync(context, command, IncidentDecider.EndInvitation, Record);

    public override Task OnDueAsync(DueNotice due) => FollowAsync(SystemContext(Guid.CreateVersion7(Now)), due, (s, f, c) => IncidentDecider.OnDue(s, f, due.What, c));

    public override Task OnMessageAsync(MessageNotice message)
    {
        var context = SystemContext(message.CorrelationId, message.Id);
        return message.Kind switch
        {
            StepFulfilled.Message => FulfilledAsync(context, message),
            TakenFromAnother.Message => TakenFromAnotherAsync(context, message),
            DeviceInvolved.Message => HandleOwnAsync(context, message, (s, _) => IncidentDecider.DeviceInvolved(s, StoredJson.Read<DeviceInvolved>(message.Body))),
            Notice.SentMessage => HandleOwnAsync(context, message, (s, _) => IncidentDecider.Delivered(s, StoredJson.Read<NoticeSent>(message.Body))),
            Notice.FailedMessage => FollowAsync(context, message, (s, f, c) => IncidentDecider.Failed(s, f, StoredJson.Read<NoticeFailed>(message.Body), c)),
            SchoolChanged.Message => SchoolChangedAsync(context, message),
            PupilChanged.Message => FollowAsync(context, message, IncidentDecider.SchoolChanged),
            IncidentLinkMade.Kind => HandleOwnAsync(context, message, (s, _) => IncidentDecider.LinkedFrom(s, StoredJson.Read<IncidentLinkMade>(message.Body).From)),
            _ => base.OnMessageAsync(message),
        };
    }

    private async Task<Result<TReply>> DecideAsync<TReply>(
        CommandContext context, object command, Func<IncidentState, SchoolFacts, CommandContext, Result<Events>> decide, Func<IncidentState, TReply> reply, IReadOnlyList<PupilInvolved>? people = null) =>
        context.Tenant == Key.Tenant && await StaffOfPupilsAsync(people ?? State.People) is { } staff
            ? await HandleAsync(context, command, (s, c) => decide(s, _school.Known with { OfPupils = staff }, c), reply, _school)
            : IncidentErrors.NotFound;

    private async Task<Result<Done>> AskAsync(CommandContext context, Func<SchoolFacts, CommandContext, Result<Done>> ask) =>
        context.Tenant == Key.Tenant && await _school.GetAsync(Key.Tenant) is { } facts ? ask(facts, context with { Now = Now }) : IncidentErrors.NotFound;

    private async Task FulfilledAsync(CommandContext context, MessageNotice message)
    {
        var fulfilled = StoredJson.Read<StepFulfilled>(message.Body);
        var devices = await DevicesAsync(fulfilled.Kind);
        var pupils = fulfilled.Kind == StepKind.RemoveAllDevices ? await PupilsAsync() : [];
        await FollowAsync(context, message, (s, f, c) => IncidentDecider.Fulfilled(s, f, fulfilled, c, devices, pupils));
    }

    private async Task TakenFromAnotherAsync(CommandContext context, MessageNotice message)
    {
        var pupils = await PupilsAsync();
        await FollowAsync(context, message, (s, f, c) => IncidentDecider.TakenFromAnother(s, f, StoredJson.Read<TakenFromAnother>(message.Body), c, pupils));
    }

    private async Task SchoolChangedAsync(CommandContext context, MessageNotice message)
    {
        await _school.ReachAsync(Key.Tenant, message);
        await FollowAsync(context, message, IncidentDecider.SchoolChanged);
    }

    private async Task FollowAsync(CommandContext context, object command, Func<IncidentState, SchoolFacts, CommandContext, Result<Events>> decide)
    {
        var staff = await StaffOfPupilsAsync(State.People) ?? throw new InvalidOperationException("An incident's school does not exist.");
        await HandleOwnAsync(context, command, (s, c) => decide(s, _school.Known with { OfPupils = staff }, c), _school);
    }

    /// <summary>The answer is the row as it reads.</summary>
    private IncidentView Record(IncidentState state)
    {
        var row = IncidentRows.Record(state);
        using var opening = new OpeningScope(keyring, Key, showLost: true);
        return StoredJson.Read<IncidentView>(StoredJson.Write(row, row.GetType()));
    }
}
