using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>C1. Adults are never in it as subjects: see <see cref="AboutStaff"/>.</summary>
/// <param name="Danger">Asked before anything else.</param>
/// <param name="NumbersShown">With danger: 999 and the DSL's and out-of-hours numbers were shown before this was sent.</param>
/// <param name="What">What happened, in the reporter's words.</param>
/// <param name="HappenedAt">Not in the future.</param>
/// <param name="OnSite">In school or on a school trip's site; otherwise elsewhere or online.</param>
/// <param name="Place">Room, bus, home, service.</param>
/// <param name="People">Each pupil once. May be empty: not every incident has a known pupil.</param>
/// <param name="DirectReferral">A referral the reporter already made themselves.</param>
/// <param name="Check">The daily check that found it.</param>
[GenerateSerializer, Immutable, Alias("ReportIncident")]
public sealed record ReportIncident(
    ReportKind Kind,
    ImmediateDanger Danger,
    bool NumbersShown,
    OnBehalfOf OnBehalfOf,
    AboutStaff AboutStaff,
    [property: Personal] string What,
    DateTimeOffset HappenedAt,
    bool OnSite,
    [property: Personal] string? Place,
    IReadOnlyList<PupilInvolved> People,
    IReadOnlyList<DeviceId> Devices,
    IReadOnlyList<AddressVisited> Addresses,
    DirectReferral? DirectReferral = null,
    CheckFound? Check = null);

/// <summary>The daily check whose concern is reported (E2). Its pupil is one of the people of the report; the concern is answered with the incident.</summary>
[GenerateSerializer, Immutable, Alias("CheckFound")]
public sealed record CheckFound(PupilId Pupil, DateOnly Date);

/// <summary>A pupil, their own part, and their dimensions on that day, which the caller takes from the pupil's view.</summary>
[GenerateSerializer, Immutable, Alias("PupilInvolved")]
public sealed record PupilInvolved(PupilId Pupil, PupilPart Part, PupilDimensions Dimensions);

/// <summary>What counts keep when names are gone.</summary>
/// <param name="YearGroup">N1 N2 R 1..14.</param>
/// <param name="Sen">Special educational needs.</param>
/// <param name="Phase">Phase of schooling.</param>
[GenerateSerializer, Immutable, Alias("PupilDimensions")]
public sealed record PupilDimensions(string YearGroup, Phase Phase, bool Sen);

/// <summary>An address visited, with a description of what was there beside it.</summary>
[GenerateSerializer, Immutable, Alias("AddressVisited")]
public sealed record AddressVisited([property: Personal] string Address, [property: Personal] string? Description);

/// <param name="Reference">The agency's, if it gave one.</param>
[GenerateSerializer, Immutable, Alias("DirectReferral")]
public sealed record DirectReferral(Agency Agency, DateTimeOffset At, [property: Personal] string? Reference);

/// <summary>C2. The plan follows from the policy in force; where it has no answer the DSL gives <see cref="Steps"/> and a reason.</summary>
/// <param name="Nature">Id of one of the policy's natures; null only where no policy is in force.</param>
/// <param name="FourCs">None: those that the policy gives the nature. Without a policy at least one, except for a technical incident.</param>
/// <param name="Awareness">Where the nature asks for it; <c>Unknown</c> is an answer.</param>
/// <param name="Path">Puts the incident on a guarded path that its nature alone would not; the policy's own path can only be made stricter.</param>
/// <param name="Serious">Whoever the policy names for serious incidents is told.</param>
/// <param name="Devices">Devices found to be involved besides those reported.</param>
/// <param name="Steps">The DSL's own, where the policy has no row.</param>
/// <param name="Reason">Why these steps; or why it is triaged again.</param>
/// <param name="ToDo">What the owners of steps of the policy are asked, in the DSL's words. Triaged again: a step that is asked again keeps its words unless it gets others.</param>
[GenerateSerializer, Immutable, Alias("TriageIncident")]
public sealed record TriageIncident(
    string? Nature, IReadOnlyList<FourC> FourCs, Awareness? Awareness, GuardedPath? Path, bool Serious, IReadOnlyList<DeviceId> Devices,
    IReadOnlyList<ChosenStep> Steps, [property: Personal] string? Reason, IReadOnlyList<StepToDo>? ToDo = null);

/// <param name="Step">Id of a step of the policy, the floor or the path that the plan asks for.</param>
/// <param name="Text">What its owner, or whoever it tells, is to do: they read it with their task and see nothing of the incident. Empty: nothing.</param>
[GenerateSerializer, Immutable, Alias("StepToDo")]
public sealed record StepToDo(string Step, [property: Personal] string Text);

/// <summary>A step chosen by the DSL; its owner reads the product's standard sentence for the kind.</summary>
/// <param name="Note">What is meant, for whoever may see the record.</param>
/// <param name="Owner">Role; the first holder gets it.</param>
/// <param name="ToDo">What the owner is to do, which they read with their task: nothing of the incident. Required for a custom step.</param>
[GenerateSerializer, Immutable, Alias("ChosenStep")]
public sealed record ChosenStep(StepKind Kind, Role Owner, DeadlineRule Deadline, [property: Personal] string? Note = null, [property: Personal] string? ToDo = null);

/// <summary>J5: what is wrong, and why. Give the fields that belong to <see cref="Field"/>.</summary>
/// <param name="Number">Of the address (from 1), the step or the change; for ParentsContact of its step.</param>
/// <param name="Text">For What, Place, Address, StepOutcome, Debrief, Change, Closure.</param>
/// <param name="Description">For Address. Of a debrief, where the policy fell short; of a change that is made, what came of it: left out, it is as it was.</param>
/// <param name="At">For HappenedAt; for ParentsContact when it really was.</param>
/// <param name="Pupil">For PupilPart and PupilAdded, with <paramref name="Part"/>; for PupilWithdrawn; for StepOutcome of a step that was recorded pupil by pupil.</param>
/// <param name="Dimensions">For PupilAdded: of the day, which the caller takes from the pupil's view.</param>
/// <param name="Contact">For ParentsContact.</param>
[GenerateSerializer, Immutable, Alias("CorrectRecord")]
public sealed record CorrectRecord(
    CorrectedField Field, [property: Personal] string Reason, int? Number = null, [property: Personal] string? Text = null, [property: Personal] string? Description = null,
    DateTimeOffset? At = null, PupilId? Pupil = null, PupilPart? Part = null, PupilDimensions? Dimensions = null, CorrectedContact? Contact = null);

/// <summary>What is right of one contact with parents; what is left out is as it was.</summary>
/// <param name="Number">Which of its step's, from 1 in the order of recording.</param>
/// <param name="Who">With whom, in words; in place of a contact of the pupils too.</param>
/// <param name="Reason">Why they were not told.</param>
[GenerateSerializer, Immutable, Alias("CorrectedContact")]
public sealed record CorrectedContact(int Number, [property: Personal] string? Who, ContactWay? How, [property: Personal] string? Said, [property: Personal] string? Reason);

/// <summary>C11. One of the two: an incident of the same school, or another school's reference.</summary>
/// <param name="OtherSchoolReference">As the other school gave it, such as <c>K7QF-2M9X</c>; nothing is sent there.</param>
[GenerateSerializer, Immutable, Alias("LinkIncidents")]
public sealed record LinkIncidents(IncidentId? Other, string? OtherSchoolReference);
