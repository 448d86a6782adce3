using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>Every command of an incident asks <see cref="PathTable"/>: what the table refuses is refused with its words, what it allows is not refused for the path's sake.</summary>
public sealed class PathCommandTests
{
    private static readonly EvidenceRef Evidence = new(new string('a', 64), 1);

    /// <summary>A plan with one open step of every kind.</summary>
    private static readonly IncidentWorld World = Triaged(Nudes, before: w => w.With(p => p with
    {
        Paths =
        [
            .. p.Paths.Where(r => r.Path != GuardedPath.NudesAmongUnder18),
            new PathRule(GuardedPath.NudesAmongUnder18, [.. Enum.GetValues<StepKind>().Select(k => new StepRule($"all-{k}", k, [Role.Dsl], "Canary", [], [Role.Headteacher], []))]),
        ],
    }));

    public static TheoryData<PathAction, PathState, bool> Cells()
    {
        var cells = new TheoryData<PathAction, PathState, bool>();
        foreach (var action in Enum.GetValues<PathAction>())
        {
            foreach (var state in Enum.GetValues<PathState>())
            {
                cells.Add(action, state, false);
                cells.Add(action, state, true);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_command_is_refused_exactly_where_the_table_says(PathAction action, PathState at, bool released)
    {
        var state = World.State with { Path = World.State.Path! with { State = at, DevicesReleased = released } };
        var error = Ask(state, action).Errors.FirstOrDefault(e => e.Code == "PATH_FORBIDS");
        Assert.Equal(PathTable.Refusal(state, action), error?.Message);
    }

    private static Result<Events> Ask(IncidentState state, PathAction action)
    {
        var (facts, dsl) = (World.Facts, World.As(Dsl));
        return action switch
        {
            PathAction.ReviewNude => IncidentDecider.ReviewNude(state, facts, new ReviewNude(true, false, false, false, false, false, false, "r"), dsl),
            PathAction.RecordPoliceResponse => IncidentDecider.PoliceResponded(state, facts, new RecordPoliceResponse(PoliceOutcome.Confirmed, "a", null, null), dsl),
            PathAction.DecideWithoutReply => IncidentDecider.DecideWithoutReply(state, facts, new DecideWithoutReply(WithoutReply.InternalProcedure, Agency.Mash, "a", "r", false, null), dsl),
            PathAction.Debrief => IncidentDecider.Debrief(state, facts, new DebriefIncident("f", [], [], null, false, null), dsl),
            PathAction.Close => IncidentDecider.Close(state, facts, new CloseIncident("s"), dsl),
            PathAction.AttachEvidence => Complete(state, StepKind.Custom, [Evidence]),
            _ when Enum.TryParse<StepKind>(action.ToString(), out var kind) => Complete(state, kind, []),
            // Asked by device and strategy before they do anything, and by whoever stores files.
            _ => IncidentDecider.May(state, facts, action, dsl) is { Ok: false } refused ? Result<Events>.Failed(refused.Errors) : Events.None,
        };
    }

    private static Result<Events> Complete(IncidentState state, StepKind kind, IReadOnlyList<EvidenceRef> evidence) => IncidentDecider.Complete(
        state, World.Facts, new CompleteStep(state.Plan().Single(s => s.Rule.Id == $"all-{kind}").Number, null, null, "Done", "r", null, evidence), World.As(Dsl));
}
