using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>
/// Counters (I6). Every incident counts once, on the day it was reported and from then on, so that a month once reported changes only when an
/// incident of it is triaged. What is technical counts once it is triaged, or handed to the DSL. Several year groups, phases or Cs count as <c>several</c>, none as <c>none</c>.
/// </summary>
internal static class IncidentCounts
{
    public const string Incidents = "incidents";
    public const string Reported = "incidents-reported";
    public const string Closed = "incidents-closed";

    /// <summary>What the logs that leave the school are made of (C9): moved whenever a part of it changes.</summary>
    public const string Log = "incident-log";

    public static IEnumerable<Count> Of(IncidentState before, object @event, IncidentState after, EventMeta meta) =>
        OfDays(before, @event, after, meta).Concat(Moved(Incidents, Dimensions(before), Dimensions(after), after)).Concat(Moved(Log, LogDimensions(before), LogDimensions(after), after));

    private static IEnumerable<Count> OfDays(IncidentState before, object @event, IncidentState after, EventMeta meta) => @event switch
    {
        IncidentReported => [new Count(London.DateOf(meta.At), Reported, $"kind={(after.Kind == ReportKind.Technical ? "technical" : "online-safety")}")],
        IncidentClosed => [new Count(London.DateOf(meta.At), Closed, $"nature={after.Nature ?? CountedNatures.None}")],
        IncidentReopened => [new Count(London.DateOf(before.Closure!.ClosedAt!.Value), Closed, $"nature={after.Nature ?? CountedNatures.None}", -1)],
        _ => [],
    };

    /// <param name="from">Null: not counted yet.</param>
    private static IEnumerable<Count> Moved(string counter, string? from, string? to, IncidentState after)
    {
        if (from == to || to is null)
        {
            return [];
        }

        var day = London.DateOf(after.ReportedAt);
        return from is null ? [new Count(day, counter, to)] : [new Count(day, counter, from, -1), new Count(day, counter, to)];
    }

    private static string? Dimensions(IncidentState state)
    {
        if (!state.Exists || (state.TriagedAt is null && state.IsTechnical()))
        {
            return null;
        }

        var counted = Counted(state.People).ToList();
        return $"fourC={FourCOf(state)};nature={(state.TriagedAt is null ? CountedNatures.Untriaged : state.Nature ?? CountedNatures.None)}"
            + $";phase={OneOf(counted.Select(d => PhaseName(d.Phase)))};yearGroup={OneOf(counted.Select(d => d.YearGroup))}";
    }

    private static string? LogDimensions(IncidentState state) => state.TriagedAt is null ? null
        : $"closed={(state.IsClosed() ? "yes" : "no")};fourC={FourCOf(state)};keyStage={OneOf(Counted(state.People).Select(d => YearGroups.KeyStageOf(d.YearGroup)))}"
            + $";nature={state.Nature ?? CountedNatures.None};referred={(state.Referrals.Exists(r => r.Decision == ReferralDecision.Referred) ? "yes" : "no")}";

    private static string FourCOf(IncidentState state) => OneOf(state.FourCs.Select(c => c.ToString().ToLowerInvariant()));

    private static IEnumerable<PupilDimensions> Counted(IReadOnlyList<PupilInvolved> people)
    {
        foreach (var part in new[] { PupilPart.Alleged, PupilPart.Affected })
        {
            if (people.Any(p => p.Part == part))
            {
                return people.Where(p => p.Part == part).Select(p => p.Dimensions);
            }
        }

        return people.Select(p => p.Dimensions);
    }

    private static string PhaseName(Contracts.Schools.Phase phase) => phase == Contracts.Schools.Phase.AllThrough ? "all-through" : phase.ToString().ToLowerInvariant();

    private static string OneOf(IEnumerable<string> values)
    {
        var distinct = values.Distinct().Take(2).ToList();
        return distinct.Count switch
        {
            0 => "none",
            1 => distinct[0],
            _ => "several",
        };
    }
}
