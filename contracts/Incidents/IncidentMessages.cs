using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Incidents;

/// <summary>From a device that was taken, sealed or examined for an incident: it belongs to the incident from now on, and is frozen with the rest.</summary>
/// <param name="By">Who named the incident.</param>
[GenerateSerializer, Immutable, Alias("DeviceInvolved")]
public sealed record DeviceInvolved(DeviceId Device, Actor By)
{
    /// <summary>Message kind to the incident's stream.</summary>
    public const string Message = "incident.device-involved";
}

/// <summary>To a device of an incident: which of its steps wait for what is recorded at the device.</summary>
/// <param name="For">Kinds of open steps; none: nothing waits any more.</param>
[GenerateSerializer, Immutable, Alias("DeviceAwaited")]
public sealed record DeviceAwaited(IncidentId Incident, IReadOnlyList<StepKind> For)
{
    /// <summary>Message kind to the device's stream.</summary>
    public const string Message = "device.awaited";
}

/// <summary>To the pupil's checks: the concern of a day was reported as this incident.</summary>
[GenerateSerializer, Immutable, Alias("ConcernReported")]
public sealed record ConcernReported(DateOnly Date, IncidentId Incident)
{
    public const string Message = "check.concern-reported";
}

/// <summary>From a device, a strategy or a schedule of checks: a promise of the incident's plan was kept there.</summary>
/// <param name="Kind">Which kind of step.</param>
/// <param name="Pupil">For whom; null: for everyone.</param>
/// <param name="Evidence">The stream where it is recorded.</param>
/// <param name="By">Who did it.</param>
[GenerateSerializer, Immutable, Alias("StepFulfilled")]
public sealed record StepFulfilled(StepKind Kind, PupilId? Pupil, StreamId Evidence, Actor By)
{
    /// <summary>Message kind to the incident's stream.</summary>
    public const string Message = "incident.step-fulfilled";
}

/// <summary>From a device that is held to the open incidents of a pupil: it was not this pupil's after all.</summary>
[GenerateSerializer, Immutable, Alias("TakenFromAnother")]
public sealed record TakenFromAnother(PupilId Pupil)
{
    /// <summary>Message kind to the incident's stream.</summary>
    public const string Message = "incident.taken-from-another";
}
