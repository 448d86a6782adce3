using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>Contact with parents, made or held.</summary>
/// <param name="Who">With whom it was spoken, or tried, where it is none of the pupils' contacts.</param>
/// <param name="ContactId">With whom it was spoken, or tried: the id of a contact of one of the pupils. One with a no-contact flag is refused.</param>
/// <param name="Said">What was said.</param>
/// <param name="AdvisedBy">The agency on whose advice contact is held.</param>
/// <param name="ReviewOn">When the decision is looked at again.</param>
/// <param name="Ending">How the contact ended.</param>
/// <param name="How">By which means.</param>
/// <param name="Reason">Why.</param>
public sealed record ParentContactInput(
    ContactEnding Ending, [property: Personal] string? Who, ContactWay? How, [property: Personal] string? Said, [property: Personal] string? Reason, Agency? AdvisedBy, DateOnly? ReviewOn,
    Guid? ContactId = null);

/// <summary>A step that is done.</summary>
/// <param name="Step">Its number.</param>
/// <param name="DoneAt">When it was really done; now when left out.</param>
/// <param name="Answer">For a step to be considered: yes or no, with a reason.</param>
/// <param name="Parents">For contact with parents.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why not, for a step that was to be considered.</param>
/// <param name="Pupils">
/// For which of the pupils concerned, each once. Contact with parents and support of pupils: may be left out where there is one. REMOVE_ALL_DEVICES: who
/// holds no device, with a reason; CONSIDER_BAN with answer false: who gets no ban, with a reason.
/// </param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record CompleteStepInput(
    [property: ID(nameof(Incident))] string IncidentId, int Step, DateTimeOffset? DoneAt, bool? Answer, [property: Personal] string? Outcome, [property: Personal] string? Reason, ParentContactInput? Parents,
    [property: ID(nameof(Pupils.Pupil))] IReadOnlyList<string>? Pupils, Guid? CommandId) : ICommandInput
{
    internal CompleteStep ToCommand() => new(
        Step, DoneAt, Answer, Outcome, Reason,
        Parents is { } p ? new ParentContact(p.Ending, p.Who, p.How, p.Said, p.Reason, p.AdvisedBy, p.ReviewOn, p.ContactId) : null, [], Ids.All<PupilId>(Pupils));
}

/// <summary>A step to be waived.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Step">Its number.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record WaiveStepInput([property: ID(nameof(Incident))] string IncidentId, int Step, [property: Personal] string Reason, Guid? CommandId) : ICommandInput;

/// <summary>A referral, or the decision against one.</summary>
/// <param name="Referral">Number of the referral that this is news of; a new one when left out.</param>
/// <param name="Step">The plan's step it fulfils; the first open one of the agency's kind when left out.</param>
/// <param name="Handler">Who deals with it there.</param>
/// <param name="ChaseOn">When to ask again.</param>
/// <param name="ParentsMayBeTold">What the agency advises, once it has. Its last word stands, whatever others say; a no of any agency holds contact and strategy.</param>
/// <param name="Outcome">Ends the chasing.</param>
/// <param name="WouldReopen">Not referred: what would reopen the question.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Agency">Which agency.</param>
/// <param name="AgencyName">Its name, where the kind does not say it.</param>
/// <param name="Reference">The reference given.</param>
/// <param name="Response">What was answered.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="Decision">What was decided.</param>
public sealed record RecordReferralInput(
    [property: ID(nameof(Incident))] string IncidentId, int? Referral, Agency Agency, int? Step, [property: Personal] string? AgencyName, [property: Personal] string? Reference,
    [property: Personal] string? Handler, [property: Personal] string? Response,
    DateOnly? ChaseOn, bool? ParentsMayBeTold, [property: Personal] string? Outcome, [property: Personal] string? Reason, [property: Personal] string? WouldReopen, Guid? CommandId,
    ReferralDecision Decision = ReferralDecision.Referred) : ICommandInput
{
    internal RecordReferral ToCommand() =>
        new(Referral, Agency, Decision, Step, AgencyName, Reference, Handler, Response, ChaseOn, ParentsMayBeTold, Outcome, Reason, WouldReopen);
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class StepMutations
{
    /// <summary>Records that a step of the plan was done, or considered. Contact with parents and support of pupils end for each pupil; conversations are recorded afterwards, too.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StepPayload> CompleteStepAsync(CompleteStepInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Incident(session, input.IncidentId).CompleteStepAsync(session.Context(input), input.ToCommand()), StepPayload.For(session));

    /// <summary>Waives a step where the policy allows it.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<StepPayload> WaiveStepAsync(WaiveStepInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Incident(session, input.IncidentId).WaiveStepAsync(session.Context(input), new WaiveStep(input.Step, input.Reason)), StepPayload.For(session));

    /// <summary>A referral to an agency, news of one, or the decision not to refer.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<RecordReferralPayload> RecordReferralAsync(RecordReferralInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.Incident(session, input.IncidentId).RecordReferralAsync(session.Context(input), input.ToCommand()), RecordReferralPayload.For(session));
}
