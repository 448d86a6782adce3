using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.People;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>As in its row.</summary>
internal sealed record PolicyDecision(string Question, string Asked, Personal<string> Decision, Personal<string>? Reason, string Version, Actor By, DateTimeOffset At);

/// <param name="Adoptions">How many policies were adopted, or got a newer floor, so far.</param>
internal sealed record SchoolState(
    bool Exists, TenantId Trust, string Urn, string Name, Phase Phase, Nation Nation, ImmutableList<string> YearGroups, string LocalAuthority,
    string? SafeguardingPhone, string? OutOfHoursPhone, ImmutableList<YearRoll> Roll, SchoolCalendar Calendar, StaffState Staff,
    PolicyInForce? InForce, CompiledPolicy? Policy, int Adoptions, Personal<IReadOnlyList<string>>? ClosureReasons = null, string? Laestab = null,
    Vacancies? Vacancies = null, int CalendarVersion = 0, ImmutableList<PolicyDecision>? Decisions = null, string? SourceId = null) : IState<SchoolState>
{
    public static SchoolState Empty { get; } =
        new(false, default, "", "", default, default, [], "", null, null, [], new([], [], [], new TimeOnly(9, 0), new TimeOnly(15, 30)), StaffState.Empty, null, null, 0);

    public SchoolState Apply(object @event, EventMeta meta) => @event switch
    {
        SchoolEstablished e => this with
        {
            Exists = true, Trust = e.Trust, Urn = e.Urn, Name = e.Name, Phase = e.Phase, Nation = e.Nation, YearGroups = [.. e.YearGroups],
            LocalAuthority = e.LocalAuthority, SafeguardingPhone = e.SafeguardingPhone, OutOfHoursPhone = e.OutOfHoursPhone, Laestab = e.Laestab,
        },
        SchoolDetailsChanged { Details: var d } => this with { Name = d.Name, Phase = d.Phase, YearGroups = [.. d.YearGroups], LocalAuthority = d.LocalAuthority, Laestab = d.Laestab },
        SafeguardingNumbersSet { Numbers: var numbers } => this with { SafeguardingPhone = numbers.SafeguardingPhone, OutOfHoursPhone = numbers.OutOfHoursPhone },
        CalendarSet e => this with { Calendar = e.Calendar, ClosureReasons = e.ClosureReasons, CalendarVersion = CalendarVersion + 1 },
        PolicyAdopted e => this with { InForce = new PolicyInForce(e.Pack, e.Title, e.Version, meta.At), Policy = e.Policy, Adoptions = Adoptions + 1 },
        PolicyFloorRaised e => this with { InForce = InForce! with { Version = e.Version }, Policy = e.Policy, Adoptions = Adoptions + 1 },
        VacanciesFound e => this with { Vacancies = new([.. e.Vacancies], e.LookOn) },
        PolicyQuestionDecided e => this with
        {
            Decisions = (Decisions ?? []).RemoveAll(d => d.Question == e.Question).Add(new PolicyDecision(e.Question, e.Asked, e.Decision, e.Reason, e.Version, meta.Actor, meta.At)),
        },
        SchoolSourceIdRecorded e => this with { SourceId = e.SourceId },
        RollRecorded e => this with { Roll = [.. e.Roll] },
        _ => this with { Staff = Staff.Apply(@event, meta) },
    };
}
