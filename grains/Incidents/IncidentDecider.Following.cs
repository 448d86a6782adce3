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

        // What was set up for somebody whom the plan is not about is done for nobody.
        if (IsSetUp(step.Rule.Kind) && message.Pupil is { } about && !Concerned(state, step.Rule.Kind).Contains(about))
        {
            return Events.None;
        }

        // Taken from nobody, or not the last that the register shows with the pupil: nothing is removed for anybody by that.
        if (step.Rule.Kind == StepKind.RemoveAllDevices && (message.Pupil is null ? Concerned(state).Any() : pupils?.Any(p => p.Pupil == message.Pupil && p.Holds) == true))
        {
            return Events.None;
        }

        // A device that is nobody's, such as a shared tablet, was not taken from each of several pupils.
        if (step.Rule.Kind == StepKind.ConfiscateDevice && message.Pupil is null && Concerned(state).Skip(1).Any())
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

    /// <summary>What was taken from a pupil is another's: with nothing else of theirs taken, and no strategy that says what they may have, the removal is not done for them.</summary>
    public static Result<Events> TakenFromAnother(IncidentState state, SchoolFacts facts, TakenFromAnother message, CommandContext context, IReadOnlyList<PupilFact> pupils)
    {
        if (state.IsClosed() || !pupils.Any(p => p.Pupil == message.Pupil && p is { Taken: false, Strategy: false })
            || state.Plan().LastOrDefault(s => s.Rule.Kind == StepKind.RemoveAllDevices && s.FulfilledFor.Contains(message.Pupil)) is not { } step)
        {
            return Events.None;
        }

        var draft = new IncidentDraft(state, new Setting(facts, context));
        draft.Add(new StepUndoneForPupil(step.Number, message.Pupil));
        if (step.Status == StepStatus.Done)
        {
            var again = Assign(draft.Setting, step.Number, step.Rule, step.Note);
            draft.Add(new StepReassigned(step.Number, step.Owner, again.Owner, again.OwnerRole, again.Instead, again.From, again.Times, again.Standing));
            TellOwners(draft, [again]);
        }

        return draft.Finish();
    }

    /// <summary>Taken, sealed or examined for this incident, closed or not: what freezes its devices freezes this one too.</summary>
    public static Result<Events> DeviceInvolved(IncidentState state, DeviceInvolved message) =>
        !state.Exists || state.Devices.Contains(message.Device) ? Events.None : Events.Of(new IncidentDeviceAdded(message.Device, message.By));

    /// <summary>Whom the plan is about.</summary>
    public static IEnumerable<PupilId> Concerned(IncidentState state) => Concerned(state, StepKind.RemoveAllDevices);

    /// <summary>Whose class teachers and key workers have steps of the plan: where nobody did it, those to whom it was done.</summary>
    public static IEnumerable<PupilId> LookedAfter(IReadOnlyList<PupilInvolved> people) =>
        StepWork.Concerned(StepKind.RemoveAllDevices, people).ToList() is { Count: > 0 } alleged ? alleged : StepWork.Concerned(StepKind.SupportPupil, people);

    /// <inheritdoc cref="StepWork.Concerned"/>
    public static IEnumerable<PupilId> Concerned(IncidentState state, StepKind kind) => StepWork.Concerned(kind, state.People);

    /// <summary>
    /// Whose devices are all to be taken, and whether until a strategy is agreed: as long as a step of the plan asks for one that has not been for this pupil.
    /// What was given up, or asked for in an earlier plan only, nobody could end by a step.
    /// </summary>
    public static Dictionary<PupilId, bool> Removed(IncidentState state) =>
        state.IsClosed() ? []
        : Concerned(state).Where(p => state.Plan().Any(s => Removes(s, p))).ToDictionary(p => p, p => state.Plan().Any(s => s is { Rule.Kind: StepKind.AccessStrategy, Status: StepStatus.Open } && !s.FulfilledFor.Contains(p)));

    // While it is only considered, what was taken from one is no answer for another.
    private static bool Removes(IncidentStep step, PupilId pupil) =>
        step is { Rule.Kind: StepKind.RemoveAllDevices, Status: StepStatus.Open or StepStatus.Done } && (step.Rule.Mode == StepMode.Do || step.End?.Answer == true || step.FulfilledFor.Contains(pupil));
}
