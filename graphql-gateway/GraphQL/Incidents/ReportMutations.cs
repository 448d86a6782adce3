using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class ReportMutations
{
    /// <summary>Any member of staff reports; the answer is a receipt.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<ReportIncidentPayload> ReportIncidentAsync(ReportIncidentInput input, Session session, IGrainFactory grains, References references) =>
        session.RunAsync(references, input, [.. Reference.Devices("devices", input.Devices), .. Reference.Pupil("check.pupilId", input.Check?.PupilId)], () => ReportAsync(input, session, grains, references), ReportIncidentPayload.Of);

    /// <summary>Nature, awareness and path; the plan follows from the policy in force.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> TriageIncidentAsync(TriageIncidentInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(
            input, input.IncidentId,
            async i => input.ToCommand() is { Ok: true } command ? await i.TriageAsync(session.Context(input), command.Value) : Result<IncidentView>.Failed(input.ToCommand().Errors),
            Reference.Devices("devices", input.Devices));

    /// <summary>A report sent as technical concerns a child: it is the DSL's to triage from now on, and no longer seen by those who see to technical incidents.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> HandIncidentToDslAsync(HandIncidentToDslInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(input, input.IncidentId, i => i.HandToDslAsync(session.Context(input)));

    /// <summary>Corrects what was written; the original is kept.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> CorrectRecordAsync(CorrectRecordInput input, Session session, IncidentCommands incidents, References references) =>
        incidents.RunAsync(
            input, input.IncidentId,
            async i =>
            {
                var (context, command) = (session.Context(input), input.ToCommand());
                if (command is not { Field: CorrectedField.PupilAdded, Pupil: { } pupil, Part: { } part })
                {
                    return await i.CorrectAsync(context, command);
                }

                var people = await references.InvolvedAsync(context, session.Reader, "pupilId", [(pupil, part)]);
                return people.Ok
                    ? await i.CorrectAsync(context, command with { Dimensions = people.Value is [var known] ? known.Dimensions : null })
                    : Result<IncidentView>.Failed([DomainError.NotFound("pupil") with { Fields = ["pupilId"] }]);
            });

    /// <summary>Links two incidents by reference; nothing of one reaches the other.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<IncidentPayload> LinkIncidentsAsync(LinkIncidentsInput input, Session session, IncidentCommands incidents) =>
        incidents.RunAsync(
            input, input.IncidentId,
            i => i.LinkAsync(session.Context(input), new LinkIncidents(Ids.Maybe<IncidentId>(input.Other), input.OtherSchoolReference)),
            Reference.Incident("other", input.Other));

    /// <summary>The caller has opened what they were told of: nobody needs to remind them.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<DonePayload> MarkIncidentSeenAsync(MarkIncidentSeenInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Incident(session, input.IncidentId).MarkSeenAsync(session.Context(input)), DonePayload.Of);

    private static async Task<Result<IncidentReceipt>> ReportAsync(ReportIncidentInput input, Session session, IGrainFactory grains, References references)
    {
        var context = session.Context(input);
        var people = await references.InvolvedAsync(context, session.Reader, "people", input.Pupils());
        return people.Ok ? await grains.NewIncident(context).ReportAsync(context, input.ToCommand(people.Value)) : Result<IncidentReceipt>.Failed(people.Errors);
    }
}
