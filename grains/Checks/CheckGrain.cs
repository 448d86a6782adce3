using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Checks;

internal sealed class CheckGrain(CheckModel model, StreamServices services, IGrainFactory grains) : StreamGrain<CheckState>(model, services), ICheckScheduleGrain
{
    private readonly PupilCheckers _checkers = new(grains);

    private SchoolFactsCache School { get; } = new(grains);

    public Task<Result<CheckScheduleReply>> ScheduleAsync(CommandContext context, ScheduleChecks command) =>
        ChecksKey.Stream(command.Pupil) == Key.Stream
            ? DecideAsync(context, command, (s, f, c) => CheckDecider.Schedule(s, f, command, Open, c), (s, _) => Reply(s), command.WithStrategy, command.Incident, ("lookForNote", command.LookForNote))
            : Task.FromResult<Result<CheckScheduleReply>>(CheckErrors.NoSchedule);

    public async Task<Result<CheckScheduleReply>> ChangeAsync(CommandContext context, ChangeChecks command)
    {
        var address = await PupilIncidents.AddressAsync(FoldAsync<IncidentState>, Key.Tenant, State.Terms?.Incident, ("lookForNote", command.LookForNote));
        return await DecideAsync(context, command, (s, f, c) => CheckDecider.Change(s, f with { OfOthers = address }, command, Open, c), (s, _) => Reply(s), command.WithStrategy);
    }

    public Task<Result<CheckScheduleReply>> ContinueAsync(CommandContext context, ContinueChecks command) =>
        DecideAsync(context, command, (s, f, c) => CheckDecider.Continue(s, f, command, c), (s, _) => Reply(s));

    public Task<Result<CheckScheduleReply>> EndAsync(CommandContext context, EndChecks command) =>
        DecideAsync(context, command, (s, f, c) => CheckDecider.End(s, f, command, c), (s, _) => Reply(s), withStrategy: true);

    public Task<Result<CheckReply>> RecordAsync(CommandContext context, RecordCheck command) =>
        DecideAsync(context, command, (s, f, c) => CheckRecording.Record(s, f, command, OpenShown, c), (s, given) => CheckReplies.Day(Key, s, CheckRecording.DayOf(command, given), OpenShown));

    public Task<Result<CheckReply>> AnswerConcernAsync(CommandContext context, AnswerConcern command) =>
        DecideAsync(context, command, (s, f, c) => CheckDecider.AnswerConcern(s, f, command, c), (s, _) => CheckReplies.Day(Key, s, command.Date, OpenShown), false, command.Incident, ("reason", command.Reason));

    public Task<Result<CheckReply>> AcknowledgeMissedAsync(CommandContext context, AcknowledgeMissedCheck command) =>
        DecideAsync(context, command, (s, f, c) => CheckDecider.AcknowledgeMissed(s, f, command, c), (s, _) => CheckReplies.Day(Key, s, command.Date, OpenShown));

    public override Task OnDueAsync(DueNotice due) => OwnAsync(SystemContext(Guid.CreateVersion7(Now)), due, (s, f, c) => CheckDeadlines.OnDue(s, f, c));

    public override Task OnMessageAsync(MessageNotice message) => message.Kind switch
    {
        SchoolChanged.Message => SchoolChangedAsync(message),
        PupilChanged.Message => PlanAgainAsync(message),
        StrategyChanged.Message => StrategyChangedAsync(message),
        ChecksInForce.Message => OwnAsync(Context(message), message, (s, f, c) => AgreedChecks.Note(s, f, new PupilId(Key.Stream.Id), StoredJson.Read<ChecksInForce>(message.Body).By, c), begins: true),
        ConcernReported.Message => OwnAsync(Context(message), message, (s, _, _) => CheckDecider.ConcernReported(s, StoredJson.Read<ConcernReported>(message.Body))),
        _ => base.OnMessageAsync(message),
    };

    private async Task SchoolChangedAsync(MessageNotice message)
    {
        await School.ReachAsync(Key.Tenant, message);
        await PlanAgainAsync(message);
    }

    private async Task StrategyChangedAsync(MessageNotice message)
    {
        // Of one that ended one hears late: by now the pupil may have another.
        var has = await HasStrategyAsync();
        await OwnAsync(Context(message), message, (s, f, c) => CheckDecider.StrategyChanged(s, f with { HasStrategy = has }, StoredJson.Read<StrategyChanged>(message.Body), c));
    }

    private async Task<bool> HasStrategyAsync() =>
        await grains.GetGrain<IStrategyGrain>(StrategyKey.Of(Key.Tenant, new PupilId(Key.Stream.Id)).ToString()).GetStatusAsync() is not (null or StrategyStatus.Ended);

    /// <summary>Calendar, cover, role-holders or the pupil's own people changed: what is due by the new plan happens at once.</summary>
    private Task PlanAgainAsync(MessageNotice message) => OwnAsync(Context(message), message, (s, f, c) => CheckDeadlines.OnDue(s, f, c));

    private CommandContext Context(MessageNotice message) => SystemContext(message.CorrelationId, message.Id);

    private async Task<Result<TReply>> DecideAsync<TReply>(
        CommandContext context, object command, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide, Func<CheckState, DateTimeOffset, TReply> reply, bool withStrategy = false, IncidentId? incident = null,
        params (string Field, string? Words)[] texts)
    {
        if (await WhoAsync() is not { } who)
        {
            return CheckErrors.NoSchedule;
        }

        var hasStrategy = withStrategy && await HasStrategyAsync();
        var ofOthers = incident is { } named ? await PupilIncidents.RefusalAsync(FoldAsync<IncidentState>, Key.Tenant, new PupilId(Key.Stream.Id), [named], "incidentId", texts) : null;
        return await HandleAsync(context, command, (s, c) => decide(s, new CheckFacts(School.Known, who, hasStrategy, ofOthers), c), reply, School);
    }

    /// <param name="begins">It may be the stream's first event.</param>
    private async Task OwnAsync(CommandContext context, object command, Func<CheckState, CheckFacts, CommandContext, Result<Events>> decide, bool begins = false)
    {
        // Neither scheduled nor agreed, there is nothing that time or others could change.
        if (!begins && State.Pupil == default)
        {
            return;
        }

        var who = await WhoAsync() ?? throw new InvalidOperationException("Checks without their school or pupil.");
        await HandleOwnAsync(context, command, (s, c) => decide(s, new CheckFacts(School.Known, who), c), School);
    }

    /// <summary>Null: there is no such school or pupil.</summary>
    private async ValueTask<CheckerFacts?> WhoAsync() =>
        await School.GetAsync(Key.Tenant) is not null ? await _checkers.GetAsync(Key.Tenant, new PupilId(Key.Stream.Id)) : null;

    private CheckScheduleReply Reply(CheckState state) => CheckReplies.Schedule(state, Open);
}
