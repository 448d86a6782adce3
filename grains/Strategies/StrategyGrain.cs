using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Strategies;

internal sealed class StrategyGrain(StrategyModel model, StreamServices services, IKeyring keyring, IGrainFactory grains)
    : StreamGrain<StrategyState>(model, services), IStrategyGrain
{
    private SchoolFactsCache School { get; } = new(grains);

    private PupilId Pupil => new(Key.Stream.Id);

    public async Task<Result<StrategyView>> DraftAsync(CommandContext context, DraftStrategy command)
    {
        var grain = GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, Pupil).ToString());
        var pupil = await grain.GetFactsAsync(0);
        var contacts = command.Parties.Any(p => p.Contact is not null) ? await grain.GetContactFactsAsync() : [];
        var others = await PupilIncidents.RefusalAsync(FoldAsync<IncidentState>, Key.Tenant, Pupil, command.Incidents, "incidents");
        // Whoever drafts it may not know of all: what asks for a strategy is part of it, with what its agencies say.
        var full = command with { Incidents = [.. command.Incidents.Union(pupil?.Asking ?? [])] };
        var held = others ?? await HeldAsync(context, full.Incidents, "incidents");
        var agencies = await AgenciesAsync(full.Incidents);
        var unnamed = full.Incidents.Count > command.Incidents.Distinct().Count();
        return await DecideAsync(
            context, command, (s, f, c) => pupil is null ? PupilErrors.Unknown : pupil.Left ? PupilErrors.HasLeft
                : StrategyDecider.WithoutIncidents(StrategyDecider.Draft(s, f, full, Pupil, c, contacts, held, agencies), unnamed, f, c));
    }

    public async Task<Result<StrategyView>> AgreeAsync(CommandContext context, AgreeStrategy command)
    {
        var since = await SinceDraftAsync(context, "party");
        return await DecideAsync(context, command, (s, f, c) => StrategyDecider.WithoutIncidents(StrategyDecider.Agree(s, f, command, c, since), since.Unnamed, f, c));
    }

    public Task<Result<StrategyView>> ReviewAsync(CommandContext context, ReviewStrategy command) =>
        DecideAsync(context, command, (s, f, c) => StrategyDecider.Review(s, f, command, c));

    public Task<Result<StrategyView>> EndAsync(CommandContext context, EndStrategy command) =>
        DecideAsync(context, command, (s, f, c) => StrategyDecider.End(s, f, command, c));

    public async Task<Result<StrategyView>> DecideAsync(CommandContext context, DecideStrategy command)
    {
        var since = command.Decision == StrategyDecision.InForce ? await SinceDraftAsync(context, "decision") : SinceDraft.Nothing;
        return await DecideAsync(context, command, (s, f, c) => StrategyDecider.Decide(s, f, command, c, since));
    }

    public ValueTask<StrategyStatus?> GetStatusAsync() => ValueTask.FromResult(State.Record?.Status);

    public override async Task OnDueAsync(DueNotice due)
    {
        await RequireSchoolAsync();
        await HandleOwnAsync(SystemContext(Guid.CreateVersion7()), due, (s, c) => StrategyDeadlines.OnDue(s, School.Known, c), School);
    }

    public override async Task OnMessageAsync(MessageNotice message)
    {
        if (message.Kind == PupilChanged.Message)
        {
            await PupilChangedAsync(message);
            return;
        }

        if (message.Kind != SchoolChanged.Message)
        {
            await base.OnMessageAsync(message);
            return;
        }

        await School.ReachAsync(Key.Tenant, message);
        await RequireSchoolAsync();
        await HandleOwnAsync(SystemContext(message.CorrelationId, message.Id), message, (s, c) => StrategyDeadlines.Rearm(s, School.Known, c), School);
    }

    private async Task<Result<StrategyView>> DecideAsync(CommandContext context, object command, Func<StrategyState, SchoolFacts, CommandContext, Result<Events>> decide) =>
        await School.GetAsync(Key.Tenant) is not null
            ? await HandleAsync(context, command, (s, c) => decide(s, School.Known, c), s => OpenedView.Of<StrategyView>(keyring, Key, s.Record!), School)
            : SchoolErrors.NotEstablished;

    private async Task<SinceDraft> SinceDraftAsync(CommandContext context, string field)
    {
        if (State.Record is not { Status: StrategyStatus.Draft } draft)
        {
            return SinceDraft.Nothing;
        }

        var asking = (await GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, Pupil).ToString()).GetFactsAsync(0))?.Asking ?? [];
        IReadOnlyList<IncidentId> incidents = [.. draft.Incidents.Union(asking)];
        return new SinceDraft(await HeldAsync(context, incidents, field), await AgenciesAsync(incidents), [.. asking.Except(draft.Incidents)]);
    }

    /// <summary>The refusal of the first incident whose guarded path lets parents wait; null: none.</summary>
    private async Task<DomainError?> HeldAsync(CommandContext context, IEnumerable<IncidentId> incidents, string field)
    {
        foreach (var incident in incidents.Distinct())
        {
            var may = await GrainFactory.GetGrain<IIncidentGrain>(IncidentKey.Of(Key.Tenant, incident).ToString()).MayAsync(context, PathAction.AccessStrategy);
            if (may.Errors.FirstOrDefault(e => e.Code == IncidentStepErrors.PathForbidsCode) is { } forbidden)
            {
                return forbidden with { Fields = [field] };
            }
        }

        return null;
    }

    /// <summary>That any of the incidents was referred to.</summary>
    private async Task<IReadOnlyList<Agency>> AgenciesAsync(IEnumerable<IncidentId> incidents)
    {
        var found = new SortedSet<Agency>();
        foreach (var incident in incidents.Distinct())
        {
            found.UnionWith(await GrainFactory.GetGrain<IIncidentGrain>(IncidentKey.Of(Key.Tenant, incident).ToString()).GetAgenciesAsync());
        }

        return [.. found];
    }

    // A pupil who has come back since may have a new draft.
    private async Task PupilChangedAsync(MessageNotice message)
    {
        if (await GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, Pupil).ToString()).GetFactsAsync(0) is { Left: true })
        {
            await HandleOwnAsync(SystemContext(message.CorrelationId, message.Id), message, (s, _) => StrategyDecider.PupilLeft(s));
        }
    }

    private async Task RequireSchoolAsync() =>
        _ = await School.GetAsync(Key.Tenant) ?? throw new InvalidOperationException("A strategy without its school cannot count school days.");
}
