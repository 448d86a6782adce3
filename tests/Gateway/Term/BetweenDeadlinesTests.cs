using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Term;

/// <summary>What happens between two deadlines: to the list of checks, and to a mail under way.</summary>
public sealed class BetweenDeadlinesTests
{
    [Fact]
    public async Task A_new_class_teacher_finds_the_day_s_checks_at_once_and_not_only_when_they_are_overdue()
    {
        var (start, mails) = (TermDates.Utc(new(2026, 11, 24), new(7, 0)), new CapturedMails());
        await using var gateway = await StartAsync(start, mails);
        var (school, pupil) = await ScheduledAsync(gateway, start);

        await school.ReplaceTeacherAsync([pupil]);
        await gateway.SettleAsync();

        Assert.Equal(TermSchool.Successor, school.NameOf((await CheckAsync(gateway, school)).Checker!.Value));
    }

    [Fact]
    public async Task Checks_of_a_pupil_who_left_are_gone_at_once()
    {
        var (start, mails) = (TermDates.Utc(new(2026, 12, 4), new(7, 0)), new CapturedMails());
        await using var gateway = await StartAsync(start, mails);
        var (school, pupil) = await ScheduledAsync(gateway, start);

        await school.EndAsync(pupil);
        await gateway.SettleAsync();

        Assert.Equal(CheckStatus.Withdrawn, (await CheckAsync(gateway, school)).Status);
        var task = Assert.Single(await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<TaskView>(school.Id, TaskTables.Task, "", 100, CancellationToken.None));
        Assert.Equal(TaskKind.LeaverMeasures, task.Body.Kind);
    }

    [Fact]
    public async Task A_mail_that_a_restart_interrupts_goes_out_after_it_and_not_when_its_lease_ends()
    {
        var (start, mails) = (TermDates.Utc(new(2026, 12, 3), new(7, 0)), new CapturedMails());
        await using var gateway = await StartAsync(start, mails);
        var (school, pupil) = await ScheduledAsync(gateway, start);
        await gateway.SettleAsync();
        var sending = mails.HangOnce();
        await school.RecordAsync(pupil, new(2026, 12, 3), new Recording(start, "Concern"), twice: false);
        await sending;

        await gateway.RestartAsync();
        await gateway.SettleAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Single(mails.All);
    }

    /// <summary>Without the seed's help: one pupil of class 1 at each school's most eventful day.</summary>
    private static async Task<(SimulatedSchool School, TermPupil Pupil)> ScheduledAsync(RunningGateway gateway, DateTimeOffset start)
    {
        var trust = TenantId.Trust(Guid.CreateVersion7());
        await TwoSchools.Done(gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(TwoSchools.System(trust), new FoundTrust("Harbour Learning Trust", TrustKind.MultiAcademyTrust)));
        var pupil = new TermPupil(TermSchool.Ash, 13);
        var school = new SimulatedSchool(gateway, TermSchool.Ash);
        await school.EstablishAsync(trust, [pupil]);
        await gateway.MoveToAsync(start);
        await school.ScheduleAsync(pupil, TermDates.DayOf(start));
        await gateway.SettleAsync();
        return (school, pupil);
    }

    private static Task<RunningGateway> StartAsync(DateTimeOffset start, CapturedMails mails)
    {
        var machine = new SystemTime(start.AddHours(-1));
        return RunningGateway.StartAsync(configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(machine);
            builder.Services.AddSingleton<IMailSender>(mails);
        });
    }

    private static async Task<CheckView> CheckAsync(RunningGateway gateway, SimulatedSchool school) =>
        (await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<CheckView>(school.Id, CheckTables.Check, "", 10, CancellationToken.None)).Single().Body;
}
