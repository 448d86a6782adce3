using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>
/// A school whose key store lost one pupil's key and one incident's: nobody could find any pupil, and each list that one of the two stood in
/// said "try again in a few minutes", for ever.
/// </summary>
public sealed class LostKeyTests : ApiWorld, IAsyncLifetime
{
    private const string Code = "RECORD_UNREADABLE";

    private string Pupil => First.IdOf("Pupil");

    private string Incident => First.IdOf("Incident");

    private string Dsl => First.TokenOf(Role.Dsl);

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await MutationStage.SetAsync(this);
        await Gateway.RestartAsync(() => LoseKeysAsync($"pupil/{First.Keys["Pupil"]}", $"incident/{First.Keys["Incident"]}"));
    }

    [Fact]
    public async Task Pupils_are_found_and_the_one_who_cannot_be_read_stands_among_them_as_just_that()
    {
        foreach (var query in (string[])["{ pupils { nodes { id name className yearGroup dateOfBirth } } }", "{ pupils(filter: {search: \"amber\", className: \"7B\"}) { nodes { id name className yearGroup dateOfBirth } } }"])
        {
            var answer = await Gateway.QueryAsync(query, null, Dsl);
            var pupils = answer.GetProperty("data").GetProperty("pupils").GetProperty("nodes").EnumerateArray().ToList();
            Assert.Equal(2, pupils.Count);
            var lost = pupils.FindIndex(p => p.GetProperty("id").GetString() == Pupil);
            Assert.Equal("7", pupils[lost].GetProperty("yearGroup").GetString());
            Assert.Equal("Amber Canary 100001", pupils[1 - lost].GetProperty("name").GetString());
            Assert.Equal([$"pupils.nodes.{lost}.className", $"pupils.nodes.{lost}.dateOfBirth", $"pupils.nodes.{lost}.name"], Errors(answer));
        }

        // Somebody of another name is looked for: it may be this one.
        Assert.Equal(Pupil, Assert.Single((await Gateway.QueryAsync("{ pupils(filter: {search: \"zoe\"}) { nodes { id } } }", null, Dsl)).GetProperty("data").GetProperty("pupils").GetProperty("nodes").EnumerateArray().ToList()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task One_record_alone_says_what_happened_and_shows_what_can_be_read()
    {
        var answer = await Gateway.QueryAsync("query($id: ID!) { incident(id: $id) { what place status reference steps { number rule { text } } } }", new { id = Incident }, Dsl);

        var incident = answer.GetProperty("data").GetProperty("incident");
        Assert.Equal(("OPEN", JsonValueKind.Null), (incident.GetProperty("status").GetString(), incident.GetProperty("what").ValueKind));
        Assert.NotEqual(0, incident.GetProperty("steps").GetArrayLength());
        Assert.Equal(["incident.place", "incident.what"], Errors(answer));
        Assert.Equal(Unreadable.Error.Message, answer.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Lists_chronology_and_counts_go_on()
    {
        var answer = await Gateway.QueryAsync(
            """
            query($pupil: ID!) {
              incidents { nodes { id what people { pupil { id } } } } tasks { nodes { title pupil { id } } } chronology(pupilId: $pupil) { nodes { status } }
              viewer { unread { untriaged } } devices { nodes { label holder { pupil { name } } } }
            }
            """,
            new { pupil = Pupil }, Dsl);

        var incidents = answer.GetProperty("data").GetProperty("incidents").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(2, incidents.Count);
        var lost = incidents.FindIndex(i => i.GetProperty("id").GetString() == Incident);
        Assert.Equal("Narrative canary", incidents[1 - lost].GetProperty("what").GetString());
        Assert.Contains($"incidents.nodes.{lost}.what", Errors(answer));
        Assert.Single(answer.GetProperty("data").GetProperty("chronology").GetProperty("nodes").EnumerateArray());
        Assert.NotEqual(0, answer.GetProperty("data").GetProperty("tasks").GetProperty("nodes").GetArrayLength());
        Assert.Equal(2, answer.GetProperty("data").GetProperty("devices").GetProperty("nodes").GetArrayLength());
    }

    [Fact]
    public async Task A_command_that_needs_what_cannot_be_read_is_refused_before_anything_is_stored_and_a_check_is_recorded()
    {
        var stage = new MutationStage(this, First);
        var head = await stage.HeadAsync();
        foreach (var (mutation, input) in ((string, object)[])
        [
            // Decided by what it was before; then by nothing of it, but the reply tells it.
            ("updatePupil", new { pupilId = Pupil, offSiteProvider = new { text = "A provider" } }), ("debriefIncident", new { incidentId = Incident, findings = "The filter had a gap" }),
        ])
        {
            var refused = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.Dsl, mutation, input)));
            Assert.Equal(("RefusedError", Code, Unreadable.Error.Message), (refused.GetProperty("__typename").GetString(), refused.GetProperty("code").GetString(), refused.GetProperty("message").GetString()));
        }

        Assert.Equal(head, await stage.HeadAsync());
        await stage.CheckDayAsync();
        var due = (await Gateway.QueryAsync("{ checksDue { pupil { id } } }", null, First.TokenOf(Role.ClassTeacher))).GetProperty("data").GetProperty("checksDue");
        Assert.Contains(due.EnumerateArray(), c => c.GetProperty("pupil").GetProperty("id").GetString() == Pupil);
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", stage.Checks("CLEAR"));
    }

    /// <summary>Where the fields failed, all of them in the same way.</summary>
    private static string[] Errors(JsonElement answer)
    {
        var errors = answer.GetProperty("errors").EnumerateArray().ToList();
        Assert.All(errors, e => Assert.Equal(Code, e.GetProperty("extensions").GetProperty("code").GetString()));
        return [.. errors.Select(e => string.Join('.', e.GetProperty("path").EnumerateArray())).Order(StringComparer.Ordinal)];
    }
}
