using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;
using OnlineSafetyTrust.Gateway.Sessions;

namespace OnlineSafetyTrust.Gateway.GraphQL.Schools;

/// <summary>A term.</summary>
/// <param name="Start">First day, included.</param>
/// <param name="End">Last day, included.</param>
/// <param name="Name">Its name.</param>
/// <param name="HalfTermStart">First day of the half-term holiday.</param>
/// <param name="HalfTermEnd">Its last day.</param>
public sealed record TermInput(string Name, DateOnly Start, DateOnly End, DateOnly? HalfTermStart, DateOnly? HalfTermEnd);

/// <summary>Days on which a school is closed.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Reason">Why.</param>
public sealed record ClosureInput(DateOnly From, DateOnly To, [property: Personal] string Reason);

/// <summary>A school's calendar.</summary>
/// <param name="DayStarts">Local time; 09:00 when left out.</param>
/// <param name="DayEnds">Local time; 15:30 when left out.</param>
/// <param name="Terms">Terms, in order.</param>
/// <param name="InsetDays">Days without pupils.</param>
/// <param name="Closures">Closures beyond the holidays.</param>
/// <param name="ExpectedVersion">School.calendarVersion as it was read with the calendar that this one was made from. Left out, a colleague's change made meanwhile is replaced.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SetCalendarInput(
    IReadOnlyList<TermInput> Terms, IReadOnlyList<DateOnly>? InsetDays, IReadOnlyList<ClosureInput>? Closures, TimeOnly? DayStarts, TimeOnly? DayEnds,
    int? ExpectedVersion, Guid? CommandId) : ICommandInput;

/// <summary>Which policy a school adopts.</summary>
/// <param name="Policy">What is put into force.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record AdoptPolicyInput(PolicySourceInput Policy, Guid? CommandId) : ICommandInput;

/// <summary>Where a policy comes from.</summary>
/// <param name="Pack">Id of a shipped pack, such as <c>wyre-forest</c>.</param>
/// <param name="Yaml">Text of a pack of the school's own.</param>
[OneOf]
public sealed record PolicySourceInput(string? Pack, string? Yaml);

/// <summary>The school's own numbers for an emergency; both replace those before.</summary>
/// <param name="SafeguardingPhone">Of the DSL, in school hours; null: none.</param>
/// <param name="OutOfHoursPhone">For the rest of the day; null: none.</param>
/// <param name="CommandId">Makes the command safe to send again: one UUID per intention.</param>
public sealed record SetSafeguardingNumbersInput(string? SafeguardingPhone, string? OutOfHoursPhone, Guid? CommandId) : ICommandInput;

/// <summary>The answer to a mutation of a school.</summary>
/// <param name="School">The school.</param>
/// <param name="Errors">Why nothing was changed; empty when it was done.</param>
public sealed record SchoolPayload(School? School, IReadOnlyList<IUserError> Errors)
{
    internal static Func<Result<SchoolView>, SchoolPayload> For(Session session) => result =>
    {
        if (result.Ok && result.Value.Calendar.Closures.Any(c => c.Reason is not null))
        {
            session.Reader.Saw($"{SchoolTables.Closures.Name}/{result.Value.Id.Value}");
        }

        return new(result.Ok ? new School(result.Value) : null, UserErrors.Of(result.Errors));
    };
}

[ExtendObjectType(OperationTypeNames.Mutation)]
public sealed class SchoolMutations
{
    /// <summary>Sets terms, INSET days and closures. Deadlines and daily checks follow at once. With expectedVersion it is refused where somebody set the calendar since (CALENDAR_CHANGED).</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<SchoolPayload> SetCalendarAsync(SetCalendarInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(() => grains.School(session).SetCalendarAsync(session.Context(input), new SetCalendar(Calendar(input), input.ExpectedVersion)), SchoolPayload.For(session));

    /// <summary>Sets the numbers that are shown to whoever reports immediate danger, after 999.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<SchoolPayload> SetSafeguardingNumbersAsync(SetSafeguardingNumbersInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            () => grains.School(session).SetSafeguardingNumbersAsync(session.Context(input), new SetSafeguardingNumbers(input.SafeguardingPhone, input.OutOfHoursPhone)), SchoolPayload.For(session));

    /// <summary>Puts a policy into force, with the statutory floor beneath it.</summary>
    /// <param name="input">What is to be done.</param>
    [Authorize]
    public Task<SchoolPayload> AdoptPolicyAsync(AdoptPolicyInput input, Session session, IGrainFactory grains) =>
        session.RunAsync(
            async () =>
            {
                var answer = await grains.School(session).AdoptPolicyAsync(session.Context(input), new AdoptPolicy(input.Policy.Pack, input.Policy.Yaml));
                return answer.Ok ? answer : Result<SchoolView>.Failed([.. answer.Errors.Select(e => e with { Fields = [.. e.Fields.Select(f => $"policy.{f}")] })]);
            },
            SchoolPayload.For(session));

    private static SchoolCalendar Calendar(SetCalendarInput input) => new(
        [.. input.Terms.Select(t => new SchoolTerm(t.Name, t.Start, t.End, t.HalfTermStart, t.HalfTermEnd))],
        input.InsetDays ?? [],
        [.. (input.Closures ?? []).Select(c => new SchoolClosure(c.From, c.To, c.Reason, default))],
        input.DayStarts ?? new TimeOnly(9, 0),
        input.DayEnds ?? new TimeOnly(15, 30));
}
