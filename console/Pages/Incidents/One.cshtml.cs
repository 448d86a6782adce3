using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>One incident: what was reported, the plan, what may not be done, what has been done.</summary>
internal sealed class OneIncidentPage(IncidentDesk desk, DeviceReader devices, PupilReader pupils) : IncidentPage(desk)
{
    public IReadOnlyList<(DeviceId Id, string Text)> Devices { get; private set; } = [];

    public IReadOnlyList<TimelineEntry> Timeline { get; private set; } = [];

    /// <summary>What somebody might be about to do. Answers that are not asked for yet have no button, so they need no warning.</summary>
    public IReadOnlyList<PathAction> MustNot =>
        [.. (Incident.Path?.Refused ?? []).Where(a => a is not (PathAction.DslReview or PathAction.ReviewNude or PathAction.RecordPoliceResponse or PathAction.DecideWithoutReply))];

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public bool Corrects => Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher);

    public bool Allows(PathAction action) => Incident.Path is not { } path || !path.Refused.Contains(action);

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        // Opening it is the proof that a notification was seen (C2).
        if (Incident.Notifications.Any(n => n.To == Who.Actor.Person && n.SeenAt is null))
        {
            await Grain.MarkSeenAsync(Command());
            await LoadAsync();
        }

        var debrief = Incident.Debrief;
        await Desk.Names.LearnAsync(
            [
                Incident.Reporter, Incident.Owner, .. Incident.Steps.SelectMany(s => s.Contacts.Select(c => c.By).Append(s.Owner).Append(s.By)), .. Incident.Notifications.Select(n => (PersonId?)n.To), .. Incident.Referrals.Select(r => r.By),
                debrief?.By, .. (debrief?.Changes ?? []).Select(c => (PersonId?)c.Owner), Incident.Closure?.AskedBy, Incident.Closure?.ApprovedBy, .. Incident.Corrections.Select(c => c.By),
            ],
            Incident.People.Select(p => (PupilId?)p.Pupil),
            Ct);
        Devices = [.. (await devices.FindManyAsync(Who, Incident.Devices, Ct)).Select(d => (d.View.Id, $"{d.View.Label ?? Wording.Of(d.View.Kind)}: {Wording.Of(d.View.Custody).ToLowerInvariant()}{(d.View.Frozen ? ", frozen as evidence" : "")}"))];
        Timeline = Incidents.Timeline.Of(Incident, Desk.Names, await ContactsAsync());
    });

    // Read only where somebody was reached: contacts of a pupil are read for a reason.
    private async Task<IReadOnlyDictionary<Guid, string>> ContactsAsync() =>
        Incident.Steps.Any(s => s.Contacts.Any(c => c.Contact is not null))
            ? (await pupils.ContactsAsync(Who, [.. Incident.People.Select(p => p.Pupil)], Ct)).Values.SelectMany(c => c.Contacts ?? []).DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => $"{c.Name} ({c.Relationship})")
            : new Dictionary<Guid, string>();
}
