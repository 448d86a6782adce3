using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>What is not today's ordinary check: days that are over, devices that were removed, other people's classes.</summary>
public sealed class MissedChecksTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string SetToClear = "value=\"Clear\" checked";

    private const string AllClear = "value=\"rest\"";

    private string Pupil => world.First.Keys["Pupil"].ToString("D");

    [Fact]
    public async Task A_missed_check_stays_on_the_pages_until_it_is_recorded_or_acknowledged_and_nothing_is_clear_that_nobody_saw()
    {
        await world.First.WithoutRemovalAsync(world.Gateway);
        var missed = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));
        var today = Weekdays.After(missed);
        await world.Gateway.MoveToAsync(London.ToInstant(today, new(10, 0)));

        // Both wait for a choice; of today's one look tells.
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        var page = await teacher.GoAsync("/console/checks");
        Assert.Equal((2, 0, 1), (Times(page, "<legend>"), Times(page, SetToClear), Times(page, AllClear)));
        Assert.Contains(">Missed</strong>", page, StringComparison.Ordinal);

        // Nobody else's check is set to anything.
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Equal((2, 0, 0), (Times(await dsl.GoAsync("/console/checks?everyone=true"), "<legend>"), Times(dsl.Html, SetToClear), Times(dsl.Html, AllClear)));
        await dsl.SendAsync("/console/checks?everyone=true", ("commandId", dsl.Hidden("commandId")), ("lines[0].pupil", Pupil), ("lines[0].date", dsl.Hidden("lines[0].date")), ("do", "rest"));
        Assert.Contains("Choose a result for at least one check.", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync("/console/checks?everyone=true", ("commandId", dsl.Hidden("commandId")), ("lines[0].pupil", Pupil), ("lines[0].date", dsl.Hidden("lines[0].date")));
        Assert.Contains("Choose a result for at least one check.", dsl.Html, StringComparison.Ordinal);

        // The head is led to it and says what follows.
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        var home = $"/console/checks/{Pupil}/{missed:yyyy-MM-dd}";
        Assert.Contains(home, head.Html, StringComparison.Ordinal);
        await head.GoAsync(home);
        await AcknowledgeAsync("");
        Assert.Contains("href=\"#missedReason\"", head.Html, StringComparison.Ordinal);
        await AcknowledgeAsync("The teacher was ill, the deputy looked");
        Assert.Contains("The teacher was ill, the deputy looked", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(home, await head.GoAsync("/console"), StringComparison.Ordinal);
        Assert.DoesNotContain(">Missed</strong>", await teacher.GoAsync("/console/checks"), StringComparison.Ordinal);

        // Devices are removed: nothing is set, and clear takes a tick of its own.
        await dsl.GoAsync($"/console/checks/{Pupil}/schedule");
        await dsl.SendAsync(
            $"/console/checks/{Pupil}/schedule", ("commandId", dsl.Hidden("commandId")), ("change", "true"), ("by", "15:30"), ("lookFor", "NoDeviceHeld"), ("checker", "ClassTeacher"),
            ("devicesRemoved", "true"), ("withStrategy", "false"), ("reviewOn", today.AddDays(60).ToString("yyyy-MM-dd", null)));
        Assert.Equal((0, 0), (Times(await teacher.GoAsync("/console/checks"), SetToClear), Times(teacher.Html, AllClear)));
        await RecordAsync();
        Assert.Contains("Confirm that none is held", teacher.Html, StringComparison.Ordinal);
        await RecordAsync(("lines[0].noneHeld", "true"));
        Assert.Contains("Recorded.", teacher.Html, StringComparison.Ordinal);

        Task AcknowledgeAsync(string reason) =>
            head.SendAsync(home, ("commandId", head.Hidden("commandId")), ("do", "acknowledge"), ("missedDay", head.Hidden("missedDay")), ("missedReason", reason));

        Task RecordAsync(params (string, string?)[] more) => teacher.SendAsync(
            "/console/checks", [("commandId", teacher.Hidden("commandId")), ("lines[0].pupil", Pupil), ("lines[0].date", teacher.Hidden("lines[0].date")), ("lines[0].result", "Clear"), .. more]);
    }

    private static int Times(string page, string text) => page.Split(text).Length - 1;
}
