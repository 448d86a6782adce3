using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Two schools of a trust, and people of them who listen.</summary>
internal sealed class LiveWorld(RunningGateway gateway, TwoSchools schools) : IAsyncDisposable
{
    public const string Incidents = "subscription { incidentChanged { reference status } }";

    private const string Report = "mutation($input: ReportIncidentInput!) { reportIncident(input: $input) { receipt { incidentId reference } errors { code } } }";
    private const string Triage = "mutation($input: TriageIncidentInput!) { triageIncident(input: $input) { incident { reference } errors { code message } } }";

    public RunningGateway Gateway => gateway;

    public SchoolUnderTest First => schools.First;

    public SchoolUnderTest Second => schools.Second;

    public static async Task<LiveWorld> StartAsync(
        Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? configure = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var gateway = await RunningGateway.StartAsync(configure: configure, settings: settings);
        var world = new LiveWorld(gateway, await TwoSchools.FoundAsync(gateway));
        await gateway.SettleAsync();
        return world;
    }

    public Task<GraphQLSocket> ListenAsync(Role role) => ListenAsync(First.TokenOf(role));

    public Task<GraphQLSocket> ListenAsync(string token) => GraphQLSocket.ConnectAsync(gateway.GraphQL, token);

    /// <summary>An event stream; its headers say that the subscription is in place, or why not.</summary>
    public async Task<HttpResponseMessage> StreamAsync(Role role, string query = Incidents)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.GraphQL) { Content = JsonContent.Create(new { query }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", First.TokenOf(role));
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Somebody of the trust's office.</summary>
    public async Task<string> TrustTokenAsync()
    {
        var grain = gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(schools.Trust).ToString());
        var lead = await TwoSchools.Done(grain.AddPersonAsync(TwoSchools.System(schools.Trust), new("Trust lead", "lead@trust.example", null, null)));
        await TwoSchools.Done(grain.AssignRoleAsync(TwoSchools.System(schools.Trust), new(lead.Id, Role.TrustSafeguardingLead, new(2020, 9, 1), null)));
        return gateway.Token(schools.Trust, lead.Id);
    }

    /// <summary>A class teacher reports; the incident's id.</summary>
    public async Task<(string Id, string Reference)> ReportAsync()
    {
        var input = new { danger = "NO", what = "Something", happenedAt = gateway.Clock.GetUtcNow().AddMinutes(-5), onSite = true };
        var receipt = (await DoAsync(Role.ClassTeacher, Report, input)).GetProperty("reportIncident").GetProperty("receipt");
        return (receipt.GetProperty("incidentId").GetString()!, receipt.GetProperty("reference").GetString()!);
    }

    public Task TriageAsync(string incidentId) =>
        DoAsync(Role.Dsl, Triage, new { incidentId, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" } });

    public async Task LeaveAsync(Role role) => await DoAsync(
        Role.Headteacher, "mutation($input: RecordLeaverInput!) { recordLeaver(input: $input) { errors { code } } }", new { personId = ApiWorld.Id("Person", First.People[role].Value) });

    /// <summary>Nothing has come to this socket since: the next that comes is the answer to a question asked now.</summary>
    public static async Task NothingAsync(GraphQLSocket socket)
    {
        await socket.SubscribeAsync("barrier", "{ __typename }");
        Assert.Equal("""{"type":"next","id":"barrier","payload":{"data":{"__typename":"Query"}}}""", await socket.ReadAsync());
        Assert.Equal("""{"type":"complete","id":"barrier"}""", await socket.ReadAsync());
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    private async Task<JsonElement> DoAsync(Role role, string mutation, object input)
    {
        var answer = await gateway.QueryAsync(mutation, new { input }, First.TokenOf(role));
        Assert.False(answer.TryGetProperty("errors", out _), answer.ToString());
        Assert.Equal("[]", answer.GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors").GetRawText());
        return answer.GetProperty("data");
    }
}
