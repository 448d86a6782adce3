using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Grains.Policies.Compiling;

/// <summary>Steps that a policy promises outside its response matrix.</summary>
internal static class DutySteps
{
    public static IEnumerable<StepRule> InitialReview(PolicyPack policy) =>
        policy.InitialReviewMeeting is { } meeting
            ? [Step("initial-review", StepKind.InitialReview, meeting.With, "Hold the initial review meeting.", meeting.Source) with { Deadline = meeting.Deadline }]
            : [];

    public static IEnumerable<StepRule> HeadResponds(PolicyPack policy) =>
        policy.HeadRespondsToEveryBreach
            ? [Step("head-responds", StepKind.HeadResponds, [Role.Headteacher], "Respond to this breach of the policy.", null) with { RequiresReason = true }]
            : [];

    public static IEnumerable<StepRule> SeriousIncident(PolicyPack policy) =>
        (policy.SeriousIncidents?.Roles ?? []).Select(role => Step($"tell-{Reading.PackShape.Kebab(role)}", StepKind.InformRole, [Role.Dsl, Role.DeputyDsl], "Tell of a serious incident.", null) with
        {
            Tells = [role],
            Deadline = new DeadlineRule(DeadlineClock.SameSchoolDay),
        });

    public static IEnumerable<StepRule> Debrief(PolicyPack policy, bool isSerious)
    {
        if (policy.Debrief is not { } rules)
        {
            return [];
        }

        var must = rules.When == DebriefFor.EveryIncident || (rules.When == DebriefFor.SeriousIncidents && isSerious);
        return
        [
            Step("debrief", StepKind.Debrief, rules.With, "Hold a debrief: what changes, who changes it, until when the situation is watched.", rules.Source) with
            {
                Mode = must ? StepMode.Do : StepMode.Consider,
                RequiresReason = !must,
                Phase = StepPhase.FollowUp,
            },
        ];
    }

    private static StepRule Step(string id, StepKind kind, IReadOnlyList<Role> owners, string text, string? source) =>
        new(id, kind, owners, text, Tells: [], WaivableBy: [], After: [], Source: source);
}
