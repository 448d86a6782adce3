using System.Globalization;
using System.Net;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>C9: the head makes the log, reads it and takes it as a table.</summary>
public sealed class IncidentLogTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_head_makes_a_log_and_it_is_written_down_for_whom()
    {
        for (var i = 0; i < 5; i++)
        {
            await SchoolRecords.MakeAsync(world.Gateway, world.First.School);
        }

        var month = world.Gateway.Clock.GetUtcNow();
        var day = month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        await head.GoAsync("/console/incident-log");
        Assert.Contains("Make the log", head.Html, StringComparison.Ordinal);

        await head.GoAsync($"/console/incident-log?from={day}&to={day}&recipient=Governors");
        Assert.Contains($"<td>{month.ToString("MMM yyyy", CultureInfo.InvariantCulture)}</td>", head.Html, StringComparison.Ordinal);
        Assert.Contains("<td>6</td>", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", head.Html, StringComparison.Ordinal);

        await head.GoAsync($"/console/incident-log?handler=csv&from={day}&to={day}&recipient=Governors");
        Assert.Equal("text/csv", head.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, head.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith(",6", head.Html.TrimEnd(), StringComparison.Ordinal);

        Assert.Contains("incident-log for governors", await head.GoAsync($"/console/access/{world.First.School.Id.Value:D}"), StringComparison.Ordinal);
        await head.GoAsync($"/console/incident-log?from={day}&to=2019-01-01&recipient=Governors");
        Assert.Contains("Ask for a range", head.Html, StringComparison.Ordinal);
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await teacher.GoAsync("/console/incident-log");
        Assert.Equal(HttpStatusCode.NotFound, teacher.Status);
    }
}
