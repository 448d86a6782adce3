using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies.Compiling;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>From a policy in force, a nature and what the pupil understood to the steps of one incident, in order.</summary>
public static class ResponsePlan
{
    /// <summary>Begins the ids of steps that the DSL chose.</summary>
    public const string ChosenPrefix = "chosen-";

    /// <summary>
    /// May these two be one step? What the DSL chose differs in owner, deadline and in its words, which are not in the rule: it is one
    /// with a step of the policy only where doing it twice has no sense, and never with another choice.
    /// </summary>
    public static bool MayJoin(StepRule a, StepRule b) =>
        (!IsChosen(a) && !IsChosen(b))
        || (IsChosen(a) != IsChosen(b) && a.Kind is StepKind.ReferPolice or StepKind.ReferSocialCare or StepKind.ReferLado or StepKind.ReferLocalAuthority or StepKind.InformRole
            or StepKind.ContactParents or StepKind.StopInvestigation);

    public static bool IsChosen(StepRule step) => step.Id.StartsWith(ChosenPrefix, StringComparison.Ordinal);

    /// <param name="awareness">Null for a nature without the awareness axis, and only then.</param>
    /// <returns><c>NO_ROW</c> when the policy does not say: then <see cref="Chosen"/> with the DSL's steps.</returns>
    public static Result<IReadOnlyList<PlannedStep>> Compile(PolicyPack policy, string natureId, Awareness? awareness)
    {
        var nature = Find(policy, natureId, awareness);
        if (!nature.Ok)
        {
            return Result<IReadOnlyList<PlannedStep>>.Failed(nature.Errors);
        }

        var row = policy.Responses.FirstOrDefault(r => r.Nature == natureId && (awareness is null ? r.Awareness.Count == 0 : r.Awareness.Contains(awareness.Value)));
        return row is null ? PolicyErrors.NoRow : new Result<IReadOnlyList<PlannedStep>>(Assemble(policy, nature.Value, row.Path, row.Steps), []);
    }

    /// <summary>
    /// The plan where the policy has no row: what the DSL chose, within what every plan has. A guarded path belongs to its
    /// nature, not to the row, and comes along.
    /// </summary>
    public static Result<IReadOnlyList<PlannedStep>> Chosen(PolicyPack policy, string natureId, Awareness? awareness, IReadOnlyList<StepRule> chosen)
    {
        var nature = Find(policy, natureId, awareness);
        return nature.Ok
            ? new Result<IReadOnlyList<PlannedStep>>(Assemble(policy, nature.Value, NatureMerge.PathOf(nature.Value), chosen), [])
            : Result<IReadOnlyList<PlannedStep>>.Failed(nature.Errors);
    }

    private static Result<Nature> Find(PolicyPack policy, string natureId, Awareness? awareness) =>
        policy.Natures.FirstOrDefault(n => n.Id == natureId) switch
        {
            null => PolicyErrors.UnknownNature(natureId),
            { Technical: true } => PolicyErrors.TechnicalNature,
            { AwarenessApplies: true } when awareness is null => PolicyErrors.AwarenessNeeded,
            { AwarenessApplies: false } when awareness is not null => PolicyErrors.AwarenessNotAsked,
            var nature => nature,
        };

    private static IReadOnlyList<PlannedStep> Assemble(PolicyPack policy, Nature nature, GuardedPath? path, IReadOnlyList<StepRule> row)
    {
        var pathSteps = policy.Paths.FirstOrDefault(p => p.Path == path)?.Steps ?? [];
        var plan = new PlanSteps();

        // "Always" only fills what the row and the path leave open.
        var kinds = pathSteps.Concat(row).Select(s => s.Kind).ToHashSet();
        var always = policy.Always.Where(s => !kinds.Contains(s.Kind)).ToList();

        plan.Add(always.Where(s => s.Deadline == DeadlineRule.Immediately));
        if (path is null)
        {
            // Illegal material and nudes do not wait for a meeting.
            plan.Add(DutySteps.InitialReview(policy));
        }

        plan.Add(pathSteps);
        plan.Add(row.Where(s => s.Phase == StepPhase.Response));
        plan.Add(always.Where(s => s.Deadline != DeadlineRule.Immediately && s.Phase == StepPhase.Response));
        plan.Add(path is null ? [] : DutySteps.SeriousIncident(policy));
        plan.Add(DutySteps.HeadResponds(policy));
        plan.Add(row.Concat(always).Where(s => s.Phase == StepPhase.FollowUp));
        plan.Add(DutySteps.Debrief(policy, isSerious: path is not null));
        return plan.ToPlan();
    }
}
