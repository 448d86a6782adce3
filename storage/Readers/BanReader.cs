using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <summary>Bans (D3): scope, times and enforcement for all staff; why and from which incident for DSL, deputy and head.</summary>
public sealed class BanReader(ViewReader views)
{
    private const int MostBans = 100;

    /// <summary>Those of a pupil that have not ended and the last that did, latest end first.</summary>
    public async Task<IReadOnlyList<BanView>> OfPupilAsync(Reader who, PupilId pupil, CancellationToken ct) => [.. (await OfPupilsAsync(who, [pupil], ct))[pupil]];

    public async Task<ILookup<PupilId, BanView>> OfPupilsAsync(Reader who, IReadOnlyCollection<PupilId> pupils, CancellationToken ct)
    {
        var args = new Dictionary<string, object?> { ["pupils"] = pupils.Select(p => p.ToString()).ToList() };
        var rows = Sight.IsStaff(who) ? await views.QueryAsync<BanView>(who, BanTables.Ban, views.AnyOf("pupil", "@pupils"), args, "until DESC, id", MostBans * pupils.Count, ct) : [];
        return rows.ToLookup(r => r.Body.Pupil, r => Seen(who, r.Body));
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
