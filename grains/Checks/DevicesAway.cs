namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>From a pupil to their checks: whether all their devices are to be away until a strategy is agreed.</summary>
internal sealed record DevicesAwayChanged(bool Away)
{
    public const string Message = "checks.devices-away-changed";
}

/// <summary>
/// While it holds, each check confirms that no device is held (E2), whatever the schedule says of itself. With its end the schedule's own
/// word ends too: what was agreed applies from then on.
/// </summary>
/// <param name="Pupil">Whom it is about: the stream's id, repeated for readers of the journal.</param>
[EventName("checks.devices-away.v1")]
internal sealed record DevicesAway(PupilId Pupil, bool Away)
{
    public static Result<Events> Note(CheckState state, PupilId pupil, DevicesAwayChanged told) => state.Away == told.Away ? Events.None : Events.Of(new DevicesAway(pupil, told.Away));
}
