using System.Globalization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>What people have to do about an incident (K1). Titles are words of the policy or the product, never of the incident.</summary>
internal static class IncidentTasks
{
    public static IEnumerable<Row> Of(StreamKey key, IncidentState state) => All(key.Stream, state).Select(TaskRows.Of);

    private static IEnumerable<TaskRow> All(StreamId stream, IncidentState state)
    {
        if (!state.Exists)
        {
            yield break;
        }

        foreach (var (told, toDo) in state.Notices.Where(n => n is { SeenAt: null, SeeBy: not null }).GroupBy(n => n.To).SelectMany(g => Told(state, g)))
        {
            yield return Task(stream, $"told-{told.Id}", TaskKind.IncidentTold, told.To, "You were told of an incident. Say that you have seen it.", null, told.SeeBy, told.IssuedAt, toDo);
        }

        if (state is { Owner: { } triager, Triage: { } triage } && state.AwaitsTriage() && !state.IsClosed())
        {
            yield return Task(stream, "triage", TaskKind.Triage, triager, "Triage a report.", null, triage.DueAt, state.Handed?.At ?? state.ReportedAt);
        }

        foreach (var step in state.IsClosed() ? [] : state.Plan().Where(s => s.Owner is not null && state.IsReady(s)))
        {
            yield return Task(stream, Name("step", step.Number), TaskKind.IncidentStep, step.Owner!.Value, step.Rule.Text, step.Number, step.Times?.DueAt, step.AssignedAt, step.ToDo) with { Work = StepWork.Of(step.Rule, state.Devices, state.People, step.FulfilledFor) };
        }

        if (state is { Closure: { ClosedAt: null, Approver: { } approver } closure })
        {
            yield return Task(stream, "approve-closure", TaskKind.ClosureApproval, approver, "Approve the closure of an incident, or send it back.", null, null, closure.AskedAt);
        }

        foreach (var task in Lasting(stream, state))
        {
            yield return task;
        }

        foreach (var change in state.OpenChanges())
        {
            yield return Task(stream, Name("change", change.Number), TaskKind.DebriefChange, change.Owner, "Make the change that was agreed in a debrief.", change.Number, change.DueAt, state.Debrief!.At) with { What = change.OwnerReads ? change.What : null };
        }
    }

    // One row each, however often they were told: seeing it once sees everything. What the DSL asks of them in several steps is all shown.
    private static IEnumerable<(NotificationView Notice, Personal<string>? ToDo)> Told(IncidentState state, IEnumerable<NotificationView> notices)
    {
        var all = notices.Select(n => (Notice: n, ToDo: n is { Kind: NoticeKind.IncidentInform, Step: { } step } ? state.Step(step)?.ToDo : null)).ToList();
        return all.Exists(n => n.ToDo is not null) ? all.FindAll(n => n.ToDo is not null) : all.Take(1);
    }

    /// <summary>Somebody who leads has something to see to beside the steps, some of it beyond the closure.</summary>
    public static bool HasLasting(IncidentState state) => Lasting(IncidentKey.Stream(state.Id), state).Any();

    private static IEnumerable<TaskRow> Lasting(StreamId stream, IncidentState state)
    {
        if (state.LastingOwner() is not { } owner)
        {
            yield break;
        }

        foreach (var step in state.ParentsReviews().GroupBy(r => r.Step.Number, r => r.Contact))
        {
            yield return Task(stream, Name("parents", step.Key), TaskKind.ParentsReview, owner, "Look again at the decision not to contact parents.", step.Key, step.Min(c => c.ReviewAt ?? c.At), step.Min(c => c.At));
        }

        if (state.OpenSteps().FirstOrDefault(state.IsHeld) is { } held && !state.ParentsReviews().Any(r => r.Step.Number == held.Number))
        {
            var no = state.StandingNoes().First();
            yield return Task(stream, Name("parents", held.Number), TaskKind.ParentsReview, owner, "An agency said that parents may not be told yet. Ask it again, and record what it says.", held.Number, null, no.At);
        }

        foreach (var referral in state.Referrals.Where(r => r.AwaitsAnswer()))
        {
            yield return Task(stream, Name("chase", referral.Number), TaskKind.ReferralChase, owner, "Ask the agency how the referral stands, and record it.", referral.Number, referral.ChaseAt ?? referral.ChaseFellDue ?? referral.At, referral.At);
        }

        if (state.Debrief is { } debrief && debrief.Watching())
        {
            yield return Task(stream, "monitoring", TaskKind.MonitoringReview, owner, "Look at how the situation is, and end the monitoring or go on.", null, debrief.MonitorAt, debrief.At);
        }

        if (state.Path is { State: PathState.NoReply, Proposal: var proposal })
        {
            yield return Task(stream, "decide", TaskKind.DecisionWithoutReply, owner, proposal is null ? "Head and DSL decide how to go on." : "Head and DSL decide how to go on: one has spoken.", null, null, state.TriagedAt ?? state.ReportedAt);
        }
    }

    private static TaskRow Task(StreamId stream, string name, TaskKind kind, PersonId owner, string title, int? step, DateTimeOffset? due, DateTimeOffset assigned, Personal<string>? toDo = null) =>
        new($"{stream}#{name}", owner, kind, title, stream, step?.ToString(CultureInfo.InvariantCulture), null, due, assigned, toDo);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");
}
