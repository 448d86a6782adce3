using System.Text;
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

    // Not triaged yet.
    private (string Id, Guid Key) _reported;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var stage = await MutationStage.SetAsync(this);
        await stage.DoAsync(Role.Headteacher, "setCalendar", Closed(stage, "Burst pipe", "Election"));
        await stage.DoAsync(Role.Dsl, "banTechnology", new { pupilId = Pupil, scope = "SERVICE", service = "ChatBox", until = stage.Now.AddDays(3), reason = "Agreed", enforcedBy = "ACCOUNT" });
        await stage.DoAsync(Role.Dsl, "setContacts", new { pupilId = Pupil, contacts = new[] { new { name = "A mother", relationship = "mother", parentalResponsibility = true, noContact = false } } });
        var reported = await stage.ReportedAsync();
        _reported = (reported, Guid.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(reported)).Split(':')[1]));
        await Gateway.RestartAsync(() => LoseKeysAsync(
            $"pupil/{First.Keys["Pupil"]}", $"incident/{First.Keys["Incident"]}", $"incident/{_reported.Key}", $"person/{First.School.People[Role.KeyWorker]}", "school"));
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
        Assert.Equal(3, incidents.Count);
        var lost = incidents.FindIndex(i => i.GetProperty("id").GetString() == Incident);
        Assert.Equal("Narrative canary", Assert.Single(incidents, i => i.GetProperty("what").ValueKind == JsonValueKind.String).GetProperty("what").GetString());
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
            // Decided by what it was before.
            ("updatePupil", new { pupilId = Pupil, offSiteProvider = new { text = "A provider" } }),
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

    /// <summary>Whoever must lose a role kept it where their own key was lost: the answer could not be told, and nothing was stored.</summary>
    [Fact]
    public async Task What_only_the_answer_would_tell_stops_no_command_and_a_retry_succeeds_again()
    {
        var stage = new MutationStage(this, First);
        var personId = stage.Person(Role.KeyWorker);
        const string Person = "person { name roles { role to } leftAt }";
        foreach (var (by, mutation, input, selection, unreadable) in ((Role, string, object, string, string?)[])
        [
            (Role.Headteacher, "endRole", new { personId, role = "KEY_WORKER", commandId = Guid.NewGuid() }, Person, "person.name"),
            (Role.Headteacher, "recordLeaver", new { personId, commandId = Guid.NewGuid() }, Person, "person.name"),
            (Role.Headteacher, "setSafeguardingNumbers", new { safeguardingPhone = "01632 960999" }, "school { id calendar { closures { reason } } }", "school.calendar.closures.0.reason school.calendar.closures.1.reason"),
            (Role.Dsl, "liftBan", new { pupilId = Pupil, banId = First.IdOf("Ban"), liftReason = "Agreed", commandId = Guid.NewGuid() }, "ban { reason }", "ban.reason"),
            (Role.Dsl, "triageIncident", new { incidentId = _reported.Id, nature = "inappropriate-material", awareness = "KNOWING", fourCs = new[] { "CONTENT" }, commandId = Guid.NewGuid() }, "incident { what status }", "incident.what"),
            (Role.Dsl, "debriefIncident", new { incidentId = Incident, findings = "The filter had a gap", commandId = Guid.NewGuid() }, "incident { id }", null),
        ])
        {
            for (var sent = 0; sent < 2; sent++)
            {
                var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
                var answer = await Gateway.QueryAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {selection} errors {{ code }} }} }}", new { input }, First.TokenOf(by));
                Assert.True(answer.GetProperty("data").GetProperty(mutation).GetProperty("errors").GetArrayLength() == 0, $"{mutation}: {answer}");
                Assert.Equal(unreadable is null ? "" : string.Join(' ', unreadable.Split(' ').Select(f => $"{mutation}.{f}")), unreadable is null ? "" : string.Join(' ', Errors(answer)));
            }
        }

        var left = (await Gateway.QueryAsync("query($id: ID!) { node(id: $id) { ... on Person { leftAt } } }", new { id = personId }, First.TokenOf(Role.Headteacher))).GetProperty("data").GetProperty("node");
        Assert.NotEqual(JsonValueKind.Null, left.GetProperty("leftAt").ValueKind);
    }

    [Fact]
    public async Task A_lost_key_stops_no_command_that_only_compares_with_what_it_sealed()
    {
        var stage = new MutationStage(this, First);
        await stage.DoAsync(Role.Headteacher, "addPerson", new { name = "Somebody new", email = "new@new.example" });
        await stage.DoAsync(Role.Headteacher, "updatePerson", new { personId = stage.Person(Role.KeyWorker), name = "Kim Test", email = "kim@new.example" }, "person { name }");
        await stage.DoAsync(Role.Headteacher, "setCalendar", Closed(stage, "Burst pipe", "Election", "Snow"), "school { calendar { closures { reason } } }");

        var refused = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.Dsl, "setContacts", new
        {
            pupilId = Pupil,
            contacts = new[] { new { name = "A father", relationship = $"father {Unreadable.Text}", parentalResponsibility = true, noContact = false } },
        })));
        Assert.Equal("TEXT_UNREADABLE", refused.GetProperty("code").GetString());
        await stage.DoAsync(Role.Dsl, "setContacts", new { pupilId = Pupil, contacts = new[] { new { name = "A father", relationship = "father", parentalResponsibility = true, noContact = false } } }, "contacts { name }");
    }

    /// <summary>The phone of a pupil whose key was lost could be neither corrected nor taken out of the register.</summary>
    [Fact]
    public async Task A_device_whose_words_cannot_be_read_is_corrected_where_they_are_not_asked_and_retired()
    {
        var stage = new MutationStage(this, First);
        var deviceId = stage.Device;
        var refused = Assert.Single(MutationStage.ErrorsOf(await stage.SendAsync(Role.NetworkManager, "correctDevice", new { deviceId, reason = "Read off", label = new { text = "Red phone" } })));
        Assert.Equal(Code, refused.GetProperty("code").GetString());
        await stage.DoAsync(Role.NetworkManager, "correctDevice", new { deviceId, reason = "It is a tablet", kind = "TABLET" }, "device { kind }");
        await stage.DoAsync(Role.NetworkManager, "retireDevice", new { deviceId, reason = "Sold" }, "device { retiredAt }");

        // Its number leads to nothing any more: whoever has the device enters it anew.
        await stage.DoAsync(Role.NetworkManager, "registerDevice", new { ownership = "PERSONAL", kind = "PHONE", label = "Phone", serial = $"SN{First.Keys["Device"]}", holder = new { personId = stage.Person(Role.Dsl) } });
    }

    [Fact]
    public async Task Nothing_invented_stands_for_contacts_and_closures_without_saying_so()
    {
        var answer = await Gateway.QueryAsync("query($pupil: ID!, $urn: String!) { pupil(id: $pupil) { contacts { id } } school(urn: $urn) { calendar { closures { reason } } } }", new { pupil = Pupil, urn = First.School.Urn }, Dsl);
        Assert.Equal(["pupil.contacts", "school.calendar.closures.0.reason", "school.calendar.closures.1.reason"], Errors(answer));
    }

    [Fact]
    public async Task A_ban_of_a_service_that_cannot_be_read_is_of_every_service_and_of_nothing_else()
    {
        foreach (var (use, decision) in ((string, string)[])[("device", "ALLOW_SUPERVISED"), ("internet", "DENY"), ("service:ChatBox", "DENY"), ("service:Another", "DENY")])
        {
            var found = await DataAsync("query($id: ID!, $use: String!) { technologyAccess(pupilId: $id, use: $use) { decision } }", Dsl, new { id = Pupil, use });
            Assert.Equal((use, decision), (use, found.GetProperty("technologyAccess").GetProperty("decision").GetString()));
        }
    }

    private static object Closed(MutationStage stage, params string[] reasons) => new
    {
        terms = new[] { new { name = "Term", start = stage.Today.AddDays(-40), end = stage.Today.AddDays(160) } },
        closures = reasons.Select((reason, i) => new { from = stage.Today.AddDays(60 + i), to = stage.Today.AddDays(60 + i), reason }),
    };

    /// <summary>Where the fields failed, all of them in the same way.</summary>
    private static string[] Errors(JsonElement answer)
    {
        var errors = answer.GetProperty("errors").EnumerateArray().ToList();
        Assert.All(errors, e => Assert.Equal(Code, e.GetProperty("extensions").GetProperty("code").GetString()));
        return [.. errors.Select(e => string.Join('.', e.GetProperty("path").EnumerateArray())).Order(StringComparer.Ordinal)];
    }
}
