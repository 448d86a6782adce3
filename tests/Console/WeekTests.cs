using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>Who sends the weekly update, and who reads it.</summary>
public sealed class WeekTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Where_the_school_has_neither_dsl_nor_deputy_the_updates_owner_had_no_button_to_send_it()
    {
        var school = world.Second.School;
        foreach (var role in new[] { Role.Dsl, Role.DeputyDsl })
        {
            await TwoSchools.Done(SchoolOf(school).RecordLeaverAsync(TwoSchools.System(school.Id), new RecordLeaver(school.People[role])));
        }

        var monday = await DraftedAsync(world.Second);
        var page = $"/console/weekly-updates/{monday:yyyy-MM-dd}";
        using var senior = await Browser.SignInAsync(world.Gateway, "senior-leader@100002");
        await senior.GoAsync(page);
        Assert.DoesNotContain("Send the weekly update", senior.Html, StringComparison.Ordinal);

        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100002");
        Assert.Contains(page, head.Html, StringComparison.Ordinal);
        Assert.Contains("Send the weekly update", await head.GoAsync(page), StringComparison.Ordinal);
        await head.SendAsync(page, ("commandId", head.Hidden("commandId")), ("comment", "All phones are at the office"));
        Assert.Contains("All phones are at the office", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Send the weekly update", head.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_to_their_cover_the_network_manager_could_never_read()
    {
        var school = world.First.School;
        var monday = await DraftedAsync(world.First);
        var page = $"/console/weekly-updates/{monday:yyyy-MM-dd}";
        var today = London.DateOf(world.Gateway.Clock.GetUtcNow());
        await TwoSchools.Done(SchoolOf(school).ArrangeCoverAsync(TwoSchools.System(school.Id), new ArrangeCover(school.People[Role.NetworkManager], school.People[Role.KeyWorker], today, today.AddDays(1))));
        using var draft = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        await draft.GoAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, draft.Status);
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IWeeklyUpdateGrain>(WeekKey.Of(school.Id, monday).ToString())
            .SubmitAsync(SchoolRecords.As(school, Role.Dsl), new SubmitWeeklyUpdate("All phones are at the office")));
        await world.Gateway.MoveToAsync(London.ToInstant(today.AddDays(3), new(8, 0)));

        // The cover is over; what was theirs to read stays so.
        foreach (var (persona, status) in new[] { ("network-manager", HttpStatusCode.OK), ("key-worker", HttpStatusCode.OK), ("class-teacher", HttpStatusCode.NotFound) })
        {
            using var browser = await Browser.SignInAsync(world.Gateway, $"{persona}@100001");
            await browser.GoAsync(page);
            Assert.Equal((persona, status), (persona, browser.Status));
        }
    }

    /// <returns>The Monday of the first week of checks, whose update waits to be sent.</returns>
    private async Task<DateOnly> DraftedAsync(SchoolRecords records)
    {
        await world.Gateway.SettleAsync();
        var check = (await world.Gateway.Services.GetRequiredService<Storage.Reading.SystemReader>().ViewAsync<CheckView>(records.School.Id, CheckTables.Check, "", 10, default)).Min(c => c.Body.Date);
        var monday = WeekKey.MondayOf(check);
        var saturday = London.ToInstant(monday.AddDays(5), new(9, 0));
        if (saturday > world.Gateway.Clock.GetUtcNow())
        {
            await world.Gateway.MoveToAsync(saturday);
        }

        return monday;
    }

    private ISchoolGrain SchoolOf(SchoolUnderTest school) => world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
}
