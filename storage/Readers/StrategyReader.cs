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
    public async Task<StrategySeen?> FindAsync(Reader who, PupilId pupil, CancellationToken ct) =>
        await MaySeeAsync(who, pupil, ct) && await views.FindAsync<StrategyView>(who, StrategyTables.Strategy, pupil.ToString(), ct) is { } row
            ? StrategySeen.Of(who, row.Body)
            : null;

    /// <summary>A grain's reply as this reader may see it, noted for the read audit.</summary>
    public static StrategySeen Show(Reader who, StrategyView reply)
    {
        who.Saw($"{StrategyTables.Strategy.Name}/{reply.Pupil}");
        who.Saw($"{PupilTables.Pupil.Name}/{reply.Pupil}");
        return StrategySeen.Of(who, reply);
    }

    private async Task<bool> MaySeeAsync(Reader who, PupilId pupil, CancellationToken ct) =>
        Sight.Plans(who)
        || (Sight.IsStaff(who)
            && await days.FindAsync(who.Tenant, ct) is { } today
            && await views.FindAsync<PupilView>(ProductReads.Of(who.Tenant), PupilTables.Pupil, pupil.ToString(), ct) is { } row
            && Sight.Teaches(who, row.Body, today));
}
