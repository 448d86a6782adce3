using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="Search">Beginnings of names, in any order.</param>
/// <param name="Left">Those who left instead of those on roll.</param>
public sealed record PupilFilter(string? Search = null, string? YearGroup = null, string? ClassName = null, bool Left = false);

/// <summary>In which order pupils are listed.</summary>
public enum PupilsOrder
{
    /// <summary>By name.</summary>
    NameAsc,

    /// <summary>By class, and by name within it; those without a class first.</summary>
    ClassNameAsc,
}

/// <param name="Details">The reader sees date of birth, numbers and special needs; otherwise <paramref name="View"/> holds none of them.</param>
public sealed record PupilSeen(PupilView View, bool Details);

/// <summary>Pupils: name, year and class for all staff, because anybody must be able to report; the rest for those who lead.</summary>
public sealed class PupilReader(ViewReader views, PupilDirectory directory, InvitationReader invitations)
{
    public async Task<PupilSeen?> FindAsync(Reader who, PupilId id, CancellationToken ct) =>
        await FindManyAsync(who, [id], ct) is [var found] ? found : null;

    public async Task<IReadOnlyList<PupilSeen>> FindManyAsync(Reader who, IReadOnlyCollection<PupilId> ids, CancellationToken ct)
    {
        if (!Sight.IsStaff(who) || ids.Count == 0)
        {
            return ids.Count == 0 ? [] : await invitations.PupilsAsync(who, ids, ct);
        }

        var found = await views.FindManyAsync<PupilView>(who, PupilTables.Pupil, [.. ids.Select(i => i.ToString())], ct);
        return [.. found.Values.Select(r => Seen(who, r.Body))];
    }

    public async Task<Result<Page<PupilSeen>>> PageAsync(Reader who, PupilFilter filter, PupilsOrder order, PageRequest page, CancellationToken ct)
    {
        if (!Sight.IsStaff(who))
        {
            return Listing.Empty<PupilSeen>();
        }

        var ids = await directory.PageAsync(who.Tenant, filter, order, page, ct);
        if (!ids.Ok)
        {
            return Result<Page<PupilSeen>>.Failed(ids.Errors);
        }

        var found = (await FindManyAsync(who, [.. ids.Value.Items.Select(i => i.Item)], ct)).ToDictionary(p => p.View.Id);
        return new Page<PupilSeen>(
            [.. ids.Value.Items.Where(i => found.ContainsKey(i.Item)).Select(i => new PageItem<PupilSeen>(i.Cursor, found[i.Item]))], ids.Value.HasNext, ids.Value.HasPrevious);
    }

    /// <summary>Null: not for this reader. Nobody entered any yet: an empty list.</summary>
    public async Task<PupilContactsView?> ContactsAsync(Reader who, PupilId id, CancellationToken ct) => (await ContactsAsync(who, [id], ct)).GetValueOrDefault(id);

    /// <summary>Of every pupil asked; none for those who may not see contacts.</summary>
    public async Task<IReadOnlyDictionary<PupilId, PupilContactsView>> ContactsAsync(Reader who, IReadOnlyCollection<PupilId> ids, CancellationToken ct)
    {
        if (!Sight.Contacts(who))
        {
            return new Dictionary<PupilId, PupilContactsView>();
        }

        var found = await views.FindManyAsync<PupilContactsView>(who, PupilTables.Contacts, [.. ids.Select(i => i.ToString())], ct);
        return ids.ToDictionary(i => i, i => found.GetValueOrDefault(i.ToString())?.Body ?? new PupilContactsView(i, []));
    }

    /// <summary>What a report keeps of each pupil; nobody is shown it. Pupils that the reader may not name are left out.</summary>
    public async Task<IReadOnlyDictionary<PupilId, PupilDimensions>> DimensionsAsync(Reader who, IReadOnlyCollection<PupilId> ids, CancellationToken ct)
    {
        if (!Sight.IsStaff(who) || ids.Count == 0)
        {
            return new Dictionary<PupilId, PupilDimensions>();
        }

        var found = await views.FindManyAsync<PupilView>(ProductReads.Of(who.Tenant), PupilTables.Pupil, [.. ids.Select(i => i.ToString()).Distinct()], ct);
        return found.Values.ToDictionary(r => r.Body.Id, r => new PupilDimensions(r.Body.YearGroup, r.Body.Phase, r.Body.Sen));
    }

    /// <summary>A grain's reply, noted for the read audit.</summary>
    public static PupilSeen Show(Reader who, PupilView reply)
    {
        who.Saw($"{PupilTables.Pupil.Name}/{reply.Id}");
        return Seen(who, reply);
    }

    private static PupilSeen Seen(Reader who, PupilView pupil) =>
        Sight.PupilDetails(who)
            ? new PupilSeen(pupil, true)
            : new PupilSeen(pupil with { DateOfBirth = null, Upn = null, Identifiers = null, SourceId = null, OffSiteProvider = null, Sen = false }, false);
}
