using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Incidents;

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
