namespace OnlineSafetyTrust.Roster;

/// <summary>
/// Carries out a plan through the same commands as everybody uses. Command ids follow from the bundle and the row, so that after a crash the
/// same bundle can be given again: what was done is not done twice.
/// </summary>
public static class RosterImport
{
    /// <param name="contextOf">Makes the context of a command with the given id: tenant, actor, purpose <c>roster</c>.</param>
    /// <returns>What was done and what was refused, row by row. A refusal does not stop the rest: the plan was checked as a whole before.</returns>
    public static Task<RosterReport> RunAsync(
        IGrainFactory grains, TenantId school, RosterPlan plan, Func<Guid, CommandContext> contextOf, IProgress<RosterProgress>? progress, CancellationToken ct) =>
        new ImportRun(grains, school, plan, contextOf, progress).RunAsync(ct);
}

public sealed record RosterProgress(string Step, int Done, int Total)
{
    public override string ToString() => $"{Step}: {Done} of {Total}";
}

/// <param name="Done">Commands that were accepted.</param>
/// <param name="Refused">Commands that were not, with their rows. The same bundle may be given again once the reason is gone.</param>
public sealed record RosterReport(int Done, IReadOnlyList<DomainError> Refused)
{
    public IEnumerable<string> Lines() => Refused.Select(r => r.Message).Prepend($"{Done} changes made, {Refused.Count} refused.");

    public override string ToString() => string.Join('\n', Lines());
}
