namespace OnlineSafetyTrust.Grains.Checks;

/// <summary>Kinds of notices (J8): subject and text follow from them.</summary>
internal static class CheckNotices
{
    public const string Overdue = "check-overdue";
    public const string Escalated = "check-escalated";
    public const string Missed = "check-missed";
    public const string Concern = "check-concern";
    public const string Review = "checks-review";
    public const string ReviewOverdue = "checks-review-overdue";
    public const string CalendarMissing = "checks-calendar-missing";
    public const string ToSchedule = "checks-to-schedule";
    public const string ToScheduleOverdue = "checks-to-schedule-overdue";
    public const string ToScheduleEscalated = "checks-to-schedule-escalated";
    public const string WeekDrafted = "weekly-update";
    public const string WeekOverdue = "weekly-update-overdue";
    public const string WeekEscalated = "weekly-update-escalated";
    public const string WeekSubmitted = "weekly-update-sent";
}

/// <summary>Kinds of tasks (K1).</summary>
internal static class CheckTasks
{
    public const string DailyCheck = "daily-check";
    public const string Escalated = "check-escalated";
    public const string Missed = "check-missed";
    public const string Concern = "check-concern";
    public const string Review = "checks-review";
    public const string CalendarMissing = "checks-calendar-missing";
    public const string ToSchedule = "checks-to-schedule";
    public const string WeeklyUpdate = "weekly-update";
}
