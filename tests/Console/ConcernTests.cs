using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>A concern that a check found stays on the pages until somebody answers it.</summary>
public sealed class ConcernTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_concern_that_its_checker_took_back_left_a_task_that_no_page_could_end()
    {
        var pupil = world.First.Keys["Pupil"].ToString("D");
        await world.First.WithoutRemovalAsync(world.Gateway);
        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));
        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await RecordAsync("Concern", "A second phone");
        await RecordAsync("Clear", "It was a calculator");
        Assert.Contains("Concern taken back, not answered", await teacher.GoAsync("/console/checks"), StringComparison.Ordinal);

        // Both are shown to whoever decides what follows.
        var home = $"/console/checks/{pupil}/{day:yyyy-MM-dd}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains(home, dsl.Html, StringComparison.Ordinal);
        Asks(await dsl.GoAsync(home));

        // Nobody does: on the next school day it is on the lists, and with the head.
        var next = Weekdays.After(day);
        await world.Gateway.MoveToAsync(London.ToInstant(next, new(9, 5)));
        using var deputy = await Browser.SignInAsync(world.Gateway, "deputy-dsl@100001");
        Assert.Contains("Concern taken back, not answered", await deputy.GoAsync("/console/checks?everyone=true"), StringComparison.Ordinal);
        Asks(await deputy.GoAsync($"/console/checks/{pupil}"));
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        Assert.Contains(home, head.Html, StringComparison.Ordinal);
        Asks(await head.GoAsync(home));
        await head.SendAsync(home, ("commandId", head.Hidden("commandId")), ("do", "answer"), ("day", head.Hidden("day")), ("version", head.Hidden("version")), ("answer", "Seen the calculator"));

        Assert.Contains("Seen the calculator", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Record the answer", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(home, await head.GoAsync("/console"), StringComparison.Ordinal);
        Assert.DoesNotContain(home, await deputy.GoAsync("/console"), StringComparison.Ordinal);
        Assert.DoesNotContain("Concern taken back", await deputy.GoAsync("/console/checks?everyone=true"), StringComparison.Ordinal);

        static void Asks(string page)
        {
            Assert.Contains("Record the answer", page, StringComparison.Ordinal);
            Assert.Contains("The checker has taken it back: the check says clear now.", page, StringComparison.Ordinal);
            Assert.Contains("It was a calculator", page, StringComparison.Ordinal);
            Assert.Contains("A second phone", page, StringComparison.Ordinal);
        }

        async Task RecordAsync(string result, string note)
        {
            await teacher.GoAsync($"/console/checks?correct={pupil}@{day:yyyy-MM-dd}");
            await teacher.SendAsync(
                "/console/checks", ("commandId", teacher.Hidden("commandId")), ("lines[0].pupil", pupil), ("lines[0].date", $"{day:yyyy-MM-dd}"), ("lines[0].version", teacher.Hidden("lines[0].version")),
                ("lines[0].result", result), ("lines[0].note", note), ("do", "chosen"));
            Assert.Contains("Recorded.", teacher.Html, StringComparison.Ordinal);
        }
    }
}
