using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>A page of this morning, sent after somebody else has recorded a concern.</summary>
public sealed class StaleChecksTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Concern = "A second phone with messages from an adult";

    [Fact]
    public async Task All_others_were_clear_turned_a_concern_that_the_dsl_had_recorded_meanwhile_into_clear()
    {
        var pupil = world.First.Keys["Pupil"].ToString("D");
        await world.First.WithoutRemovalAsync(world.Gateway);
        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));
        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await teacher.GoAsync("/console/checks");
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync("/console/checks?everyone=true");
        await RecordAsync(dsl, "/console/checks?everyone=true", "chosen", ("lines[0].result", "Concern"), ("lines[0].note", Concern));

        await RecordAsync(teacher, "/console/checks", "rest");
        Assert.Contains("Choose a result for at least one check", teacher.Html, StringComparison.Ordinal);
        await RecordAsync(teacher, "/console/checks", "chosen", ("lines[0].result", "Clear"));
        Assert.Contains("A concern is recorded for this day.", teacher.Html, StringComparison.Ordinal);
        Assert.Contains(Concern, await teacher.GoAsync("/console/checks"), StringComparison.Ordinal);

        // What the page had shown goes with it: a note of its own makes it no correction, and is not lost.
        await RecordAsync(teacher, "/console/checks", "chosen", ("lines[0].version", "0"), ("lines[0].result", "Clear"), ("lines[0].note", "All well"));
        Assert.Contains("Somebody recorded this check since you read it", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"All well\"", teacher.Html, StringComparison.Ordinal);
        Assert.Equal("1", teacher.Hidden("lines[0].version"));

        // A recorded check is put right from the list, with what stands there.
        await teacher.GoAsync("/console/checks");
        Assert.DoesNotContain("lines[0]", teacher.Html, StringComparison.Ordinal);
        await teacher.GoAsync($"/console/checks?correct={pupil}@{day:yyyy-MM-dd}");
        Assert.Contains($"value=\"{Concern}\"", teacher.Html, StringComparison.Ordinal);
        Assert.Equal("1", teacher.Hidden("lines[0].version"));

        // Who knows better says so, and both stay to be read.
        await RecordAsync(teacher, "/console/checks", "chosen", ("lines[0].result", "Clear"), ("lines[0].note", "It was her sister's"));
        var history = await dsl.GoAsync($"/console/checks/{pupil}");
        Assert.Contains(Concern, history, StringComparison.Ordinal);
        Assert.Contains("Before: concern", history, StringComparison.Ordinal);
        Assert.Contains("It was her sister&#x27;s", history, StringComparison.Ordinal);

        // The day after it is put right from the pupil’s page, too.
        await world.Gateway.MoveToAsync(London.ToInstant(Weekdays.After(day), new(9, 0)));
        using var later = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains($"/console/checks?everyone=true&correct={pupil}@{day:yyyy-MM-dd}", await later.GoAsync($"/console/checks/{pupil}"), StringComparison.Ordinal);
        await later.GoAsync($"/console/checks?everyone=true&correct={pupil}@{day:yyyy-MM-dd}");
        Assert.Contains("value=\"It was her sister&#x27;s\"", later.Html, StringComparison.Ordinal);
        await RecordAsync(later, "/console/checks?everyone=true", "chosen", ("lines[0].version", "2"), ("lines[0].result", "Concern"), ("lines[0].note", "It was hers"));
        Assert.Contains("It was hers", await later.GoAsync($"/console/checks/{pupil}"), StringComparison.Ordinal);

        // Who opens it to put it right has read it.
        using var deputy = await Browser.SignInAsync(world.Gateway, "deputy-dsl@100001");
        await deputy.GoAsync($"/console/checks?everyone=true&correct={pupil}@{day:yyyy-MM-dd}");
        var auditor = new Reader(world.First.School.Id, Actor.System, new HashSet<Role>(), "test", Guid.NewGuid());
        var log = await world.Gateway.Services.GetRequiredService<AuditReader>().AccessLogAsync(auditor, $"check/{pupil}@{day:yyyy-MM-dd}", AccessLogOrder.AtDesc, new PageRequest(First: 100), default);
        Assert.Contains(log.Value!.Items, i => i.Item.Actor.Person == world.First.School.People[Role.DeputyDsl]);

        Task RecordAsync(Browser browser, string page, string button, params (string, string?)[] line) => browser.SendAsync(
            page, [("commandId", Guid.NewGuid().ToString()), ("lines[0].pupil", pupil), ("lines[0].date", $"{day:yyyy-MM-dd}"), .. line, ("do", button)]);
    }

    [Fact]
    public async Task The_tick_that_was_asked_for_was_not_on_the_page_while_the_list_did_not_know_yet_that_devices_are_to_be_away()
    {
        var door = new HeldMessages("pupil.changed");
        await using var gateway = await RunningGateway.StartAsync(configure: door.Stand);
        var records = await SchoolRecords.MakeAsync(gateway, (await TwoSchools.FoundAsync(gateway)).First);
        await gateway.SettleAsync();
        await records.WithoutRemovalAsync(gateway);
        var (pupil, day) = (records.Keys["Pupil"], Weekdays.After(London.DateOf(gateway.Clock.GetUtcNow())));
        await gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        door.IsShut = true;
        await TwoSchools.Done(gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(records.School.Id, new(records.Keys["Incident"])).ToString()).TriageAsync(
            SchoolRecords.As(records.School, Role.Dsl), new TriageIncident("inappropriate-material", [FourC.Content], Awareness.Knowing, null, false, [], [], "He knew")));
        await door.Came;

        using var teacher = await Browser.SignInAsync(gateway, "class-teacher@100001");
        Assert.DoesNotContain("lines[0].noneHeld", await teacher.GoAsync("/console/checks"), StringComparison.Ordinal);
        await SendAsync();
        Assert.Contains("Confirm that none is held", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("lines[0].noneHeld", teacher.Html, StringComparison.Ordinal);
        await SendAsync(("lines[0].noneHeld", "true"));
        Assert.Contains("Recorded.", teacher.Html, StringComparison.Ordinal);

        Task SendAsync(params (string, string?)[] more) => teacher.SendAsync(
            "/console/checks", [("commandId", Guid.NewGuid().ToString()), ("lines[0].pupil", pupil.ToString("D")), ("lines[0].date", $"{day:yyyy-MM-dd}"), ("lines[0].result", "Clear"), .. more, ("do", "chosen")]);
    }
}
