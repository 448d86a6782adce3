using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Strategies;

internal sealed class StrategyGrain(StrategyModel model, StreamServices services, IKeyring keyring) : StreamGrain<StrategyState>(model, services), IStrategyGrain
{
    private SchoolFactsCache? _school;

    private PupilId Pupil => new(Key.Stream.Id);

    public async Task<Result<StrategyView>> DraftAsync(CommandContext context, DraftStrategy command)
    {
        var grain = GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, Pupil).ToString());
        var pupil = await grain.GetFactsAsync(0);
        var contacts = command.Parties.Any(p => p.Contact is not null) ? await grain.GetContactFactsAsync() : [];
        return await DecideAsync(
            context, command, (s, f, c) => pupil is null ? PupilErrors.Unknown : pupil.Left ? PupilErrors.HasLeft : StrategyDecider.Draft(s, f, command, Pupil, c, contacts));
    }

    public Task<Result<StrategyView>> AgreeAsync(CommandContext context, AgreeStrategy command) =>
        DecideAsync(context, command, (s, f, c) => StrategyDecider.Agree(s, f, command, c));

    public Task<Result<StrategyView>> ReviewAsync(CommandContext context, ReviewStrategy command) =>
        DecideAsync(context, command, (s, f, c) => StrategyDecider.Review(s, f, command, c));

    public Task<Result<StrategyView>> EndAsync(CommandContext context, EndStrategy command) =>
        DecideAsync(context, command, (s, f, c) => StrategyDecider.End(s, f, command, c));

    public override async Task OnDueAsync(DueNotice due)
    {
        var facts = await RequiredSchoolAsync();
        await HandleOwnAsync(SystemContext(Guid.CreateVersion7()), due, (s, c) => StrategyDeadlines.OnDue(s, facts, c));
    }

    public override async Task OnMessageAsync(MessageNotice message)
    {
        if (message.Kind != FollowSchool.Changed)
        {
            await base.OnMessageAsync(message);
            return;
        }

        var facts = await RequiredSchoolAsync();
        await HandleOwnAsync(SystemContext(message.CorrelationId, message.Id), message, (s, c) => StrategyDeadlines.Rearm(s, facts, c));
    }

    private async Task<Result<StrategyView>> DecideAsync(CommandContext context, object command, Func<StrategyState, SchoolFacts, CommandContext, Result<Events>> decide) =>
        await SchoolAsync() is { } facts
            ? await HandleAsync(context, command, (s, c) => decide(s, facts, c), s => OpenedView.Of<StrategyView>(keyring, Key, s.Record!))
            : SchoolErrors.NotEstablished;

    private async Task<SchoolFacts> RequiredSchoolAsync() =>
        await SchoolAsync() ?? throw new InvalidOperationException("A strategy without its school cannot count school days.");

    private ValueTask<SchoolFacts?> SchoolAsync() => (_school ??= new SchoolFactsCache(GrainFactory)).GetAsync(Key.Tenant);
}
