using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What completing a step rests on besides the incident.</summary>
/// <param name="Devices">Registered devices of the incident, for steps that are recorded at a device.</param>
/// <param name="Contacts">Contacts of the pupils in it, where one is named.</param>
/// <param name="Pupils">Whom the plan is about, for steps that set something up for each of them.</param>
internal sealed record StepFacts(IReadOnlyList<DeviceFact> Devices, IReadOnlyList<ContactFacts> Contacts, IReadOnlyList<PupilFact> Pupils)
{
    public static readonly StepFacts None = new([], [], []);
}

/// <param name="Held">In the school's custody.</param>
/// <param name="Examined">Examined for this incident, or deleted from: with a lawful ground and nothing as evidence.</param>
/// <param name="Sealed">Sealed for this incident, or sealed or with the police now.</param>
internal sealed record DeviceFact(DeviceId Device, bool Held, bool Examined, bool Sealed);

internal static partial class IncidentDecider
{
    /// <summary>Kinds of steps that a device's own record completes (D2).</summary>
    public static bool IsAtDevice(StepKind kind) => kind is StepKind.RemoveMaterial or StepKind.IsolateAndSealDevice;

    /// <summary>Kinds of open steps that wait for what is recorded at each device.</summary>
    public static IReadOnlyList<StepKind> AwaitedAt(IncidentState state) => [.. state.OpenSteps().Select(s => s.Rule.Kind).Where(IsAtDevice).Distinct().Order()];

    // Ticking off must not go round what deleting and sealing ask for. A device that never came to school cannot be sealed there.
    private static DomainError? CheckDevices(IncidentState state, IncidentStep step, CompleteStep command, IReadOnlyList<DeviceFact> devices) =>
        Undone(state, step, devices).ToList() is not { Count: > 0 } left ? null
        : step.Rule.Kind == StepKind.RemoveMaterial ? IncidentStepErrors.UseExamination(IncidentReference.Of(state.Id))
        : left.Exists(d => d.Held) || Empty(command.Reason) ? IncidentStepErrors.UseSealing(IncidentReference.Of(state.Id))
        : null;

    private static IEnumerable<DeviceFact> Undone(IncidentState state, IncidentStep step, IReadOnlyList<DeviceFact> devices) =>
        devices.Where(d => state.Devices.Contains(d.Device) && step.Rule.Kind switch
        {
            StepKind.RemoveMaterial => !d.Examined,
            StepKind.IsolateAndSealDevice => !d.Sealed,
            _ => false,
        });
}
