using System.Net;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class ChecksTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task What_a_strategy_agreed_leads_the_dsl_to_a_schedule_that_says_the_same()
    {
        var school = world.First.School;
        var dsl = SchoolRecords.As(school, Role.Dsl);
        var pupil = new PupilId(dsl.NewId("pupil"));
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, pupil).ToString())
            .RegisterAsync(dsl, new RegisterPupil("Basil Canary", new(2014, 6, 1), null, "7", "7B", Phase.Special, false, null, null, null, null)));
        var terms = new StrategyTerms(Supervision.Supervised, Checks: new StrategyChecks(new TimeOnly(14, 20)));
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IStrategyGrain>(StrategyKey.Of(school.Id, pupil).ToString()).DraftAsync(SchoolRecords.As(school, Role.Dsl), new DraftStrategy(
            [], terms, terms, [new StrategyParty(PartyKind.School), new StrategyParty(PartyKind.ParentalResponsibility)], London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(30), school.People[Role.Dsl])));
        await world.Gateway.SettleAsync();

        using var browser = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains($"/console/checks/{pupil}/schedule", browser.Html, StringComparison.Ordinal);
        // As the mail's link leads.
        var page = await browser.GoAsync($"/console/checks/{pupil}");
        Assert.EndsWith("/schedule", browser.Answer.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("value=\"14:20\"", page, StringComparison.Ordinal);
        await browser.GoAsync($"/console/checks/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task A_teacher_records_the_class_once_and_a_concern_leads_to_the_report()
    {
        await world.First.WithoutRemovalAsync(world.Gateway);
        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));

        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        var pupil = world.First.Keys["Pupil"].ToString("D");
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        Assert.Contains("One device check is waiting.", teacher.Html, StringComparison.Ordinal);
        var page = await teacher.GoAsync("/console/checks");
        Assert.DoesNotContain(" checked", page, StringComparison.Ordinal);
        // Enter presses the first button of the form.
        Assert.True(page.IndexOf("value=\"chosen\"", StringComparison.Ordinal) is var first && first > 0 && first < page.IndexOf("value=\"rest\"", StringComparison.Ordinal));

        await SendAsync("Concern", "");
        Assert.Contains("Say what concerns you", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#line-0\"", teacher.Html, StringComparison.Ordinal);
        await SendAsync("Concern", "A second phone");

        Assert.Contains($"/console/report?pupil={pupil}", teacher.Html, StringComparison.Ordinal);
        var report = await teacher.GoAsync($"/console/report?danger=No&pupil={pupil}");
        Assert.Contains("Amber Canary 100001", report, StringComparison.Ordinal);

        // Reported from the check, the concern is answered: the DSL has the incident to triage and nothing besides.
        using var lead = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var waits = $"/console/checks/{pupil}/{day:yyyy-MM-dd}";
        Assert.Contains(waits, lead.Html, StringComparison.Ordinal);
        await teacher.GoAsync($"/console/report?danger=No&pupil={pupil}&check={day:yyyy-MM-dd}");
        await teacher.SendAsync(
            "/console/report", ("commandId", teacher.Hidden("commandId")), ("danger", "No"), ("do", "send"), ("pupil", teacher.Hidden("pupil")), ("check", teacher.Hidden("check")), ("what", "A second phone"),
            ("happenedAt", $"{day:yyyy-MM-dd}"), ("happenedTime", "13:00"), ("onSite", "true"), ("people[0].pupil", pupil), ("people[0].part", "Alleged"), ("onBehalfOf", "Self"), ("kind", "OnlineSafety"), ("aboutStaff", "No"));
        Assert.Equal("/console/my-reports", teacher.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        await world.Gateway.SettleAsync();
        Assert.DoesNotContain(waits, await lead.GoAsync("/console"), StringComparison.Ordinal);

        // The audit says that the class was read for its checks.
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Matches("ClassTeacher of 100001</th><td[^>]*>[^<]*</td><td[^>]*>daily-check</td><td[^>]*>console: checks</td>", await dsl.GoAsync($"/console/access/{pupil}"));

        Task SendAsync(string result, string note) => teacher.SendAsync(
            "/console/checks", ("commandId", teacher.Hidden("commandId")), ("lines[0].pupil", pupil), ("lines[0].date", teacher.Hidden("lines[0].date")), ("lines[0].result", result), ("lines[0].note", note));
    }

    [Fact]
    public async Task The_dsl_changes_ends_and_starts_a_pupils_checks_and_what_was_typed_stays_when_refused()
    {
        var home = $"/console/checks/{world.Second.Keys["Pupil"]}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await dsl.GoAsync($"{home}/schedule");
        Assert.Contains("Change the daily checks", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/schedule", Form("true", ("by", "05:00"), ("lookForNote", "Look into the bag too")));
        Assert.Contains("href=\"#by\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Look into the bag too", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/schedule", Form("true", ("by", "14:45"), ("lookForNote", "Look into the bag too")));
        Assert.Contains("each school day by 14:45", dsl.Html, StringComparison.Ordinal);

        await dsl.SendAsync(home, ("commandId", dsl.Hidden("commandId")), ("do", "continue"), ("reason", "Not yet"));
        Assert.Contains("href=\"#nextReviewOn\"", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync(home);
        (string, string?)[] end = [("commandId", dsl.Hidden("commandId")), ("do", "end"), ("reason", "The risk is gone")];
        await dsl.SendAsync(home, end);
        Assert.Contains("Start checks again", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync(home);
        await dsl.SendAsync(home, end);
        Assert.Equal("?done=checks", dsl.Answer.RequestMessage!.RequestUri!.Query);

        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(7));

        await dsl.GoAsync($"{home}/schedule");
        await dsl.SendAsync($"{home}/schedule", Form("false", ("from", "the 24th"), ("by", "at noon")));
        Assert.Contains("<a href=\"#from\">This cannot be read. Use such as 2026-11-23 for a day", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#by\">This cannot be read.", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/schedule", Form("false", ("from", day.ToString("yyyy-MM-dd", null)), ("by", "15:00"), ("incident", world.First.Keys["Incident"].ToString())));
        Assert.Contains("There is no such incident", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/schedule", Form("false", ("from", day.ToString("yyyy-MM-dd", null)), ("by", "15:00"), ("incident", world.Second.Keys["Incident"].ToString())));
        Assert.Contains("Change the checks", dsl.Html, StringComparison.Ordinal);

        using var worker = await Browser.SignInAsync(world.Gateway, "key-worker@100002");
        await worker.GoAsync($"{home}/schedule");
        Assert.Equal(HttpStatusCode.NotFound, worker.Status);

        (string, string?)[] Form(string change, params (string, string?)[] fields) =>
            [("commandId", dsl.Hidden("commandId")), ("change", change), ("lookFor", "OnlyAgreedApps"), ("checker", "KeyWorker"), ("withStrategy", "false"),
            ("reviewOn", London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(60).ToString("yyyy-MM-dd", null)), .. fields];
    }
}
