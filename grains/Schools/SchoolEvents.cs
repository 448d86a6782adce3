using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Schools;

[EventName("school.established.v1")]
internal sealed record SchoolEstablished(
    TenantId Trust, string Urn, string Name, Phase Phase, Nation Nation, IReadOnlyList<string> YearGroups, string LocalAuthority, string? SafeguardingPhone, string? OutOfHoursPhone, string? Laestab = null);

[EventName("school.details-changed.v1")]
internal sealed record SchoolDetailsChanged(SchoolDetails Before, SchoolDetails Details);

internal sealed record SchoolDetails(string Name, Phase Phase, IReadOnlyList<string> YearGroups, string LocalAuthority, string? Laestab);

[EventName("school.safeguarding-numbers-set.v1")]
internal sealed record SafeguardingNumbersSet(SafeguardingNumbers Before, SafeguardingNumbers Numbers);

internal sealed record SafeguardingNumbers(string? SafeguardingPhone, string? OutOfHoursPhone);

/// <param name="ClosureReasons">Those of the closures, in their order: a school's own words may name somebody.</param>
[EventName("school.calendar-set.v1")]
internal sealed record CalendarSet(SchoolCalendar? Before, SchoolCalendar Calendar, Personal<IReadOnlyList<string>>? ClosureReasons);

/// <param name="Policy">Compiled with the floor: what is in force, whatever becomes of the shipped file.</param>
/// <param name="TextHash">SHA-256 of the pack's text, hex.</param>
[EventName("school.policy-adopted.v1")]
internal sealed record PolicyAdopted(string Pack, string Title, string Version, string TextHash, CompiledPolicy Policy);

/// <param name="Before">Id of the floor until then.</param>
/// <param name="Policy">What was in force, compiled again with the floor that counts now.</param>
[EventName("school.policy-floor-raised.v1")]
internal sealed record PolicyFloorRaised(string Before, string Version, CompiledPolicy Policy);

/// <param name="Asked">The question in the pack's words.</param>
/// <param name="Version">Of the policy in force.</param>
[EventName("school.policy-question-decided.v1")]
internal sealed record PolicyQuestionDecided(string Question, string Asked, Personal<string> Decision, Personal<string>? Reason, string Version);

[EventName("school.roll-recorded.v1")]
internal sealed record RollRecorded(IReadOnlyList<YearRoll> Before, IReadOnlyList<YearRoll> Roll);

/// <param name="SourceId">The school's id in its MIS.</param>
[EventName("school.source-id-recorded.v1")]
internal sealed record SchoolSourceIdRecorded(string? Before, string SourceId);
