using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Incidents;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>One pupil's check of one day: what to look for, never why.</summary>
public sealed class Check(CheckView view)
{
    public DateOnly Date => view.Date;

    public CheckStatus Status => view.Status;

    /// <summary>By when it is recorded.</summary>
    public DateTimeOffset ByAt => view.ByAt;

    /// <summary>Who has been told that it was not recorded.</summary>
    public CheckStage Reached => view.Reached;

    public IReadOnlyList<CheckItem> LookFor => view.LookFor;

    [Personal]
    public string? LookForNote => view.LookForNote;

    /// <summary>The provider of a pupil who is taught elsewhere.</summary>
    [Personal]
    public string? ProviderName => view.ProviderName;

    [Personal]
    public string? ProviderContact => view.ProviderContact;

    /// <summary>The check confirms that the pupil holds no device.</summary>
    public bool DevicesRemoved => view.DevicesRemoved;

    /// <summary>What the checker wrote.</summary>
    [Personal]
    public string? Note => view.Note;

    public DateTimeOffset? RecordedAt => view.RecordedAt;

    /// <summary>Recorded after its time.</summary>
    public bool Late => view.Late;

    /// <summary>The original, where it was corrected.</summary>
    public CheckResult? FirstResult => view.Corrected ? view.FirstResult : null;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(view.Pupil, ct);

    public Task<Person?> GetCheckerAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.Checker, ct);

    public Task<Person?> GetRecordedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(view.RecordedBy, ct);
}

/// <summary>A pupil's daily checks as those see them who plan them.</summary>
public sealed class CheckSchedule
{
    private readonly CheckScheduleView _view;

    private CheckSchedule(CheckScheduleView view) => _view = view;

    /// <summary>Null: there never was a schedule.</summary>
    public ScheduleStatus? Status => _view.Status;

    public DateOnly From => _view.From;

    /// <summary>Local time by which each day's check is recorded.</summary>
    public TimeOnly By => _view.By;

    public IReadOnlyList<CheckItem> LookFor => _view.LookFor;

    public string? LookForNote => _view.LookForNote;

    public CheckerKind Checker => _view.Checker;

    public string? ProviderName => _view.ProviderName;

    public string? ProviderContact => _view.ProviderContact;

    public bool DevicesRemoved => _view.DevicesRemoved;

    /// <summary>The checks end with the pupil's technology access strategy.</summary>
    public bool WithStrategy => _view.WithStrategy;

    /// <summary>When the DSL decides whether to go on.</summary>
    public DateOnly? ReviewOn => _view.ReviewOn;

    public ReviewStatus Review => _view.Review;

    public ChecksEndCause? EndCause => _view.EndCause;

    public DateTimeOffset? EndedAt => _view.EndedAt;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(_view.Pupil, ct);

    /// <summary>Where the checks come from, for those who see incidents.</summary>
    public async Task<Incident?> GetIncidentAsync(IncidentById incidents, CancellationToken ct) =>
        _view.Incident is { } id && await incidents.LoadAsync(id, ct) is { } found ? new Incident(found) : null;

    internal static CheckSchedule Of(CheckScheduleView view) => new(view);

    internal static CheckSchedule? Of(CheckScheduleReply reply) => reply.Status is not { } status ? null : new CheckSchedule(new CheckScheduleView(
        reply.Pupil, status, reply.From, reply.By, reply.LookFor, reply.LookForNote, reply.Checker, reply.ProviderName, reply.ProviderContact, reply.DevicesRemoved, reply.Incident,
        reply.WithStrategy, reply.NextReviewOn, ReviewStatus.NotDue, null, null));
}
