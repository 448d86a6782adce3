using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Compiling;

/// <summary>Steps from several lists in one order: alike steps once, ids unique, references kept.</summary>
internal sealed class PlanSteps
{
    private readonly List<StepRule> _steps = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Two steps with the same likeness ask for the same thing; phase, so that a follow-up is not lost to a first response.</summary>
    public static string Likeness(StepRule step) =>
        step.Kind == StepKind.Custom ? $"custom {step.Text}" : $"{step.Kind} {step.Phase} {string.Join(' ', step.Tells.Order())}";

    public void Add(IEnumerable<StepRule> steps)
    {
        foreach (var step in steps)
        {
            // A plan that asks to do something does not also ask to consider it, and one telling of a role is enough.
            var alike = _steps.Find(s => Likeness(s) == Likeness(step) && ResponsePlan.MayJoin(s, step));
            if (alike is not null)
            {
                Join(alike, step);
                continue;
            }

            var id = step.Id;
            for (var n = 2; _steps.Exists(s => s.Id == id); n++)
            {
                id = $"{step.Id}-{n}";
            }

            _names[step.Id] = id;
            _steps.Add(Settle(step with { Id = id, After = [.. step.After.Select(a => _names.GetValueOrDefault(a, a))] }));
        }
    }

    public IReadOnlyList<PlannedStep> ToPlan()
    {
        // Where the DSL chose the steps, a step may have been left out that another one was to follow.
        var ids = _steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return [.. _steps.Select((step, i) => new PlannedStep(i + 1, step with { After = [.. step.After.Where(ids.Contains)] }))];
    }

    private void Join(StepRule alike, StepRule step)
    {
        _names[step.Id] = alike.Id;
        if (alike.Mode == StepMode.Consider && step.Mode == StepMode.Do)
        {
            _steps[_steps.IndexOf(alike)] = Settle(alike with { Mode = StepMode.Do, Text = step.Text, Owners = step.Owners });
        }
    }

    // Whatever a pack says, and even without a floor beneath it: these wait for no clock and for no other step (DOMAIN A2).
    private static StepRule Settle(StepRule step)
    {
        var settled = step with { RequiresReason = step.RequiresReason || step.Mode == StepMode.Consider };
        return step.Kind is StepKind.ReferPolice or StepKind.ReferSocialCare ? settled with { Deadline = DeadlineRule.Immediately, After = [] } : settled;
    }
}
