using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Access;

namespace OnlineSafetyTrust.Grains.Access;

internal sealed record Ban(
    BanId Id, PupilId Pupil, BanScope Scope, Personal<string>? Service, DateTimeOffset From, DateTimeOffset Until, Personal<string> Reason, IncidentId? Incident, BanEnforcement EnforcedBy,
    EssentialDecision? EssentialOverride, Actor SetBy, DateTimeOffset SetAt, BanEnd? End, DateTimeOffset? EndedAt, Actor? EndedBy, Personal<string>? LiftReason)
{
    /// <summary>The first moment counts, the last does not.</summary>
    public bool InForce(DateTimeOffset at) => End is null && From <= at && at < Until;
}

/// <summary>A pupil's bans: part of the pupil's state, so that a ban counts in the very next answer.</summary>
/// <param name="Open">To come or in force.</param>
/// <param name="Ended">The last ones that ended, oldest first; all are in the journal and keep their rows.</param>
internal sealed record BanState(ImmutableList<Ban> Open, ImmutableList<Ban> Ended)
{
    private const int EndedKept = 20;

    public static readonly BanState Empty = new([], []);

    public IEnumerable<Ban> All() => Ended.Concat(Open);

    public Ban? Find(BanId id) => All().FirstOrDefault(b => b.Id == id);

    public BanState Apply(object @event, EventMeta meta) => @event switch
    {
        BanSet e => this with
        {
            Open = Open.Add(new Ban(
                e.Ban, e.Pupil, e.Scope, e.Service, e.From, e.Until, e.Reason, e.Incident, e.EnforcedBy, e.EssentialOverride, meta.Actor, meta.At, null, null, null, null)),
        },
        BanExpired e => Close(e.Ban, b => b with { End = BanEnd.Expired, EndedAt = e.Nominal }),
        BanEndedByLeaving e => Close(e.Ban, b => b with { End = BanEnd.PupilLeft, EndedAt = meta.At }),
        BanLifted e => Close(e.Ban, b => b with { End = BanEnd.LiftedEarly, EndedAt = meta.At, EndedBy = meta.Actor, LiftReason = e.LiftReason }),
        _ => this,
    };

    private BanState Close(BanId id, Func<Ban, Ban> close) =>
        Open.Find(b => b.Id == id) is not { } ban ? this
        : new BanState(Open.Remove(ban), Ended.Add(close(ban)) is { Count: > EndedKept } many ? many.RemoveAt(0) : Ended.Add(close(ban)));
}
