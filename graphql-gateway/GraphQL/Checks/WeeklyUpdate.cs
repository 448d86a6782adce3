using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>A school's weekly update on its daily checks: what happened with devices, nothing of the incidents.</summary>
public sealed class WeeklyUpdate(WeeklyUpdateView view)
{
    /// <summary>Its Monday.</summary>
    public DateOnly Week => view.Week;

    public WeeklyUpdateStatus Status => view.Status;

    public WeekCounts Counts => view.Counts;

    public IReadOnlyList<PupilWeekRow> Pupils => [.. view.Pupils.Select(p => new PupilWeekRow(p))];

    public DateTimeOffset? DraftedAt => view.DraftedAt;

    /// <summary>When it becomes overdue; null once sent.</summary>
    public DateTimeOffset? DueAt => view.DueAt;

    public WeeklyUpdateStage Reached => view.Reached;

    /// <summary>What was done about devices.</summary>
    [Personal]
    public string? Comment => view.Comment;

    public DateTimeOffset? SubmittedAt => view.SubmittedAt;

    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    public Task<IReadOnlyList<Person>> GetSentToAsync(PersonById people, CancellationToken ct) => people.PeopleAsync(view.SentTo, ct);

    public Task<Person?> GetSubmittedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.SubmittedBy, ct);

    internal static WeeklyUpdate Of(WeeklyUpdateReply reply, string comment) => new(new WeeklyUpdateView(
        reply.Week, reply.Status, reply.Counts, reply.Pupils, reply.Owner, reply.SentTo, null, null, WeeklyUpdateStage.None, comment, reply.SubmittedBy, reply.SubmittedAt, []));
}

/// <summary>One pupil's week.</summary>
public sealed class PupilWeekRow(PupilWeek week)
{
    public bool DevicesRemoved => week.DevicesRemoved;

    public WeekCounts Counts => week.Counts;

    /// <summary>Days that were not clear.</summary>
    public IReadOnlyList<DayException> Exceptions => week.Exceptions;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(week.Pupil, ct);
}
