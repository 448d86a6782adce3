using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Devices;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>A pupil and their part.</summary>
/// <param name="Role">The pupil's own part.</param>
/// <param name="PupilId">The pupil.</param>
public sealed record PupilInvolvedInput([property: ID(nameof(Pupil))] string PupilId, PupilPart Role);

/// <summary>An address visited.</summary>
/// <param name="Description">What was there.</param>
/// <param name="Address">The address.</param>
public sealed record AddressVisitedInput([property: Personal] string Address, [property: Personal] string? Description);

/// <summary>A referral that the reporter already made.</summary>
/// <param name="Reference">The agency's, if it gave one.</param>
/// <param name="Agency">Which agency.</param>
/// <param name="At">When it happened or was recorded.</param>
public sealed record DirectReferralInput(Agency Agency, DateTimeOffset At, [property: Personal] string? Reference);

/// <summary>The daily check whose concern is reported: the fields that recordDeviceChecks answered with.</summary>
/// <param name="PupilId">The pupil, one of the people of the report.</param>
/// <param name="Date">The day of the check.</param>
public sealed record CheckFoundInput([property: ID(nameof(Pupils.Pupil))] string PupilId, DateOnly Date);

/// <summary>A report.</summary>
/// <param name="Danger">Asked before anything else: is anybody in immediate danger?</param>
/// <param name="NumbersShown">With danger: 999 and the school's numbers were shown before this was sent.</param>
/// <param name="AboutStaff">A concern about an adult is not reported here.</param>
/// <param name="What">What happened, in the reporter's words.</param>
/// <param name="HappenedAt">Not in the future.</param>
/// <param name="OnSite">In school or on a school trip's site.</param>
/// <param name="Place">Room, bus, home, service.</param>
/// <param name="People">Each pupil once; may be empty.</param>
/// <param name="DirectReferral">A referral the reporter already made.</param>
/// <param name="Check">The daily check that found it; its concern is then answered with the incident.</param>
/// <param name="Devices">Devices concerned.</param>
/// <param name="Addresses">Addresses visited.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="OnBehalfOf">For whom it is reported.</param>
public sealed record ReportIncidentInput(
    ImmediateDanger Danger, [property: Personal] string What, DateTimeOffset HappenedAt, bool OnSite, [property: Personal] string? Place, IReadOnlyList<PupilInvolvedInput>? People,
    [property: ID(nameof(Device))] IReadOnlyList<string>? Devices, IReadOnlyList<AddressVisitedInput>? Addresses, DirectReferralInput? DirectReferral, CheckFoundInput? Check, Guid? CommandId,
    bool NumbersShown = false, ReportKind Kind = ReportKind.OnlineSafety, OnBehalfOf OnBehalfOf = OnBehalfOf.Self, AboutStaff AboutStaff = AboutStaff.No) : ICommandInput
{
    internal IReadOnlyList<(PupilId, PupilPart)> Pupils() => [.. (People ?? []).Select(p => (Ids.Of<PupilId>(p.PupilId), p.Role))];

    internal ReportIncident ToCommand(IReadOnlyList<PupilInvolved> people) => new(
        Kind, Danger, NumbersShown, OnBehalfOf, AboutStaff, What, HappenedAt, OnSite, Place, people, Ids.All<DeviceId>(Devices),
        [.. (Addresses ?? []).Select(a => new AddressVisited(a.Address, a.Description))],
        DirectReferral is { } referral ? new DirectReferral(referral.Agency, referral.At, referral.Reference) : null,
        Check is { } check ? new CheckFound(Ids.Of<PupilId>(check.PupilId), check.Date) : null);
}

/// <summary>A step the DSL adds.</summary>
/// <param name="Owner">The first holder of this role gets it.</param>
/// <param name="Deadline">As in a policy: immediately, same school day, 4 hours, 5 school days; none when left out.</param>
/// <param name="Note">What is meant, for whoever may see the record.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="ToDo">What the owner is to do, which they read with their task: nothing of the incident. Needed for CUSTOM.</param>
public sealed record ChosenStepInput(StepKind Kind, Role Owner, string? Deadline, [property: Personal] string? Note, [property: Personal] string? ToDo = null);

/// <summary>What the owner of a step of the policy is asked.</summary>
/// <param name="Step">Id of the step's rule.</param>
/// <param name="Text">What its owner, or whoever it tells, is to do: they read it with their task and see nothing of the incident. Empty: nothing.</param>
public sealed record StepToDoInput(string Step, [property: Personal] string Text);

/// <summary>What the DSL judges.</summary>
/// <param name="Nature">Id of one of the policy's natures.</param>
/// <param name="Awareness">Where the nature asks for it; UNKNOWN is an answer.</param>
/// <param name="Path">A guarded path that the nature alone would not give.</param>
/// <param name="Devices">Devices found to be involved besides those reported.</param>
/// <param name="Steps">The DSL's own, where the policy has no row.</param>
/// <param name="Reason">Why these steps, or why it is triaged again.</param>
/// <param name="ToDo">What the owners of steps of the policy are asked, in the DSL's words.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="FourCs">Content, contact, conduct, commerce: those that apply.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="Serious">Those who are told of serious incidents are told.</param>
public sealed record TriageIncidentInput(
    [property: ID(nameof(Incident))] string IncidentId, string? Nature, IReadOnlyList<FourC>? FourCs, Awareness? Awareness, GuardedPath? Path,
    [property: ID(nameof(Device))] IReadOnlyList<string>? Devices, IReadOnlyList<ChosenStepInput>? Steps, [property: Personal] string? Reason, Guid? CommandId, bool Serious = false,
    IReadOnlyList<StepToDoInput>? ToDo = null) : ICommandInput
{
    private static readonly DomainError DeadlineUnknown = DomainError.Invalid(
        "DEADLINE_UNKNOWN", "Write a deadline as in the policy: immediately, same school day, 4 hours, 5 school days, 1 working day, 1 calendar month, or none.", "steps");

    internal Result<TriageIncident> ToCommand()
    {
        var steps = new List<ChosenStep>();
        foreach (var step in Steps ?? [])
        {
            if (!DeadlineRule.TryParse(step.Deadline ?? "none", out var deadline))
            {
                return DeadlineUnknown;
            }

            steps.Add(new ChosenStep(step.Kind, step.Owner, deadline, step.Note, step.ToDo));
        }

        return new TriageIncident(Nature, FourCs ?? [], Awareness, Path, Serious, Ids.All<DeviceId>(Devices), steps, Reason, ToDo?.Select(t => new StepToDo(t.Step, t.Text)).ToList());
    }
}

/// <summary>A technical report that concerns a child.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record HandIncidentToDslInput([property: ID(nameof(Incident))] string IncidentId, Guid? CommandId) : ICommandInput;

/// <summary>What is right of one contact with parents; what is left out is as it was.</summary>
/// <param name="Number">Which of its step's contacts, from 1 in their order.</param>
/// <param name="Who">With whom, in words; in place of a contact of the pupils too.</param>
/// <param name="How">By which means.</param>
/// <param name="Said">What was said.</param>
/// <param name="Reason">Why they were not told.</param>
public sealed record CorrectedContactInput(int Number, [property: Personal] string? Who, ContactWay? How, [property: Personal] string? Said, [property: Personal] string? Reason);

/// <summary>A correction; the original is kept.</summary>
/// <param name="Number">Of the address (from 1), the step or the change; for PARENTS_CONTACT of its step.</param>
/// <param name="Text">The right text for WHAT, PLACE, ADDRESS, STEP_OUTCOME, DEBRIEF, CHANGE, CLOSURE.</param>
/// <param name="Description">For ADDRESS. For DEBRIEF where the policy fell short, for CHANGE that is made what came of it: left out, it is as it was.</param>
/// <param name="At">For HAPPENED_AT; for PARENTS_CONTACT when it really was.</param>
/// <param name="PupilId">For PUPIL_PART and PUPIL_ADDED, with role; for PUPIL_WITHDRAWN; for STEP_OUTCOME of a step that was recorded pupil by pupil.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Field">Which part of the record.</param>
/// <param name="Reason">Why.</param>
/// <param name="Role">The pupil's role, where that is corrected or the pupil is added.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
/// <param name="Contact">For PARENTS_CONTACT.</param>
public sealed record CorrectRecordInput(
    [property: ID(nameof(Incident))] string IncidentId, CorrectedField Field, [property: Personal] string Reason, int? Number, [property: Personal] string? Text,
    [property: Personal] string? Description, DateTimeOffset? At,
    [property: ID(nameof(Pupils.Pupil))] string? PupilId, PupilPart? Role, Guid? CommandId, CorrectedContactInput? Contact = null) : ICommandInput
{
    internal CorrectRecord ToCommand() => new(
        Field, Reason, Number, Text, Description, At, Ids.Maybe<PupilId>(PupilId), Role, Contact: Contact is { } c ? new CorrectedContact(c.Number, c.Who, c.How, c.Said, c.Reason) : null);
}

/// <summary>Two incidents that belong together.</summary>
/// <param name="Other">An incident of the same school.</param>
/// <param name="OtherSchoolReference">Another school's, as that school gave it; nothing is sent there.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record LinkIncidentsInput([property: ID(nameof(Incident))] string IncidentId, [property: ID(nameof(Incident))] string? Other, string? OtherSchoolReference, Guid? CommandId) : ICommandInput;

/// <summary>A notification that was seen.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record MarkIncidentSeenInput([property: ID(nameof(Incident))] string IncidentId, Guid? CommandId) : ICommandInput;
