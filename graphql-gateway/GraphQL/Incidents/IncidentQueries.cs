using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <param name="Nature">Ids of the policy's natures.</param>
/// <param name="From">First day of reporting, Europe/London.</param>
/// <param name="To">Last day of reporting.</param>
public sealed record IncidentsFilterInput(IReadOnlyList<IncidentStatus>? Status, IReadOnlyList<string>? Nature, GuardedPath? Path, DateOnly? From, DateOnly? To)
{
    internal IncidentFilter ToFilter() =>
        new(Status, Nature, Path, From is { } from ? London.ToInstant(from, TimeOnly.MinValue) : null, To is { } to ? London.ToInstant(to.AddDays(1), TimeOnly.MinValue) : null);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class IncidentQueries
{
    /// <summary>One incident; null where there is none that the caller may see.</summary>
    [Authorize]
    public Task<Incident?> GetIncidentAsync([ID(nameof(Incident))] string id, Session session, IncidentReader incidents, CancellationToken ct) =>
        Incident.GetAsync(id, session.Asks(), incidents, ct);

    /// <summary>Incidents that the caller may see, newest report first.</summary>
    [Authorize]
    [UsePaging(ConnectionName = "Incidents", AllowBackwardPagination = false)]
    public async Task<Connection<Incident>> GetIncidentsAsync(
        IncidentsFilterInput? filter, int? first, string? after, Session session, IncidentReader incidents, CancellationToken ct) =>
        Connections.Of(await incidents.PageAsync(session.Asks().Reader, filter?.ToFilter() ?? new(), Connections.Page(first, after), ct), i => new Incident(i));

    /// <summary>A pupil's own line through all incidents, newest first; null where there is no such pupil for the caller.</summary>
    [Authorize]
    [UsePaging(ConnectionName = "Chronology", AllowBackwardPagination = false)]
    public async Task<Connection<ChronologyEntry>?> GetChronologyAsync(
        [ID(nameof(Pupil))] string pupilId, int? first, string? after, Session session, ChronologyReader chronology, CancellationToken ct) =>
        await chronology.PageAsync(session.Asks().Reader, Ids.Of<PupilId>(pupilId), Connections.Page(first, after), ct) is { } page
            ? Connections.Of(page, e => new ChronologyEntry(e))
            : null;
}

/// <summary>One incident in a pupil's chronology: their own part, what was done. Never a text, never another pupil.</summary>
public sealed class ChronologyEntry(IncidentPupilView view)
{
    public PupilPart Role => view.Part;

    /// <summary>The part was first recorded as another one.</summary>
    public bool RoleCorrected => view.PartCorrected;

    public PupilDimensions Dimensions => view.Dimensions;

    public DateTimeOffset HappenedAt => view.At;

    public DateTimeOffset ReportedAt => view.ReportedAt;

    public IncidentStatus Status => view.Status;

    public string? Nature => view.Nature;

    public Awareness? Awareness => view.Awareness;

    public GuardedPath? Path => view.Path;

    /// <summary>Kinds of steps done, oldest first.</summary>
    public IReadOnlyList<StepDoneView> Done => view.Done;

    [ID(nameof(Incident))]
    public string IncidentId => view.Incident.ToString();
}
