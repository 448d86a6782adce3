using System.Globalization;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>What every page of one incident needs.</summary>
internal sealed class IncidentDesk(IncidentReader incidents, TaskReader tasks, ISchoolDays days, Names names, IGrainFactory grains)
{
    public IncidentReader Incidents => incidents;

    public ISchoolDays Days => days;

    public Names Names => names;

    /// <summary>The open step's task, for whoever has it and does not see the incident.</summary>
    public Task<TaskView?> StepTaskAsync(Reader who, Guid incident, int step, CancellationToken ct) => TaskAsync(who, incident, string.Create(CultureInfo.InvariantCulture, $"step-{step}"), ct);

    /// <param name="name">Within the incident's tasks: <c>step-3</c>, <c>change-1</c>, <c>approve-closure</c>.</param>
    public Task<TaskView?> TaskAsync(Reader who, Guid incident, string name, CancellationToken ct) => tasks.FindAsync(who, $"{IncidentKey.Stream(new IncidentId(incident))}#{name}", ct);

    /// <summary>The reader, or somebody for whom they stand in, was told and has not seen it yet.</summary>
    public async Task<bool> HasUnseenAsync(Reader who, IncidentView incident, CancellationToken ct)
    {
        foreach (var told in incident.Notifications.Where(n => n.SeenAt is null).Select(n => n.To).Distinct())
        {
            if (await tasks.ConcernsAsync(who, told, ct))
            {
                return true;
            }
        }

        return false;
    }

    public IIncidentGrain Grain(TenantId school, Guid incident) => grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school, new IncidentId(incident)).ToString());
}

/// <summary>Agencies whose no keeps parents from being told.</summary>
/// <param name="Acts">The reader may record what they say now.</param>
internal sealed record ParentsHeld(IncidentView Incident, bool Acts)
{
    public IReadOnlyList<AgencyWordView> Words => [.. (Incident.AgencyWords ?? []).Where(w => w.StandsAgainst)];
}

/// <summary>A page of one incident.</summary>
internal abstract class IncidentPage(IncidentDesk desk) : RecordPage
{
    public IncidentView Incident { get; private set; } = null!;

    public PolicyPack? Policy { get; private set; }

    protected IncidentDesk Desk => desk;

    protected IIncidentGrain Grain => desk.Grain(Who.Tenant, Id);

    public override string Home => $"/console/incidents/{Id}";

    /// <summary>It is on a guarded path, or was.</summary>
    public bool Guarded => Incident.Paths.Any();

    /// <summary>Its closing waits for somebody else's approval.</summary>
    public bool AskedToClose => Incident is { Status: IncidentStatus.AwaitsApproval, Closure.AskedBy: { } asked } && asked == Who.Actor.Person;

    public string NatureTitle => Incident.TriagedAt is null ? "Not triaged yet" : new NatureTitles(Policy).Of(Incident.Nature);

    /// <summary>Who was reached, by contact. Read only where somebody was: contacts of a pupil are read for a reason.</summary>
    protected async Task<IReadOnlyDictionary<Guid, string>> ContactsAsync(PupilReader pupils) =>
        Incident.Steps.SelectMany(s => s.Contacts).Concat(Incident.Corrections.Select(c => c.Contact).OfType<ContactView>()).Any(c => c.Contact is not null)
            ? (await pupils.ContactsAsync(Who, [.. Incident.People.Select(p => p.Pupil)], Ct)).Values.SelectMany(c => c.Contacts ?? []).DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => $"{c.Name} ({c.Relationship})")
            : new Dictionary<Guid, string>();

    /// <summary>Of everybody in the record.</summary>
    protected Task LearnNamesAsync() => Desk.Names.LearnAsync(Incident.Staff.Select(p => (PersonId?)p), Incident.Pupils.Select(p => (PupilId?)p), Ct);

    protected override async Task<bool> LoadAsync()
    {
        if (await desk.Incidents.FindAsync(Who, new IncidentId(Id), Ct) is not { } incident)
        {
            return false;
        }

        Incident = incident;
        Policy = (await desk.Days.FindAsync(Who.Tenant, Ct))?.Facts.Policy?.Policy;
        return true;
    }
}
