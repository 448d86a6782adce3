using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

/// <summary>The answer to a mutation of a schedule of checks.</summary>
/// <param name="Schedule">As it is now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record CheckSchedulePayload(CheckSchedule? Schedule, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<CheckScheduleReply>, CheckSchedulePayload> For(Session session) =>
        result => new(result.Ok ? CheckSchedule.Of(CheckReader.Show(session.Reader, result.Value)) : null, UserErrors.Of(result.Errors));
}

/// <summary>The answer to recording checks.</summary>
/// <param name="Outcomes">One for each line, in their order.</param>
/// <param name="Errors">Those of all lines.</param>
public sealed record RecordDeviceChecksPayload(IReadOnlyList<CheckOutcome> Outcomes, IReadOnlyList<IUserError> Errors);

/// <summary>The answer to a mutation of one check.</summary>
/// <param name="Check">The check as it stands now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record CheckPayload(Check? Check, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<CheckReply>, CheckPayload> For(Session session) => result => new(Check.Of(result, session), UserErrors.Of(result.Errors));
}

/// <summary>The answer to sending a weekly update.</summary>
/// <param name="Update">The update, as it stands now.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record WeeklyUpdatePayload(WeeklyUpdate? Update, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<WeeklyUpdateReply>, WeeklyUpdatePayload> For(Session session, string comment) =>
        result => new(result.Ok ? WeeklyUpdate.Of(CheckReader.Show(session.Reader, result.Value), comment) : null, UserErrors.Of(result.Errors));
}

/// <summary>What became of one line.</summary>
public sealed class CheckOutcome(string pupil, Result<CheckReply> result, IReadOnlyList<IUserError> errors, Session session)
{
    /// <summary>The pupil.</summary>
    [ID(nameof(Pupil))]
    public string PupilId => pupil;

    /// <summary>The check as recorded; null when this line was refused.</summary>
    public Check? Check { get; } = Check.Of(result, session);

    /// <summary>With a concern: what a report starts from.</summary>
    public ReportStart? Report => result is { Ok: true, Value.Concern: { } concern } ? new ReportStart(concern) : null;

    /// <summary>Why nothing was changed; empty when it was done.</summary>
    public IReadOnlyList<IUserError> Errors => errors;
}

/// <summary>Fields of reportIncident that a concern fills in. An incident that the DSL opened from it is not for the checker.</summary>
public sealed class ReportStart(ConcernLink concern)
{
    /// <summary>The pupil.</summary>
    [ID(nameof(Pupil))]
    public string PupilId => concern.Pupil.ToString();

    /// <summary>The day of the check.</summary>
    public DateOnly Date => concern.Date;
}
