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

    /// <summary>Names of the pupils' contacts that were reached.</summary>
    public IReadOnlyDictionary<Guid, string> Contacts { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>What somebody might be about to do. Answers that are not asked for yet have no button, so they need no warning.</summary>
    public IReadOnlyList<PathAction> MustNot =>
        [.. (Incident.Path?.Refused ?? []).Where(a => a is not (PathAction.DslReview or PathAction.ReviewNude or PathAction.RecordPoliceResponse or PathAction.DecideWithoutReply))];

    /// <summary>Of the trust, and invited: there to read.</summary>
    public bool IsGuest => Who.Tenant.Kind == TenantKind.Trust;

    /// <summary>There is still something to record here.</summary>
    public bool Acts => !IsGuest && Incident.Status is not (IncidentStatus.Closed or IncidentStatus.AwaitsApproval);

    public ParentsHeld Held => new(Incident, Acts);

    /// <summary>None was held, or none since the incident was reopened.</summary>
    public bool AwaitsDebrief => Incident.Debrief is null or { BeforeReopening: true };

    public bool Invites => Who.HasAny(Role.Dsl, Role.DeputyDsl);

    public bool MaySeeLog => Who.HasAny(Role.Dsl, Role.Headteacher, Role.DataProtectionOfficer);

    public bool Corrects => Who.HasAny(Role.Dsl, Role.DeputyDsl, Role.Headteacher);

    protected override bool TakesGuests => true;

    public bool Allows(PathAction action) => Incident.Path is not { } path || !path.Refused.Contains(action);

    public Task<IActionResult> OnGetAsync() => ShowAsync(async () =>
    {
        // Opening it is the proof that a notification was seen (C2).
        if (await Desk.HasUnseenAsync(Who, Incident, Ct))
        {
            await Grain.MarkSeenAsync(Command());
            await LoadAsync();
        }

        await LearnNamesAsync();
        Devices = [.. (await devices.FindManyAsync(Who, Incident.Devices, Ct)).Select(d => (d.View.Id, $"{d.View.Label ?? Wording.Of(d.View.Kind)}: {Wording.Of(d.Custody).ToLowerInvariant()}{(d.View.Frozen ? ", frozen as evidence" : "")}"))];
        Contacts = await ContactsAsync(pupils);
        Timeline = Incidents.Timeline.Of(Incident, Desk.Names, Contacts);
    });
}
