using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

internal sealed record TimelineEntry(DateTimeOffset At, string What);

/// <summary>An incident's life in order of time, from what the record says.</summary>
internal static class Timeline
{
    /// <param name="contacts">Names of the pupils' contacts that the reader sees.</param>
    public static IReadOnlyList<TimelineEntry> Of(IncidentView incident, Names names, IReadOnlyDictionary<Guid, string> contacts) =>
        [.. Entries(incident, names, contacts).OrderBy(e => e.At)];

    private static IEnumerable<TimelineEntry> Entries(IncidentView incident, Names names, IReadOnlyDictionary<Guid, string> contacts) =>
    [
        new(incident.ReportedAt, $"Reported by {names.Of(incident.Reporter)}"),
        .. incident.TriagedAt is { } triaged ? [new TimelineEntry(triaged, "Triaged: the plan began")] : Array.Empty<TimelineEntry>(),
        .. incident.Notifications.SelectMany(n => Told(n, names)),
        .. incident.Steps.SelectMany(s => Steps(s, names)),
        .. incident.Steps.SelectMany(s => s.Contacts).Select(c => new TimelineEntry(c.At, Contact(c, names, contacts))),
        .. incident.Referrals.Select(r => new TimelineEntry(r.At, $"{Wording.Of(r.Agency)}: {(r.Decision == ReferralDecision.Referred ? "referred" : "decided not to refer")} ({names.Of(r.By)})")),
        .. incident.Paths.SelectMany(p => p.PoliceAnswers).Distinct().Select(a => new TimelineEntry(a.At, $"Police: {Wording.Of(a.Outcome).ToLowerInvariant()}")),
        .. incident.Paths.Select(p => p.Review).OfType<NudeReviewView>().Distinct().Select(r => new TimelineEntry(r.At, $"DSL review: {(r.Refer ? "police and children’s social care have to be told" : "decided within the school")}")),
        .. incident.Paths.Select(p => p.Decision).OfType<JointDecisionView>().Select(d => new TimelineEntry(d.At, $"Head and DSL decided without the police’s reply: {Wording.Of(d.Decision).ToLowerInvariant()} ({names.Of(d.ProposedBy)}, {names.Of(d.By)})")),
        .. (incident.PastPaths ?? []).Select(p => new TimelineEntry(p.EndedAt ?? p.BeganAt, $"Left the protected path: {Wording.Of(p.Path).ToLowerInvariant()}")),
        .. incident.Debrief is { } debrief ? [new TimelineEntry(debrief.At, $"Debrief ({names.Of(debrief.By)})")] : Array.Empty<TimelineEntry>(),
        .. incident.Corrections.Select(c => new TimelineEntry(c.At, $"Corrected: {Wording.Of(c.Field).ToLowerInvariant()} ({names.Of(c.By)}); the original is kept")),
        .. Invited(incident, names),
        .. Closing(incident, names),
    ];

    private static IEnumerable<TimelineEntry> Told(NotificationView n, Names names)
    {
        var seen = n.SeenAt is not null ? "seen" : n.EscalatedAt is not null ? "not seen, escalated" : n.FailedAt is not null ? "could not be delivered" : n.SentAt is not null ? "sent" : "on its way";
        yield return new(n.IssuedAt, $"{names.Of(n.To)} ({Wording.Of(n.Role)}) told: {seen}");
    }

    private static IEnumerable<TimelineEntry> Steps(StepView step, Names names)
    {
        foreach (var stage in step.Overdue)
        {
            yield return new(stage.Actual, $"Step {step.Number} overdue: {(stage.To is { } to ? $"{names.Of(to)} told" : "overtaken by the next stage")}");
        }

        if (step.RecordedAt is { } at)
        {
            var answer = step.Answer switch { true => ", yes", false => ", no", null => "" };
            yield return new(at, $"Step {step.Number} {Wording.Of(step.Status).ToLowerInvariant()}{answer}: {step.Rule.Text}{(step.By is { } by ? $" ({names.Of(by)})" : "")}");
        }
    }

    private static string Contact(ContactView contact, Names names, IReadOnlyDictionary<Guid, string> contacts)
    {
        var with = contact.Contact is { } id ? contacts.GetValueOrDefault(id, "somebody not listed here") : contact.Who;
        return $"Parents: {Wording.Of(contact.Ending).ToLowerInvariant()}{(with is null ? "" : $", {with}")}{(contact.How is { } how ? $", {Wording.Of(how).ToLowerInvariant()}" : "")} ({names.Of(contact.By)})";
    }

    private static IEnumerable<TimelineEntry> Invited(IncidentView incident, Names names)
    {
        if (incident.Invitation is not { } invitation)
        {
            yield break;
        }

        yield return new(invitation.At, $"{names.Of(invitation.By)} invited the trust’s safeguarding lead");
        if (invitation.EndedAt is { } ended)
        {
            yield return new(ended, "The invitation of the trust’s safeguarding lead ended");
        }
    }

    private static IEnumerable<TimelineEntry> Closing(IncidentView incident, Names names)
    {
        if (incident.Closure is not { } closure)
        {
            yield break;
        }

        yield return new(closure.AskedAt, $"{names.Of(closure.AskedBy)} asked to close it");
        if (closure.ClosedAt is { } closed)
        {
            yield return new(closed, closure.ApprovedBy is { } approver ? $"Closed, approved by {names.Of(approver)}" : "Closed");
        }
    }
}
