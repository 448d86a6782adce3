using OnlineSafetyTrust.Contracts.Policies;

namespace OnlineSafetyTrust.Contracts.Schools;

/// <summary>Phase of schooling.</summary>
public enum Phase
{
    /// <summary>Primary.</summary>
    Primary,

    /// <summary>Secondary.</summary>
    Secondary,

    /// <summary>All-through.</summary>
    AllThrough,

    /// <summary>Special school.</summary>
    Special,
}

/// <param name="Urn">Six digits. A dated attribute: a school that becomes an academy gets another.</param>
/// <param name="YearGroups">N1 N2 R 1..14.</param>
/// <param name="LocalAuthority">Three-digit code or name.</param>
/// <param name="Laestab">The authority's code and the establishment's number, <c>LLL/EEEE</c>; a dated attribute as the URN is. Null: the list has none.</param>
[GenerateSerializer, Immutable, Alias("EstablishSchool")]
public sealed record EstablishSchool(TenantId Trust, string Urn, string Name, Phase Phase, Nation Nation, IReadOnlyList<string> YearGroups, string LocalAuthority, string? SafeguardingPhone, string? OutOfHoursPhone, string? Laestab = null);

/// <summary>What the DfE's list says of a school that exists. Its URN, its nation and its trust are not changed by a list.</summary>
/// <param name="YearGroups">N1 N2 R 1..14.</param>
/// <param name="LocalAuthority">Three-digit code or name.</param>
/// <param name="Laestab">As in <see cref="EstablishSchool"/>.</param>
[GenerateSerializer, Immutable, Alias("ChangeSchoolDetails")]
public sealed record ChangeSchoolDetails(string Name, Phase Phase, IReadOnlyList<string> YearGroups, string LocalAuthority, string? Laestab);

/// <summary>The numbers shown to whoever reports immediate danger, after 999. Null: none, and the page says so.</summary>
/// <param name="SafeguardingPhone">Of the DSL, in school hours.</param>
/// <param name="OutOfHoursPhone">For the rest of the day.</param>
[GenerateSerializer, Immutable, Alias("SetSafeguardingNumbers")]
public sealed record SetSafeguardingNumbers(string? SafeguardingPhone, string? OutOfHoursPhone);

/// <summary>How many pupils a year group has.</summary>
/// <param name="YearGroup">N1 N2 R 1..14.</param>
/// <param name="Pupils">On roll.</param>
[GenerateSerializer, Immutable, Alias("YearRoll")]
public sealed record YearRoll(string YearGroup, int Pupils);

/// <summary>What the school's roster says of the school: its size, per year group, on which rates per 100 pupils are counted, and which one it is.</summary>
/// <param name="SourceId">The school's id in its MIS; null: not said, what is known stays.</param>
[GenerateSerializer, Immutable, Alias("RecordRoll")]
public sealed record RecordRoll(IReadOnlyList<YearRoll> Roll, string? SourceId = null);

/// <summary>Puts a policy into force: a shipped pack by its id, or a pack's YAML text. One of the two.</summary>
[GenerateSerializer, Immutable, Alias("AdoptPolicy")]
public sealed record AdoptPolicy(string? Pack, string? Yaml);

/// <summary>
/// What the school has decided on an open question of its policy; again to decide otherwise. By whom the question names, and by the headteacher, who records it
/// for those who do not come in. It is a record: the product goes on doing what the pack says until a pack is adopted that says otherwise.
/// </summary>
/// <param name="Question">Id of a question of the policy in force.</param>
[GenerateSerializer, Immutable, Alias("DecidePolicyQuestion")]
public sealed record DecidePolicyQuestion(string Question, string Decision, string? Reason);

/// <summary>The calendar as a whole.</summary>
/// <param name="ExpectedVersion">Of the calendar that this one was made from; null: whatever is there is replaced.</param>
[GenerateSerializer, Immutable, Alias("SetCalendar")]
public sealed record SetCalendar(SchoolCalendar Calendar, int? ExpectedVersion = null);

/// <summary>Which policy is in force.</summary>
/// <param name="Pack">Id of the pack, such as <c>wyre-forest</c>.</param>
/// <param name="Version">The pack's own version, with <c>+n</c> for the n-th time that this school adopted one or got a newer floor.</param>
/// <param name="Title">Its title.</param>
/// <param name="AdoptedAt">When the school adopted it.</param>
[GenerateSerializer, Immutable, Alias("PolicyInForce")]
public sealed record PolicyInForce(string Pack, string Title, string Version, DateTimeOffset AdoptedAt);
