using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Steps that are recorded pupil by pupil: contact with parents, and support; and of which pupils others speak.</summary>
internal static partial class IncidentDecider
{
    // Who spoke to them once may do so again: a conversation is recorded after the step, too.
    private static bool TakesMore(IncidentState state, IncidentStep step) =>
        step.Rule.Kind == StepKind.ContactParents && (step.Status == StepStatus.Done || state.ParentsReviews().Any(r => r.Step.Number == step.Number));

    private static DomainError? CheckPupils(IncidentState state, IncidentStep step, IReadOnlyList<PupilId> named)
    {
        var recorded = StepWork.IsRecordedPerPupil(step.Rule.Kind);
        if (!recorded && !IsAccountedFor(step.Rule.Kind))
        {
            return named.Count > 0 ? IncidentStepErrors.PupilsNotAsked : null;
        }

        var concerned = Concerned(state, step.Rule.Kind).ToList();
        return named.Distinct().Count() != named.Count || named.Except(concerned).Any() ? IncidentStepErrors.PupilNotConcerned
            : recorded && named.Count == 0 && concerned.Count > 1 ? IncidentStepErrors.PupilsMissing
            : null;
    }

    private static List<PupilId> PupilsOf(IncidentState state, IncidentStep step, CompleteStep command) =>
        command.Pupils is { Count: > 0 } named ? [.. named] : [.. Concerned(state, step.Rule.Kind)];

    /// <summary>The step is done when it has ended for each pupil concerned; until then, and afterwards, the words stay with those whom they are about.</summary>
    private static void RecordFor(IncidentDraft draft, IncidentStep step, CompleteStep command)
    {
        var (concerned, pupils) = (Concerned(draft.State, step.Rule.Kind).ToList(), PupilsOf(draft.State, step, command));
        var contact = step.Rule.Kind == StepKind.ContactParents ? command.Parents : null;
        if (contact is not null)
        {
            AddContact(draft, step, contact, pupils, command.DoneAt);
        }

        var ends = contact?.Ending != ContactEnding.NotReached;
        var last = step.Status == StepStatus.Open && ends && !concerned.Except(step.FulfilledFor).Except(pupils).Any();
        var alone = last && concerned.Count <= 1;
        var (actor, at) = (draft.Setting.Context.Actor, Microseconds.Truncate(command.DoneAt ?? draft.Setting.Now));
        // Said once: with the contact.
        var reason = command.Reason == contact?.Reason ? null : command.Reason;
        if (!alone && (contact is null || command.Answer is not null || !Empty(command.Outcome) || !Empty(reason) || command.Evidence.Count > 0))
        {
            draft.Add(new StepPartRecorded(step.Number, pupils, actor, at, command.Answer, draft.Text(command.Outcome), draft.Text(reason), command.Evidence, ends && step.Status == StepStatus.Open));
        }

        if (last)
        {
            var answer = step.Rule.Mode != StepMode.Consider ? null : command.Answer == false ? false : draft.State.Step(step.Number)!.Parts.TrueForAll(p => p.Answer != false) as bool?;
            draft.EndStep(new StepDone(step.Number, actor, at, answer, alone ? draft.Text(command.Outcome) : null, alone ? draft.Text(reason) : null, alone ? command.Evidence : [], null));
        }
    }

    /// <summary>For whom another triage does not ask again: it was done under the same rule, or a day is set to look at it again. What the DSL chooses with words of its own is new.</summary>
    private static List<PupilId> SettledFor(IncidentState state, (StepRule Rule, ChosenStep? Chosen) step, IReadOnlyList<PupilFact> pupils, List<StepRule> agreements) =>
        step.Rule.Kind == StepKind.RemoveAllDevices ? [.. state.Plan().Where(s => Keeps(s, step.Rule) || (s.Status == StepStatus.Open && Promised(s, step.Rule))).SelectMany(s => s.FulfilledFor).Distinct().Intersect(Concerned(state)).Where(p => !HoldsAgain(state, p, pupils, agreements))]
        : !CarriesOver(step.Rule.Kind) || IsAnew(step) ? []
        : [.. state.Plan().Where(s => Promised(s, step.Rule) && (s.Rule.Mode == step.Rule.Mode || s.Rule.Mode == StepMode.Do))
            .SelectMany(s => s.FulfilledFor.Where(p => (s.Parts.FindLast(x => x.Ends && x.Pupils.Contains(p))?.Answer ?? s.End?.Answer) != false))
            .Distinct().Intersect(Concerned(state, step.Rule.Kind))];

    // Recorded, or agreed and set up, for one pupil while another still waits.
    private static bool CarriesOver(StepKind kind) => StepWork.IsRecordedPerPupil(kind) || kind is StepKind.AccessStrategy or StepKind.DailyChecks or StepKind.WeeklyUpdate;

    private static bool IsAnew((StepRule Rule, ChosenStep? Chosen) step) =>
        CarriesOver(step.Rule.Kind) && step.Chosen is { } chosen && !(Empty(chosen.ToDo) && Empty(chosen.Note));

    // A step in which nobody is left would fall due for nothing. What the DSL chose has another id with each triage, so only this finds it.
    private static bool IsSettledForAll(IncidentState state, (StepRule Rule, ChosenStep? Chosen) step) =>
        CarriesOver(step.Rule.Kind) && SettledFor(state, step, [], []) is { Count: > 0 } settled && !Concerned(state, step.Rule.Kind).Except(settled).Any();
}
