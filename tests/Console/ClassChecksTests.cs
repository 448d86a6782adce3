using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>E2: a class in seconds, and nothing clear that nobody said was.</summary>
public sealed class ClassChecksTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Enter_in_one_pupils_note_recorded_the_rest_of_the_class_as_clear()
    {
        var pupils = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var records = i == 0 ? world.First : await SchoolRecords.MakeAsync(world.Gateway, world.First.School);
            await records.WithoutRemovalAsync(world.Gateway);
            pupils.Add(records.Keys["Pupil"].ToString("D"));
        }

        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));
        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await teacher.GoAsync("/console/checks");
        Assert.Equal(4, Waiting());

        // Enter sends the first button: only what was chosen is recorded.
        await SendAsync("chosen", (0, "Concern", "A second phone"));
        Assert.Equal(3, Waiting());
        Assert.Contains("3 still to be made", teacher.Html, StringComparison.Ordinal);

        // Without any button's word, as an older browser may send it, the same.
        await SendAsync(null, (1, "PupilAbsent", ""));
        Assert.Equal(2, Waiting());
        await SendAsync("chosen");
        Assert.Contains("say that all others were clear", teacher.Html, StringComparison.Ordinal);
        Assert.Equal(2, Waiting());

        // A note without a result is neither lost nor clear.
        await SendAsync("rest", (2, null, "Talked to her"));
        Assert.Equal(1, Waiting());
        Assert.Contains("There is a note and no result.", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Talked to her\"", teacher.Html, StringComparison.Ordinal);
        await SendAsync("rest");
        Assert.Equal(0, Waiting());
        Assert.Contains("Clear today (2)", teacher.Html, StringComparison.Ordinal);

        int Waiting() => teacher.Html.Split("<legend>").Length - 1;

        Task SendAsync(string? button, params (int Pupil, string? Result, string Note)[] chosen)
        {
            var fields = new List<(string, string?)> { ("commandId", teacher.Hidden("commandId")) };
            var open = pupils.Where(p => teacher.Html.Contains($"value=\"{p}\"", StringComparison.Ordinal)).ToList();
            foreach (var (pupil, i) in open.Select((p, i) => (p, i)))
            {
                fields.AddRange([($"lines[{i}].pupil", pupil), ($"lines[{i}].date", $"{day:yyyy-MM-dd}")]);
                foreach (var (_, result, note) in chosen.Where(c => pupils[c.Pupil] == pupil))
                {
                    fields.Add(($"lines[{i}].note", note));
                    fields.AddRange(result is null ? [] : [($"lines[{i}].result", result)]);
                }
            }

            return teacher.SendAsync("/console/checks", [.. fields, .. button is null ? Array.Empty<(string, string?)>() : [("do", button)]]);
        }
    }
}
