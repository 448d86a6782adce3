using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains.Policies.Reading;

namespace OnlineSafetyTrust.Grains.Policies.Compiling;

/// <summary>Training, recurring checks and retention: what the floor has and the pack lacks is added, what is weaker is tightened.</summary>
internal sealed class DutyMerge(List<PolicyOverride> overrides)
{
    public IReadOnlyList<TrainingRequirement> Training(IReadOnlyList<TrainingRequirement> pack, IReadOnlyList<TrainingRequirement> floor) =>
        Union("training", pack, floor, t => t.Id, t => t.Title, t => t.Source, (own, minimum, where) => own with
        {
            AtInduction = own.AtInduction || minimum.AtInduction,
            Compulsory = own.Compulsory || minimum.Compulsory,
            Every = Shorter(own.Every, minimum.Every, $"{where}.every", minimum.Source),
        });

    public IReadOnlyList<RecurringCheck> Checks(IReadOnlyList<RecurringCheck> pack, IReadOnlyList<RecurringCheck> floor) =>
        Union("recurringChecks", pack, floor, c => c.Id, c => c.Title, c => c.Source, (own, minimum, where) => own with
        {
            Every = Shorter(own.Every, minimum.Every, $"{where}.every", minimum.Source),
        });

    public IReadOnlyList<RetentionRule> Retention(IReadOnlyList<RetentionRule> pack, IReadOnlyList<RetentionRule> floor) =>
        Union("retention", pack, floor, r => PackShape.Kebab(r.Record), Text, r => r.Source, (own, minimum, where) =>
        {
            // Counted from something else, years cannot be compared: the floor's rule stands.
            var isEnough = own.From == minimum.From && (own.Years ?? 0) >= (minimum.Years ?? 0)
                && (own.OrPensionAge || !minimum.OrPensionAge) && (own.NotInPersonnelFile || !minimum.NotInPersonnelFile);
            if (isEnough)
            {
                return own;
            }

            overrides.Add(new PolicyOverride(OverrideKind.Tightened, where, Text(own), Text(minimum), minimum.Source));
            return minimum with { Years = own.From == minimum.From ? Longer(own.Years, minimum.Years) : minimum.Years };
        });

    private List<T> Union<T>(
        string list, IReadOnlyList<T> pack, IReadOnlyList<T> floor, Func<T, string> id, Func<T, string> text, Func<T, string?> source, Func<T, T, string, T> tighten)
    {
        var merged = pack.Select(own => floor.FirstOrDefault(f => id(f) == id(own)) is { } minimum ? tighten(own, minimum, $"{list}.{id(own)}") : own).ToList();
        foreach (var lacking in floor.Where(f => pack.All(own => id(own) != id(f))))
        {
            overrides.Add(new PolicyOverride(OverrideKind.Added, $"{list}.{id(lacking)}", null, text(lacking), source(lacking)));
            merged.Add(lacking);
        }

        return merged;
    }

    private PolicyPeriod? Shorter(PolicyPeriod? own, PolicyPeriod? minimum, string where, string? source)
    {
        if (minimum is not { } floor || (own is { } period && period.ApproximateDays <= floor.ApproximateDays))
        {
            return own;
        }

        overrides.Add(new PolicyOverride(own is null ? OverrideKind.Added : OverrideKind.Tightened, where, own?.ToString(), floor.ToString(), source));
        return floor;
    }

    private static int? Longer(int? a, int? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static string Text(RetentionRule rule)
    {
        var years = rule.Years is { } n ? $"{n} years from {PackShape.Kebab(rule.From)}" : $"from {PackShape.Kebab(rule.From)}";
        var pension = rule.OrPensionAge ? ", or pension age if later" : "";
        var file = rule.NotInPersonnelFile ? ", not in the personnel file" : "";
        return years + pension + file;
    }
}
