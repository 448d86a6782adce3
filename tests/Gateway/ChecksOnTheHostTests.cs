using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Journal;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Daily checks on the real host: storage, pumps, clock and a real mail server.</summary>
public sealed class ChecksOnTheHostTests
{
    private const string Canary = "Zebedee Quill";

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_week_of_checks_reminds_escalates_and_writes_its_update_each_once_over_a_restart(Database database)
    {
        using var mailServer = await MailServer.StartAsync();
        await using var gateway = await StartAsync(database, mailServer);
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var monday = await OpenWeekAsync(gateway, school);
        var pupil = await RegisterAsync(gateway, school);
        await gateway.MoveToAsync(London.ToInstant(monday, new(8, 0)));
        await TwoSchools.Done(Checks(gateway, school, pupil).ScheduleAsync(As(school, Role.Dsl), new ScheduleChecks(
            pupil, monday, new(15, 30), [CheckItem.NoDeviceHeld], $"{Canary}'s blue case", CheckerKind.ClassTeacher, DevicesRemoved: true, ReviewOn: monday.AddDays(28))));

        // Nobody records Monday.
        await gateway.MoveToAsync(London.ToInstant(monday.AddDays(1), new(10, 0)));
        await gateway.RestartAsync();
        await gateway.MoveToAsync(London.ToInstant(monday.AddDays(1), new(11, 0)));
        Assert.Equal(
            ["classteacher: A daily device check is overdue", "dsl: A daily device check is still overdue", "headteacher: A daily device check was missed"],
            await InboxAsync(mailServer));

        // The teacher records the rest of the week; a repeated command is answered once.
        for (var day = monday.AddDays(1); day <= monday.AddDays(4); day = day.AddDays(1))
        {
            var context = As(school, Role.ClassTeacher);
            await gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
            var first = await TwoSchools.Done(Checks(gateway, school, pupil).RecordAsync(context, new RecordCheck(day, CheckResult.Clear, NoneHeld: true)));
            var again = await TwoSchools.Done(Checks(gateway, school, pupil).RecordAsync(context, new RecordCheck(day, CheckResult.Clear, NoneHeld: true)));
            Assert.Equal((CheckStatus.Clear, false), (first.Check.Status, first.Check.Late));
            Assert.Equivalent(first, again);
        }

        await gateway.MoveToAsync(London.ToInstant(monday.AddDays(7), new(12, 30)));
        var update = await TwoSchools.Done(gateway.Grains.GetGrain<IWeeklyUpdateGrain>(WeekKey.Of(school.Id, monday).ToString())
            .SubmitAsync(As(school, Role.Dsl), new SubmitWeeklyUpdate($"{Canary}'s phone is at the office")));
        await gateway.SettleAsync();

        Assert.Equal(new WeekCounts(5, 4, 0, 0, 0, 1, 0, 0), update.Counts);
        Assert.Equal(
            [
                "classteacher: A daily device check is overdue", "dsl: A daily device check is still overdue", "headteacher: A daily device check was missed",
                "dsl: The weekly update is ready to be completed", "dsl: The weekly update is overdue", "networkmanager: The weekly update on daily checks",
            ],
            await InboxAsync(mailServer));
        Assert.DoesNotContain(await mailServer.MailsAsync(), m => (m.Subject + m.Text).Contains("Zebedee", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closure_announced_that_morning_reaches_the_checks_through_the_school()
    {
        using var mailServer = await MailServer.StartAsync();
        await using var gateway = await StartAsync(Database.Sqlite, mailServer);
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var monday = await OpenWeekAsync(gateway, school);
        var pupil = await RegisterAsync(gateway, school);
        await gateway.MoveToAsync(London.ToInstant(monday, new(6, 0)));
        await TwoSchools.Done(Checks(gateway, school, pupil).ScheduleAsync(
            As(school, Role.Dsl), new ScheduleChecks(pupil, monday, new(15, 30), [CheckItem.NoDeviceHeld], null, CheckerKind.ClassTeacher, ReviewOn: monday.AddDays(28))));

        await gateway.MoveToAsync(London.ToInstant(monday, new(7, 10)));
        await CloseAsync(gateway, school, monday);
        await gateway.MoveToAsync(London.ToInstant(monday.AddDays(1), new(12, 0)));

        Assert.Empty(await InboxAsync(mailServer));
        var refused = await Checks(gateway, school, pupil).RecordAsync(As(school, Role.ClassTeacher), new RecordCheck(monday, CheckResult.Clear));
        Assert.Equal("NOT_A_SCHOOL_DAY", refused.Errors.Single().Code);
    }

    [Fact]
    public async Task A_closure_announced_between_deciding_and_storing_is_not_missed()
    {
        InterruptedJournal journal = null!;
        await using var gateway = await RunningGateway.StartAsync(configure: builder =>
            builder.Services.AddSingleton<IJournal>(s => journal = new InterruptedJournal(s.GetRequiredService<EventJournal>())));
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var monday = await OpenWeekAsync(gateway, school);
        var pupil = await RegisterAsync(gateway, school);
        await gateway.MoveToAsync(London.ToInstant(monday, new(6, 0)));

        journal.BeforeFirst(ChecksKey.Kind, () => CloseAsync(gateway, school, monday));
        var refused = await Checks(gateway, school, pupil).ScheduleAsync(
            As(school, Role.Dsl), new ScheduleChecks(pupil, monday, new(15, 30), [CheckItem.NoDeviceHeld], null, CheckerKind.ClassTeacher, ReviewOn: monday.AddDays(28)));

        Assert.Equal("NOT_A_SCHOOL_DAY", refused.Errors.Single().Code);
        Assert.Empty(await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<CheckView>(school.Id, CheckTables.Check, "", 10, default));
    }

    [Fact]
    public async Task Reminders_survive_a_mail_server_that_is_down()
    {
        using var mailServer = await MailServer.StartAsync();
        await using var gateway = await StartAsync(Database.Sqlite, mailServer);
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var monday = await OpenWeekAsync(gateway, school);
        var pupil = await RegisterAsync(gateway, school);
        await gateway.MoveToAsync(London.ToInstant(monday, new(8, 0)));
        await TwoSchools.Done(Checks(gateway, school, pupil).ScheduleAsync(
            As(school, Role.Dsl), new ScheduleChecks(pupil, monday, new(15, 30), [CheckItem.NoDeviceHeld], null, CheckerKind.ClassTeacher, ReviewOn: monday.AddDays(28))));
        mailServer.Stop();
        await gateway.MoveToAsync(London.ToInstant(monday, new(15, 31)));

        await mailServer.StartAgainAsync();

        // The outbox backs off on system time: seconds, not a barrier the test could hold.
        for (var tries = 0; tries < 300 && (await mailServer.MailsAsync()).Count == 0; tries++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(["classteacher: A daily device check is overdue"], await InboxAsync(mailServer));
    }

    private static Task<RunningGateway> StartAsync(Database database, MailServer mailServer) => RunningGateway.StartAsync(database, builder =>
    {
        builder.Configuration["Mail:Host"] = "127.0.0.1";
        builder.Configuration["Mail:Port"] = mailServer.Port.ToString(CultureInfo.InvariantCulture);
        builder.Configuration["Mail:Tls"] = "false";
    });

    /// <summary>A calendar around the clock's present day, and its first Monday from which eight days hold no bank holiday.</summary>
    private static async Task<DateOnly> OpenWeekAsync(RunningGateway gateway, SchoolUnderTest school)
    {
        var today = London.DateOf(gateway.Clock.GetUtcNow());
        var calendar = new SchoolCalendar([new SchoolTerm("Term", today.AddDays(-30), today.AddDays(150), null, null)], [], [], new(9, 0), new(15, 30));
        await TwoSchools.Done(School(gateway, school).SetCalendarAsync(TwoSchools.System(school.Id), new SetCalendar(calendar)));
        var monday = today.AddDays(1);
        while (monday.DayOfWeek != DayOfWeek.Monday || !new[] { 0, 1, 2, 3, 4, 7, 8 }.All(d => calendar.IsSchoolDay(monday.AddDays(d))))
        {
            monday = monday.AddDays(1);
        }

        return monday;
    }

    private static async Task CloseAsync(RunningGateway gateway, SchoolUnderTest school, DateOnly day)
    {
        var facts = await School(gateway, school).GetFactsAsync(0);
        var closure = new SchoolClosure(day, day, "Snow", gateway.Clock.GetUtcNow());
        await TwoSchools.Done(School(gateway, school).SetCalendarAsync(TwoSchools.System(school.Id), new SetCalendar(facts!.Calendar with { Closures = [closure] })));
    }

    private static async Task<PupilId> RegisterAsync(RunningGateway gateway, SchoolUnderTest school)
    {
        var context = As(school, Role.Dsl);
        var pupil = new PupilId(context.NewId("pupil"));
        await TwoSchools.Done(gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, pupil).ToString()).RegisterAsync(
            context,
            new RegisterPupil(Canary, new(2014, 5, 1), null, "7", "7B", Phase.Special, true, school.People[Role.KeyWorker], school.People[Role.ClassTeacher], null, null)));
        return pupil;
    }

    private static async Task<string[]> InboxAsync(MailServer mailServer) =>
        [.. (await mailServer.MailsAsync()).Select(m => $"{m.To[0][..m.To[0].IndexOf('@', StringComparison.Ordinal)]}: {m.Subject["Online safety: ".Length..]}")];

    private static CommandContext As(SchoolUnderTest school, Role role) =>
        new(school.Id, Actor.Of(school.People[role]), "daily-check", Guid.NewGuid(), Guid.NewGuid(), default);

    private static ICheckScheduleGrain Checks(RunningGateway gateway, SchoolUnderTest school, PupilId pupil) =>
        gateway.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(school.Id, pupil).ToString());

    private static ISchoolGrain School(RunningGateway gateway, SchoolUnderTest school) => gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
}
