using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies.Reading;

namespace OnlineSafetyTrust.Grains.Policies.Compiling;

/// <summary>Holds each step of a pack against the floor's limits and the floor's own steps of the same kind.</summary>
internal sealed class StepMerge(PolicyPack floor, List<PolicyOverride> overrides)
{
    public IReadOnlyList<StepRule> Row(string where, IReadOnlyList<StepRule> steps) =>
        [.. steps.Select(s => Tighten(where, s, floor.Always.FirstOrDefault(f => f.Kind == s.Kind)))];

    public IReadOnlyList<StepRule> Always(IReadOnlyList<StepRule> steps) => Complete("always", steps, floor.Always);

    public IReadOnlyList<PathRule> Paths(IReadOnlyList<PathRule> paths)
    {
        var merged = paths.ToList();
        foreach (var minimum in floor.Paths)
        {
            var where = $"paths.{PackShape.Kebab(minimum.Path)}";
            var at = merged.FindIndex(p => p.Path == minimum.Path);
            if (at < 0)
            {
                overrides.Add(new PolicyOverride(OverrideKind.Added, where, null, $"{minimum.Steps.Count} steps", minimum.Source));
                merged.Add(minimum with { Steps = [.. minimum.Steps.Select(FromFloor)], Origin = StepOrigin.Floor });
            }
            else
            {
                merged[at] = merged[at] with { Steps = Complete(where, merged[at].Steps, minimum.Steps) };
            }
        }

        return merged;
    }

    /// <summary>The pack's steps, with those the floor has besides; each of these comes after the one it follows in the floor.</summary>
    private List<StepRule> Complete(string where, IReadOnlyList<StepRule> steps, IReadOnlyList<StepRule> minimum)
    {
        var merged = steps.Select(s => Tighten(where, s, minimum.FirstOrDefault(f => Same(f, s)))).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = 0;
        foreach (var step in minimum)
        {
            var at = merged.FindIndex(s => Same(step, s));
            if (at < 0)
            {
                at = next;
                var id = merged.Any(s => s.Id == step.Id) ? $"{step.Id}-statutory" : step.Id;
                merged.Insert(at, FromFloor(step) with { Id = id, After = [.. step.After.Select(a => names.GetValueOrDefault(a, a))] });
                overrides.Add(new PolicyOverride(OverrideKind.Added, $"{where}.{id}", null, step.Text, step.Source));
            }

            names[step.Id] = merged[at].Id;
            next = Math.Max(next, at + 1);
        }

        return merged;
    }

    /// <param name="minimum">The floor's own step of this kind, if it has one.</param>
    private StepRule Tighten(string where, StepRule step, StepRule? minimum)
    {
        var at = $"{where}.{step.Id}";
        var limit = floor.Limits.FirstOrDefault(l => l.Kind == step.Kind);
        if (limit?.Instead is { } instead)
        {
            Note(OverrideKind.Replaced, $"{at}.kind", PackShape.Kebab(step.Kind), PackShape.Kebab(instead), limit.Source);
            step = step with { Kind = instead };
        }

        if (minimum is { Mode: StepMode.Do } && step.Mode == StepMode.Consider)
        {
            Note(OverrideKind.Tightened, $"{at}.mode", "consider", "do", minimum.Source);
            step = step with { Mode = StepMode.Do };
        }

        if (limit?.Deadline is { } latest && !DeadlineOrder.IsNeverLater(step.Deadline, latest))
        {
            var said = step.Deadline.Clock == DeadlineClock.None ? null : step.Deadline.ToString();
            Note(said is null ? OverrideKind.Added : OverrideKind.Tightened, $"{at}.deadline", said, latest.ToString(), limit.Source);
            step = step with { Deadline = latest };
        }

        if (limit is { NotWaivable: true } && step.WaivableBy.Count > 0)
        {
            Note(OverrideKind.Tightened, $"{at}.waivableBy", string.Join(", ", step.WaivableBy.Select(PackShape.Kebab)), "nobody", limit.Source);
            step = step with { WaivableBy = [] };
        }

        return step;
    }

    private void Note(OverrideKind kind, string where, string? packSaid, string floorSays, string? source) =>
        overrides.Add(new PolicyOverride(kind, where, packSaid, floorSays, source));

    private static StepRule FromFloor(StepRule step) => step with { Origin = StepOrigin.Floor };

    /// <summary>A step that tells one role does not stand for a step that tells another.</summary>
    private static bool Same(StepRule floorStep, StepRule step) =>
        step.Kind == floorStep.Kind && floorStep.Tells.All(step.Tells.Contains);
}
