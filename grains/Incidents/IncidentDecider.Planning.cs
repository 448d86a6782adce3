using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Grains.Incidents;

internal static partial class IncidentDecider
{
    /// <summary>What this triage would ask for.</summary>
    public static Result<IReadOnlyList<StepRule>> Plan(IncidentState state, SchoolFacts facts, TriageIncident command, CommandContext context, IReadOnlyList<PupilFact>? pupils = null)
    {
        var plan = Compile(state, new Setting(facts, context), command);
        return plan.Ok ? new Result<IReadOnlyList<StepRule>>([.. Asked(state, command, plan.Value, pupils ?? []).Where(s => s.Chosen is null).Select(s => s.Rule)], []) : Result<IReadOnlyList<StepRule>>.Failed(plan.Errors);
    }

    private static Result<IncidentPlan> Compile(IncidentState state, Setting setting, TriageIncident command)
    {
        if (CheckTriage(state, setting, command) is { } error)
        {
            return error;
        }

        var plan = IncidentPlan.Compile(setting.Policy, command, IsTechnical(setting, state, command), setting.Recipients(technical: true), state.Steps.Count(s => ResponsePlan.IsChosen(s.Rule)));
        return plan.Ok && CheckPath(state, plan.Value.Path, command) is { } left ? left : plan;
    }

    // What was done or waived, and may stay so, is not asked again.
    private static List<(StepRule Rule, ChosenStep? Chosen)> Asked(IncidentState state, TriageIncident command, IncidentPlan plan, IReadOnlyList<PupilFact> pupils)
    {
        var more = command.Devices.Except(state.Devices).Any();
        var ended = state.Plan().Where(s => s.Status != StepStatus.Open && !(plan.Path is not null && IsOfPathLeft(state, s))).ToList();
        var agreements = plan.Steps.Select(s => s.Rule).Where(r => r.Kind == StepKind.AccessStrategy && !ended.Exists(e => Keeps(e, r))).ToList();
        return [.. plan.Steps.Where(s => IsAnew(s) || !(ended.Exists(e => Keeps(e, s.Rule) && !CameBack(state, e, pupils, agreements) && !(more && IsAtDevice(e.Rule.Kind))) || IsSettledForAll(state, s)))];
    }

    private static DomainError? CheckToDo(IReadOnlyList<StepToDo> words, List<(StepRule Rule, ChosenStep? Chosen)> rules, GuardedPath? path)
    {
        var known = rules.Where(r => r.Chosen is null).Select(r => r.Rule.Id).ToList();
        return words.DistinctBy(w => w.Step).Count() != words.Count || words.Any(w => !known.Contains(w.Step)) ? IncidentErrors.ToDoStepUnknown(known)
            : words.Any(w => w.Text.Length > IncidentErrors.LongestToDo) ? IncidentErrors.TooLong("toDo", IncidentErrors.LongestToDo)
            : path is not null && MaterialAddresses.In([.. words.Select(w => w.Text)]) ? IncidentStepErrors.LinkIn("toDo")
            : null;
    }

    // Asked again, a step keeps what its owner was asked, unless it is said anew.
    private static Personal<string>? WordsOf(IncidentDraft draft, TriageIncident command, (StepRule Rule, ChosenStep? Chosen) step, List<IncidentStep> given) =>
        step.Chosen is { } chosen ? draft.Text(chosen.ToDo)
        : command.ToDo?.FirstOrDefault(w => w.Step == step.Rule.Id) is { } words ? draft.Text(words.Text)
        : ResponsePlan.IsChosen(step.Rule) ? null
        : given.Find(g => Promised(g, step.Rule))?.ToDo;
}
