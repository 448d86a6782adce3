using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class ContactTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private string Pupil => $"/console/pupils/{world.First.Keys["Pupil"]}";

    private string Page => $"{Pupil}/contacts";

    [Fact]
    public async Task Whoever_saves_what_a_colleague_changed_meanwhile_is_told_and_keeps_what_they_typed()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        using var deputy = await Browser.SignInAsync(world.Gateway, "deputy-dsl@100002");
        var page = $"/console/pupils/{world.Second.Keys["Pupil"]}/contacts";
        foreach (var browser in new[] { dsl, deputy })
        {
            await browser.GoAsync($"{page}/new");
        }

        await SaveAsync(deputy, "Robin Test");
        Assert.Contains("The contact is saved.", deputy.Html, StringComparison.Ordinal);
        await SaveAsync(dsl, "Kit Test");
        Assert.Contains("href=\"#expectedVersion\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Kit Test\"", dsl.Html, StringComparison.Ordinal);
        await SaveAsync(dsl, "Kit Test");
        Assert.Contains("<h2>Robin Test</h2>", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<h2>Kit Test</h2>", dsl.Html, StringComparison.Ordinal);

        Task SaveAsync(Browser browser, string name) => browser.SendAsync(
            $"{page}/new", ("commandId", browser.Hidden("commandId")), ("expectedVersion", browser.Hidden("expectedVersion")), ("name", name), ("relationship", "uncle"));
    }

    [Fact]
    public async Task One_contact_is_added_changed_and_removed_and_the_others_stay()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{Page}/new");
        await dsl.SendAsync($"{Page}/new", ("commandId", dsl.Hidden("commandId")), ("phone", "01632 960200"), ("courtOrder", "Lives with her"));
        Assert.Contains("href=\"#name\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#relationship\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"01632 960200\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Lives with her</textarea>", dsl.Html, StringComparison.Ordinal);

        var id = dsl.Hidden("commandId");
        for (var sent = 0; sent < 2; sent++)
        {
            await dsl.SendAsync($"{Page}/new", ("commandId", id), ("name", "Robin Test"), ("relationship", "mother"), ("flags", "responsible"), ("phone", "01632 960200"));
            Assert.Contains("The contact is saved.", dsl.Html, StringComparison.Ordinal);
            Assert.Equal(2, dsl.Html.Split("<h2>Robin Test</h2>").Length);
        }

        await dsl.GoAsync($"{Page}/new");
        await dsl.SendAsync($"{Page}/new", ("commandId", dsl.Hidden("commandId")), ("name", "Kit Test"), ("relationship", "uncle"), ("phone", "01632 960201"));
        var kit = Link("Change", "Kit Test");
        Assert.Contains("value=\"uncle\"", await dsl.GoAsync(kit), StringComparison.Ordinal);
        await dsl.SendAsync(kit, ("commandId", dsl.Hidden("commandId")), ("name", "Kit Test"), ("relationship", "uncle"), ("flags", "no-contact"), ("phone", "01632 960201"), ("courtOrder", "Prohibited steps"));
        Assert.Contains("Do not contact", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("01632 960201", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("tel:01632960200", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<strong>Do not contact Kit Test</strong>", await dsl.GoAsync(Pupil), StringComparison.Ordinal);

        await dsl.GoAsync(Page);
        var remove = Link("Remove", "Kit Test");
        Assert.Contains("that was a mistake", await dsl.GoAsync(remove), StringComparison.Ordinal);
        id = dsl.Hidden("commandId");
        for (var sent = 0; sent < 2; sent++)
        {
            await dsl.SendAsync(remove, ("commandId", id));
            Assert.Contains("The contact is removed.", dsl.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Kit Test", dsl.Html, StringComparison.Ordinal);
            Assert.Contains("<h2>Robin Test</h2>", dsl.Html, StringComparison.Ordinal);
        }

        foreach (var gone in new[] { kit, remove })
        {
            await dsl.GoAsync(gone);
            Assert.Equal(HttpStatusCode.NotFound, dsl.Status);
        }

        string Link(string word, string name) => Regex.Match(dsl.Html, $"href=\"(?<to>[^\"]+)\">{word}<span class=\"unseen\"> {name}").Groups["to"].Value;
    }

    [Theory]
    [InlineData("pastoral-team@100001", HttpStatusCode.OK)]
    [InlineData("class-teacher@100001", HttpStatusCode.NotFound)]
    [InlineData("network-manager@100001", HttpStatusCode.NotFound)]
    [InlineData("dsl@100002", HttpStatusCode.NotFound)]
    public async Task Whoever_does_not_keep_the_record_reads_at_most(string persona, HttpStatusCode read)
    {
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        await browser.GoAsync(Page);
        Assert.Equal(read, browser.Status);
        Assert.DoesNotContain($"{Page}/new", browser.Html, StringComparison.Ordinal);
        await browser.GoAsync($"{Page}/new");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.GoAsync("/console/pupils");
        await browser.SendAsync($"{Page}/new", ("name", "Intruder"), ("relationship", "none"));
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.DoesNotContain("Intruder", await dsl.GoAsync(Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, dsl.Status);
    }
}
