using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What still waits of earlier days, and every day's check for good.</summary>
public sealed class CheckDaysTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Due = "{ checksDue(everyone: true) { date status pupil { id } } }";
    private const string History = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { pupil(id: $id) { checkHistory(first: $first, after: $after, last: $last, before: $before) { nodes { date status note } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }";

    [Fact]
    public async Task Missed_checks_and_concerns_without_an_answer_wait_and_every_day_stays_readable()
    {
        var stage = await MutationStage.SetAsync(world);
        var first = await stage.CheckDayAsync();
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CONCERN"));
        var today = first.AddDays(28);
        await stage.MoveToAsync(today, new(10, 0));

        var waiting = await WaitingAsync(stage);
        Assert.Equal(12, waiting.Count);
        Assert.Equal((first, "CONCERN"), waiting[0]);
        Assert.Equal((today, "PLANNED"), waiting[^1]);
        Assert.All(waiting[1..^1], d => Assert.Equal("MISSED", d.Status));

        await stage.DoAsync(Role.Dsl, "answerConcern", new { pupilId = stage.Pupil, date = first, reason = "Spoken with the pupil" });
        await stage.DoAsync(Role.Headteacher, "acknowledgeMissedCheck", new { pupilId = stage.Pupil, date = waiting[1].Date, reason = "Spoken with the teacher" });
        await world.Gateway.SettleAsync();
        Assert.Equal(waiting[2..], await WaitingAsync(stage));

        var forwards = await WalkAsync(stage, c => new { id = stage.Pupil, first = (int?)6, after = c }, "hasNextPage", "endCursor");
        var backwards = await WalkAsync(stage, c => new { id = stage.Pupil, last = (int?)6, before = c }, "hasPreviousPage", "startCursor");
        Assert.Equal(21, forwards.SelectMany(p => p).Count());
        Assert.Equal(forwards.SelectMany(p => p), Enumerable.Reverse(backwards).SelectMany(p => p));
        Assert.Equal((today, "PLANNED", null), forwards[0][0]);
        Assert.Equal((first, "CONCERN", "Seen"), forwards[^1][^1]);

        var teacher = await world.DataAsync(History, world.First.TokenOf(Role.ClassTeacher), new { id = stage.Pupil, first = (int?)6 });
        Assert.Equal("""{"pupil":{"checkHistory":null}}""", teacher.ToString());
    }

    private async Task<List<(DateOnly Date, string Status)>> WaitingAsync(MutationStage stage) =>
        [.. (await world.DataAsync(Due, world.First.TokenOf(Role.Dsl))).GetProperty("checksDue").EnumerateArray()
            .Where(c => c.GetProperty("pupil").GetProperty("id").GetString() == stage.Pupil)
            .Select(c => (Day(c), c.GetProperty("status").GetString()!)).Order()];

    private async Task<List<List<(DateOnly Date, string Status, string? Note)>>> WalkAsync(MutationStage stage, Func<string?, object> variables, string more, string end)
    {
        var pages = new List<List<(DateOnly, string, string?)>>();
        for (string? cursor = null; ;)
        {
            var page = (await world.DataAsync(History, world.First.TokenOf(Role.Dsl), variables(cursor))).GetProperty("pupil").GetProperty("checkHistory");
            pages.Add([.. page.GetProperty("nodes").EnumerateArray().Select(c => (Day(c), c.GetProperty("status").GetString()!, c.GetProperty("note").GetString()))]);
            if (!page.GetProperty("pageInfo").GetProperty(more).GetBoolean())
            {
                return pages;
            }

            cursor = page.GetProperty("pageInfo").GetProperty(end).GetString();
        }
    }

    private static DateOnly Day(JsonElement check) => DateOnly.Parse(check.GetProperty("date").GetString()!, null);
}
