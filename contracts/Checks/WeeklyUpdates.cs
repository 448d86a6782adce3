using System.Globalization;

namespace OnlineSafetyTrust.Contracts.Checks;

/// <summary>
/// A school's weekly update on its daily checks (E4): it collects the week's checks, drafts itself on the last school day, a person
/// completes and sends it. Key: <c>s/{uuid}/week/{yyyy-MM-dd}</c>, the date a Monday.
/// </summary>
[Alias("IWeeklyUpdateGrain")]
public interface IWeeklyUpdateGrain : IStreamGrain
{
    Task<Result<WeeklyUpdateReply>> SubmitAsync(CommandContext context, SubmitWeeklyUpdate command);
}

public static class WeekKey
{
    public const string Kind = "week";

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <param name="day">Any day of the week.</param>
    public static StreamId Stream(DateOnly day) => new($"{Kind}/{MondayOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");

    public static StreamKey Of(TenantId school, DateOnly day) => new(school, Stream(day));

    public static DateOnly Monday(StreamId stream) => DateOnly.ParseExact(stream.Value.AsSpan(Kind.Length + 1), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Completes the week's draft and sends it to the recipients of the policy in force (normally the network manager). By DSL or deputy, or whoever the duty falls to where the school has neither.</summary>
/// <param name="Comment">What was done about devices. Nothing of the incidents.</param>
[GenerateSerializer, Immutable, Alias("SubmitWeeklyUpdate")]
public sealed record SubmitWeeklyUpdate(string Comment);

/// <summary>How far a weekly update is.</summary>
public enum WeeklyUpdateStatus
{
    /// <summary>The week is running.</summary>
    Collecting,

    /// <summary>Waits for a person to complete and send it.</summary>
    Drafted,

    /// <summary>Sent.</summary>
    Submitted,

    /// <summary>No check was asked for in the end, or the policy in force has no such update.</summary>
    NotNeeded,
}

/// <summary>Who was told that a weekly update is late.</summary>
public enum WeeklyUpdateStage
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Its owner.</summary>
    Owner,

    /// <summary>The head.</summary>
    Head,
}

/// <summary>How many checks of the week ended how.</summary>
/// <param name="Open">Planned or overdue when last counted.</param>
/// <param name="Late">Recorded after their time; also counted under their result.</param>
/// <param name="Asked">Asked for.</param>
/// <param name="Clear">Nothing was found.</param>
/// <param name="Concern">Something was found.</param>
/// <param name="PupilAbsent">The pupil was not there.</param>
/// <param name="DeviceNotInSchool">The device was not there.</param>
/// <param name="Missed">Never recorded.</param>
[GenerateSerializer, Immutable, Alias("WeekCounts")]
public sealed record WeekCounts(int Asked, int Clear, int Concern, int PupilAbsent, int DeviceNotInSchool, int Missed, int Open, int Late);

/// <summary>One pupil's week: what happened with devices, nothing of the incident.</summary>
/// <param name="Exceptions">Days that were not clear.</param>
[GenerateSerializer, Immutable, Alias("PupilWeek")]
public sealed record PupilWeek(PupilId Pupil, bool DevicesRemoved, WeekCounts Counts, IReadOnlyList<DayException> Exceptions);

/// <summary>A day on which a check was not simply clear.</summary>
/// <param name="Date">The day.</param>
/// <param name="Status">How far it is.</param>
[GenerateSerializer, Immutable, Alias("DayException")]
public sealed record DayException(DateOnly Date, CheckStatus Status);

[GenerateSerializer, Immutable, Alias("WeeklyUpdateReply")]
public sealed record WeeklyUpdateReply(
    DateOnly Week, WeeklyUpdateStatus Status, WeekCounts Counts, IReadOnlyList<PupilWeek> Pupils, PersonId? Owner, IReadOnlyList<PersonId> SentTo, PersonId? SubmittedBy, DateTimeOffset? SubmittedAt);

/// <summary>A week's update as its owner, its recipients and the head see it.</summary>
/// <param name="DueAt">When it becomes overdue; null once sent.</param>
/// <param name="Addenda">Results that came in after it was sent.</param>
public sealed record WeeklyUpdateView(
    DateOnly Week, WeeklyUpdateStatus Status, WeekCounts Counts, IReadOnlyList<PupilWeek> Pupils, PersonId? Owner, IReadOnlyList<PersonId> SentTo,
    DateTimeOffset? DraftedAt, DateTimeOffset? DueAt, WeeklyUpdateStage Reached, [property: Personal] string? Comment, PersonId? SubmittedBy, DateTimeOffset? SubmittedAt,
    IReadOnlyList<LateAddendum> Addenda);

[GenerateSerializer, Immutable, Alias("LateAddendum")]
public sealed record LateAddendum(PupilId Pupil, DateOnly Date, CheckStatus Status, DateTimeOffset At);
