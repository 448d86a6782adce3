using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>To whom it falls to see to the devices and measures of who left.</summary>
internal static class Leavers
{
    public static Events Assign(PupilState state, SchoolFacts facts, CommandContext context) =>
        Events.Of([.. LeaverDevices.Assign(state, facts, context), .. LeaverMeasures.Assign(state, facts, context)]);

    /// <summary>What a command decided, and the assignment that follows from it.</summary>
    public static Result<Events> With(Result<Events> decided, PupilState state, SchoolFacts facts, CommandContext context) =>
        !decided.Ok || decided.Value.Count == 0 ? decided
        : Events.Of([.. decided.Value, .. Assign(decided.Value.Aggregate(state, (s, e) => s.Apply(e, new EventMeta(0, context.Now, context.Actor))), facts, context)]);
}
