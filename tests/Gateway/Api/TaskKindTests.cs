namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Tasks asked for by kind.</summary>
public sealed class TaskKindTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Every_kind_that_is_shown_can_be_asked_for()
    {
        foreach (var role in world.First.School.People.Keys)
        {
            var tasks = await world.DataAsync("{ tasks(first: 100) { nodes { kind } } }", world.First.TokenOf(role));
            var kinds = tasks.GetProperty("tasks").GetProperty("nodes").EnumerateArray().Select(t => t.GetProperty("kind").GetString()).Distinct().ToList();

            var found = await world.DataAsync("query($kind: [TaskKind!]) { tasks(kind: $kind, first: 100) { nodes { kind } } }", world.First.TokenOf(role), new { kind = kinds });

            Assert.Equal(tasks.ToString(), found.ToString());
        }
    }
}
