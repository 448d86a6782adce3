using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>A school's weekly update on its daily checks: what happened with devices, nothing of the incidents.</summary>
[Node]
public sealed class WeeklyUpdate(WeeklyUpdateView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string GetId(Session session) => $"{session.Tenant.Value:D}@{view.Week:yyyy-MM-dd}";

    /// <summary>Its Monday.</summary>
    public DateOnly Week => view.Week;

    /// <summary>How far it is.</summary>
    public WeeklyUpdateStatus Status => view.Status;

    /// <summary>How many ended how.</summary>
    public WeekCounts Counts => view.Counts;

    /// <summary>Each pupil with checks in that week.</summary>
    public IReadOnlyList<PupilWeekRow> Pupils => [.. view.Pupils.Select(p => new PupilWeekRow(p))];

    /// <summary>When it was drafted.</summary>
    public DateTimeOffset? DraftedAt => view.DraftedAt;

    /// <summary>When it becomes overdue; null once sent.</summary>
    public DateTimeOffset? DueAt => view.DueAt;

    /// <summary>How far up it was told that it is late.</summary>
    public WeeklyUpdateStage Reached => view.Reached;

    /// <summary>What was done about devices.</summary>
    [Personal]
    public string? Comment => view.Comment;

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SubmittedAt => view.SubmittedAt;

    /// <summary>Who completes and sends it.</summary>
    public Task<Person?> GetOwnerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Owner, ct);

    /// <summary>To whom it went.</summary>
    public Task<IReadOnlyList<Person>> GetSentToAsync(PersonById people, CancellationToken ct) => people.PeopleAsync(view.SentTo, ct);

    /// <summary>Who sent it.</summary>
    public Task<Person?> GetSubmittedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.SubmittedBy, ct);

    [NodeResolver]
    public static async Task<WeeklyUpdate?> GetAsync(string id, Session session, CheckReader checks, CancellationToken ct) =>
        id.Split('@') is [var school, var monday] && school == session.Tenant.Value.ToString("D")
            && DateOnly.TryParseExact(monday, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var week)
            && await checks.WeekAsync(session.Asks(SessionAudit.Node).Reader, week, ct) is { } view && view.Week == week ? new WeeklyUpdate(view) : null;

    internal static WeeklyUpdate Of(WeeklyUpdateReply reply, string comment) => new(new WeeklyUpdateView(
        reply.Week, reply.Status, reply.Counts, reply.Pupils, reply.Owner, reply.SentTo, null, null, WeeklyUpdateStage.None, comment, reply.SubmittedBy, reply.SubmittedAt, []));
}

/// <summary>One pupil's week.</summary>
public sealed class PupilWeekRow(PupilWeek week)
{
    /// <summary>The check confirms that the pupil holds no device.</summary>
    public bool DevicesRemoved => week.DevicesRemoved;

    /// <summary>How this pupil's checks of the week ended.</summary>
    public WeekCounts Counts => week.Counts;

    /// <summary>Days that were not clear.</summary>
    public IReadOnlyList<DayException> Exceptions => week.Exceptions;

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(week.Pupil, ct);
}
