using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>What cannot stand in the access log is shown to nobody, and whoever asked is told in a way they can act on (J1).</summary>
public sealed class UnauditedTests : IAsyncLifetime
{
    private const string Reading = "query($id: ID!) { pupil(id: $id) { name } }";
    private readonly FullAccessLog _log = new();
    private RunningGateway _gateway = null!;
    private SchoolRecords _records = null!;
    private TenantId _trustId;

    private ITrustGrain Trust => _gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(_trustId).ToString());

    private string Token => _records.TokenOf(Role.Dsl);

    private object Pupil => new { id = _records.IdOf("Pupil") };

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(configure: _log.Stand);
        var schools = await TwoSchools.FoundAsync(_gateway);
        (_trustId, _records) = (schools.Trust, await SchoolRecords.MakeAsync(_gateway, schools.First));
        await _gateway.SettleAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task A_query_is_answered_with_an_error_alone_and_with_its_data_once_the_log_takes_it()
    {
        _log.IsFull = true;
        using var response = await _gateway.PostAsync(Reading, Pupil, Token);
        var refused = await response.Content.ReadFromJsonAsync<JsonElement>();
        _log.IsFull = false;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);

        Assert.Equal("STORE_UNAVAILABLE", CodeOf(refused));
        Assert.False(refused.TryGetProperty("data", out _));
        Assert.StartsWith("Amber", (await _gateway.QueryAsync(Reading, Pupil, Token)).GetProperty("data").GetProperty("pupil").GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What a guest of another tenant saw is a row of its own.</summary>
    [Fact]
    public async Task A_trusts_lead_who_is_invited_reads_nothing_that_the_schools_log_does_not_take()
    {
        const string invite = "mutation($input: InviteTrustLeadInput!) { inviteTrustLead(input: $input) { errors { code } } }";
        const string reading = "query($id: ID!) { incident(id: $id) { what } }";
        var lead = await TwoSchools.Done(Trust.AddPersonAsync(TwoSchools.System(_trustId), new("A lead", "lead@trust.example", null, null)));
        await TwoSchools.Done(Trust.AssignRoleAsync(TwoSchools.System(_trustId), new(lead.Id, Role.TrustSafeguardingLead, new(2020, 9, 1), null)));
        var (id, token) = (_records.IdOf("Incident"), _gateway.Token(_trustId, lead.Id));
        await _gateway.QueryAsync(invite, new { input = new { incidentId = id, until = _gateway.Clock.GetUtcNow().AddDays(1), reason = "Another pair of eyes" } }, Token);

        _log.IsFull = true;
        var refused = await _gateway.QueryAsync(reading, new { id }, token);
        _log.IsFull = false;

        Assert.Equal("STORE_UNAVAILABLE", CodeOf(refused));
        Assert.False(refused.TryGetProperty("data", out _));
        Assert.Equal("Narrative canary", (await _gateway.QueryAsync(reading, new { id }, token)).GetProperty("data").GetProperty("incident").GetProperty("what").GetString());
    }

    [Fact]
    public async Task Of_a_mutation_it_is_not_known_what_was_stored_and_the_command_id_tells()
    {
        const string mutation = "mutation($input: BanTechnologyInput!) { banTechnology(input: $input) { ban { reason } errors { code } } }";
        var input = new { pupilId = _records.IdOf("Pupil"), scope = "ALL_DEVICES", enforcedBy = "SUPERVISION", until = _gateway.Clock.GetUtcNow().AddDays(1), reason = "Photographs", commandId = Guid.NewGuid() };

        _log.IsFull = true;
        var unknown = await _gateway.QueryAsync(mutation, new { input }, Token);
        _log.IsFull = false;

        Assert.Equal("OUTCOME_UNKNOWN", CodeOf(unknown));
        Assert.False(unknown.TryGetProperty("data", out _));
        Assert.Equal("Photographs", (await _gateway.QueryAsync(mutation, new { input }, Token)).GetProperty("data").GetProperty("banTechnology").GetProperty("ban").GetProperty("reason").GetString());
        var bans = (await _gateway.QueryAsync("query($id: ID!) { pupil(id: $id) { bans { scope } } }", Pupil, Token)).GetProperty("data").GetProperty("pupil").GetProperty("bans");
        Assert.Single(bans.EnumerateArray(), b => b.GetProperty("scope").GetString() == "ALL_DEVICES");
    }

    private static string? CodeOf(JsonElement answer) => Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString();
}
