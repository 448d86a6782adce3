using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.GraphQL.Checks;

[ExtendObjectType(OperationTypeNames.Query)]
public sealed class CheckQueries
{
    /// <summary>The caller's checks of today and what still waits of days before: missed ones, concerns without an answer. A whole class in one list, exceptions first.</summary>
    /// <param name="everyone">The whole school's, for those who plan checks.</param>
    [Authorize]
    public async Task<IReadOnlyList<Check>> GetChecksDueAsync(Session session, CheckReader checks, CancellationToken ct, bool everyone = false) =>
        [.. (await checks.DueAsync(session.Asks().Reader, everyone, ct)).Select(c => new Check(c))];

    /// <summary>The update on a week's checks; null where there is none for the caller.</summary>
    /// <param name="week">Any day of the week.</param>
    [Authorize]
    public async Task<WeeklyUpdate?> GetWeeklyUpdateAsync(DateOnly week, Session session, CheckReader checks, CancellationToken ct) =>
        await checks.WeekAsync(session.Asks().Reader, week, ct) is { } view ? new WeeklyUpdate(view) : null;
}
