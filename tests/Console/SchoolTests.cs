using System.Globalization;
using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class SchoolTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string School = "/console/school";
    private const string Calendar = $"{School}/calendar";
    private const string Change = $"{Calendar}/change";
    private const string Close = $"{School}/close";
    private const string Policy = $"{School}/policy";
    private const string Adopt = $"{Policy}/adopt";

    [Fact]
    public async Task A_closure_of_today_takes_two_clicks_says_what_it_moves_and_takes_back_the_days_checks()
    {
        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));
        await world.Gateway.MoveToAsync(London.ToInstant(day, new(10, 0)));
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains($"href=\"{Close}\"", await head.GoAsync(School), StringComparison.Ordinal);
        Assert.Contains("<dt>LAESTAB</dt><dd>885/0001</dd>", head.Html, StringComparison.Ordinal);
        Assert.Contains("One daily check of today falls away", await head.GoAsync(Close), StringComparison.Ordinal);
        var id = head.Hidden("commandId");
        for (var sent = 0; sent < 2; sent++)
        {
            await head.SendAsync(Close, ("commandId", id), ("today", "Snow or ice"));
            Assert.Contains("The closure is announced.", head.Html, StringComparison.Ordinal);
            Assert.Equal(2, head.Html.Split("Closed today").Length);
        }

        Assert.Contains("Snow or ice", head.Html, StringComparison.Ordinal);
        await world.Gateway.MoveToAsync(London.ToInstant(day, new(10, 5)));
        Assert.Contains("No daily check of today is open", await head.GoAsync(Close), StringComparison.Ordinal);

        // Announced again by somebody else it is still one closure.
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync(Close);
        await dsl.SendAsync(Close, ("commandId", dsl.Hidden("commandId")), ("today", "No heating"));
        Assert.Equal(2, dsl.Html.Split("Closed today").Length);
        Assert.Contains("No heating", dsl.Html, StringComparison.Ordinal);

        await dsl.GoAsync(Close);
        await dsl.SendAsync(Close, ("commandId", dsl.Hidden("commandId")), ("from", Text(day.AddDays(3))), ("to", Text(day.AddDays(2))), ("reason", ""));
        Assert.Contains("href=\"#to\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#reason\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Text(day.AddDays(3))}\"", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_saved_over_a_colleagues_is_refused_and_what_was_typed_stays()
    {
        await using var own = new ApiWorld();
        await own.InitializeAsync();
        using var dsl = await Browser.SignInAsync(own.Gateway, "dsl@100002");
        using var head = await Browser.SignInAsync(own.Gateway, "headteacher@100002");
        await dsl.GoAsync(Change);
        await head.GoAsync(Change);
        await SaveAsync(head, "15:10");
        Assert.Contains("The calendar is saved.", head.Html, StringComparison.Ordinal);
        // Something else that is wrong does not make the other's change known.
        await SaveAsync(dsl, "");
        Assert.Contains("href=\"#dayEnds\"", dsl.Html, StringComparison.Ordinal);
        await SaveAsync(dsl, "15:20");
        Assert.Contains("href=\"#expectedVersion\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"15:20\"", dsl.Html, StringComparison.Ordinal);
        await SaveAsync(dsl, "15:20");
        Assert.Contains("The calendar is saved.", dsl.Html, StringComparison.Ordinal);

        static Task SaveAsync(Browser browser, string ends) => browser.SendAsync(
            Change, ("commandId", browser.Hidden("commandId")), ("expectedVersion", browser.Hidden("expectedVersion")), ("terms[0].name", "Autumn"), ("terms[0].start", "2026-09-01"),
            ("terms[0].end", "2026-12-18"), ("dayStarts", "08:50"), ("dayEnds", ends));
    }

    [Fact]
    public async Task The_calendar_is_changed_and_nothing_typed_is_lost_on_the_way()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        Assert.Contains("value=\"Term\"", await dsl.GoAsync(Change), StringComparison.Ordinal);
        (string, string?)[] term = [("terms[0].name", "Autumn"), ("terms[0].start", "2026-09-01"), ("terms[0].end", "2026-12-18")];
        (string, string?)[] hours = [("dayStarts", "08:50"), ("dayEnds", "15:20")];

        await SendAsync([.. term, .. hours, ("terms[1].name", "Spring"), ("do", "inset")]);
        Assert.Contains("value=\"Spring\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"insetDays-0\"", dsl.Html, StringComparison.Ordinal);

        await SendAsync([.. term, .. hours, ("terms[1].name", "Spring"), ("terms[1].start", "2027-01-04"), ("insetDays[0]", "soon"), ("insetDays[1]", "2027-01-05")]);
        Assert.Contains("href=\"#insetDays-0\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"soon\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"2027-01-05\"", dsl.Html, StringComparison.Ordinal);

        await SendAsync([.. term, .. hours, ("terms[1].name", "Spring"), ("terms[1].start", "2027-01-04")]);
        Assert.Contains("href=\"#terms-1-end\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"terms-1-end-error\"", dsl.Html, StringComparison.Ordinal);

        await SendAsync([.. term, .. hours, ("terms[1].name", "Spring"), ("terms[1].start", "2027-01-04"), ("terms[1].end", "2027-03-25"), ("insetDays[0]", ""), ("insetDays[1]", "2027-01-02")]);
        Assert.Contains("href=\"#insetDays-0\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"2027-01-02\"", dsl.Html, StringComparison.Ordinal);

        await SendAsync([.. term, .. hours, ("terms[1].name", "Spring"), ("terms[1].start", "2027-01-04"), ("terms[1].end", "2027-03-25"), ("insetDays[0]", "2027-01-04"), ("terms[2].name", "")]);
        Assert.Contains("The calendar is saved.", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("from 08:50 to 15:20", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Spring</th>", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Monday 4 January 2027", dsl.Html, StringComparison.Ordinal);

        Task SendAsync((string, string?)[] fields) => dsl.SendAsync(Change, [("commandId", dsl.Hidden("commandId")), .. fields]);
    }

    [Fact]
    public async Task The_policy_is_read_in_plain_words_and_another_is_adopted_after_what_it_changes_was_shown()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100002");
        await head.GoAsync(Policy);
        foreach (var said in new[] { "Wyre Forest School", "Review overdue", "England 2025", "Little understanding of the consequences", "Statutory", "Not decided." })
        {
            Assert.Contains(said, WebUtility.HtmlDecode(head.Html), StringComparison.OrdinalIgnoreCase);
        }

        await SendAsync(("do", "show"));
        Assert.Contains("href=\"#pack\"", head.Html, StringComparison.Ordinal);
        await SendAsync(("do", "show"), ("yaml", "id: ours\nnonsense: true"));
        Assert.Contains("href=\"#yaml\"", head.Html, StringComparison.Ordinal);
        Assert.Contains("nonsense: true</textarea>", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"adopt\"", head.Html, StringComparison.Ordinal);

        await SendAsync(("do", "show"), ("pack", "warminster"));
        Assert.Contains("No kind of incident any more: Pupil uses technology to bully or belittle others.", WebUtility.HtmlDecode(head.Html), StringComparison.Ordinal);
        Assert.Contains("Wyre Forest", await head.GoAsync(Policy), StringComparison.Ordinal);

        await SendAsync(("do", "adopt"), ("pack", "warminster"));
        Assert.Contains("The policy is in force.", head.Html, StringComparison.Ordinal);
        Assert.Contains("Of the pack warminster", head.Html, StringComparison.Ordinal);
        await SendAsync(("do", "show"), ("pack", "warminster"));
        Assert.Contains("Nothing changes", head.Html, StringComparison.Ordinal);

        async Task SendAsync(params (string, string?)[] fields)
        {
            await head.GoAsync(Adopt);
            await head.SendAsync(Adopt, [("commandId", head.Hidden("commandId")), .. fields]);
        }
    }

    [Fact]
    public async Task A_question_of_the_policy_is_decided_in_words_that_stay_with_the_next_version()
    {
        await using var own = new ApiWorld();
        await own.InitializeAsync();
        const string Question = $"{Policy}/questions/who-triages";
        using var head = await Browser.SignInAsync(own.Gateway, "headteacher@100002");
        Assert.Contains(Question, await head.GoAsync(Policy), StringComparison.Ordinal);
        Assert.Contains("This is a record.", await head.GoAsync(Question), StringComparison.Ordinal);
        await SendAsync(Question, ("decision", ""), ("reason", "One desk"));
        Assert.Contains("href=\"#decision\"", head.Html, StringComparison.Ordinal);
        Assert.Contains("One desk</textarea>", head.Html, StringComparison.Ordinal);
        await SendAsync(Question, ("decision", "The DSL alone receives reports"), ("reason", "One desk"));
        Assert.Contains("The decision is recorded.", head.Html, StringComparison.Ordinal);
        foreach (var said in new[] { "The DSL alone receives reports", "Because: One desk", "Recorded by Headteacher of 100002", "What the product does, all the same: the DSL receives and triages" })
        {
            Assert.Contains(said, WebUtility.HtmlDecode(head.Html), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("this version puts the same question", head.Html, StringComparison.Ordinal);
        await SendAsync(Adopt, ("do", "adopt"), ("pack", "wyre-forest"));
        Assert.Contains("this version puts the same question, so it still holds", head.Html, StringComparison.Ordinal);

        using var governor = await Browser.SignInAsync(own.Gateway, "governor@100002");
        Assert.Contains("The DSL alone receives reports", await governor.GoAsync(Policy), StringComparison.Ordinal);
        Assert.DoesNotContain(Question, governor.Html, StringComparison.Ordinal);
        await governor.GoAsync(Question);
        Assert.Equal(HttpStatusCode.NotFound, governor.Status);

        async Task SendAsync(string form, params (string, string?)[] fields)
        {
            await head.GoAsync(form);
            await head.SendAsync(form, [("commandId", head.Hidden("commandId")), .. fields]);
        }
    }

    [Theory]
    [InlineData("class-teacher@100001")]
    [InlineData("governor@100001")]
    [InlineData("deputy-dsl@100001")]
    public async Task Everybody_reads_and_only_those_who_may_change_get_forms(string persona)
    {
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        Assert.Contains($"href=\"{School}\"", browser.Html, StringComparison.Ordinal);
        Assert.Equal(persona.StartsWith("governor", StringComparison.Ordinal), !browser.Html.Contains("href=\"/console/pupils\"", StringComparison.Ordinal));
        foreach (var path in new[] { School, Calendar, Policy })
        {
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.DoesNotContain(Close, browser.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(Change, browser.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(Adopt, browser.Html, StringComparison.Ordinal);
        }

        foreach (var form in new[] { Close, Change, Adopt })
        {
            await browser.GoAsync("/console/report");
            await browser.SendAsync(form, ("today", "Snow or ice"), ("do", form == Adopt ? "adopt" : null), ("pack", "warminster"));
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.GoAsync(form);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
