using System.Net;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class ReportTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private string Pupil => world.First.Keys["Pupil"].ToString("D");

    [Fact]
    public async Task Danger_is_asked_first_and_with_danger_the_numbers_come_before_the_form()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        var first = await browser.GoAsync("/console/report");
        var danger = await browser.GoAsync("/console/report?danger=Yes");
        var form = await browser.GoAsync("/console/report?danger=Yes&shown=true");

        Assert.Contains("Is anyone in immediate danger?", first, StringComparison.Ordinal);
        Assert.Contains("tel:999", danger, StringComparison.Ordinal);
        Assert.Contains("01562 000000", danger, StringComparison.Ordinal);
        Assert.Contains("01905 000000", danger, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"what\"", first + danger, StringComparison.Ordinal);
        Assert.Contains("name=\"what\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_sent_twice_is_one_report_though_the_roster_changed_and_its_receipt_says_the_status_only()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "pastoral-team@100001");
        await browser.GoAsync("/console/report?danger=No");
        var (page, command) = (browser.Html, browser.Hidden("commandId"));
        await SendAsync();
        Assert.Contains("Your report was sent", browser.Html, StringComparison.Ordinal);
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(world.First.School.Id, new(world.First.Keys["Pupil"])).ToString())
            .UpdateAsync(TwoSchools.System(world.First.School.Id), new UpdatePupil(YearGroup: "8")));
        await browser.GoAsync("/console/report?danger=No");
        await SendAsync();
        Assert.Contains("Your report was sent", browser.Html, StringComparison.Ordinal);

        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(await browser.GoAsync("/console/my-reports"), "<td>Reported</td>"));
        Assert.DoesNotContain("Receipt canary", browser.Html, StringComparison.Ordinal);
        Assert.NotEqual("", page);

        Task SendAsync() => browser.SendAsync(
            "/console/report", ("commandId", command), ("danger", "No"), ("do", "send"), ("what", "Receipt canary"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"), ("onSite", "true"),
            ("people[0].pupil", Pupil), ("people[0].part", "Affected"), ("addresses[0].address", "game.example"), ("addresses[0].description", "chat"));
    }

    [Fact]
    public async Task A_pupil_is_found_by_name_without_the_name_in_an_address()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await browser.GoAsync("/console/report?danger=No");
        await browser.SendAsync("/console/report", ("danger", "No"), ("do", "find"), ("search", "amb"), ("what", "Kept while searching"));

        Assert.Contains("Amber Canary 100001", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Amber Canary 100002", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Kept while searching", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Addresses, a => a.Contains("amb", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_missing_is_listed_on_top_with_a_link_to_its_input()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await browser.GoAsync("/console/report?danger=No");
        await browser.SendAsync("/console/report", ("danger", "No"), ("do", "send"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"));

        Assert.Contains("There is a problem", browser.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#what\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"what\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains("<title>Error: ", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_schools_pupil_in_a_report_is_a_pupil_that_does_not_exist()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await browser.GoAsync("/console/report?danger=No");
        await browser.SendAsync(
            "/console/report", ("danger", "No"), ("do", "send"), ("what", "x"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"),
            ("people[0].pupil", world.Second.Keys["Pupil"].ToString("D")), ("people[0].part", "Affected"));

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("There is no such pupil", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Amber", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_concern_about_staff_is_not_taken_and_the_page_says_whom_to_tell()
    {
        using var browser = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await browser.GoAsync("/console/report?danger=No");
        await browser.SendAsync("/console/report", ("danger", "No"), ("do", "send"), ("what", "x"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"), ("aboutStaff", "MemberOfStaff"));
        Assert.Contains("Tell the headteacher now", browser.Html, StringComparison.Ordinal);
    }
}
