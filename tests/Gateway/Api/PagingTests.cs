using System.Text.Json;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Every list of the schema, there and back.</summary>
public sealed class PagingTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const int Size = 2;

    [Fact]
    public async Task Every_list_gives_backwards_what_it_gives_forwards()
    {
        var records = world.First;
        for (var i = 0; i < 2 * Size; i++)
        {
            records = await SchoolRecords.MakeAsync(world.Gateway, world.First.School);
        }

        await world.Gateway.SettleAsync();
        var chronology = await ReportedAsync(records, 2 * Size);
        var lists = (await Shape.ReadAsync(world)).Queries.Where(q => q.Type.Named.EndsWith("Connection", StringComparison.Ordinal)).ToList();

        Assert.Equal(["accessLog", "chronology", "devices", "incidents", "pupils", "tasks"], lists.Select(l => l.Name).Order(StringComparer.Ordinal));
        foreach (var list in lists)
        {
            Assert.Superset(new HashSet<string> { "first", "after", "last", "before" }, list.Arguments.Select(a => a.Name).ToHashSet());
            var of = list.Name switch { "accessLog" => $"recordId: \"{chronology}\", ", "chronology" => $"pupilId: \"{records.IdOf("Pupil")}\", ", _ => "" };
            var forwards = await WalkAsync(list.Name, of, backwards: false);
            var backwards = await WalkAsync(list.Name, of, backwards: true);

            Assert.True(forwards.Count > Size, $"{list.Name} has {forwards.Count} only.");
            Assert.Equal(forwards, backwards);
        }
    }

    [Fact]
    public async Task Both_directions_at_once_are_refused_everywhere()
    {
        var id = world.First.IdOf("Pupil");
        foreach (var list in new[] { $"accessLog(recordId: \"{id}\", ", $"chronology(pupilId: \"{id}\", ", "devices(", "incidents(", "pupils(", "tasks(" })
        {
            var answer = (await world.Gateway.QueryAsync($"{{ {list}first: 1, last: 1) {{ edges {{ cursor }} }} }}", token: world.First.TokenOf(Role.Dsl))).ToString();
            Assert.True(answer.Contains("PAGE_DIRECTION", StringComparison.Ordinal), $"{list} {answer}");
        }
    }

    /// <summary>Reports of one pupil; the pupil's record has been read as often afterwards. The pupil.</summary>
    private async Task<string> ReportedAsync(SchoolRecords records, int times)
    {
        var (pupilId, teacher) = (records.IdOf("Pupil"), records.TokenOf(Role.ClassTeacher));
        for (var i = 0; i < times; i++)
        {
            var input = new { danger = "NO", what = "Seen", happenedAt = world.Gateway.Clock.GetUtcNow().AddMinutes(-5), onSite = true, people = new[] { new { pupilId, role = "ALLEGED" } } };
            await world.DataAsync("mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { errors { code } } }", teacher, new { input });
            await world.DataAsync("query($pupilId: ID!) { pupil(id: $pupilId) { name } }", teacher, new { pupilId });
        }

        await world.Gateway.SettleAsync();
        return pupilId;
    }

    /// <summary>Cursors in the order of the list.</summary>
    private async Task<List<string>> WalkAsync(string field, string of, bool backwards)
    {
        var all = new List<string>();
        for (string? cursor = null; ;)
        {
            var from = cursor is null ? "" : $", {(backwards ? "before" : "after")}: \"{cursor}\"";
            var data = await world.DataAsync(
                $"{{ {field}({of}{(backwards ? "last" : "first")}: {Size}{from}) {{ edges {{ cursor }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}", world.First.TokenOf(Role.Dsl));
            var (page, info) = (Cursors(data.GetProperty(field)), data.GetProperty(field).GetProperty("pageInfo"));
            Assert.InRange(page.Count, 1, Size);
            all.InsertRange(backwards ? 0 : all.Count, page);
            Assert.Equal(cursor is not null, info.GetProperty(backwards ? "hasNextPage" : "hasPreviousPage").GetBoolean());
            if (!info.GetProperty(backwards ? "hasPreviousPage" : "hasNextPage").GetBoolean())
            {
                return all;
            }

            cursor = info.GetProperty(backwards ? "startCursor" : "endCursor").GetString();
        }
    }

    private static List<string> Cursors(JsonElement connection) => [.. connection.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!)];
}
