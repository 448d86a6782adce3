using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>A device was taken, a strategy agreed, checks set up with this incident's id: the plan's promise was kept there.</summary>
    public static Result<Events> Fulfilled(IncidentState state, SchoolFacts facts, StepFulfilled message, CommandContext context, IReadOnlyList<DeviceFact>? devices = null, IReadOnlyList<PupilFact>? pupils = null)
    {
        var step = state.Exists && !state.IsClosed()
            ? state.Plan().FirstOrDefault(s => s.Status == StepStatus.Open && s.Rule.Kind == message.Kind && (IsAtDevice(s.Rule.Kind) || !(message.Pupil is { } p && s.FulfilledFor.Contains(p))))
            : null;
        if (step is null || (message.Pupil is { } pupil && state.People.Count > 0 && !state.People.Exists(p => p.Pupil == pupil)))
        {
            return Events.None;
        }

        // Taken from nobody, or not the last that the register shows with the pupil: nothing is removed for anybody by that.
        if (step.Rule.Kind == StepKind.RemoveAllDevices && (message.Pupil is null ? Concerned(state).Any() : pupils?.Any(p => p.Pupil == message.Pupil && p.Holds) == true))
        {
            return Events.None;
        }

        var draft = new IncidentDraft(state, new Setting(facts, context));
        if (message.Pupil is { } done && StandardSteps.IsPerPupil(step.Rule.Kind))
        {
            if (!step.FulfilledFor.Contains(done))
            {
                draft.Add(new StepDoneForPupil(step.Number, done, message.By, message.Evidence));
            }

            if (Concerned(state).Except(draft.State.Step(step.Number)!.AccountedFor()).Any())
            {
                return draft.Finish();
            }
        }

        // One device of several does not do what is to be done with each.
        if (step.Rule.Mode == StepMode.Do && Undone(state, step, devices ?? []).Any(d => d.Device.Value != message.Evidence.Id))
        {
            return draft.Finish();
        }

        draft.EndStep(new StepDone(step.Number, message.By, context.Now, Answer(step, true), null, null, [], message.Evidence));
        return draft.Finish();
    }

    /// <summary>Taken, sealed or examined for this incident, closed or not: what freezes its devices freezes this one too.</summary>
    public static Result<Events> DeviceInvolved(IncidentState state, DeviceInvolved message) =>
        !state.Exists || state.Devices.Contains(message.Device) ? Events.None : Events.Of(new IncidentDeviceAdded(message.Device, message.By));

    /// <summary>Whom the plan is about.</summary>
    public static IEnumerable<PupilId> Concerned(IncidentState state)
    {
        var alleged = state.People.Where(p => p.Part == PupilPart.Alleged).Select(p => p.Pupil).ToList();
        return alleged.Count > 0 ? alleged : state.People.Where(p => p.Part == PupilPart.Affected).Select(p => p.Pupil);
    }

    /// <summary>Whom a step of this kind is about: measures are against those who did it, parents and support are for those to whom it was done as well.</summary>
    public static IEnumerable<PupilId> Concerned(IncidentState state, StepKind kind) =>
        StepWork.IsRecordedPerPupil(kind) ? state.People.Where(p => p.Part != PupilPart.Witness).Select(p => p.Pupil) : Concerned(state);

    /// <summary>Whose devices are all to be taken until a strategy is agreed: neither waived, nor given up with the strategy or the incident.</summary>
    public static IEnumerable<PupilId> AwaitStrategy(IncidentState state) =>
        !state.IsClosed() && state.Plan().Any(Removes) && !(state.Plan().Where(s => s.Rule.Kind == StepKind.AccessStrategy).ToList() is { Count: > 0 } agreed && agreed.TrueForAll(s => s.Status is StepStatus.Waived or StepStatus.NotNeeded))
            ? Concerned(state)
            : [];

    private static bool Removes(IncidentStep step) =>
        step is { Rule.Kind: StepKind.RemoveAllDevices, Status: StepStatus.Open or StepStatus.Done } && (step.Rule.Mode == StepMode.Do || step.End?.Answer == true);
}
