using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="From">First day it was reported on, as an instant.</param>
/// <param name="Before">First instant not included.</param>
public sealed record IncidentFilter(
    IReadOnlyList<IncidentStatus>? Status = null, IReadOnlyList<string>? Nature = null, GuardedPath? Path = null, DateTimeOffset? From = null, DateTimeOffset? Before = null);

/// <summary>In which order incidents are listed.</summary>
public enum IncidentsOrder
{
    /// <summary>Newest report first.</summary>
    ReportedAtDesc,

    /// <summary>Oldest report first.</summary>
    ReportedAtAsc,

    /// <summary>What happened last first.</summary>
    HappenedAtDesc,

    /// <summary>What happened first first.</summary>
    HappenedAtAsc,
}

/// <summary>In which order one's own reports are listed.</summary>
public enum ReceiptsOrder
{
    /// <summary>Newest report first.</summary>
    ReportedAtDesc,

    /// <summary>Oldest report first.</summary>
    ReportedAtAsc,
}

/// <summary>
/// Incidents: DSL, deputies, head, online safety lead and whoever the policy sends reports to see all; those to whom it sends technical
/// reports see these; the trust's safeguarding lead sees one that they are invited into; nobody else sees one. A reporter has a receipt, a
/// step's owner a task.
/// </summary>
public sealed class IncidentReader(ViewReader views, ISchoolDays days, InvitationReader invitations)
{
    public async Task<IncidentView?> FindAsync(Reader who, IncidentId id, CancellationToken ct) =>
        await FindManyAsync(who, [id], ct) is [var found] ? found : null;

    public async Task<IReadOnlyList<IncidentView>> FindManyAsync(Reader who, IReadOnlyCollection<IncidentId> ids, CancellationToken ct)
    {
        var sight = await IncidentSight.OfAsync(who, days, views, ct);
        if (!sight.SeesAny)
        {
            return await invitations.FindManyAsync(who, ids, ct);
        }

        var where = new Listing().And(views.AnyOf("id", "@ids"), "ids", Texts(ids)).And(sight);
        return [.. (await views.QueryAsync<IncidentView>(who, IncidentTables.Incident, where.Where, where.Args, "", ids.Count, ct)).Select(r => Noted(who, r.Body))];
    }

    public async Task<Result<Page<IncidentView>>> PageAsync(Reader who, IncidentFilter filter, IncidentsOrder order, PageRequest page, CancellationToken ct)
    {
        var sight = await IncidentSight.OfAsync(who, days, views, ct);
        if (!sight.SeesAny)
        {
            return Listing.Empty<IncidentView>();
        }

        var where = new Listing()
            .And(views.AnyOf("status", "@status"), "status", filter.Status?.Select(s => s.ToString()).ToArray())
            .And(views.AnyOf("nature", "@nature"), "nature", filter.Nature)
            .And("path = @path", "path", filter.Path?.ToString())
            .And("reported_at >= @from", "from", filter.From)
            .And("reported_at < @before", "before", filter.Before)
            .And(sight);
        var found = Listing.Bodies(await views.PageAsync<IncidentView>(who, IncidentTables.Incident, where.Where, where.Args, Ordered(order), page, ct));
        foreach (var incident in found.Value?.Items ?? [])
        {
            Noted(who, incident.Item);
        }

        return found;
    }

    /// <summary>
    /// A grain's reply as this reader may see it: null for an approver or change's owner who does not see the record. What is handed out
    /// is noted for the read audit.
    /// </summary>
    public async Task<IncidentView?> ShowAsync(Reader who, IncidentView reply, CancellationToken ct)
    {
        var sight = await IncidentSight.OfAsync(who, days, views, ct);
        if (!sight.Covers(reply))
        {
            return null;
        }

        who.Saw($"{IncidentTables.Incident.Name}/{reply.Id}");
        return Noted(who, reply);
    }

    /// <summary>A grain's reply on one part of an incident, noted for the read audit.</summary>
    public static T Show<T>(Reader who, IncidentId incident, T reply)
    {
        who.Saw($"{IncidentTables.Incident.Name}/{incident}");
        return reply;
    }

    /// <summary>How many wait for triage, of those the reader sees.</summary>
    public async Task<long> CountUntriagedAsync(Reader who, CancellationToken ct)
    {
        var sight = await IncidentSight.OfAsync(who, days, views, ct);
        var where = new Listing().And("status = @status", "status", nameof(IncidentStatus.Reported)).And(sight);
        return sight.SeesAny ? await views.CountAsync(who, IncidentTables.Incident, where.Where, where.Args, ct) : 0;
    }

    /// <summary>The reader's own reports: that they were seen, acted on, closed, and nothing more.</summary>
    public async Task<Result<Page<IncidentReceipt>>> ReceiptsAsync(Reader who, ReceiptsOrder order, PageRequest page, CancellationToken ct) =>
        who.Actor.Person is not { } me ? Listing.Empty<IncidentReceipt>()
        : Listing.Bodies(await views.PageAsync<IncidentReceipt>(
            who, IncidentTables.IncidentReceipt, "reporter = @me", new Dictionary<string, object?> { ["me"] = me.ToString() },
            new KeysetOrder(("reported_at", order == ReceiptsOrder.ReportedAtDesc)), page, ct));

    /// <summary>The reader's receipt of this incident; null: somebody else reported it.</summary>
    public async Task<IncidentReceipt?> ReceiptAsync(Reader who, IncidentId id, CancellationToken ct)
    {
        var mine = new Listing().And("id = @id", "id", id.ToString()).And("reporter = @me", "me", who.Actor.Person?.ToString() ?? "");
        return await views.QueryAsync<IncidentReceipt>(who, IncidentTables.IncidentReceipt, mine.Where, mine.Args, "", 1, ct) is [var found] ? found.Body : null;
    }

    /// <summary>Which of these the reader may name in a command: seen, reported, or the reader has a task in it.</summary>
    public async Task<IReadOnlySet<IncidentId>> NameableAsync(Reader who, IReadOnlyCollection<IncidentId> ids, CancellationToken ct)
    {
        if (ids.Count == 0 || who.Actor.Person is not { } me)
        {
            return new HashSet<IncidentId>();
        }

        var sight = await IncidentSight.OfAsync(who, days, views, ct);
        Listing Named(string column, IEnumerable<string> values) => new Listing().And(views.AnyOf(column, "@ids"), "ids", values.ToArray());
        Task<IReadOnlySet<string>> KnownAsync(ViewTable table, string column, Listing rows) => views.ValuesAsync(who, table, column, rows.Where, rows.Args, ct);

        var seen = sight.SeesAny ? await KnownAsync(IncidentTables.Incident, "id", Named("id", Texts(ids)).And(sight)) : new HashSet<string>();
        var reported = await KnownAsync(IncidentTables.IncidentReceipt, "id", Named("id", Texts(ids)).And("reporter = @me", "me", me.ToString()));
        var tasked = await KnownAsync(TaskTables.Task, "stream", Named("stream", ids.Select(i => $"incident/{i}")).And("owner = @me", "me", me.ToString()));
        return ids.Where(i => seen.Contains($"{i}") || reported.Contains($"{i}") || tasked.Contains($"incident/{i}")).ToHashSet();
    }

    /// <summary>A record stands in the access log of each pupil in it.</summary>
    internal static IncidentView Noted(Reader who, IncidentView incident)
    {
        foreach (var person in incident.People)
        {
            who.Saw($"{PupilTables.Pupil.Name}/{person.Pupil}");
        }

        return incident;
    }

    private static KeysetOrder Ordered(IncidentsOrder order) => order switch
    {
        IncidentsOrder.ReportedAtAsc => new(("reported_at", false)),
        IncidentsOrder.HappenedAtDesc => new(("at", true)),
        IncidentsOrder.HappenedAtAsc => new(("at", false)),
        _ => new(("reported_at", true)),
    };

    private static string[] Texts(IReadOnlyCollection<IncidentId> ids) => [.. ids.Select(i => i.ToString())];
}
