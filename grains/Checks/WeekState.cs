using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <param name="Checks">Where each pupil's check of each day stands, by day and pupil.</param>
/// <param name="Addenda">What came in after the update was sent.</param>
/// <param name="OwnerUntil">When a cover that begins or ends makes it another one's.</param>
internal sealed record WeekState(
    DateOnly Monday, WeeklyUpdateStatus? Status, ImmutableList<WeekOccasion> Checks, WeekPlan? Plan, PersonId? Owner, DateTimeOffset? DraftedAt, WeeklyUpdateStage Reached,
    Personal<string>? Comment, PersonId? SubmittedBy, DateTimeOffset? SubmittedAt, ImmutableList<PersonId> SentTo, ImmutableList<LateAddendum> Addenda,
    DateTimeOffset? OwnerUntil = null) : IState<WeekState>
{
    public static WeekState Empty { get; } = new(default, null, [], null, null, null, WeeklyUpdateStage.None, null, null, null, [], []);

    [JsonIgnore]
    public bool IsOpen => Status is WeeklyUpdateStatus.Collecting or WeeklyUpdateStatus.Drafted;

    public WeekOccasion? Check(PupilId pupil, DateOnly date) => Checks.Find(c => c.Pupil == pupil && c.Date == date);

    public WeekState Apply(object @event, EventMeta meta) => @event switch
    {
        WeekOpened e => this with { Monday = e.Monday, Status = WeeklyUpdateStatus.Collecting },
        WeekPlanned e => this with { Plan = e.Plan },
        WeekOwnerChanged e => this with { Owner = e.Owner, OwnerUntil = e.Until },
        WeekOccasionNoted e => Put(e.Occasion),
        WeeklyDraftAmended e => Put(e.Occasion),
        WeeklyAddendum e => Put(e.Occasion) with { Addenda = Addenda.Add(new LateAddendum(e.Occasion.Pupil, e.Occasion.Date, e.Occasion.Status, meta.At)) },
        WeeklyUpdateDrafted e => this with { Status = WeeklyUpdateStatus.Drafted, Owner = e.Owner, DraftedAt = meta.At },
        WeeklyUpdateNotNeeded => this with { Status = WeeklyUpdateStatus.NotNeeded },
        WeeklyUpdateOverdue e => this with { Reached = e.Stage },
        WeeklyUpdateSubmitted e => this with { Status = WeeklyUpdateStatus.Submitted, Comment = e.Comment, SentTo = e.SentTo, SubmittedBy = meta.Actor.Person, SubmittedAt = meta.At },
        _ => this,
    };

    private WeekState Put(WeekOccasion check) => this with
    {
        Checks = Checks.RemoveAll(c => c.Pupil == check.Pupil && c.Date == check.Date).Add(check)
            .Sort((a, b) => (a.Date, a.Pupil.Value).CompareTo((b.Date, b.Pupil.Value))),
    };
}
