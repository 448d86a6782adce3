using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies.Compiling;

namespace OnlineSafetyTrust.Grains.Policies;

/// <summary>
/// Puts the statutory floor under a school's pack. The floor wins wherever the pack would fall short; each such place is
/// recorded, so that the school can see what its own document did not say or said too weakly.
/// </summary>
public static class PolicyCompiler
{
    public static Result<CompiledPolicy> Compile(PolicyPack pack, PolicyPack floor)
    {
        if (pack.Nation != floor.Nation || pack.Kind != PackKind.School || floor.Kind != PackKind.Floor)
        {
            return PolicyErrors.FloorMismatch;
        }

        var overrides = new List<PolicyOverride>();
        var steps = new StepMerge(floor, overrides);
        var duties = new DutyMerge(overrides);

        // Natures first: a nature that the floor adds needs its row, and rows need their paths.
        var (natures, rows) = NatureMerge.Merge(pack, floor, overrides);
        var policy = pack with
        {
            Natures = natures,
            Responses = [.. rows.Select((row, i) => row with { Steps = steps.Row($"responses.{i}.steps", row.Steps) })],
            Paths = steps.Paths(pack.Paths),
            Always = steps.Always(pack.Always),
            Training = duties.Training(pack.Training, floor.Training),
            RecurringChecks = duties.Checks(pack.RecurringChecks, floor.RecurringChecks),
            Retention = duties.Retention(pack.Retention, floor.Retention),
        };
        return new CompiledPolicy(policy, floor.Id, overrides);
    }
}
