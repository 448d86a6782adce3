using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Reading;
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

    /// <summary>The key within a global id.</summary>
    public static Guid KeyOf(string id) => Guid.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(id)).Split(':')[1]);

    /// <summary>Somebody of the trust's office.</summary>
    public Task<string> TrustTokenAsync() => TrustTokenAsync(schools.Trust);

    private async Task<string> TrustTokenAsync(TenantId trust)
    {
        var grain = gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString());
        var lead = await TwoSchools.Done(grain.AddPersonAsync(TwoSchools.System(trust), new("Trust lead", "lead@trust.example", null, null)));
        await TwoSchools.Done(grain.AssignRoleAsync(TwoSchools.System(trust), new(lead.Id, Role.TrustSafeguardingLead, new(2020, 9, 1), null)));
        return gateway.Token(trust, lead.Id);
    }

    /// <summary>The first school joins another trust, which no command does yet; somebody of that trust's office.</summary>
    public async Task<string> ChangeTrustAsync()
    {
        var trust = TenantId.Trust(Guid.CreateVersion7());
        await TwoSchools.Done(gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(TwoSchools.System(trust), new FoundTrust("Estuary Trust", TrustKind.MultiAcademyTrust)));
        var token = await TrustTokenAsync(trust);
        var (journal, key) = (gateway.Services.GetRequiredService<IJournal>(), SchoolKey.Of(First.Id));
        var events = await journal.ReadEventsAsync(key, long.MaxValue, default);
        var joined = Encoding.UTF8.GetString(events[0].Payload.Span).Replace(schools.Trust.ToString(), trust.ToString(), StringComparison.Ordinal);
        var views = await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<SchoolView>(First.Id, SchoolTables.School, "", 1, default);
        var outcome = await journal.AppendAsync(new Append
        {
            Key = key, ExpectedVersion = events.Count, Events = [new NewEvent(events[0].Type, Encoding.UTF8.GetBytes(joined))],
            Rows = [new ViewRow(SchoolTables.School, views[0].Id, [trust.ToString(), First.Urn], StoredJson.Write(views[0].Body with { Trust = trust }))],
            Outbox = [new OutboxMessage(Guid.NewGuid(), $"stream:{TrustKey.Of(trust)}", "trust.school-joined", StoredJson.Write(new { School = First.Id, First.Urn }))],
            At = Microseconds.Truncate(gateway.Clock.GetUtcNow()), Actor = Actor.System, CorrelationId = Guid.NewGuid(),
        });
        Assert.Equal(AppendStatus.Appended, outcome.Status);
        await gateway.SettleAsync();
        return token;
    }

    /// <summary>A class teacher reports; the incident's id.</summary>
    public async Task<(string Id, string Reference)> ReportAsync(string what = "Something")
    {
        var input = new { danger = "NO", what, happenedAt = gateway.Clock.GetUtcNow().AddMinutes(-5), onSite = true };
        var receipt = (await DoAsync(Role.ClassTeacher, Report, input)).GetProperty("reportIncident").GetProperty("receipt");
        return (receipt.GetProperty("incidentId").GetString()!, receipt.GetProperty("reference").GetString()!);
    }

    public Task TriageAsync(string incidentId) =>
        DoAsync(Role.Dsl, Triage, new { incidentId, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" } });

    /// <summary>On 23 November 2026 the class teacher is to check Amber Hill by 15:30.</summary>
    public async Task PlanCheckAsync()
    {
        await gateway.MoveToAsync(new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero));
        var pupil = new PupilId(Guid.CreateVersion7());
        await TwoSchools.Done(gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(First.Id, pupil).ToString()).RegisterAsync(
            TwoSchools.System(First.Id), new RegisterPupil("Amber Hill", new(2014, 5, 1), null, "7", "7B", Phase.Special, true, First.People[Role.KeyWorker], First.People[Role.ClassTeacher], null, null)));
        await TwoSchools.Done(gateway.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(First.Id, pupil).ToString()).ScheduleAsync(
            SchoolRecords.As(First, Role.Dsl), new ScheduleChecks(pupil, new(2026, 11, 23), new(15, 30), [CheckItem.NoDeviceHeld], null, CheckerKind.ClassTeacher, ReviewOn: new(2026, 12, 7))));
        await gateway.SettleAsync();
    }

    /// <summary>Nobody did.</summary>
    public Task MissCheckAsync() => gateway.MoveToAsync(London.ToInstant(new(2026, 11, 23), new(15, 45)));

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
