using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class PeopleTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Page = "/console/people";
    private const string Numbers = "/console/safeguarding-numbers";

    [Fact]
    public async Task Somebody_is_added_gets_a_role_and_a_sign_in()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains($"href=\"{Page}\"", head.Html, StringComparison.Ordinal);
        await head.GoAsync(Page);
        await head.SendAsync(Page, ("commandId", head.Hidden("commandId")), ("name", ""), ("email", "nowhere"));
        Assert.Contains("href=\"#name\"", head.Html, StringComparison.Ordinal);
        await head.SendAsync(Page, ("commandId", head.Hidden("commandId")), ("name", "Gwen Hill"), ("email", "g.hill@100001.example"), ("issuer", "nowhere"), ("subject", "7"));
        Assert.Contains("href=\"#subject\"", head.Html, StringComparison.Ordinal);
        var id = head.Hidden("commandId");
        for (var sent = 0; sent < 2; sent++)
        {
            await head.SendAsync(Page, ("commandId", id), ("name", "Gwen Hill"), ("email", "g.hill@100001.example"));
            Assert.Contains("Added.", head.Html, StringComparison.Ordinal);
            Assert.Equal(2, head.Html.Split("<th scope=\"row\">Gwen Hill</th><td data-label=\"Roles today\">None</td>").Length);
        }

        var one = System.Text.RegularExpressions.Regex.Match(head.Html, "href=\"(?<p>/console/people/[0-9a-f-]+)/role\">Give a role<span class=\"unseen\"> to Gwen Hill").Groups["p"].Value;
        await head.GoAsync($"{one}/role");
        await head.SendAsync($"{one}/role", ("commandId", head.Hidden("commandId")));
        Assert.Contains("href=\"#role\"", head.Html, StringComparison.Ordinal);
        await head.SendAsync($"{one}/role", ("commandId", head.Hidden("commandId")), ("role", "Governor"));
        Assert.Contains("The role is given.", head.Html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Gwen Hill</th><td data-label=\"Roles today\">Governor</td>", head.Html, StringComparison.Ordinal);

        Assert.Contains("No sign-in is linked", await head.GoAsync($"{one}/sign-in"), StringComparison.Ordinal);
        await head.SendAsync($"{one}/sign-in", ("commandId", head.Hidden("commandId")), ("issuer", "https://sign-in.example"));
        Assert.Contains("href=\"#subject\"", head.Html, StringComparison.Ordinal);
        await head.SendAsync($"{one}/sign-in", ("commandId", head.Hidden("commandId")), ("issuer", "https://sign-in.example"), ("subject", "g.hill"));
        Assert.Contains("The sign-in is linked.", head.Html, StringComparison.Ordinal);
        Assert.Contains("A sign-in is linked.", await head.GoAsync($"{one}/sign-in"), StringComparison.Ordinal);
        Assert.DoesNotContain("g.hill", head.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_and_address_are_put_right_and_an_address_in_use_is_refused()
    {
        var (form, other) = ($"{Page}/{world.Second.School.People[Role.SupportStaff]}/details", "networkmanager@100002.example");
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100002");
        Assert.Contains(form, await head.GoAsync(Page), StringComparison.Ordinal);
        Assert.Contains("value=\"supportstaff@100002.example\"", await head.GoAsync(form), StringComparison.Ordinal);
        await SaveAsync("", "nowhere");
        Assert.Contains("href=\"#name\"", head.Html, StringComparison.Ordinal);
        await SaveAsync("Robin Test", other);
        Assert.Contains("href=\"#email\">This e-mail address already belongs to somebody else", head.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Robin Test\"", head.Html, StringComparison.Ordinal);
        await SaveAsync("Robin Test", "r.test@100002.example");
        Assert.Contains("Name and address are saved.", head.Html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Robin Test</th>", head.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"r.test@100002.example\"", await head.GoAsync(form), StringComparison.Ordinal);

        // Where a DSL's notices go is the head's to say.
        using var senior = await Browser.SignInAsync(world.Gateway, "senior-leader@100002");
        var dsl = $"{Page}/{world.Second.School.People[Role.Dsl]}/details";
        await senior.GoAsync(dsl);
        await senior.SendAsync(dsl, ("commandId", senior.Hidden("commandId")), ("name", "Dsl of 100002"), ("email", "mine@100002.example"));
        Assert.Contains("headteacher", senior.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"dsl@100002.example\"", await senior.GoAsync(dsl), StringComparison.Ordinal);

        async Task SaveAsync(string name, string email)
        {
            await head.GoAsync(form);
            await head.SendAsync(form, ("commandId", head.Hidden("commandId")), ("name", name), ("email", email));
        }
    }

    [Fact]
    public async Task A_missing_number_is_asked_for_until_it_is_there_and_is_shown_in_danger()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100002");
        await SaveAsync("", "");
        Assert.Contains(Numbers, head.Html, StringComparison.Ordinal);
        await SaveAsync("ask at the office", "");
        Assert.Contains("href=\"#safeguardingPhone\"", head.Html, StringComparison.Ordinal);
        await SaveAsync("01632 960111", "");
        Assert.Contains(Numbers, head.Html, StringComparison.Ordinal);
        await SaveAsync("01632 960111", "01632 960222");
        Assert.Contains("The safeguarding numbers are saved.", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Numbers, head.Html, StringComparison.Ordinal);

        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100002");
        await teacher.GoAsync("/console/report?danger=Yes");
        Assert.Contains("tel:01632960111", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("tel:01632960222", teacher.Html, StringComparison.Ordinal);

        async Task SaveAsync(string day, string night)
        {
            await head.GoAsync(Numbers);
            await head.SendAsync(Numbers, ("commandId", head.Hidden("commandId")), ("safeguardingPhone", day), ("outOfHoursPhone", night));
        }
    }

    [Fact]
    public async Task A_pupil_gets_a_key_worker_and_an_off_site_provider_and_loses_them()
    {
        var (page, form) = ($"/console/pupils/{world.First.Keys["Pupil"]}", $"/console/pupils/{world.First.Keys["Pupil"]}/people");
        var (worker, teacher) = (world.First.School.People[Role.PastoralTeam].ToString(), world.First.School.People[Role.ClassTeacher].ToString());
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains(form, await dsl.GoAsync(page), StringComparison.Ordinal);
        await SaveAsync(worker, "Hill Farm");
        Assert.Contains("Key worker PastoralTeam of 100001", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Taught by Hill Farm.", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync(form);
        Assert.Contains($"<option value=\"{worker}\" selected", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Hill Farm\"", dsl.Html, StringComparison.Ordinal);
        await SaveAsync("", "");
        Assert.Contains("Key worker Nobody", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Taught by", dsl.Html, StringComparison.Ordinal);

        async Task SaveAsync(string keyWorker, string provider)
        {
            await dsl.GoAsync(form);
            await dsl.SendAsync(form, ("commandId", dsl.Hidden("commandId")), ("keyWorker", keyWorker), ("classTeacher", teacher), ("offSiteProvider", provider));
        }
    }

    [Fact]
    public async Task A_role_ends_and_a_leaver_is_shown_what_happens_first_and_cannot_come_in_any_more()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100002");
        var one = $"{Page}/{world.Second.School.People[Role.Governor]}";
        Assert.Contains("Nobody else holds it today.", await head.GoAsync($"{one}/end-role"), StringComparison.Ordinal);
        await head.SendAsync($"{one}/end-role", ("commandId", head.Hidden("commandId")));
        Assert.Contains("href=\"#role\"", head.Html, StringComparison.Ordinal);
        var yesterday = London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(-1).ToString("yyyy-MM-dd", null);
        var id = head.Hidden("commandId");
        for (var sent = 0; sent < 2; sent++)
        {
            await head.SendAsync($"{one}/end-role", ("commandId", id), ("role", "Governor"), ("lastDay", yesterday));
            Assert.Contains("The role ends.", head.Html, StringComparison.Ordinal);
            Assert.Contains("<th scope=\"row\">Governor of 100002</th><td data-label=\"Roles today\">None</td>", head.Html, StringComparison.Ordinal);
        }

        await head.SendAsync($"{one}/end-role", ("commandId", null), ("role", "Governor"));
        Assert.Contains("href=\"#role\"", head.Html, StringComparison.Ordinal);

        var leaver = $"{Page}/{world.Second.School.People[Role.KeyWorker]}/leave";
        using var worker = await Browser.SignInAsync(world.Gateway, "key-worker@100002");
        Assert.Contains("cannot come in any more", await head.GoAsync(leaver), StringComparison.Ordinal);
        await worker.GoAsync("/console");
        Assert.Equal("/console", worker.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        await head.GoAsync(leaver);
        await head.SendAsync(leaver, ("commandId", head.Hidden("commandId")));
        Assert.Contains("Recorded: they have left", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("KeyWorker of 100002", head.Html, StringComparison.Ordinal);
        await worker.GoAsync("/console/pupils");
        Assert.Equal("/console/sign-in", worker.Answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task The_last_DSLs_role_does_not_end_and_where_they_leave_the_head_has_a_task()
    {
        await using var own = new ApiWorld();
        await own.InitializeAsync();
        var dsl = $"{Page}/{own.First.School.People[Role.Dsl]}";
        using var head = await Browser.SignInAsync(own.Gateway, "headteacher@100001");
        await head.GoAsync($"{dsl}/end-role");
        await head.SendAsync($"{dsl}/end-role", ("commandId", head.Hidden("commandId")), ("role", "Dsl"), ("lastDay", "2027-07-21"));
        Assert.Contains("href=\"#role\">From 22 July 2027 nobody would be DSL. Give the role to the successor first", head.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"2027-07-21\"", head.Html, StringComparison.Ordinal);
        Assert.Contains("nobody else is DSL", await head.GoAsync($"{dsl}/leave"), StringComparison.Ordinal);
        await head.SendAsync($"{dsl}/leave", ("commandId", head.Hidden("commandId")));
        Assert.Contains("Recorded: they have left", head.Html, StringComparison.Ordinal);
        Assert.Contains("There is no DSL: give the role to somebody", await head.GoAsync("/console"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class-teacher@100001")]
    [InlineData("senior-leader@100001")]
    public async Task Nobody_below_the_head_ends_the_role_of_a_DSL(string persona)
    {
        var form = $"{Page}/{world.First.School.People[Role.Dsl]}/end-role";
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        await browser.GoAsync("/console/report");
        await browser.SendAsync(form, ("role", "Dsl"));
        Assert.DoesNotContain("The role ends.", browser.Html, StringComparison.Ordinal);
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains("until further notice", await head.GoAsync(form), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class-teacher@100001")]
    [InlineData("network-manager@100001")]
    public async Task They_are_no_pages_for_those_who_appoint_nobody(string persona)
    {
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        Assert.DoesNotContain(Page, browser.Html, StringComparison.Ordinal);
        var one = $"{Page}/{world.First.School.People[Role.Governor]}";
        foreach (var path in new[] { Page, Numbers, $"{one}/role", $"{one}/sign-in", $"{one}/details", $"{one}/end-role", $"{one}/leave" })
        {
            await browser.GoAsync("/console/pupils");
            await browser.SendAsync(path, ("name", "X"), ("email", "x@100001.example"), ("role", "Dsl"), ("issuer", "https://sign-in.example"), ("subject", "x"));
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Fact]
    public async Task A_senior_leader_links_no_sign_in_of_a_dsl()
    {
        var form = $"{Page}/{world.First.School.People[Role.Dsl]}/sign-in";
        using var senior = await Browser.SignInAsync(world.Gateway, "senior-leader@100001");
        await senior.GoAsync(form);
        await senior.SendAsync(form, ("commandId", senior.Hidden("commandId")), ("issuer", "https://sign-in.example"), ("subject", "mine"));
        Assert.Contains("headteacher", senior.Html, StringComparison.Ordinal);
        Assert.Contains("No sign-in is linked", await senior.GoAsync(form), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_schools_people_are_pages_that_do_not_exist()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100002");
        foreach (var form in new[] { "role", "sign-in", "details", "end-role", "leave" })
        {
            await head.GoAsync($"{Page}/{world.First.School.People[Role.Governor]}/{form}");
            Assert.Equal(HttpStatusCode.NotFound, head.Status);
        }
    }
}
