using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.Grains.Strategies;

/// <summary>What somebody has to do about a strategy now.</summary>
internal static class StrategyTaskRows
{
    public static IEnumerable<Row> Of(StreamKey key, StrategyState state, StrategyRecord strategy)
    {
        if (strategy.Status == StrategyStatus.Draft)
        {
            yield return Task(key, strategy, state.Assigned, TaskKind.StrategyAgreement, "Have the technology access strategy agreed", strategy.AgreementDueAt, strategy.DraftedAt);
            if (state.Stage != ReviewStage.Ahead)
            {
                yield return Task(key, strategy, state.Assigned, TaskKind.StrategyReview, "Review the interim terms: the strategy is not agreed yet", strategy.ReviewDueAt, state.Review!.RemindAt);
            }

            if (state.Head is { } head)
            {
                yield return Task(
                    key, strategy, head, TaskKind.StrategyHeadDecision, "Decide how to go on: the technology access strategy was refused or not answered", null, strategy.ReferredToHeadAt!.Value);
            }
        }
        else if (strategy.Status == StrategyStatus.Active)
        {
            var since = strategy.Reviews.IsEmpty ? strategy.ActiveSince!.Value : strategy.Reviews[^1].At;
            yield return Task(key, strategy, state.Assigned, TaskKind.StrategyReview, "Review the technology access strategy", strategy.ReviewDueAt, since);
        }
    }

    private static Row Task(StreamKey key, StrategyRecord strategy, PersonId owner, TaskKind kind, string title, DateTimeOffset? dueAt, DateTimeOffset assignedAt) =>
        TaskRows.Of(new TaskView($"{key.Stream}#{TaskTables.Word(kind)}", owner, kind, title, key.Stream, null, strategy.Pupil, dueAt, assignedAt));
}
