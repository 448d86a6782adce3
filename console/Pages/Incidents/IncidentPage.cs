using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.StaffConsole.Pages.Incidents;

/// <summary>What every page of one incident needs.</summary>
internal sealed class IncidentDesk(IncidentReader incidents, ISchoolDays days, Names names, IGrainFactory grains)
{
    public IncidentReader Incidents => incidents;

    public ISchoolDays Days => days;

    public Names Names => names;

    public IIncidentGrain Grain(TenantId school, Guid incident) => grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school, new IncidentId(incident)).ToString());
}

/// <summary>A page of one incident.</summary>
internal abstract class IncidentPage(IncidentDesk desk) : RecordPage
{
    public IncidentView Incident { get; private set; } = null!;

    public PolicyPack? Policy { get; private set; }

    protected IncidentDesk Desk => desk;

    protected IIncidentGrain Grain => desk.Grain(Who.Tenant, Id);

    public override string Home => $"/console/incidents/{Id}";

    public string NatureTitle => Incident.TriagedAt is null ? "Not triaged yet" : new NatureTitles(Policy).Of(Incident.Nature);

    /// <summary>Of everybody in the record.</summary>
    protected Task LearnNamesAsync()
    {
        var debrief = Incident.Debrief;
        return Desk.Names.LearnAsync(
            [
                Incident.Reporter, Incident.Owner, .. Incident.Steps.SelectMany(s => new[] { s.Owner, s.By }), .. Incident.Notifications.Select(n => (PersonId?)n.To), .. Incident.Referrals.Select(r => r.By),
                debrief?.By, .. (debrief?.Changes ?? []).Select(c => (PersonId?)c.Owner), Incident.Closure?.AskedBy, Incident.Closure?.ApprovedBy, .. Incident.Corrections.Select(c => c.By),
            ],
            Incident.People.Select(p => (PupilId?)p.Pupil),
            Ct);
    }

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
