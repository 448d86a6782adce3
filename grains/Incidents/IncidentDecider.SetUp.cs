using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <param name="Strategy">An access strategy is in force, or was for this incident.</param>
/// <param name="Checks">Daily checks are scheduled, or were for this incident.</param>
internal sealed record PupilFact(PupilId Pupil, bool Left, bool Strategy, bool Checks);

internal static partial class IncidentDecider
{
    /// <summary>Kinds of steps that are kept by what is set up for each pupil concerned (D4, E1).</summary>
    public static bool IsSetUp(StepKind kind) => kind is StepKind.AccessStrategy or StepKind.DailyChecks or StepKind.WeeklyUpdate;

    // For a pupil who has left nothing can be agreed any more: the reason stands for it.
    private static DomainError? CheckSetUp(Setting setting, IncidentStep step, CompleteStep command, IReadOnlyList<PupilFact> pupils) =>
        pupils.Where(p => !step.FulfilledFor.Contains(p.Pupil) && !IsSetUp(step.Rule.Kind, p)).ToList() is not { Count: > 0 } left ? null
        : left.TrueForAll(p => p.Left) && setting.IsLead && !Empty(command.Reason) ? null
        : step.Rule.Kind == StepKind.AccessStrategy ? IncidentStepErrors.UseStrategy(step.Rule.WaivableBy)
        : IncidentStepErrors.UseChecks(step.Rule.WaivableBy);

    private static bool IsSetUp(StepKind kind, PupilFact pupil) => kind switch
    {
        StepKind.AccessStrategy => pupil.Strategy,
        StepKind.DailyChecks or StepKind.WeeklyUpdate => pupil.Checks,
        _ => true,
    };
}
