using System.Security.Cryptography;
using System.Text;
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

    private IPupilGrain PupilGrain => GrainFactory.GetGrain<IPupilGrain>(PupilKey.Of(Key.Tenant, Pupil).ToString());

    public async Task<Result<StrategyView>> DraftAsync(CommandContext context, DraftStrategy command)
    {
        var pupil = await PupilGrain.GetFactsAsync(0);
        var contacts = command.Parties.Any(p => p.Contact is not null) ? await PupilGrain.GetContactFactsAsync() : [];
        var others = await PupilIncidents.RefusalAsync(FoldAsync<IncidentState>, Key.Tenant, Pupil, command.Incidents, "incidents");
        // Whoever drafts it may not know of all: what asks for a strategy is part of it, with what its agencies say.
        var full = command with { Incidents = [.. command.Incidents.Union(pupil?.Asking ?? [])] };
        var held = others ?? await HeldAsync(context, full.Incidents, "incidents");
        var agencies = await AgenciesAsync(full.Incidents);
        var unnamed = full.Incidents.Count > command.Incidents.Distinct().Count();
        return await DecideAsync(context, command, (s, f, c) =>
        {
            Result<Events> drafted = pupil is null ? PupilErrors.Unknown : pupil.Left ? PupilErrors.HasLeft : StrategyDecider.Draft(s, f, full, Pupil, c, contacts, held, agencies);
            return unnamed ? StrategyDecider.WithoutIncidents(drafted, f, c) : drafted;
        });
    }

    public async Task<Result<StrategyView>> AgreeAsync(CommandContext context, AgreeStrategy command)
    {
        var since = await SinceDraftAsync(context, "party");
        return await DecideAsync(context, command, (s, f, c) => StrategyDecider.Agree(s, f, command, c, since));
    }

    public async Task<Result<SignatureLinkReply>> MakeLinkAsync(CommandContext context, MakeSignatureLink command)
    {
        var (since, contacts) = (await SinceDraftAsync(context, "party"), await PupilGrain.GetContactFactsAsync());
        var birthKnown = await PupilGrain.IsBornOnAsync(default) is not null;
        var secret = SignatureLinkKey.NewSecret();
        return await School.GetAsync(Key.Tenant) is not null
            ? await HandleAsync(context, command, (s, c) => StrategyLinks.Make(s, School.Known, command, c, since, contacts, birthKnown, secret), s => LinkOf(s, command.Party), School)
            : SchoolErrors.NotEstablished;
    }

    public Task<Result<StrategyView>> WithdrawLinkAsync(CommandContext context, WithdrawSignatureLink command) =>
        DecideAsync(context, command, (s, f, c) => StrategyLinks.Withdraw(s, f, command, c));

    public async Task<Result<StrategyView>> VerifyAsync(CommandContext context, VerifySignature command)
    {
        var since = await SinceDraftAsync(context, "answeredAt");
        return await DecideAsync(context, command, (s, f, c) => StrategyLinks.Verify(s, f, command, c, since));
    }

    public async Task<Result<LinkedStrategyView>> OpenLinkAsync(CommandContext context, OpenSignatureLink command)
    {
        var confirmed = await ConfirmAsync(context, command.Secret, command.Born);
        if (!confirmed.Ok)
        {
            return Result<LinkedStrategyView>.Failed(confirmed.Errors);
        }

        var (view, link) = (View(State), confirmed.Value.Link);
        return new LinkedStrategyView(view.Terms, view.Interim, view.ReviewOn, link.Until, view.ReferredToHeadAt is null ? view.AgreementDueAt : null, link.Contact);
    }

    public async Task<Result<Done>> AnswerLinkAsync(CommandContext context, AnswerSignatureLink command)
    {
        var confirmed = await ConfirmAsync(context, command.Secret, command.Born);
        if (confirmed.Errors is [{ Code: StrategyErrors.BirthDateWrongCode } wrong])
        {
            return wrong;
        }

        // What was answered is answered: its link is gone, and its retry is known by its id.
        var open = confirmed.Value;
        return await School.GetAsync(Key.Tenant) is not null
            ? await HandleAsync(context, command, (s, c) => StrategyLinks.Answer(s, command, open?.Link, School.Known, c, open?.Since ?? SinceDraft.Nothing, open?.Contacts ?? []), _ => Done.It, School)
            : StrategyErrors.LinkInvalid;
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
            ? await HandleAsync(context, command, (s, c) => decide(s, School.Known, c), View, School)
            : SchoolErrors.NotEstablished;

    private StrategyView View(StrategyState state) => OpenedView.Of<StrategyView>(keyring, Key, state.Record!);

    private SignatureLinkReply LinkOf(StrategyState state, StrategyParty party)
    {
        var link = state.Record!.Links!.FindLast(l => l.Party == party)!;
        return new SignatureLinkReply(View(state), SecretOf(link), link.Until);
    }

    /// <summary>Null: its key is lost.</summary>
    private string? SecretOf(SignatureLink link) => OpenShown(link.Secret) is { } secret && !Unreadable.Is(secret) ? secret : null;

    /// <summary>The link with this secret, if it still opens anything.</summary>
    private SignatureLink? LinkWith(string secret) => State.Record?.Links?.Find(l =>
        l.Opens(Now) && SecretOf(l) is { } known && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(secret)));

    /// <summary>The link, if it opens and whoever holds it knows the child. A wrong date is counted; of one that does not open nobody hears whether it was right.</summary>
    private async Task<Result<OpenLink>> ConfirmAsync(CommandContext context, string secret, DateOnly born)
    {
        if (LinkWith(secret) is null || await PupilGrain.GetFactsAsync(0) is not { Left: false })
        {
            return StrategyErrors.LinkInvalid;
        }

        var (since, contacts) = (await SinceDraftAsync(SystemContext(context.CorrelationId), "party"), await PupilGrain.GetContactFactsAsync());
        var isBorn = await PupilGrain.IsBornOnAsync(born) == true;
        if (LinkWith(secret) is not { } link || !StrategyLinks.Opens(State.Record!, link, Now, since, contacts))
        {
            return StrategyErrors.LinkInvalid;
        }

        if (!isBorn)
        {
            await HandleOwnAsync(context with { CommandId = null }, link.Party, (s, _) => StrategyLinks.Failed(s, link));
            return StrategyErrors.BirthDateWrong;
        }

        return new OpenLink(link, since, contacts);
    }

    private async Task<SinceDraft> SinceDraftAsync(CommandContext context, string field)
    {
        if (State.Record is not { Status: StrategyStatus.Draft } draft)
        {
            return SinceDraft.Nothing;
        }

        var asking = (await PupilGrain.GetFactsAsync(0))?.Asking ?? [];
        IReadOnlyList<IncidentId> incidents = [.. draft.Incidents.Union(asking)];
        return new SinceDraft(await HeldAsync(context, incidents, field), await AgenciesAsync(incidents), asking);
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
        if (await PupilGrain.GetFactsAsync(0) is { Left: true })
        {
            await HandleOwnAsync(SystemContext(message.CorrelationId, message.Id), message, (s, _) => StrategyDecider.PupilLeft(s));
        }
    }

    private async Task RequireSchoolAsync() =>
        _ = await School.GetAsync(Key.Tenant) ?? throw new InvalidOperationException("A strategy without its school cannot count school days.");

    private sealed record OpenLink(SignatureLink Link, SinceDraft Since, IReadOnlyList<ContactFacts> Contacts);
}
