using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.StaffConsole.Words;
using OnlineSafetyTrust.Storage.Readers;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.StaffConsole.Fields;

/// <summary>What forms offer to choose from: never more than the reader sees.</summary>
internal sealed class Offers(IConsoleSession session, PeopleReader people, ChronologyReader chronology, DeviceReader devices, IncidentReader incidents, IJournal journal)
{
    private const int MostIncidents = 50;
    private const int MostDevices = 50;

    public async Task<IReadOnlyList<Choice>> StaffAsync(CancellationToken ct) =>
        [.. (await people.PresentAsync(session.Reader, ct)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(p => new Choice(p.Id.ToString(), p.Name ?? "Erased"))];

    /// <summary>Those of a pupil that are not closed, newest first; none for whoever does not see incidents.</summary>
    /// <param name="named">Another one, which the reader may name.</param>
    public async Task<IReadOnlyList<Choice>> IncidentsOfAsync(PupilId? pupil, CancellationToken ct, IncidentId? named = null)
    {
        var known = await OpenOfAsync(pupil, ct);
        return named is { } also && known.All(c => c.Value != also.ToString()) && (await incidents.NameableAsync(session.Reader, [also], ct)).Count > 0
            ? [new Choice(also.ToString(), IncidentReference.Of(also)), .. known]
            : known;
    }

    private async Task<IReadOnlyList<Choice>> OpenOfAsync(PupilId? pupil, CancellationToken ct) =>
        pupil is { } id && await chronology.PageAsync(session.Reader, id, ChronologyOrder.HappenedAtDesc, new PageRequest(First: MostIncidents), ct) is { Ok: true } page
            ? [.. page.Value.Items.Select(i => i.Item).Where(i => i.Status != IncidentStatus.Closed).Select(i => new Choice(i.Incident.ToString(), $"{IncidentReference.Of(i.Incident)}, {Wording.Of(i.Status).ToLowerInvariant()}"))]
            : [];

    public async Task<IReadOnlyList<Choice>> DevicesOfAsync(PupilId pupil, CancellationToken ct)
    {
        var page = await devices.PageAsync(session.Reader, new DeviceFilter(DeviceHolder.Of(pupil)), DevicesOrder.IdAsc, new PageRequest(First: MostDevices), ct);
        return page.Ok ? [.. page.Value.Items.Select(i => i.Item.View).Select(d => new Choice(d.Id.ToString(), d.Label ?? Wording.Of(d.Kind)))] : [];
    }

    /// <summary>A command that names incidents and devices besides its own record goes only when its sender may name them, or when it was done already: otherwise they are as if not there.</summary>
    public async Task<Result<T>> IfKnownAsync<T>(CommandContext context, NamedRecords named, Func<Task<Result<T>>> command, CancellationToken ct)
    {
        var known = (Incidents: await incidents.NameableAsync(session.Reader, named.Incidents, ct), Devices: await devices.NameableAsync(session.Reader, named.Devices, ct));
        DomainError[] missing =
        [
            .. named.Incidents.Where(i => !known.Incidents.Contains(i)).Take(1).Select(_ => DomainError.NotFound("incident") with { Fields = [named.IncidentField] }),
            .. named.Devices.Where(d => !known.Devices.Contains(d)).Take(1).Select(_ => DomainError.NotFound("device") with { Fields = [named.DeviceField] }),
        ];
        return missing.Length > 0 && await journal.FindEarlierAsync(context) is null ? Result<T>.Failed(missing) : await command();
    }
}

/// <summary>Records that a form names besides its own, each kind at its input.</summary>
internal sealed record NamedRecords(IReadOnlyList<IncidentId> Incidents, IReadOnlyList<DeviceId> Devices, string IncidentField = "incident", string DeviceField = "devices")
{
    public static NamedRecords Of(IncidentId? incident) => new(incident is { } id ? [id] : [], []);
}
