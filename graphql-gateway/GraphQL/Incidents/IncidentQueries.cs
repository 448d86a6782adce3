using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.GraphQL.Pupils;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Incidents;

/// <summary>Which incidents; what is left out does not count.</summary>
/// <param name="Nature">Ids of the policy's natures.</param>
/// <param name="From">First day of reporting, Europe/London.</param>
/// <param name="To">Last day of reporting.</param>
/// <param name="Status">Any of these.</param>
/// <param name="Path">On this guarded path.</param>
public sealed record IncidentsFilterInput(IReadOnlyList<IncidentStatus>? Status, IReadOnlyList<string>? Nature, GuardedPath? Path, DateOnly? From, DateOnly? To)
{
    internal IncidentFilter ToFilter() =>
        new(Status, Nature, Path, From is { } from ? London.ToInstant(from, TimeOnly.MinValue) : null, To is { } to && to < DateOnly.MaxValue ? London.ToInstant(to.AddDays(1), TimeOnly.MinValue) : null);
}

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class IncidentQueries
{
    /// <summary>One incident; null where there is none that the caller may see.</summary>
    /// <param name="id">The incident.</param>
    [Authorize]
    public Task<Incident?> GetIncidentAsync([ID(nameof(Incident))] string id, Session session, IncidentById incidents, CancellationToken ct)
    {
        session.Asks();
        return Incident.FindAsync(id, incidents, ct);
    }

    /// <summary>Incidents that the caller may see.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="order">In which order.</param>
    [Authorize]
    [UsePaging(ConnectionName = "Incidents")]
    public async Task<Connection<Incident>> GetIncidentsAsync(
        IncidentsFilterInput? filter, [DefaultValue(IncidentsOrder.ReportedAtDesc)] IncidentsOrder order, int? first, string? after, int? last, string? before, Session session, IncidentReader incidents,
        CancellationToken ct) =>
        Connections.Of(await incidents.PageAsync(session.Asks().Reader, filter?.ToFilter() ?? new(), order, Connections.Page(first, after, last, before), ct), i => new Incident(i));

    /// <summary>A pupil's own line through all incidents; null where there is no such pupil for the caller.</summary>
    /// <param name="pupilId">The pupil.</param>
    /// <param name="order">In which order.</param>
    [Authorize]
    [UsePaging(ConnectionName = "Chronology")]
    public async Task<Connection<ChronologyEntry>?> GetChronologyAsync(
        [ID(nameof(Pupil))] string pupilId, [DefaultValue(ChronologyOrder.HappenedAtDesc)] ChronologyOrder order, int? first, string? after, int? last, string? before, Session session,
        ChronologyReader chronology, CancellationToken ct) =>
        await chronology.PageAsync(session.Asks().Reader, Ids.Of<PupilId>(pupilId), order, Connections.Page(first, after, last, before), ct) is { } page
            ? Connections.Of(page, e => new ChronologyEntry(e))
            : null;
}

/// <summary>One incident in a pupil's chronology: their own part, what was done. Never a text, never another pupil.</summary>
public sealed class ChronologyEntry(IncidentPupilView view)
{
    /// <summary>The pupil's part.</summary>
    public PupilPart Role => view.Part;

    /// <summary>The part was first recorded as another one.</summary>
    public bool RoleCorrected => view.PartCorrected;

    /// <summary>Year group, phase and special needs when it was reported.</summary>
    public DimensionsThen Dimensions => new(view.Dimensions);

    /// <summary>When it happened.</summary>
    public DateTimeOffset HappenedAt => view.At;

    /// <summary>When it was reported.</summary>
    public DateTimeOffset ReportedAt => view.ReportedAt;

    /// <summary>How far it is.</summary>
    public IncidentStatus Status => view.Status;

    /// <summary>Id of one of the policy's natures.</summary>
    public string? Nature => view.Nature;

    /// <summary>How far the pupil was aware, as judged; null: not judged.</summary>
    public Awareness? Awareness => view.Awareness;

    /// <summary>The guarded path it is on; null: none.</summary>
    public GuardedPath? Path => view.Path;

    /// <summary>Kinds of steps done, or decided against, oldest first.</summary>
    public IReadOnlyList<DoneStep> Done => view.Done;

    /// <summary>The incident.</summary>
    [ID(nameof(Incident))]
    public string IncidentId => view.Incident.ToString();
}
