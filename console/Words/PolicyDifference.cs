using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.StaffConsole.Words;

/// <summary>What another policy would change in responses to incidents, in words; the rest of a pack is read in its own document.</summary>
internal static class PolicyDifference
{
    public static IReadOnlyList<string> Between(PolicyPack before, PolicyPack after) =>
    [
        .. Roles("Reports go to", before.ReportsGoTo, after.ReportsGoTo),
        .. Roles("Technical reports go to", before.TechnicalReportsGoTo, after.TechnicalReportsGoTo),
        .. before.Natures.Where(n => after.Natures.All(a => a.Id != n.Id)).Select(n => $"No kind of incident any more: {n.Title}."),
        .. after.Natures.Where(n => before.Natures.All(b => b.Id != n.Id)).Select(n => $"New kind of incident: {n.Title}."),
        .. after.Natures.Where(n => before.Natures.Any(b => b.Id == n.Id)).SelectMany(n => Cells(n, before, after)),
        .. Steps("Every plan", before.Always, after.Always),
        .. Enum.GetValues<GuardedPath>().SelectMany(p => Steps(Wording.Of(p), PathOf(before, p), PathOf(after, p))),
    ];

    private static IEnumerable<string> Cells(Nature nature, PolicyPack before, PolicyPack after)
    {
        Awareness?[] axis = nature.AwarenessApplies ? [.. Enum.GetValues<Awareness>()] : [null];
        return axis.SelectMany(a => Steps(a is { } awareness ? $"{nature.Title}, {Wording.Within(Wording.Of(awareness))}" : nature.Title, Of(before, a), Of(after, a)));

        IReadOnlyList<StepRule> Of(PolicyPack policy, Awareness? awareness) =>
            policy.Responses.FirstOrDefault(r => r.Nature == nature.Id && (awareness is not { } known || r.Awareness.Count == 0 || r.Awareness.Contains(known)))?.Steps ?? [];
    }

    private static IEnumerable<string> Steps(string where, IReadOnlyList<StepRule> before, IReadOnlyList<StepRule> after) =>
    [
        .. before.Where(s => after.All(a => a.Id != s.Id)).Select(s => $"{where}: not asked for any more: {s.Text}"),
        .. after.Where(s => before.All(b => b.Id != s.Id)).Select(s => $"{where}: new: {s.Text}"),
        .. from s in after
           from b in before
           where b.Id == s.Id && Said(b) != Said(s)
           select $"{where}: {Said(b)} becomes: {Said(s)}",
    ];

    private static string Said(StepRule step) => $"{(step.Mode == StepMode.Consider ? "consider: " : "")}{step.Text} ({PolicyWords.RolesOf(step.Owners)}; {Wording.Within(PolicyWords.When(step))})";

    private static IReadOnlyList<StepRule> PathOf(PolicyPack policy, GuardedPath path) => policy.Paths.FirstOrDefault(p => p.Path == path)?.Steps ?? [];

    private static IEnumerable<string> Roles(string what, IReadOnlyList<Role> before, IReadOnlyList<Role> after) =>
        before.SequenceEqual(after) ? [] : [$"{what} {PolicyWords.RolesOf(after)} instead of {PolicyWords.RolesOf(before)}."];
}
