namespace OnlineSafetyTrust.Contracts.Checks;

/// <summary>
/// A pupil's daily checks: the schedule in force and its open days; earlier schedules are history of the same stream.
/// Key: <c>s/{uuid}/checks/{pupil}</c>.
/// </summary>
[Alias("ICheckScheduleGrain")]
public interface ICheckScheduleGrain : IStreamGrain
{
    Task<Result<CheckScheduleReply>> ScheduleAsync(CommandContext context, ScheduleChecks command);

    Task<Result<CheckScheduleReply>> ChangeAsync(CommandContext context, ChangeChecks command);

    Task<Result<CheckScheduleReply>> ContinueAsync(CommandContext context, ContinueChecks command);

    Task<Result<CheckScheduleReply>> EndAsync(CommandContext context, EndChecks command);

    Task<Result<CheckReply>> RecordAsync(CommandContext context, RecordCheck command);

    Task<Result<CheckReply>> AnswerConcernAsync(CommandContext context, AnswerConcern command);

    Task<Result<CheckReply>> AcknowledgeMissedAsync(CommandContext context, AcknowledgeMissedCheck command);
}

public static class ChecksKey
{
    public const string Kind = "checks";

    public static StreamId Stream(PupilId pupil) => new(Kind, pupil.Value);

    public static StreamKey Of(TenantId school, PupilId pupil) => new(school, Stream(pupil));
}
