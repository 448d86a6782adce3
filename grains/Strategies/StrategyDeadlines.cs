using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.Grains.Strategies;

/// <summary>What follows when time passes, or when the school's calendar or people change.</summary>
internal static class StrategyDeadlines
{
    public static Result<Events> OnDue(StrategyState state, SchoolFacts facts, CommandContext context) =>
        Late(state, facts, context) is { Count: > 0 } late ? late
        : state.HandOverAt <= context.Now ? Rearm(state, facts, context)
        : Events.None;

    private static Events Late(StrategyState state, SchoolFacts facts, CommandContext context) => Events.Of([.. OnAgreement(state, facts, context), .. OnReview(state, facts, context)]);

    private static Events OnAgreement(StrategyState state, SchoolFacts facts, CommandContext context) => state switch
    {
        { Record: { Status: StrategyStatus.Draft, ReferredToHeadAt: null, AgreementDueAt: { } due } draft } when due <= context.Now =>
            Events.Of(new StrategyReferredToHead(
                due, context.Now, StrategyDates.Head(facts, context.Now), [.. draft.Parties.Where(p => draft.AnswerOf(p) == StrategyAnswer.Refused)],
                [.. draft.NotAgreed.Where(p => draft.AnswerOf(p) != StrategyAnswer.Refused)],
                // A hand-over that is late too comes after it.
                state.HandOverAt <= context.Now ? state.HandOverAt : StrategyDates.HandOver(facts, draft.Owner, true, context.Now))),
        _ => Events.None,
    };

    /// <summary>What was overdue before the change stays so.</summary>
    public static Result<Events> Rearm(StrategyState state, SchoolFacts facts, CommandContext context)
    {
        if (state.Record is not { Status: not StrategyStatus.Ended } strategy)
        {
            return Events.None;
        }

        var agreement = strategy is { AgreementDueAt: { } due, ReferredToHeadAt: null } && due > context.Now ? StrategyDates.AgreementDue(facts, state.AskedSince ?? strategy.DraftedAt) : strategy.AgreementDueAt;
        var review = state is { Review: { } times, Stage: < ReviewStage.Overdue } && times.DueAt > context.Now ? StrategyDates.Review(facts, strategy.ReviewOn) : state.Review;
        var assigned = StrategyDates.Assigned(facts, strategy.Owner, context.Now);
        var referred = strategy.ReferredToHeadAt is not null && strategy.Status == StrategyStatus.Draft;
        var head = referred ? StrategyDates.Head(facts, context.Now) : null;
        var handOver = StrategyDates.HandOver(facts, strategy.Owner, referred, context.Now);
        return agreement == strategy.AgreementDueAt && review == state.Review && assigned == state.Assigned && head == state.Head && handOver == state.HandOverAt
            ? Events.None
            : Events.Of(new StrategyRearmed(agreement, review, assigned, head, facts.Version, handOver));
    }

    /// <summary>Of the terms, or while it is a draft of the interim ones.</summary>
    private static Events OnReview(StrategyState state, SchoolFacts facts, CommandContext context)
    {
        if (state is not { Record.Status: not StrategyStatus.Ended, Review: { } review })
        {
            return Events.None;
        }

        var overdue = review.DueAt <= context.Now && state.Stage < ReviewStage.Overdue;
        var remind = review.RemindAt <= context.Now && state.Stage < ReviewStage.Reminded;
        var reminded = new ReviewReminded(review.RemindAt, context.Now, StrategyDates.Assigned(facts, state.Record!.Owner, context.Now), overdue);
        var wentOverdue = new ReviewWentOverdue(review.DueAt, context.Now, StrategyDates.Dsl(facts, context.Now));
        return (remind, overdue) switch
        {
            (true, true) => Events.Of(reminded, wentOverdue),
            (true, false) => Events.Of(reminded),
            (false, true) => Events.Of(wentOverdue),
            _ => Events.None,
        };
    }
}
