using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;

namespace OnlineSafetyTrust.StaffConsole;

/// <summary>Where a task is done.</summary>
internal static class TaskLinks
{
    public static string? PathOf(TaskView task) => task.Record.Kind switch
    {
        IncidentKey.Kind => task.Kind switch
        {
            TaskKind.IncidentTold or TaskKind.ClosureApproval => $"/console/incidents/{task.Record.Id}/mine",
            TaskKind.Triage => $"/console/incidents/{task.Record.Id}/triage",
            TaskKind.IncidentStep or TaskKind.ParentsReview => $"/console/incidents/{task.Record.Id}/steps/{task.Step}",
            TaskKind.DebriefChange => $"/console/incidents/{task.Record.Id}/changes/{task.Step}",
            _ => $"/console/incidents/{task.Record.Id}",
        },
        ChecksKey.Kind => task.Kind switch
        {
            TaskKind.DailyCheck => "/console/checks",
            TaskKind.ChecksToSchedule => $"/console/checks/{task.Record.Id}/schedule",
            TaskKind.CheckConcern or TaskKind.CheckMissed => $"/console/checks/{task.Record.Id}/{task.Step?.Split('/')[^1]}",
            _ => $"/console/checks/{task.Record.Id}",
        },
        SchoolKey.Kind => Pages.School.OwnSchoolPage.Path,
        DeviceKey.Kind => $"/console/devices/{task.Record.Id}/found",
        WeekKey.Kind => $"/console/weekly-updates/{WeekKey.Monday(task.Record):yyyy-MM-dd}",
        StrategyKey.Kind when task.Kind == TaskKind.StrategyHeadDecision => $"/console/pupils/{task.Record.Id}/strategy/decide",
        StrategyKey.Kind => $"/console/pupils/{task.Record.Id}/strategy",
        PupilKey.Kind when task.Kind is TaskKind.LeaverMeasures or TaskKind.ReturnerMeasures => $"/console/pupils/{task.Record.Id}/ended",
        _ => task.Pupil is { } pupil ? $"/console/pupils/{pupil}" : null,
    };
}
