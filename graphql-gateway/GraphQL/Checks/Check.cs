using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>One pupil's check of one day: what to look for, never why.</summary>
[Node]
public sealed class Check(CheckView view)
{
    /// <summary>Its global id.</summary>
    [ID]
    public string Id => IdOf(view.Pupil, view.Date);

    /// <summary>The day.</summary>
    public DateOnly Date => view.Date;

    /// <summary>How far it is.</summary>
    public CheckStatus Status => view.Status;

    /// <summary>By when it is recorded.</summary>
    public DateTimeOffset ByAt => view.ByAt;

    /// <summary>Who has been told that it was not recorded.</summary>
    public CheckStage Reached => view.Reached;

    /// <summary>What the checker looks for.</summary>
    public IReadOnlyList<CheckItem> LookFor => view.LookFor;

    /// <summary>What else to look for, in words that say nothing of the incident.</summary>
    [Personal]
    public string? LookForNote => view.LookForNote;

    /// <summary>The provider of a pupil who is taught elsewhere.</summary>
    [Personal]
    public string? ProviderName => view.ProviderName;

    /// <summary>How the provider is reached.</summary>
    [Personal]
    public string? ProviderContact => view.ProviderContact;

    /// <summary>The check confirms that the pupil holds no device.</summary>
    public bool DevicesRemoved => view.DevicesRemoved;

    /// <summary>What the checker wrote.</summary>
    [Personal]
    public string? Note => view.Note;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset? RecordedAt => view.RecordedAt;

    /// <summary>Recorded after its time.</summary>
    public bool Late => view.Late;

    /// <summary>How often it was recorded, corrections included; for expectedVersion of recordDeviceChecks.</summary>
    public int Version => view.Version;

    /// <summary>The original, where it was corrected.</summary>
    public CheckResult? FirstResult => view.Earlier is [var first, ..] ? first.Result : null;

    /// <summary>What was recorded before it was corrected, oldest first.</summary>
    public IReadOnlyList<EarlierCheck> Earlier => [.. (view.Earlier ?? []).Select(e => new EarlierCheck(e))];

    /// <summary>A missed check: what the head wrote.</summary>
    [Personal]
    public string? MissedReason => view.MissedReason;

    /// <summary>Nobody has answered the day's concern, which its checker may have taken back since.</summary>
    public bool ConcernWaits => view.ConcernWaits;

    /// <summary>What became of a concern; null: it waits, there was none, or the caller does not read reasons.</summary>
    public ConcernAnswerRecord? Answer => view.Answer is { } answer ? new ConcernAnswerRecord(answer) : null;

    /// <summary>Who acknowledged that it was missed.</summary>
    public Task<Person?> GetAcknowledgedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.AcknowledgedBy, ct);

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(view.Pupil, ct);

    /// <summary>Who is to check.</summary>
    public Task<Person?> GetCheckerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Checker, ct);

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetRecordedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.RecordedBy, ct);

    internal static Check? Of(Result<CheckReply> result, Session session) => result.Ok ? new Check(CheckReader.Show(session.Reader, result.Value.Check)) : null;

    internal static string IdOf(PupilId pupil, DateOnly date) => $"{pupil}@{date:yyyy-MM-dd}";

    [NodeResolver]
    public static async Task<Check?> GetAsync(string id, Session session, CheckReader checks, CancellationToken ct) =>
        id.Split('@') is [var pupil, var day] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && await checks.FindAsync(session.Asks(SessionAudit.Node).Reader, Ids.Of<PupilId>(pupil), date, ct) is { } view ? new Check(CheckReader.Show(session.Reader, view)) : null;
}

/// <summary>A result that was corrected.</summary>
public sealed class EarlierCheck(EarlierCheckView view)
{
    /// <summary>What was recorded.</summary>
    public CheckResult Result => view.Result;

    /// <summary>What was written with it.</summary>
    [Personal]
    public string? Note => view.Note;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset? At => view.At;

    /// <summary>What had become of a concern by then; null: nothing yet, there was none, or the caller does not read reasons.</summary>
    public ConcernAnswerRecord? Answer => view.Answer is { } answer ? new ConcernAnswerRecord(answer) : null;

    /// <summary>Who recorded it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>What became of a concern that a check found.</summary>
public sealed class ConcernAnswerRecord(ConcernAnswerView view)
{
    /// <summary>When it was answered.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>Why no incident was needed.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>Who answered.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);

    /// <summary>The incident that it belongs to; null: none was needed.</summary>
    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;
}

/// <summary>One review of daily checks by the DSL.</summary>
public sealed class ChecksReview(ChecksReviewView view)
{
    /// <summary>When it was held.</summary>
    public DateTimeOffset At => view.At;

    /// <summary>The checks go on until then; null: they ended.</summary>
    public DateOnly? NextReviewOn => view.NextReviewOn;

    /// <summary>Why, for the DSL, deputies and the head.</summary>
    [Personal]
    public string? Reason => view.Reason;

    /// <summary>Who held it.</summary>
    public Task<Person?> GetByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.By, ct);
}

/// <summary>A pupil's daily checks as those see them who plan them.</summary>
[Node]
public sealed class CheckSchedule
{
    private readonly CheckScheduleView _view;

    private CheckSchedule(CheckScheduleView view) => _view = view;

    /// <summary>Its global id.</summary>
    [ID]
    public string Id => _view.Pupil.ToString();

    /// <summary>Null: there never was a schedule.</summary>
    public ScheduleStatus? Status => _view.Status;

    /// <summary>First day of checks.</summary>
    public DateOnly From => _view.From;

    /// <summary>Local time by which each day's check is recorded.</summary>
    public TimeOnly By => _view.By;

    /// <summary>What the checker looks for.</summary>
    public IReadOnlyList<CheckItem> LookFor => _view.LookFor;

    /// <summary>What else to look for, in words that say nothing of the incident.</summary>
    [Personal]
    public string? LookForNote => _view.LookForNote;

    /// <summary>Who checks.</summary>
    public CheckerKind Checker => _view.Checker;

    /// <summary>The provider of a pupil who is taught elsewhere.</summary>
    [Personal]
    public string? ProviderName => _view.ProviderName;

    /// <summary>How the provider is reached.</summary>
    [Personal]
    public string? ProviderContact => _view.ProviderContact;

    /// <summary>Set by hand: each check confirms that the pupil holds no device.</summary>
    public bool DevicesRemoved => _view.DevicesRemoved;

    /// <summary>All devices are to be away until a strategy is agreed: meanwhile each check confirms it, too.</summary>
    public bool DevicesAway => _view.DevicesAway;

    /// <summary>The checks end with the pupil's technology access strategy.</summary>
    public bool WithStrategy => _view.WithStrategy;

    /// <summary>When the DSL decides whether to go on.</summary>
    public DateOnly? ReviewOn => _view.ReviewOn;

    /// <summary>Its review.</summary>
    public ReviewStatus Review => _view.Review;

    /// <summary>Reviews held, oldest first: each went on or ended.</summary>
    public IReadOnlyList<ChecksReview> Reviews => [.. (_view.Reviews ?? []).Select(r => new ChecksReview(r))];

    /// <summary>What ended the checks.</summary>
    public ChecksEndCause? EndCause => _view.EndCause;

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt => _view.EndedAt;

    /// <summary>The pupil concerned.</summary>
    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(_view.Pupil, ct);

    /// <summary>Where the checks come from, for those who see incidents.</summary>
    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        _view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;

    [NodeResolver]
    public static async Task<CheckSchedule?> GetAsync(string id, Session session, ChecksByPupil checks, CancellationToken ct)
    {
        session.Asks(SessionAudit.Node);
        return await checks.LoadAsync(Ids.Of<PupilId>(id), ct) is { } found ? Of(found) : null;
    }

    internal static CheckSchedule Of(CheckScheduleView view) => new(view);

    internal static CheckSchedule? Of(CheckScheduleReply reply) => reply.Status is not { } status ? null : new CheckSchedule(new CheckScheduleView(
        reply.Pupil, status, reply.From, reply.By, reply.LookFor, reply.LookForNote, reply.Checker, reply.ProviderName, reply.ProviderContact, reply.DevicesRemoved, reply.Incident,
        reply.WithStrategy, reply.NextReviewOn, ReviewStatus.NotDue, null, null, reply.Reviews, reply.DevicesAway));
}
