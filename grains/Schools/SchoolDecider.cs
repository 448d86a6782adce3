using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Policies;

namespace OnlineSafetyTrust.Grains.Schools;

/// <summary>Rules for a school itself (A1, A2, B1). Its people: <see cref="StaffDecider"/>.</summary>
internal static class SchoolDecider
{

    public static Result<Events> Establish(SchoolState state, EstablishSchool command, CommandContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return DomainError.NotAllowed("the trust's administrator");
        }

        if (state.Exists)
        {
            return SchoolErrors.AlreadyEstablished;
        }

        if (command.Urn.Length != 6 || !command.Urn.All(char.IsAsciiDigit))
        {
            return SchoolErrors.UrnWrong;
        }

        return Wrong(command.Name, command.YearGroups, command.Laestab) is { } error ? error : Events.Of(new SchoolEstablished(
            command.Trust, command.Urn, command.Name.Trim(), command.Phase, command.Nation, command.YearGroups, command.LocalAuthority, command.SafeguardingPhone, command.OutOfHoursPhone, command.Laestab));
    }

    public static Result<Events> ChangeDetails(SchoolState state, ChangeSchoolDetails command, CommandContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return DomainError.NotAllowed("the trust's administrator");
        }

        if (!state.Exists)
        {
            return SchoolErrors.NotEstablished;
        }

        if (Wrong(command.Name, command.YearGroups, command.Laestab) is { } error)
        {
            return error;
        }

        var before = new SchoolDetails(state.Name, state.Phase, state.YearGroups, state.LocalAuthority, state.Laestab);
        var details = new SchoolDetails(command.Name.Trim(), command.Phase, command.YearGroups, command.LocalAuthority, command.Laestab);
        return details with { YearGroups = before.YearGroups } == before && details.YearGroups.SequenceEqual(before.YearGroups) ? Events.None : Events.Of(new SchoolDetailsChanged(before, details));
    }

    private static DomainError? Wrong(string name, IReadOnlyList<string> yearGroups, string? laestab) =>
        laestab is not null && !IsLaestab(laestab) ? SchoolErrors.LaestabWrong
        : string.IsNullOrWhiteSpace(name) ? SchoolErrors.NameMissing
        : yearGroups.FirstOrDefault(y => !YearGroups.Contains(y)) is { } unknown ? SchoolErrors.YearGroupUnknown(unknown)
        : null;

    public static Result<Events> SetCalendar(SchoolState state, SetCalendar command, IReadOnlyList<string>? knownReasons, CommandContext context)
    {
        if (Check(state, context) is { } error)
        {
            return error;
        }

        var checkedCalendar = CalendarRules.Check(command.Calendar);
        string[] reasons = [.. command.Calendar.Closures.Select(c => c.Reason?.Trim() ?? "")];
        var calendar = Announced(command.Calendar, state.Calendar, context.Now);
        return !checkedCalendar.Ok ? Result<Events>.Failed(checkedCalendar.Errors)
            : StoredJson.Write(calendar).AsSpan().SequenceEqual(StoredJson.Write(state.Calendar)) && reasons.SequenceEqual(knownReasons ?? []) ? Events.None
            : command.ExpectedVersion is { } expected && expected != state.CalendarVersion ? SchoolErrors.CalendarChanged
            : Events.Of(new CalendarSet(state.Calendar, calendar, reasons.Length == 0 ? null : Personal.Of<IReadOnlyList<string>>(KeyOwner.Of(SchoolKey.Of(context.Tenant).Stream), reasons)));
    }

    // Not by the caller: a retry would be another input, and a calendar that is sent again would announce old closures anew.
    private static SchoolCalendar Announced(SchoolCalendar calendar, SchoolCalendar before, DateTimeOffset now) => calendar with
    {
        Closures = [.. calendar.Closures.Select(c => c with
        {
            Reason = null,
            AnnouncedAt = c.AnnouncedAt != default ? c.AnnouncedAt : before.Closures.FirstOrDefault(b => (b.From, b.To) == (c.From, c.To))?.AnnouncedAt ?? now,
        })],
    };

    public static Result<Events> AdoptPolicy(SchoolState state, AdoptPolicy command, CommandContext context)
    {
        if (Check(state, context) is { } error)
        {
            return error;
        }

        var chosen = ChosenPolicy.Of(command, state.Nation, London.DateOf(context.Now));
        return !chosen.Ok ? Result<Events>.Failed(chosen.Errors)
            : Events.Of(new PolicyAdopted(chosen.Value.Pack.Id, chosen.Value.Pack.Title, $"{chosen.Value.Pack.Version}+{state.Adoptions + 1}", chosen.Value.TextHash, chosen.Value.Compiled));
    }

    /// <summary>A newer floor counts: it goes under the policy in force, which only ever becomes stricter by it.</summary>
    public static Result<Events> RaiseFloor(SchoolState state, CommandContext context)
    {
        if (state.Policy is not { } policy)
        {
            return Events.None;
        }

        var floor = ShippedPacks.FloorOf(state.Nation, London.DateOf(context.Now));
        if (string.CompareOrdinal(floor.Id, policy.Floor) <= 0)
        {
            return Events.None;
        }

        var raised = PolicyCompiler.Compile(policy.Policy, floor);
        return !raised.Ok ? Result<Events>.Failed(raised.Errors)
            : Events.Of(new PolicyFloorRaised(policy.Floor, $"{policy.Policy.Version}+{state.Adoptions + 1}", raised.Value with { Overrides = [.. policy.Overrides, .. raised.Value.Overrides] }));
    }

    public static Result<Events> SetNumbers(SchoolState state, SetSafeguardingNumbers command, CommandContext context)
    {
        if (Check(state, context) is { } error)
        {
            return error;
        }

        var before = new SafeguardingNumbers(state.SafeguardingPhone, state.OutOfHoursPhone);
        var numbers = new SafeguardingNumbers(Phone(command.SafeguardingPhone), Phone(command.OutOfHoursPhone));
        DomainError[] wrong =
        [
            .. IsPhone(numbers.SafeguardingPhone) ? [] : new[] { SchoolErrors.PhoneWrong("safeguardingPhone") },
            .. IsPhone(numbers.OutOfHoursPhone) ? [] : new[] { SchoolErrors.PhoneWrong("outOfHoursPhone") },
        ];
        return wrong.Length > 0 ? Result<Events>.Failed(wrong) : numbers == before ? Events.None : Events.Of(new SafeguardingNumbersSet(before, numbers));
    }

    private static bool IsLaestab(string text) => text.Split('/') is [{ Length: 3 } authority, { Length: 4 } establishment] && authority.All(char.IsAsciiDigit) && establishment.All(char.IsAsciiDigit);

    private static string? Phone(string? text) => string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // 101 and 111 are numbers too; 15 digits is the longest that there is (E.164).
    private static bool IsPhone(string? number) =>
        number is null || (number.TrimStart('+') is var rest && number.Length - rest.Length <= 1 && rest.All(c => char.IsAsciiDigit(c) || c is ' ' or '(' or ')' or '-')
            && rest.Count(char.IsAsciiDigit) is >= 3 and <= 15);

    public static Result<Events> RecordRoll(SchoolState state, RecordRoll command, CommandContext context) =>
        Check(state, context) is { } error ? error
        : command.Roll.Any(r => r.Pupils < 0) ? SchoolErrors.RollNegative
        : command.Roll.FirstOrDefault(r => !YearGroups.Contains(r.YearGroup)) is { } unknown ? SchoolErrors.YearGroupUnknown(unknown.YearGroup)
        : Events.Of(
        [
            .. command.Roll.SequenceEqual(state.Roll) ? [] : new object[] { new RollRecorded(state.Roll, command.Roll) },
            .. command.SourceId is not { } source || source == state.SourceId ? [] : new object[] { new SchoolSourceIdRecorded(state.SourceId, source) },
        ]);

    private static DomainError? Check(SchoolState state, CommandContext context) =>
        !state.Exists ? SchoolErrors.NotEstablished
        : !StaffDecider.MayAppoint(state.Staff, context, London.DateOf(context.Now)) ? DomainError.NotAllowed("the headteacher, senior leaders and the DSL")
        : null;
}
