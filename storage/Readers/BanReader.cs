using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Bans (D3): scope, times and enforcement for all staff; why and from which incident for DSL, deputy and head.</summary>
public sealed class BanReader(ViewReader views)
{
    private const int MostBans = 100;

    /// <summary>A pupil's bans, the last 100 of them, latest end first.</summary>
    public async Task<IReadOnlyList<BanView>> OfPupilAsync(Reader who, PupilId pupil, CancellationToken ct) => [.. (await OfPupilsAsync(who, [pupil], ct))[pupil]];

    public async Task<ILookup<PupilId, BanView>> OfPupilsAsync(Reader who, IReadOnlyCollection<PupilId> pupils, CancellationToken ct)
    {
        if (!Sight.IsStaff(who))
        {
            return Array.Empty<BanView>().ToLookup(b => b.Pupil);
        }

        // Each pupil has as many: one with many would leave no room for the others.
        var ids = pupils.Select(p => p.ToString()).Distinct().ToList();
        var found = await views.PagesAsync<BanView>(who, BanTables.Ban, "pupil", ids, "", null, new KeysetOrder(("until", true)), new PageRequest(First: MostBans), ct);
        return found.Value!.Values.SelectMany(p => p.Items).ToLookup(i => i.Item.Body.Pupil, i => Seen(who, i.Item.Body));
    }

    public async Task<BanView?> FindAsync(Reader who, BanId id, CancellationToken ct) =>
        Sight.IsStaff(who) && await views.FindAsync<BanView>(who, BanTables.Ban, id.ToString(), ct) is { } row ? Seen(who, row.Body) : null;

    /// <summary>A grain's reply as this reader may see it, noted for the read audit.</summary>
    public static BanView Show(Reader who, BanView reply)
    {
        who.Saw($"{BanTables.Ban.Name}/{reply.Id}");
        who.Saw($"{PupilTables.Pupil.Name}/{reply.Pupil}");
        return Seen(who, reply);
    }

    private static BanView Seen(Reader who, BanView ban) =>
        Sight.Reasons(who) ? ban : ban with { Reason = null, Incident = null, EssentialOverride = null, LiftReason = null };
}
