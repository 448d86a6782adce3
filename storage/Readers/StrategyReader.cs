using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Storage.Readers;

/// <param name="Whole">For DSL, deputy, head, senior leaders; null for whoever teaches the pupil.</param>
public sealed record StrategySeen(StrategyInForce InForce, StrategyView? Whole)
{
    internal static StrategySeen Of(Reader who, StrategyView strategy) => new(
        new StrategyInForce(strategy.Pupil, strategy.Status, strategy.InForce),
        !Sight.Plans(who) ? null : Sight.Incidents(who) ? strategy : strategy with { Incidents = [] });
}

/// <summary>Technology access strategies (D4): whole for those who decide; the terms in force for the pupil's class teacher and key worker.</summary>
public sealed class StrategyReader(ViewReader views, ISchoolDays days)
{
    private const int MostFormer = 20;

    public async Task<StrategySeen?> FindAsync(Reader who, PupilId pupil, CancellationToken ct) => (await FindManyAsync(who, [pupil], ct)).GetValueOrDefault(pupil);

    public async Task<IReadOnlyDictionary<PupilId, StrategySeen>> FindManyAsync(Reader who, IReadOnlyCollection<PupilId> pupils, CancellationToken ct)
    {
        var seen = await SightOfAsync(who, [.. pupils.Select(p => p.ToString())], ct);
        var found = seen.Count > 0 ? await views.FindManyAsync<StrategyView>(who, StrategyTables.Strategy, seen, ct) : new Dictionary<string, Row<StrategyView>>();
        return found.Values.ToDictionary(r => r.Body.Pupil, r => StrategySeen.Of(who, r.Body));
    }

    /// <summary>The last 20 ended strategies of a pupil that another one followed, newest first; none for those who do not decide.</summary>
    /// <param name="before">Those with a smaller number; null: the last of all.</param>
    public Task<IReadOnlyList<StrategyView>> FormerAsync(Reader who, PupilId pupil, int? before, CancellationToken ct)
    {
        // Numbered one after the other.
        var where = new Listing().And("pupil = @pupil", "pupil", pupil.ToString()).And("number < @before", "before", (long)(before ?? int.MaxValue));
        return FormerAsync(who, () => views.QueryAsync<StrategyView>(who, StrategyTables.Former, where.Where, where.Args, "number DESC, id", MostFormer, ct));
    }

    /// <summary>Ended strategies that another one followed, by pupil and number; none for those who do not decide.</summary>
    public Task<IReadOnlyList<StrategyView>> FormerAsync(Reader who, IReadOnlyCollection<(PupilId Pupil, int Number)> strategies, CancellationToken ct) =>
        FormerAsync(who, async () => [.. (await views.FindManyAsync<StrategyView>(who, StrategyTables.Former, [.. strategies.Select(s => StrategyTables.FormerId(s.Pupil, s.Number)).Distinct()], ct)).Values]);

    private static async Task<IReadOnlyList<StrategyView>> FormerAsync(Reader who, Func<Task<IReadOnlyList<Row<StrategyView>>>> find) =>
        Sight.Plans(who) ? [.. (await find()).Select(r => StrategySeen.Of(who, r.Body).Whole!)] : [];

    /// <summary>A grain's reply as this reader may see it, noted for the read audit.</summary>
    public static StrategySeen Show(Reader who, StrategyView reply)
    {
        who.Saw($"{StrategyTables.Strategy.Name}/{reply.Pupil}");
        who.Saw($"{PupilTables.Pupil.Name}/{reply.Pupil}");
        return StrategySeen.Of(who, reply);
    }

    /// <summary>Those of the pupils whose strategy this reader may see.</summary>
    private async Task<IReadOnlyCollection<string>> SightOfAsync(Reader who, IReadOnlyCollection<string> pupils, CancellationToken ct)
    {
        if (Sight.Plans(who))
        {
            return pupils;
        }

        if (!Sight.IsStaff(who) || await days.FindAsync(who.Tenant, ct) is not { } today)
        {
            return [];
        }

        var found = await views.FindManyAsync<PupilView>(ProductReads.Of(who.Tenant), PupilTables.Pupil, pupils, ct);
        return [.. found.Values.Where(r => Sight.Teaches(who, r.Body, today)).Select(r => r.Id)];
    }
}
