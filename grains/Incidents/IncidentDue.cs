using System.Globalization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>The deadlines that an incident's state asks for.</summary>
internal static class IncidentDue
{
    public const string Triage = "triage";
    public const string Notice = "notice";
    public const string Step = "step";
    public const string Parents = "parents";
    public const string Chase = "chase";
    public const string Change = "change";
    public const string Monitoring = "monitoring";

    /// <summary>A cover begins or ends for somebody who owns something here.</summary>
    public const string HandOver = "hand-over";

    public static IEnumerable<DueRow> Of(IncidentState state) => state.Exists ? Open(state).Concat(Lasting(state)) : [];

    private static DateTimeOffset? NextHandOver(IncidentState state) =>
        state.OpenSteps().Select(s => s.Standing).Concat(state.OpenChanges().Select(c => c.Standing))
            .Append(state.OwnerHasDuties() ? state.Standing : null).Append(IncidentTasks.HasLasting(state) ? state.Lasting?.Standing : null).Append(state.Closure is { ClosedAt: null } asked ? asked.Standing : null)
            .Min(s => s?.Until);

    private static IEnumerable<DueRow> Open(IncidentState state)
    {
        if (state.IsClosed())
        {
            yield break;
        }

        if (state.AwaitsTriage() && state.Triage is { } triage && Next(triage, state.TriageOverdue) is { } late)
        {
            yield return new DueRow(Triage, late);
        }

        foreach (var notice in state.Notices)
        {
            if (notice is { SeenAt: null, EscalatedAt: null, SeeBy: { } by })
            {
                yield return new DueRow($"{Notice}/{notice.Id}", by);
            }
        }

        // A step that waits for another one cannot be late yet.
        foreach (var step in state.Plan().Where(state.IsReady))
        {
            if (step.Times is { } times && Next(times, step.Overdue) is { } at)
            {
                yield return new DueRow(Name(Step, step.Number), at);
            }
        }
    }

    /// <summary>What outlives the closure: agencies, parents and changes do not end with the record.</summary>
    private static IEnumerable<DueRow> Lasting(IncidentState state)
    {
        if (NextHandOver(state) is { } handOver)
        {
            yield return new DueRow(HandOver, handOver);
        }

        foreach (var step in state.ParentsReviews().Where(r => r.Contact is { ReviewAt: not null, ReviewFellDue: null }).GroupBy(r => r.Step.Number, r => r.Contact.ReviewAt!.Value))
        {
            yield return new DueRow(Name(Parents, step.Key), step.Min());
        }

        foreach (var referral in state.Referrals.Where(r => r.ChaseAt is not null))
        {
            yield return new DueRow(Name(Chase, referral.Number), referral.ChaseAt!.Value);
        }

        foreach (var change in state.OpenChanges().Where(c => c.OverdueAt is null))
        {
            yield return new DueRow(Name(Change, change.Number), change.DueAt);
        }

        if (state.Debrief is { MonitorTold: false, MonitorAt: { } monitor } debrief && debrief.Watching())
        {
            yield return new DueRow(Monitoring, monitor);
        }
    }

    private static DateTimeOffset? Next(StepTimes times, IReadOnlyList<OverdueView> recorded)
    {
        foreach (var stage in IncidentDecider.Stages)
        {
            if (!recorded.Any(r => r.Stage == stage))
            {
                return times.At(stage);
            }
        }

        return null;
    }

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}/{number}");
}
