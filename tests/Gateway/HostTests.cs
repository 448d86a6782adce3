namespace OnlineSafetyTrust.Gateway.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_school_that_was_founded_is_there_after_a_restart_with_its_people_policy_and_calendar(Database database)
    {
        await using var gateway = await RunningGateway.StartAsync(database);
        var trust = await TwoSchools.FoundAsync(gateway);
        await gateway.SettleAsync();
        var before = await AskAsync();
        await gateway.RestartAsync();
        var after = await AskAsync();

        Assert.Equal(before, after);
        Assert.Contains("wyre-forest", after, StringComparison.Ordinal);
        Assert.DoesNotContain("errors", after, StringComparison.Ordinal);

        async Task<string> AskAsync() => (await gateway.QueryAsync(
            "{ schools { urn name policy { pack version } calendar { terms { name start } } } }", token: trust.First.TokenOf(Role.Dsl))).ToString();
    }

    [Fact]
    public async Task A_leaver_is_out_at_once()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var (head, teacher) = (school.TokenOf(Role.Headteacher), school.TokenOf(Role.ClassTeacher));
        using var before = await gateway.PostAsync("{ schools { urn } }", token: teacher);

        var left = await gateway.QueryAsync(
            "mutation($input: RecordLeaverInput!) { recordLeaver(input: $input) { person { leftAt } errors { code } } }",
            new { input = new { personId = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"Person:{school.People[Role.ClassTeacher]}")) } },
            head);

        using var after = await gateway.PostAsync("{ schools { urn } }", token: teacher);
        Assert.Equal(System.Net.HttpStatusCode.OK, before.StatusCode);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, left.GetProperty("data").GetProperty("recordLeaver").GetProperty("person").GetProperty("leftAt").ValueKind);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, after.StatusCode);
    }
}
