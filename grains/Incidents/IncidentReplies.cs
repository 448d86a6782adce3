using OnlineSafetyTrust.Contracts.Incidents;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>Answers to those who may not see the record: the step, the referral, the change alone.</summary>
internal static class IncidentReplies
{
    public static StepReply Step(IncidentState state, int number)
    {
        var step = state.Step(number)!;
        return new StepReply(state.Id, number, step.Rule.Kind, step.Rule.Text, step.Status, step.Owner, step.Times?.DueAt, step.End?.Answer, step.End?.DoneAt);
    }

    /// <param name="reference">What the caller sent: they know it already.</param>
    public static ReferralReply Referral(IncidentState state, int? number, string? reference)
    {
        var referral = number is { } known ? state.Referrals.Find(r => r.Number == known)! : state.Referrals[^1];
        return new ReferralReply(state.Id, referral.Number, referral.Agency, referral.Decision, reference, referral.ChaseOn, referral.Step);
    }

    public static ChangeReply Change(IncidentState state, int number, Func<Personal<string>?, string?> open)
    {
        var change = state.Debrief!.Changes.Find(c => c.Number == number)!;
        return new ChangeReply(state.Id, number, open(change.What), change.Owner, change.DueOn, change.DoneAt);
    }
}
