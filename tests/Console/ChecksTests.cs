using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class ChecksTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_teacher_records_the_class_once_and_a_concern_leads_to_the_report()
    {
        var day = London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        var pupil = world.First.Keys["Pupil"].ToString("D");
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        Assert.Contains("One device check is waiting.", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Clear\" checked", await teacher.GoAsync("/console/checks"), StringComparison.Ordinal);

        await SendAsync("Concern", "");
        Assert.Contains("Say what concerns you", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#line-0\"", teacher.Html, StringComparison.Ordinal);
        await SendAsync("Concern", "A second phone");

        Assert.Contains($"/console/report?pupil={pupil}", teacher.Html, StringComparison.Ordinal);
        var report = await teacher.GoAsync($"/console/report?danger=No&pupil={pupil}");
        Assert.Contains("Amber Canary 100001", report, StringComparison.Ordinal);

        Task SendAsync(string result, string note) => teacher.SendAsync(
            "/console/checks", ("commandId", teacher.Hidden("commandId")), ("lines[0].pupil", pupil), ("lines[0].date", teacher.Hidden("lines[0].date")), ("lines[0].result", result), ("lines[0].note", note));
    }
}
