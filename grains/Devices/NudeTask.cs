using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Checks;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Devices;

/// <summary>A nude found on a device is a task of the DSL until an incident takes the device over, or they say why none does (C4).</summary>
internal static class NudeTask
{
    public const string Due = "nude/hand-over";

    private static readonly Role[] MayAnswer = [Role.Dsl, Role.DeputyDsl, Role.Headteacher];

    /// <summary>After anything that may have changed whose task it is.</summary>
    public static Events Assign(DeviceState state, SchoolFacts facts, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        NudeAssigned assigned = new(CheckPeople.Lead(facts, today), facts.NextHandOver(today, day => CheckPeople.Lead(facts, day)));
        return state.NudeWaits is not null && assigned != state.NudeTask ? Events.Of(assigned) : Events.None;
    }

    /// <summary>What was found, and the assignment that follows from it.</summary>
    public static Result<Events> With(Result<Events> decided, DeviceState state, SchoolFacts facts, CommandContext context) =>
        !decided.Ok || decided.Value.Count == 0 ? decided
        : Events.Of([.. decided.Value, .. Assign(decided.Value.Aggregate(state, (s, e) => s.Apply(e, new EventMeta(0, context.Now, context.Actor))), facts, context)]);

    public static Result<Events> Answer(DeviceState state, SchoolFacts facts, AnswerNudeFound command, CommandContext context) =>
        !facts.Holds(context, MayAnswer) ? DomainError.NotAllowed("the DSL, the deputy DSL and the headteacher")
        : state.Record is null ? DeviceErrors.Unknown
        : state.NudeWaits is null ? DeviceErrors.NothingToAnswer
        : string.IsNullOrWhiteSpace(command.Reason) ? DeviceErrors.AnswerReasonMissing
        : CustodyDecider.AddressIn(state, ("reason", command.Reason)) is { } address ? address
        : Events.Of(new NudeAnswered(Personal.Of(CustodyDecider.OwnerOf(state), command.Reason.Trim())));

    public static IEnumerable<Row> Rows(StreamKey key, DeviceState state)
    {
        if (state is { NudeWaits: { } since, NudeTask.Lead: { } lead })
        {
            yield return TaskRows.Of(new TaskView(
                $"{key.Stream}#{TaskTables.Word(TaskKind.DeviceFrozen)}", lead, TaskKind.DeviceFrozen, "Something was found on a device: report it as an incident, or say why not", key.Stream, null, null, since, since));
        }

        foreach (var row in SchoolFollowers.Of(key, state.NudeWaits is not null))
        {
            yield return row;
        }
    }
}
