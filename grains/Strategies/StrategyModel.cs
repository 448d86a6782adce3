using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Pupils;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Strategies;

internal sealed class StrategyModel : StreamModel<StrategyState>
{
    public override string Kind => StrategyKey.Kind;

    public override IReadOnlyList<ViewTable> Tables => [StrategyTables.Strategy, StrategyTables.Former, TaskTables.Task, SchoolTables.Follower];

    public override IStreamGrain Grain(IGrainFactory grains, string key) => grains.GetGrain<IStrategyGrain>(key);

    public override IEnumerable<Row> Rows(StreamKey key, StrategyState state)
    {
        if (state.Record is not { } strategy)
        {
            return [];
        }

        var reviewAt = strategy.ReviewDueAt is { } due ? Microseconds.ToUnix(due) : (long?)null;
        return StrategyTaskRows.Of(key, state, strategy)
            .Concat(SchoolFollowers.Of(key, strategy.Status != StrategyStatus.Ended))
            .Prepend(new Row(StrategyTables.Strategy, strategy.Pupil.ToString(), [strategy.Pupil.ToString(), strategy.Status.ToString(), reviewAt], strategy));
    }

    /// <summary>What was agreed is asked years later: an ended strategy stays readable when another one is drafted.</summary>
    public override IEnumerable<Row> Settled(StreamKey key, StrategyState before, StrategyState after) =>
        before.Record is { } former && after.Record!.Number > former.Number
            ? [new Row(StrategyTables.Former, StrategyTables.FormerId(former.Pupil, former.Number), [former.Pupil.ToString(), (long)former.Number], former)]
            : [];

    public override IEnumerable<DueRow> Due(StrategyState state) =>
        state.HandOverAt is { } at ? Late(state).Append(new DueRow("hand-over", at)) : Late(state);

    private static IEnumerable<DueRow> Late(StrategyState state) =>
    [
        .. state is { Record: { Status: StrategyStatus.Draft, ReferredToHeadAt: null, AgreementDueAt: { } due } } ? [new DueRow("agreement", due)] : Array.Empty<DueRow>(),
        .. (state.Review, state.Stage) switch
        {
            ({ } review, ReviewStage.Ahead) => [new DueRow("review", review.RemindAt), new DueRow("review-overdue", review.DueAt)],
            ({ } review, ReviewStage.Reminded) => [new DueRow("review-overdue", review.DueAt)],
            _ => Array.Empty<DueRow>(),
        },
    ];

    // First of all: checks that end with the strategy must know that it asks for none any more.
    public override IEnumerable<Message> Reactions(StreamKey key, StrategyState before, object @event, StrategyState after, EventMeta meta) =>
        ChecksBy(before) == ChecksBy(after)
            ? Follows(key, before, @event, after, meta)
            : Follows(key, before, @event, after, meta).Prepend(new Message(Checks(key), ChecksInForce.Message, new ChecksInForce(ChecksBy(after))));

    private static IEnumerable<Message> Follows(StreamKey key, StrategyState before, object @event, StrategyState after, EventMeta meta) => @event switch
    {
        StrategyDrafted e => Drafted(key, e, meta),
        StrategyAnswered when meta.Actor == Actor.ByLink => new[] { after.Assigned, after.Head }.OfType<PersonId>().Distinct().Select(to => Mail(key, to, NoticeKind.StrategyAnswered)),
        StrategyAnswered { Told: { } told } => told.Select(to => Mail(key, to, NoticeKind.StrategyAnswered)),
        SignatureVerified e => e.Told.Select(to => Mail(key, to, NoticeKind.StrategyAnswerNotTheirs)),
        SignatureLinkFailed e when after.Record!.Links!.Exists(l => (l.Party, l.Contact) == (e.Party, e.Contact) && l.Failures == SignatureLinkView.Tries) => [Mail(key, after.Assigned, NoticeKind.StrategyLinkEnded)],
        StrategyActivated => Activated(key, after.Record!, meta),
        StrategyReferredToHead { Head: { } head } => [Mail(key, head, NoticeKind.StrategyHeadDecision)],
        ReviewReminded { Overtaken: false } e => [Mail(key, e.Assigned, NoticeKind.StrategyReview)],
        ReviewWentOverdue { Told: { } told } => [Mail(key, told, NoticeKind.StrategyReviewOverdue)],
        StrategyRearmed => Reassigned(key, before, after),
        StrategyReviewed { Terms: { } terms } e =>
        [
            ToPupil(key, after.Record!.Status, terms, after.Record.Status == StrategyStatus.Draft && e.MayLoosen, after.Record.Incidents),
            .. (e.Told ?? []).Select(to => Mail(key, to, NoticeKind.StrategyTermsChanged)),
        ],
        StrategyEnded e => Ended(key, before.Record!, e),
        _ => [],
    };

    private static IEnumerable<Message> Drafted(StreamKey key, StrategyDrafted e, EventMeta meta)
    {
        yield return ToPupil(key, StrategyStatus.Draft, e.Interim, e.MayLoosen, e.Incidents);
        if (meta.Actor != Actor.Of(e.Assigned))
        {
            yield return Mail(key, e.Assigned, NoticeKind.StrategyAgreement);
        }
    }

    private static IEnumerable<Message> Reassigned(StreamKey key, StrategyState before, StrategyState after)
    {
        if (before.Assigned != after.Assigned)
        {
            yield return Mail(key, after.Assigned, after.Record!.Status == StrategyStatus.Active ? NoticeKind.StrategyReview : NoticeKind.StrategyAgreement);
        }

        if (after.Head is { } head && head != before.Head)
        {
            yield return Mail(key, head, NoticeKind.StrategyHeadDecision);
        }
    }

    private static IEnumerable<Message> Activated(StreamKey key, StrategyRecord strategy, EventMeta meta) =>
        strategy.Incidents
            .Select(i => new Message(
                Destinations.Stream(new StreamKey(key.Tenant, new StreamId("incident", i.Value))), StepFulfilled.Message,
                new StepFulfilled(StepKind.AccessStrategy, strategy.Pupil, key.Stream, meta.Actor)))
            .Append(ToChecks(key, true))
            .Append(ToPupil(key, StrategyStatus.Active, strategy.Terms, incidents: strategy.Incidents));

    private static IEnumerable<Message> Ended(StreamKey key, StrategyRecord strategy, StrategyEnded e)
    {
        yield return ToPupil(key, StrategyStatus.Ended, null);
        foreach (var to in e.Told ?? [])
        {
            yield return Mail(key, to, NoticeKind.StrategyEnded);
        }

        if (e.Cause == StrategyEndCause.PupilLeft)
        {
            yield return new Message(
                Destinations.Stream(PupilKey.Of(key.Tenant, strategy.Pupil)), MeasureEnded.Message, new MeasureEnded(strategy.Status == StrategyStatus.Draft ? Measure.DraftStrategy : Measure.Strategy));
        }

        yield return ToChecks(key, false, strategy.Status == StrategyStatus.Draft);
    }

    private static Message ToPupil(StreamKey key, StrategyStatus status, TermsRecord? terms, bool mayLoosen = false, IReadOnlyList<IncidentId>? incidents = null) => new(
        Destinations.Stream(PupilKey.Of(key.Tenant, new PupilId(key.Stream.Id))), StrategyInForceChanged.Message, new StrategyInForceChanged(status, terms?.WithoutNotes(), mayLoosen, incidents));

    private static Message ToChecks(StreamKey key, bool active, bool draft = false) =>
        new(Checks(key), StrategyChanged.Message, new StrategyChanged(active, draft));

    private static string Checks(StreamKey key) => Destinations.Stream(new StreamKey(key.Tenant, new StreamId("checks", key.Stream.Id)));

    private static TimeOnly? ChecksBy(StrategyState state) => state.Record?.InForce?.Checks?.By;

    private static Message Mail(StreamKey key, PersonId to, NoticeKind kind) =>
        new(Destinations.Mail(key.Tenant, to), Notice.Message, new Notice(kind, $"/strategies/{key.Stream.Id:D}", null, null));
}
