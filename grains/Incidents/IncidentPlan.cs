using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>The steps of one triage, before anybody owns them.</summary>
/// <param name="Steps">Each with what the DSL chose, where it is a step of their choice.</param>
/// <param name="PathFromFloor">The policy draws no flowchart for the path: the statutory one applies.</param>
internal sealed record IncidentPlan(IReadOnlyList<(StepRule Rule, ChosenStep? Chosen)> Steps, GuardedPath? Path, bool PathFromFloor)
{
    /// <param name="chosenBefore">How many steps the DSL chose in earlier triages: ids of chosen steps are never used twice.</param>
    public static Result<IncidentPlan> Compile(PolicyPack? policy, TriageIncident command, bool technical, IReadOnlyList<Role> technicalOwners, int chosenBefore)
    {
        var chosen = command.Steps.Select((s, i) => (Rule: StandardSteps.Chosen(s, chosenBefore + i + 1), Step: s)).ToList();
        if (CheckChosen(command.Steps) is { } error)
        {
            return error;
        }

        if (technical)
        {
            IEnumerable<StepRule> serious = command.Serious ? StandardSteps.Serious(policy?.SeriousIncidents?.Roles ?? []) : [];
            return new IncidentPlan([.. Technical(policy, technicalOwners).Concat(serious).Select(r => (r, (ChosenStep?)null)), .. chosen], null, false);
        }

        var rules = RulesOf(policy, command, [.. chosen.Select(c => c.Rule)]);
        if (!rules.Ok)
        {
            return Result<IncidentPlan>.Failed(rules.Errors);
        }

        var nature = policy?.Natures.FirstOrDefault(n => n.Id == command.Nature);
        var own = nature is null ? null : nature.Illegal ? GuardedPath.IllegalMaterial : nature.NudesAmongUnder18 ? GuardedPath.NudesAmongUnder18
            : policy!.Responses.FirstOrDefault(r => r.Nature == nature.Id && r.Path is not null && (command.Awareness is not { } a || r.Awareness.Contains(a)))?.Path;
        if (own is not null && command.Path is not null && own != command.Path && command.Path != GuardedPath.IllegalMaterial)
        {
            return IncidentErrors.PathWeakened;
        }

        var path = command.Path ?? own;
        var steps = path is null ? [.. rules.Value] : WithPath(policy, rules.Value, path.Value, drawn: path == own);
        if (command.Serious)
        {
            steps.AddRange(StandardSteps.Serious(policy?.SeriousIncidents?.Roles ?? []).Where(s => !steps.Exists(x => x.Kind == StepKind.InformRole && x.Tells.SequenceEqual(s.Tells))));
        }

        return new IncidentPlan([.. steps.Select(r => (r, ChosenAs(r)))], path, path is not null && steps.Exists(s => s.Origin == StepOrigin.Floor && s.Kind == StepKind.StopInvestigation));

        // What was chosen and is in the plan anyway is one step, with what the DSL meant by it.
        ChosenStep? ChosenAs(StepRule rule) =>
            chosen.Find(c => c.Rule.Id == rule.Id || (c.Rule.Kind == rule.Kind && !ResponsePlan.IsChosen(rule) && !steps.Exists(s => s.Id == c.Rule.Id))).Step;
    }

    private static DomainError? CheckChosen(IReadOnlyList<ChosenStep> steps) =>
        steps.Any(s => s.Kind == StepKind.Custom && string.IsNullOrWhiteSpace(s.ToDo)) ? IncidentErrors.StepToDoMissing
        : steps.Any(s => s.ToDo?.Length > IncidentErrors.LongestToDo) ? IncidentErrors.TooLong("steps", IncidentErrors.LongestToDo)
        : steps.Any(s => s.Note?.Length > IncidentErrors.LongestText) ? IncidentErrors.TooLong("steps", IncidentErrors.LongestText)
        : null;

    private static Result<IReadOnlyList<StepRule>> RulesOf(PolicyPack? policy, TriageIncident command, List<StepRule> chosen)
    {
        if (policy is null)
        {
            return command.Path is null && (chosen.Count == 0 || string.IsNullOrWhiteSpace(command.Reason)) ? IncidentErrors.StepsMissing : chosen;
        }

        var compiled = ResponsePlan.Compile(policy, command.Nature!, command.Awareness);
        if (compiled.Ok)
        {
            return chosen.Count > 0 ? IncidentErrors.StepsNotAsked : Result(compiled.Value);
        }

        if (compiled.Errors.Any(e => e.Code != PolicyErrors.NoRow.Code))
        {
            return Result<IReadOnlyList<StepRule>>.Failed(compiled.Errors);
        }

        var guarded = command.Path is not null || policy.Natures.Any(n => n.Id == command.Nature && (n.Illegal || n.NudesAmongUnder18));
        // A guarded path gives its own steps and waits for no sentence.
        if (!guarded && (chosen.Count == 0 || string.IsNullOrWhiteSpace(command.Reason)))
        {
            return IncidentErrors.StepsMissing;
        }

        var plan = ResponsePlan.Chosen(policy, command.Nature!, command.Awareness, chosen);
        return plan.Ok ? Result(plan.Value) : Result<IReadOnlyList<StepRule>>.Failed(plan.Errors);

        static Result<IReadOnlyList<StepRule>> Result(IReadOnlyList<PlannedStep> planned) => new([.. planned.Select(p => p.Step)], []);
    }

    private static IEnumerable<StepRule> Technical(PolicyPack? policy, IReadOnlyList<Role> owners) =>
        policy?.HeadRespondsToEveryBreach == true ? [StandardSteps.Technical(owners), StandardSteps.HeadResponds()] : [StandardSteps.Technical(owners)];

    // Illegal material and nudes keep their minimum whatever row, pack or absence of one led here; the kinds decide, not the ids.
    private static List<StepRule> WithPath(PolicyPack? policy, IReadOnlyList<StepRule> rules, GuardedPath path, bool drawn)
    {
        var own = drawn ? [] : policy?.Paths.FirstOrDefault(p => p.Path == path)?.Steps ?? [];
        List<StepRule> steps = [.. own, .. rules.Where(r => !own.Any(s => s.Id == r.Id || (s.Kind == r.Kind && s.Kind is not (StepKind.Custom or StepKind.InformRole) && ResponsePlan.MayJoin(s, r))))];
        foreach (var must in StandardSteps.PathMinimum(path))
        {
            var at = steps.FindIndex(s => s.Kind == must.Kind);
            if (at < 0)
            {
                steps.Add(must);
            }
            else if (path == GuardedPath.IllegalMaterial && StandardSteps.IsStatutory(must.Kind) && steps[at].Mode == StepMode.Consider)
            {
                steps[at] = steps[at] with { Mode = StepMode.Do, RequiresReason = false, Text = must.Text };
            }
        }

        return steps;
    }
}
