using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Incidents;

/// <summary>
/// Counters (I6). Every incident counts once, on the day it was reported, so that a month once reported changes only when an
/// incident of it is triaged again. Several year groups, phases or Cs count as <c>several</c>, none as <c>none</c>.
/// </summary>
internal static class IncidentCounts
{
    public const string Incidents = "incidents";
    public const string Reported = "incidents-reported";
    public const string Closed = "incidents-closed";

    public static IEnumerable<Count> Of(IncidentState before, object @event, IncidentState after, EventMeta meta) => @event switch
    {
        IncidentReported => [new Count(London.DateOf(meta.At), Reported, $"kind={(after.Kind == ReportKind.Technical ? "technical" : "online-safety")}")],
        IncidentTriaged or PupilPartCorrected or PupilAdded or PupilWithdrawn when after.TriagedAt is not null => Moved(before, after),
        IncidentClosed => [new Count(London.DateOf(meta.At), Closed, $"nature={after.Nature ?? "none"}")],
        IncidentReopened => [new Count(London.DateOf(before.Closure!.ClosedAt!.Value), Closed, $"nature={after.Nature ?? "none"}", -1)],
        _ => [],
    };

    private static IEnumerable<Count> Moved(IncidentState before, IncidentState after)
    {
        var day = London.DateOf(after.ReportedAt);
        var (from, to) = (before.TriagedAt is null ? null : Dimensions(before), Dimensions(after));
        return from == to ? []
            : from is null ? [new Count(day, Incidents, to)]
            : [new Count(day, Incidents, from, -1), new Count(day, Incidents, to)];
    }

    private static string Dimensions(IncidentState state)
    {
        var counted = Counted(state.People).ToList();
        return $"fourC={OneOf(state.FourCs.Select(c => c.ToString().ToLowerInvariant()))};nature={state.Nature ?? "none"}"
            + $";phase={OneOf(counted.Select(d => PhaseName(d.Phase)))};yearGroup={OneOf(counted.Select(d => d.YearGroup))}";
    }

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
