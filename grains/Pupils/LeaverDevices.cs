using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Checks;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Grains.Pupils;

/// <summary>To whom it falls that devices of a pupil who left are still held: the DSL, or who stands in for one.</summary>
/// <param name="Until">When a cover that begins or ends makes it another one's; null: none is arranged.</param>
[EventName("pupil.leaver-devices-assigned.v1")]
internal sealed record LeaverDevicesAssigned(PersonId? Lead, DateTimeOffset? Until);

/// <summary>Devices that the school still holds when their pupil leaves: one task, until none is held any more.</summary>
internal static class LeaverDevices
{
    public const string Due = "leaver-devices/hand-over";

    public static bool Held(PupilState state) => state.Record?.LeftOn is not null && state.Access.Devices.Values.Any(d => d.Custody.IsHeld());

    /// <summary>After anything that may have changed whether devices are held, or whose task it is.</summary>
    public static Events Assign(PupilState state, SchoolFacts facts, CommandContext context)
    {
        var today = London.DateOf(context.Now);
        LeaverDevicesAssigned assigned = new(CheckPeople.Lead(facts, today), facts.NextHandOver(today, day => CheckPeople.Lead(facts, day)));
        return Held(state) && assigned != state.LeaverDevices ? Events.Of(assigned) : Events.None;
    }

    public static IEnumerable<Row> Rows(StreamKey key, PupilState state)
    {
        if (Held(state) && state.LeaverDevices is { Lead: { } lead } && state.Record!.LeftOn is { } left)
        {
            var since = London.ToInstant(left, TimeOnly.MinValue);
            yield return TaskRows.Of(
                new TaskView($"{key.Stream}#leaver-devices", lead, TaskKind.LeaverDevices, "A pupil has left: see to the devices that are still held", key.Stream, null, state.Record.Id, since, since));
        }
    }
}
