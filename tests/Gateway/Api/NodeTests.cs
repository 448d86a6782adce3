using System.Text.Json;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What a list or a subscription showed is fetched again by its id, by those who see it and by nobody else.</summary>
public sealed class NodeTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private SchoolRecords School => world.First;

    [Fact]
    public async Task Tasks_checks_schedules_and_weekly_updates_are_found_again_by_their_ids()
    {
        await DueAsync();
        var dsl = School.TokenOf(Role.Dsl);
        var shown = await world.DataAsync(
            """query($pupil: ID!) { tasks(first: 100) { nodes { id kind title assignedAt } } checksDue(everyone: true) { id date status } weeklyUpdate(week: "2026-01-05") { id } pupil(id: $pupil) { checks { id from } checkHistory { nodes { id date } } } }""",
            dsl, new { pupil = School.IdOf("Pupil") });
        var tasks = shown.GetProperty("tasks").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(tasks.Count, tasks.Select(Id).Distinct().Count());
        var found = (await world.DataAsync(
            "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Task { kind title assignedAt } ... on Check { date status } ... on CheckSchedule { from } } }", dsl,
            new { ids = (string[])[.. tasks.Select(Id), Id(Due(shown)), Id(shown.GetProperty("pupil").GetProperty("checks"))] })).GetProperty("nodes").EnumerateArray().Select(n => n.ToString());

        Assert.Equal([.. tasks.Select(t => t.ToString()), Due(shown).ToString(), shown.GetProperty("pupil").GetProperty("checks").ToString()], found);
        Assert.Equal(Id(Due(shown)), Id(shown.GetProperty("pupil").GetProperty("checkHistory").GetProperty("nodes")[0]));
    }

    [Fact]
    public async Task A_weekly_update_is_found_by_its_id_at_its_own_school_only()
    {
        var day = await DueAsync();
        var monday = Weekdays.MondayOf(day);
        await world.Gateway.MoveToAsync(London.ToInstant(monday.AddDays(7), new(8, 30)));
        var shown = (await world.DataAsync("query($week: LocalDate!) { weeklyUpdate(week: $week) { id week status } }", School.TokenOf(Role.Dsl), new { week = day })).GetProperty("weeklyUpdate");

        Assert.Equal(shown.ToString(), (await NodeAsync(shown, School.TokenOf(Role.Dsl), "... on WeeklyUpdate { week status }")).ToString());
        Assert.Equal(JsonValueKind.Null, (await NodeAsync(shown, world.Second.TokenOf(Role.Dsl), "id")).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await NodeAsync(shown, School.TokenOf(Role.ClassTeacher), "id")).ValueKind);
    }

    [Fact]
    public async Task Nobody_else_finds_them()
    {
        await DueAsync();
        var shown = await world.DataAsync(
            "query($pupil: ID!) { tasks(first: 1) { nodes { id } } checksDue(everyone: true) { id } pupil(id: $pupil) { checks { id } } }", School.TokenOf(Role.Dsl), new { pupil = School.IdOf("Pupil") });
        JsonElement[] all = [shown.GetProperty("tasks").GetProperty("nodes")[0], Due(shown), shown.GetProperty("pupil").GetProperty("checks")];

        foreach (var token in (string[])[world.Second.TokenOf(Role.Dsl), School.TokenOf(Role.Governor), world.TrustToken])
        {
            foreach (var one in all)
            {
                Assert.Equal(JsonValueKind.Null, (await NodeAsync(one, token, "__typename")).ValueKind);
            }
        }

        // A colleague does not open another's task, nor the plan of checks.
        Assert.Equal(JsonValueKind.Null, (await NodeAsync(all[0], School.TokenOf(Role.Headteacher), "__typename")).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await NodeAsync(all[2], School.TokenOf(Role.ClassTeacher), "__typename")).ValueKind);
    }

    /// <summary>A day on which a check is due, and now is that day.</summary>
    private async Task<DateOnly> DueAsync()
    {
        var day = Weekdays.After(London.DateOf(world.Gateway.Clock.GetUtcNow()));

        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        return day;
    }

    private async Task<JsonElement> NodeAsync(JsonElement shown, string token, string selection) =>
        (await world.DataAsync($"query($id: ID!) {{ node(id: $id) {{ id {selection} }} }}", token, new { id = Id(shown) })).GetProperty("node");

    private static JsonElement Due(JsonElement shown) => shown.GetProperty("checksDue").EnumerateArray().MaxBy(c => c.TryGetProperty("date", out var date) ? date.GetString() : "");

    private static string Id(JsonElement one) => one.GetProperty("id").GetString()!;
}
