using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <param name="Strategy">An access strategy was agreed for this incident, or one is in force that was agreed or reviewed since its report.</param>
/// <param name="InForce">One is in force.</param>
/// <param name="Checks">Daily checks are scheduled, or were for this incident.</param>
/// <param name="Banned">A ban that names this incident was set.</param>
/// <param name="Taken">A device of theirs is in custody, or was removed for this incident.</param>
/// <param name="Holds">A registered device is still with them or a parent, essential ones apart.</param>
internal sealed record PupilFact(PupilId Pupil, bool Left, bool Strategy, bool Checks, bool Banned = false, bool Taken = false, bool Holds = false, bool InForce = false);

internal static partial class IncidentDecider
{
    /// <summary>Kinds of steps that are kept by what is set up for each pupil concerned (D4, E1).</summary>
    public static bool IsSetUp(StepKind kind) => kind is StepKind.AccessStrategy or StepKind.DailyChecks or StepKind.WeeklyUpdate || IsAccountedFor(kind);

    /// <summary>Of them those where somebody finds for each pupil that it is done, or that there is nothing to do.</summary>
    public static bool IsAccountedFor(StepKind kind) => kind is StepKind.RemoveAllDevices or StepKind.ConsiderBan;

    private static bool Settles(IncidentStep step, CompleteStep command) => IsAccountedFor(step.Rule.Kind) && command.Pupils is { Count: > 0 };

    private static DomainError? CheckSettled(IncidentState state, IncidentStep step, CompleteStep command, IReadOnlyList<PupilFact> pupils) =>
        command.Answer == true ? IncidentStepErrors.OnlyNoForPupils
        : Empty(command.Reason) ? IncidentErrors.ReasonMissing
        : step.Rule.Kind == StepKind.RemoveAllDevices && pupils.Any(p => command.Pupils!.Contains(p.Pupil) && p.Holds) ? IncidentStepErrors.UseRemoval(IncidentReference.Of(state.Id))
        : null;

    /// <summary>With everybody accounted for the step is done: by yes where it was done for anybody.</summary>
    private static Result<Events> Settle(IncidentDraft draft, IncidentStep step, CompleteStep command)
    {
        foreach (var pupil in command.Pupils!.Except(step.AccountedFor()))
        {
            draft.Add(new StepSettledForPupil(step.Number, pupil, draft.Required(command.Reason!)));
        }

        var now = draft.State.Step(step.Number)!;
        if (now.Status == StepStatus.Open && !Concerned(draft.State).Except(now.AccountedFor()).Any())
        {
            draft.EndStep(new StepDone(
                step.Number, draft.Setting.Context.Actor, draft.Setting.Now, Answer(step, now.FulfilledFor.Count > 0), draft.Text(command.Outcome), draft.Text(command.Reason), command.Evidence, null));
        }

        return draft.Finish();
    }

    // For a pupil who has left nothing can be agreed any more: the reason stands for it.
    private static DomainError? CheckSetUp(IncidentState state, Setting setting, IncidentStep step, CompleteStep command, IReadOnlyList<PupilFact> pupils) =>
        IsSetUp(step.Rule.Kind) && !Concerned(state, step.Rule.Kind).Any() ? IncidentStepErrors.NobodyConcerned(step.Rule.WaivableBy)
        : pupils.Where(p => !step.AccountedFor().Contains(p.Pupil) && !IsSetUp(step.Rule.Kind, p)).ToList() is not { Count: > 0 } left ? null
        : left.TrueForAll(p => p.Left) && setting.IsLead && !Empty(command.Reason) ? null
        : step.Rule.Kind == StepKind.RemoveAllDevices ? IncidentStepErrors.UseRemoval(IncidentReference.Of(state.Id))
        : step.Rule.Kind == StepKind.ConsiderBan ? IncidentStepErrors.UseBan(IncidentReference.Of(state.Id))
        : step.Rule.Kind == StepKind.AccessStrategy ? IncidentStepErrors.UseStrategy(step.Rule.WaivableBy)
        : IncidentStepErrors.UseChecks(step.Rule.WaivableBy);

    private static bool IsSetUp(StepKind kind, PupilFact pupil) => kind switch
    {
        StepKind.AccessStrategy => pupil.Strategy,
        StepKind.DailyChecks or StepKind.WeeklyUpdate => pupil.Checks,
        StepKind.RemoveAllDevices => pupil is { Taken: true, Holds: false },
        StepKind.ConsiderBan => pupil.Banned,
        _ => true,
    };
}
