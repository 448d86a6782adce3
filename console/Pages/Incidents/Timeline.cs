using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <param name="Words">What somebody wrote: lines, each with its label.</param>
/// <param name="Elsewhere">The incident's page has the words in a section of their own.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string What, string? Words = null, bool Elsewhere = false);

/// <summary>An incident's life in order of time, from what the record says.</summary>
internal static class Timeline
{
    /// <param name="contacts">Names of the pupils' contacts that the reader sees.</param>
    public static IReadOnlyList<TimelineEntry> Of(IncidentView incident, Names names, IReadOnlyDictionary<Guid, string> contacts) =>
        [.. Entries(incident, names, contacts).OrderBy(e => e.At)];

    private static IEnumerable<TimelineEntry> Entries(IncidentView incident, Names names, IReadOnlyDictionary<Guid, string> contacts) =>
    [
        new(incident.ReportedAt, $"Reported by {names.Of(incident.Reporter)}"),
        .. (incident.Remarks ?? []).Select((r, i) => Remark(incident, r, incident.Remarks!.Take(i).Any(e => e.Kind == r.Kind), names)),
        .. incident.Handed is { } handed ? [new TimelineEntry(handed.At, $"Handed to the DSL: it concerns a child ({names.Of(handed.By)})")] : Array.Empty<TimelineEntry>(),
        .. incident.Notifications.SelectMany(n => Told(n, names)),
        .. incident.Steps.SelectMany(s => Steps(s, names)),
        .. incident.Steps.SelectMany(s => s.Contacts).Select(c => Contact(c, names, contacts)),
        .. incident.Steps.SelectMany(s => s.Parts.Select(p => Part(s, p, names))),
        .. incident.Referrals.Select(r => new TimelineEntry(
            r.At, $"{Wording.Of(r.Agency)}{(r.AgencyName is { } agency ? $" ({agency})" : "")}: {(r.Decision == ReferralDecision.Referred ? "referred" : "decided not to refer")} ({names.Of(r.By)})",
            Words(("Reference", r.Reference), ("Handler", r.Handler), ("Response", r.Response), ("Outcome", r.Outcome), ("Reason", r.Reason), ("Would be looked at again if", r.WouldReopen)), Elsewhere: true)),
        .. incident.Paths.SelectMany(p => p.PoliceAnswers).Distinct().Select(a => new TimelineEntry(
            a.At, $"Police: {Wording.Of(a.Outcome).ToLowerInvariant()} ({names.Of(a.By)}){a.ParentsMayBeTold switch { true => "; parents may be told", false => "; parents may not be told", null => "" }}", Words(("Advice", a.Advice)), Elsewhere: true)),
        .. incident.Paths.Select(p => p.Review).OfType<NudeReviewView>().Distinct().Select(review => new TimelineEntry(
            review.At, $"DSL review: {(review.Refer ? "police and children’s social care have to be told" : "decided within the school")} ({names.Of(review.By)})", Words(("Answered yes", ReviewPage.AnswerOf(review)), ("Reason", review.Reason)), Elsewhere: true)),
        .. incident.Paths.Select(p => p.Decision).OfType<JointDecisionView>().Select(decided => new TimelineEntry(
            decided.At, $"Head and DSL: {Wording.Of(decided.Decision).ToLowerInvariant()}, advised by {Wording.Of(decided.AdvisedBy)} ({names.Of(decided.ProposedBy)}, {names.Of(decided.By)})", Words(("Advice", decided.Advice), ("Reason", decided.Reason)), Elsewhere: true)),
        .. (incident.PastPaths ?? []).Select(p => new TimelineEntry(p.EndedAt ?? p.BeganAt, $"Left the protected path: {Wording.Of(p.Path).ToLowerInvariant()}")),
        .. incident.Debrief is { } debrief ? [new TimelineEntry(debrief.At, $"Debrief ({names.Of(debrief.By)})", Words(("Findings", debrief.Findings), ("Where the policy fell short", debrief.PolicyReason)), Elsewhere: true)] : Array.Empty<TimelineEntry>(),
        .. (incident.Debrief?.Changes ?? []).Where(d => d.DoneAt is not null).Select(d => new TimelineEntry(d.DoneAt!.Value, $"Change {d.Number} made ({names.Of(d.DoneBy)})", Words(("Change", d.What), ("Outcome", d.Outcome)))),
        .. incident.Corrections.Select(c => new TimelineEntry(
            c.At, $"Corrected: {Wording.Of(c.Field).ToLowerInvariant()}{(c.Pupil is { } whose ? $" of {names.Of(whose)}" : "")} ({names.Of(c.By)}); the original is kept", Words(("Reason", c.Reason), ("As it was", Original(c, names, contacts))), Elsewhere: true)),
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
            yield return new(at, $"Step {step.Number} {Wording.Of(step.Status, step.Answer).ToLowerInvariant()}{(step.Answer == true ? ", yes" : "")}: {step.Rule.Text}{(step.By is { } by ? $" ({names.Of(by)})" : "")}", Words(("Outcome", step.Outcome), ("Reason", step.Reason)), Elsewhere: step.Status != StepStatus.Superseded);
        }
    }

    /// <summary>Conversations with parents are recorded after their step as well.</summary>
    public static bool TakesMore(StepView step) => step.Rule.Kind == StepKind.ContactParents && (step.Status == StepStatus.Done || step is { Status: StepStatus.Superseded, Contacts.Count: > 0 });

    /// <summary>What was recorded for one pupil with steps of a kind, oldest first.</summary>
    public static IReadOnlyList<TimelineEntry> Recorded(IncidentView incident, StepKind kind, PupilId pupil, Names names, IReadOnlyDictionary<Guid, string> contacts) =>
    [
        .. incident.Steps.Where(s => s.Rule.Kind == kind)
            .SelectMany(s => s.Contacts.Where(c => c.Pupils.Contains(pupil)).Select(c => Contact(c, names, contacts)).Concat(s.Parts.Where(p => p.Pupils.Contains(pupil)).Select(p => Part(s, p, names))))
            .OrderBy(e => e.At),
    ];

    private static TimelineEntry Contact(ContactView contact, Names names, IReadOnlyDictionary<Guid, string> contacts)
    {
        var with = contact.Contact is { } id ? contacts.GetValueOrDefault(id, "somebody not listed here") : contact.Who;
        return new(
            contact.DoneAt ?? contact.At,
            $"Parents{Of(contact.Pupils, names)}: {Wording.Of(contact.Ending).ToLowerInvariant()}{(with is null ? "" : $", {with}")}{(contact.How is { } how ? $", {Wording.Of(how).ToLowerInvariant()}" : "")} ({names.Of(contact.By)})"
                + $"{(contact.AdvisedBy is { } agency ? $"; advised by {Wording.Of(agency)}" : "")}{(contact.ReviewOn is { } day ? $"; to be looked at again on {Wording.ShortDay(day)}" : "")}",
            Words(("Said", contact.Said), ("Reason", contact.Reason)));
    }

    private static TimelineEntry Part(StepView step, StepPartView part, Names names) => new(
        part.DoneAt, $"Step {step.Number}{Answer(part.Answer)}{Of(part.Pupils, names)}: {step.Rule.Text} ({names.Of(part.By)})", Words(("Outcome", part.Outcome), ("Reason", part.Reason)));

    private static TimelineEntry Remark(IncidentView incident, RemarkView r, bool again, Names names)
    {
        var what = r.Kind switch
        {
            RemarkKind.Triaged => again ? "Triaged again: the plan was made anew" : "Triaged: the plan began",
            RemarkKind.ReferralNews => $"News of referral {r.Number}",
            RemarkKind.NudeReviewed => "DSL review, later answered again",
            RemarkKind.DecisionProposed => "Said how to go on without the police’s reply",
            RemarkKind.DecidedWithoutReply => "Head and DSL decided, later again",
            RemarkKind.StepUndone => $"Step {r.Number} was done, and opened again: a device taken for it is another’s",
            RemarkKind.Debriefed => "Debrief, before it was reopened",
            RemarkKind.MonitoringReviewed => r.Until is { } until ? $"Monitoring reviewed: watched on until {Wording.ShortDay(until)}" : "Monitoring reviewed: ended",
            RemarkKind.ClosureAsked => "Asked to close it",
            RemarkKind.ClosureSentBack => "Closing sent back",
            RemarkKind.Closed => "Closed, later reopened",
            RemarkKind.TrustLeadInvited => "Invited the trust’s safeguarding lead, later changed",
            _ => "Reopened",
        };
        // The latest news stands with its referral.
        var elsewhere = r.Kind == RemarkKind.ReferralNews && incident.Referrals.Any(x => x.Number == r.Number && (r.Response ?? x.Response) == x.Response && (r.Outcome ?? x.Outcome) == x.Outcome);
        return new(
            r.At, $"{what} ({names.Of(r.By)})",
            Words(("Reason", r.Reason), ("Findings", r.Findings), ("Summary", r.Summary), ("Advice", r.Advice), ("Response", r.Response), ("Outcome", r.Outcome), ("Where the policy fell short", r.PolicyReason)), elsewhere);
    }

    /// <summary>What was corrected, as it was; null: it was no text, or is erased.</summary>
    public static string? Original(CorrectionView c, Names names, IReadOnlyDictionary<Guid, string> contacts) =>
        c.Part is { } part ? Wording.Of(part)
        : c.Contact is { } contact && Contact(contact, names, contacts) is var was ? $"{was.What}{(was.Words is { } words ? $"\n{words}" : "")}"
        : c.Before is { } before ? $"{before}{(c.Beside is { } beside ? $" – {beside}" : "")}"
        : null;

    public static string Of(IReadOnlyList<PupilId> pupils, Names names) => pupils.Count == 0 ? "" : $" of {string.Join(" and ", pupils.Select(names.Of))}";

    private static string Answer(bool? answer) => answer switch { true => ", yes", false => ", no", null => "" };

    private static string? Words(params ReadOnlySpan<(string Label, string? Text)> lines)
    {
        var said = new List<string>();
        foreach (var (label, text) in lines)
        {
            if (text is not null)
            {
                said.Add($"{label}: {text}");
            }
        }

        return said.Count == 0 ? null : string.Join('\n', said);
    }

    private static IEnumerable<TimelineEntry> Invited(IncidentView incident, Names names)
    {
        if (incident.Invitation is not { } invitation)
        {
            yield break;
        }

        yield return new(invitation.At, $"{names.Of(invitation.By)} invited the trust’s safeguarding lead", Words(("Reason", invitation.Reason)), Elsewhere: true);
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

        yield return new(closure.AskedAt, $"{names.Of(closure.AskedBy)} asked to close it", Words(("Summary", closure.Summary)));
        if (closure.ClosedAt is { } closed)
        {
            yield return new(closed, closure.ApprovedBy is { } approver ? $"Closed, approved by {names.Of(approver)}" : "Closed");
        }
    }
}
