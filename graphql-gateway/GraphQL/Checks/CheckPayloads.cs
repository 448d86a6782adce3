using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.People;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <param name="Schedule">As it is now.</param>
public sealed record CheckSchedulePayload(CheckSchedule? Schedule, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<CheckScheduleReply>, CheckSchedulePayload> For(Session session) =>
        result => new(result.Ok ? CheckSchedule.Of(CheckReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <param name="Outcomes">One for each line, in their order.</param>
/// <param name="Errors">Those of all lines.</param>
public sealed record RecordDeviceChecksPayload(IReadOnlyList<CheckOutcome> Outcomes, IReadOnlyList<IUserError> Errors);

public sealed record CheckPayload(RecordedCheck? Check, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<CheckReply>, CheckPayload> For(Session session) =>
        result => new(result.Ok ? new RecordedCheck(CheckReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

public sealed record WeeklyUpdatePayload(WeeklyUpdate? Update, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<WeeklyUpdateReply>, WeeklyUpdatePayload> For(Session session, string comment) =>
        result => new(result.Ok ? WeeklyUpdate.Of(CheckReader.Show(session.Reader, result.Value), comment) : null, UserErrors.Of(result.Errors));
}

/// <summary>What became of one line.</summary>
public sealed class CheckOutcome(string pupil, RecordedCheck? check, IReadOnlyList<IUserError> errors)
{
    [ID(nameof(Pupil))]
    public string PupilId => pupil;

    public RecordedCheck? Check => check;

    public IReadOnlyList<IUserError> Errors => errors;
}

/// <summary>A check as it was just recorded.</summary>
public sealed class RecordedCheck(CheckReply reply)
{
    public DateOnly Date => reply.Date;

    public CheckStatus Status => reply.Status;

    public DateTimeOffset? RecordedAt => reply.RecordedAt;

    /// <summary>Recorded after its time.</summary>
    public bool Late => reply.Late;

    /// <summary>The original, where it was corrected.</summary>
    public CheckResult? FirstResult => reply.Corrected ? reply.FirstResult : null;

    /// <summary>With a concern: what a report starts from.</summary>
    public ReportStart? Report => reply.Concern is { } concern ? new ReportStart(concern) : null;

    public Task<Pupil?> GetPupilAsync(PupilById pupils, CancellationToken ct) => pupils.PupilAsync(reply.Pupil, ct);

    public Task<Person?> GetRecordedByAsync(PersonById people, CancellationToken ct) => people.PersonAsync(reply.RecordedBy, ct);
}

/// <summary>Fields of reportIncident that a concern fills in. An incident that the DSL opened from it is not for the checker.</summary>
public sealed class ReportStart(ConcernLink concern)
{
    [ID(nameof(Pupil))]
    public string PupilId => concern.Pupil.ToString();

    public DateOnly Date => concern.Date;
}
