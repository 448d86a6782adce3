using System.Globalization;
using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class CoverTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Page = "/console/cover";

    [Fact]
    public async Task A_cover_is_arranged_changed_and_cancelled_and_sent_twice_it_is_done_once()
    {
        using var senior = await Browser.SignInAsync(world.Gateway, "senior-leader@100001");
        Assert.Contains("Nobody is away", await senior.GoAsync(Page), StringComparison.Ordinal);
        Assert.Contains($"href=\"{Page}\"", senior.Html, StringComparison.Ordinal);
        await senior.SendAsync(Page, ("commandId", senior.Hidden("commandId")), ("absentId", Of(Role.ClassTeacher)), ("coverId", Of(Role.KeyWorker)), ("from", Day(2)));
        Assert.Contains("href=\"#to\"", senior.Html, StringComparison.Ordinal);
        await senior.SendAsync(Page, ("commandId", senior.Hidden("commandId")), ("absentId", Of(Role.ClassTeacher)), ("coverId", Of(Role.ClassTeacher)), ("from", Day(2)), ("to", Day(5)));
        Assert.Contains("href=\"#coverId\"", senior.Html, StringComparison.Ordinal);

        foreach (var last in new[] { 5, 3 })
        {
            await senior.SendAsync(Page, ("commandId", senior.Hidden("commandId")), ("absentId", Of(Role.ClassTeacher)), ("coverId", Of(Role.KeyWorker)), ("from", Day(2)), ("to", Day(last)));
            Assert.Contains("The cover is arranged.", senior.Html, StringComparison.Ordinal);
            Assert.Contains($"{Said(2)}</td><td>{Said(last)}</td><td>KeyWorker of 100001", senior.Html, StringComparison.Ordinal);
        }

        var cancel = $"{Page}/{Of(Role.ClassTeacher)}/{Day(2)}/cancel";
        Assert.Contains(cancel, senior.Html, StringComparison.Ordinal);
        Assert.Contains("KeyWorker of 100001 stands in", await senior.GoAsync(cancel), StringComparison.Ordinal);
        var id = senior.Hidden("commandId");
        for (var sent = 0; sent < 2; sent++)
        {
            await senior.SendAsync(cancel, ("commandId", id));
            Assert.Contains("The cover is cancelled.", senior.Html, StringComparison.Ordinal);
            Assert.Contains("Nobody is away", senior.Html, StringComparison.Ordinal);
        }

        await senior.GoAsync(cancel);
        Assert.Equal(HttpStatusCode.NotFound, senior.Status);
    }

    [Theory]
    [InlineData("class-teacher@100001")]
    [InlineData("deputy-dsl@100001")]
    public async Task It_is_no_page_for_those_who_may_not_arrange_it(string persona)
    {
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        Assert.DoesNotContain(Page, browser.Html, StringComparison.Ordinal);
        foreach (var path in new[] { Page, $"{Page}/{Of(Role.ClassTeacher)}/{Day(2)}/cancel" })
        {
            await browser.GoAsync("/console/pupils");
            await browser.SendAsync(path, ("absentId", Of(Role.ClassTeacher)), ("coverId", Of(Role.KeyWorker)), ("from", Day(2)), ("to", Day(5)));
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    private string Of(Role role) => world.First.School.People[role].ToString();

    private DateOnly On(int days) => London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(days);

    private string Day(int days) => On(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Said(int days) => On(days).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
