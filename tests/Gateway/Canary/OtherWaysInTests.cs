using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Gateway.Tests.Commands;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Roster;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Canary;

/// <summary>Names come in by a roster and go out over a socket, too.</summary>
public sealed class OtherWaysInTests : IDisposable
{
    private const string Pupils =
        $"p1,,,true,school,student,{CanaryFiles.Canary}1,{CanaryFiles.Canary}2,{CanaryFiles.Canary}3@mail.example,8\np2,,,true,school,student,{CanaryFiles.Canary}4,{CanaryFiles.Canary}5,,9\n";

    /// <summary>The bundle is the school's own, and lies with its file.</summary>
    private readonly string _bundle = Directory.CreateTempSubdirectory("ost-bundle-").FullName;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_name_of_a_roster_and_one_told_over_a_socket_are_in_no_log_trace_mail_or_database_file(Database database)
    {
        using var witness = new Witness();
        await using var gateway = await RunningGateway.StartAsync(database, witness.Attach);
        var school = (await TwoSchools.FoundAsync(gateway)).Second;
        await gateway.SettleAsync();
        var token = school.TokenOf(Role.Dsl);

        var told = await ImportAsync(gateway, school);
        var heard = await HearAsync(gateway, school, token);

        var pupils = await gateway.QueryAsync("{ pupils { nodes { name } } }", token: token);
        Assert.Contains($"{CanaryFiles.Canary}1", pupils.ToString(), StringComparison.Ordinal);
        Assert.Contains(CanaryFiles.Canary, heard, StringComparison.Ordinal);
        Assert.DoesNotContain(told, CanaryFiles.Bears);
        Assert.NotEmpty(witness.Said);
        Assert.DoesNotContain(witness.Said, CanaryFiles.Bears);
        Assert.DoesNotContain(witness.Said, s => s.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(witness.Mails, m => CanaryFiles.Bears(m.Subject + m.Text + m.MessageId));
        Assert.Empty(await CanaryFiles.WithItAsync(database, gateway));
    }

    public void Dispose() => Directory.Delete(_bundle, recursive: true);

    /// <returns>What the operator is told.</returns>
    private async Task<string[]> ImportAsync(RunningGateway gateway, SchoolUnderTest school)
    {
        await using var file = File.OpenRead(ServiceFiles.Roster(_bundle, Pupils));
        var current = ActivatorUtilities.CreateInstance<RosterCurrent>(gateway.Services);
        var options = new RosterOptions(London.DateOf(gateway.Clock.GetUtcNow()));
        var bundle = RosterReader.Read(file);
        Assert.True(bundle.Ok, string.Join('\n', bundle.Errors.Select(e => e.Message)));
        var plan = RosterPlan.Compute(bundle.Value, await current.ReadAsync(school.Id, default), options);
        Assert.True(plan.Ok, string.Join('\n', plan.Errors.Select(e => e.Message)));
        var report = await RosterImport.RunAsync(gateway.Grains, school.Id, plan.Value, id => OperatorHost.Context(school.Id, "roster", id), null, default);
        Assert.Empty(report.Refused);
        await gateway.SettleAsync();
        return [$"{plan.Value}", $"{report}"];
    }

    /// <returns>What the socket told of a report.</returns>
    private static async Task<string> HearAsync(RunningGateway gateway, SchoolUnderTest school, string token)
    {
        using var socket = await GraphQLSocket.ConnectAsync(gateway.GraphQL, token);
        await socket.BeginAsync("i", "subscription { incidentChanged { what place } }");
        await socket.SubscribeAsync("q", "query($search: String) { pupils(filter: { search: $search }) { nodes { name } } }", new { search = $"{CanaryFiles.Canary}1" });
        Assert.Contains(CanaryFiles.Canary, await socket.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"type":"complete","id":"q"}""", await socket.ReadAsync());
        var input = new { danger = "NO", what = $"{CanaryFiles.Canary}6", happenedAt = gateway.Clock.GetUtcNow().AddMinutes(-5), onSite = true, place = $"{CanaryFiles.Canary}7" };
        await gateway.QueryAsync("mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { errors { code } } }", new { input }, school.TokenOf(Role.ClassTeacher));
        return await socket.ReadAsync();
    }
}
