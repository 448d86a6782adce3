namespace OnlineSafetyTrust.Roster;

/// <param name="Today">Product's day in Europe/London: enrolments hold on it, leavers leave on it.</param>
/// <param name="MostLeavingPercent">More of the roll than this may not leave in one import, unless confirmed.</param>
/// <param name="ConfirmedLeavers">A person looked at the list and confirms exactly this many leavers.</param>
/// <param name="Decisions">A person's decisions on pupils who could not be told apart: source id → the pupil it is, or null for a new one.</param>
public sealed record RosterOptions(DateOnly Today, int MostLeavingPercent = RosterOptions.UsualShare, int? ConfirmedLeavers = null, IReadOnlyDictionary<string, PupilId?>? Decisions = null)
{
    public const int UsualShare = 10;
}
