using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Checks;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>What held for a pupil and ends when they leave.</summary>
internal enum Measure
{
    DailyChecks,
    Ban,
    Strategy,
    DraftStrategy,
}

/// <summary>From a pupil's checks or strategy: they ended because the pupil left.</summary>
internal sealed record MeasureEnded(Measure What)
{
    public const string Message = "pupil.measure-ended";
}

/// <summary>These ended because the pupil left; none holds again when they come back.</summary>
[EventName("pupil.measures-ended.v1")]
internal sealed record MeasuresEnded(IReadOnlyList<Measure> What);

/// <summary>To whom it falls to see to what ended: the DSL, or who stands in for one.</summary>
/// <param name="Until">When a cover that begins or ends makes it another one's; null: none is arranged.</param>
[EventName("pupil.measures-assigned.v1")]
internal sealed record MeasuresAssigned(PersonId? Lead, DateTimeOffset? Until);

/// <summary>It was seen to.</summary>
[EventName("pupil.measures-settled.v1")]
internal sealed record MeasuresSettled;

/// <param name="Since">The last day on roll, or the first day back.</param>
/// <param name="Returned">The pupil is back: the question is whether it must begin again.</param>
/// <param name="Settled">Seen to when the pupil left; it is asked again when they come back.</param>
internal sealed record EndedMeasures(IReadOnlyList<Measure> What, DateOnly Since, bool Returned = false, bool Settled = false, MeasuresAssigned? Assigned = null)
{
    /// <summary>What waits already stays whose it is: checks, bans and strategy tell of one leaving one after the other.</summary>
    public static EndedMeasures Add(EndedMeasures? known, IReadOnlyList<Measure> what, DateOnly? left, DateOnly today) =>
        new([.. (known?.What ?? []).Union(what).Order()], left ?? known?.Since ?? today, left is null, false, known is { Settled: false } ? known.Assigned : null);

    /// <summary>Gone again before anybody looked, or another last day than was thought.</summary>
    public EndedMeasures Left(DateOnly lastDay) => this with { Since = lastDay, Returned = false, Assigned = Returned ? null : Assigned };

    public EndedMeasures Back(DateOnly firstDay) => new(What, firstDay, Returned: true);
}

/// <summary>Checks, bans and a strategy end when their pupil leaves: one task of the DSL that names them, and one when the pupil comes back.</summary>
internal static class LeaverMeasures
{
    public const string Due = "leaver-measures/hand-over";

    private static readonly Role[] MaySettle = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    public static bool Waits(PupilState state) => state.Ended is { Settled: false };

    /// <summary>Of bans whose time was over already nothing ends.</summary>
    public static IEnumerable<MeasuresEnded> OfBans(BanState bans, CommandContext context) =>
        bans.Open.Exists(b => b.Until > context.Now) ? [new MeasuresEnded([Measure.Ban])] : [];

    /// <summary>From its checks or its strategy, which may come after the pupil is back.</summary>
    public static Result<Events> Note(PupilState state, MeasureEnded told) =>
        state.Ended is { Settled: false } known && known.What.Contains(told.What) ? Events.None : Events.Of(new MeasuresEnded([told.What]));

    /// <summary>After anything that may have changed whether something waits, or whose task it is.</summary>
    public static Events Assign(PupilState state, SchoolFacts facts, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        MeasuresAssigned assigned = new(CheckPeople.Lead(facts, today), facts.NextHandOver(today, day => CheckPeople.Lead(facts, day)));
        return Waits(state) && assigned != state.Ended!.Assigned ? Events.Of(assigned) : Events.None;
    }

    /// <summary>By whom it is assigned to as well: where the school has neither of these, the duty falls to another.</summary>
    public static Result<Events> Settle(PupilState state, SchoolFacts facts, CommandContext context) =>
        !facts.Holds(context, MaySettle) && (context.Actor.Person is not { } person || state.Ended?.Assigned?.Lead != person) ? DomainError.NotAllowed("the DSL, the deputy DSL and the headteacher")
        : state.Record is null ? PupilErrors.Unknown
        : !Waits(state) ? PupilErrors.NothingEnded
        : Events.Of(new MeasuresSettled());

    public static Message Mail(StreamKey key, PersonId lead, PupilState state) => new(
        Destinations.Mail(key.Tenant, lead), Notice.Message, new Notice(KindOf(state.Ended!, NoticeKind.ReturnerMeasures, NoticeKind.LeaverMeasures), $"/pupils/{key.Stream.Id:D}", null, null));

    public static IEnumerable<Row> Rows(StreamKey key, PupilState state)
    {
        if (state.Ended is not { Settled: false, Assigned.Lead: { } lead } ended)
        {
            yield break;
        }

        var what = string.Join(", ", ended.What.Select(Word));
        var since = London.ToInstant(ended.Since, TimeOnly.MinValue);
        yield return TaskRows.Of(new TaskView(
            $"{key.Stream}#leaver-measures", lead, KindOf(ended, TaskKind.ReturnerMeasures, TaskKind.LeaverMeasures),
            ended.Returned ? $"A pupil is back: look whether what ended when they left must begin again ({what})" : $"A pupil has left, and what held for them ended ({what}): see to what must follow",
            key.Stream, null, new PupilId(key.Stream.Id), since, since));
    }

    private static T KindOf<T>(EndedMeasures ended, T back, T left) => ended.Returned ? back : left;

    private static string Word(Measure what) => what switch
    {
        Measure.DailyChecks => "daily checks",
        Measure.Ban => "a ban",
        Measure.Strategy => "an access strategy",
        _ => "a draft of an access strategy",
    };
}
