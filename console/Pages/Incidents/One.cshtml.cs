using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>One incident: what was reported, the plan, what may not be done, what has been done.</summary>
internal sealed class OneIncidentPage(IncidentDesk desk, DeviceReader devices) : IncidentPage(desk)
{
    public IReadOnlyList<string> Devices { get; private set; } = [];

    public IReadOnlyList<TimelineEntry> Timeline { get; private set; } = [];

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

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
                Incident.Reporter, Incident.Owner, .. Incident.Steps.SelectMany(s => new[] { s.Owner, s.By }), .. Incident.Notifications.Select(n => (PersonId?)n.To), .. Incident.Referrals.Select(r => r.By),
                debrief?.By, .. (debrief?.Changes ?? []).Select(c => (PersonId?)c.Owner), Incident.Closure?.AskedBy, Incident.Closure?.ApprovedBy, .. Incident.Corrections.Select(c => c.By),
            ],
            Incident.People.Select(p => (PupilId?)p.Pupil),
            Ct);
        Devices = [.. (await devices.FindManyAsync(Who, Incident.Devices, Ct)).Select(d => $"{d.View.Label ?? Wording.Of(d.View.Kind)}: {Wording.Of(d.View.Custody).ToLowerInvariant()}{(d.View.Frozen ? ", frozen as evidence" : "")}")];
        Timeline = Incidents.Timeline.Of(Incident, Desk.Names);
    });
}
