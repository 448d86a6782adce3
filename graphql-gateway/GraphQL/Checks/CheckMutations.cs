using System.Globalization;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class CheckMutations
{
    private const int MostLines = 100;
    private static readonly DomainError TooMany = DomainError.Invalid("CHECKS_TOO_MANY", "Record at most 100 checks at once. Send the rest after them.", "checks");
    private static readonly DomainError PupilTwice = DomainError.Invalid("PUPIL_TWICE", "A pupil is in the list twice. Send each pupil once, with one result.", "checks");

    /// <summary>A check on each school day from a day on.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CheckSchedulePayload> ScheduleChecksAsync(ScheduleChecksInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(
            references, input, [.. Reference.Pupil("pupilId", input.PupilId), .. Reference.Incident("incidentId", input.IncidentId)],
            () => grains.Checks(session, input.PupilId).ScheduleAsync(session.Context(input), input.ToCommand()), CheckSchedulePayload.For(session));

    /// <summary>Changes how the checks are made from now on.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CheckSchedulePayload> ChangeChecksAsync(ChangeChecksInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Checks(session, input.PupilId).ChangeAsync(session.Context(input), input.ToCommand()), CheckSchedulePayload.For(session));

    /// <summary>The checks go on after a review, until the next one.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CheckSchedulePayload> ContinueChecksAsync(ContinueChecksInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Checks(session, input.PupilId).ContinueAsync(session.Context(input), new ContinueChecks(input.NextReviewOn, input.Reason)), CheckSchedulePayload.For(session));

    /// <summary>The checks end at a review held today.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CheckSchedulePayload> EndChecksAsync(EndChecksInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Checks(session, input.PupilId).EndAsync(session.Context(input), new EndChecks(input.Reason)), CheckSchedulePayload.For(session));

    /// <summary>Records a whole class's checks of a day.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<RecordDeviceChecksPayload> RecordDeviceChecksAsync(RecordDeviceChecksInput input, Session session, IGrainFactory grains, ILogger<CheckMutations> log) =>
        session.RunAsync(
            () => Task.FromResult<Result<Done>>(
                input.Checks.Count > MostLines ? TooMany : input.Checks.Select(c => Ids.Of<PupilId>(c.PupilId)).Distinct().Count() < input.Checks.Count ? PupilTwice : Done.It),
            async accepted => accepted.Ok ? await RecordAsync(input, session, grains, log) : new RecordDeviceChecksPayload([], UserErrors.Of(accepted.Errors)));

    /// <summary>What became of a concern found by a check.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CheckPayload> AnswerConcernAsync(AnswerConcernInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(
            references, input, Reference.Incident("incidentId", input.IncidentId),
            () => grains.Checks(session, input.PupilId).AnswerConcernAsync(session.Context(input), new AnswerConcern(input.Date, Ids.Maybe<IncidentId>(input.IncidentId), input.Reason, input.ExpectedVersion)),
            CheckPayload.For(session));

    /// <summary>The head has seen that a check was missed and says what follows; recording it late stays possible.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<CheckPayload> AcknowledgeMissedCheckAsync(AcknowledgeMissedCheckInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.Checks(session, input.PupilId).AcknowledgeMissedAsync(session.Context(input), new AcknowledgeMissedCheck(input.Date, input.Reason)), CheckPayload.For(session));

    /// <summary>Completes the week's draft and sends it.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<WeeklyUpdatePayload> SubmitWeeklyUpdateAsync(SubmitWeeklyUpdateInput input, Session session, IGrainFactory grains, References references, ProductDay today) =>
        session.RunAsync(
            async () =>
            {
                var context = session.Context(input);
                // Sent again next week it still means the week that it meant.
                var week = input.Week ?? (await references.EarlierAsync(context) is { Stream: { Kind: WeekKey.Kind } first } ? WeekKey.Monday(first) : today.Now);
                return await grains.Week(session, week).SubmitAsync(context, new SubmitWeeklyUpdate(input.Comment));
            },
            WeeklyUpdatePayload.For(session, input.Comment));

    private static async Task<RecordDeviceChecksPayload> RecordAsync(RecordDeviceChecksInput input, Session session, IGrainFactory grains, ILogger log)
    {
        var context = session.Context(input);
        var results = await ClassLines.RunAsync(
            input.Checks,
            line =>
            {
                // Each line is a command of its own, so that a retry repeats what was stored and does what was not.
                var own = context with { CommandId = context.CommandId is null ? null : context.NewId($"check/{Ids.Of<PupilId>(line.PupilId)}"), Input = null };
                return grains.Checks(session, line.PupilId).RecordAsync(own, new RecordCheck(input.Date, line.Result, line.Note, line.NoneHeld, line.ExpectedVersion));
            },
            log);
        CheckOutcome[] outcomes = [.. input.Checks.Zip(results, (line, result) => (line, result)).Select((o, i) => new CheckOutcome(o.line.PupilId, o.result, UserErrors.Of([.. o.result.Errors.Select(e => At(e, i))]), session))];
        return new RecordDeviceChecksPayload(outcomes, [.. outcomes.SelectMany(o => o.Errors)]);
    }

    private static DomainError At(DomainError error, int line)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"checks.{line}");
        return error with { Fields = error.Fields.Count == 0 ? [place] : [.. error.Fields.Select(f => f == "date" ? f : $"{place}.{f}")] };
    }
}
