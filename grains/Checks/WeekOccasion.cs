using OnlineSafetyTrust.Contracts.Checks;

namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>From a schedule to its school's week: where one pupil's check of one day stands now. No texts.</summary>
internal sealed record WeekOccasion(PupilId Pupil, DateOnly Date, CheckStatus Status, bool Late, bool WasOverdue, bool DevicesRemoved)
{
    public const string Message = "week.occasion";

    public bool IsOpen => Status is CheckStatus.Planned or CheckStatus.Overdue;
}
