using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Of each record of a page is answered what is answered of it alone, field by field: a loader that reads for one key only, or mixes two up, fails here.</summary>
public sealed class PageAnswersTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const int Records = 3;

    /// <summary>What is loaded for all records at once, told apart by.</summary>
    private static readonly Dictionary<string, string[]> Loaded = new()
    {
        ["pupils"] =
        [
            "keyWorker { name }", "classTeacher { name }", "contacts { name }", "bans { reason }", "bans { incident { reference } }", "strategy { agreement { owner { name } } }", "strategy { former(number: 1) { endReason } }",
            "checks { by }", "checks { incident { reference } }", "checkHistory(first: 2) { nodes { note } }",
        ],
        ["devices"] = ["holder { pupil { keyWorker { name } } }", "history { reason }", "custodyChain(first: 2) { nodes { place } }", "uses { from }"],
        ["incidents"] = ["people { pupil { keyWorker { name } } }", "devices { label }"],
    };

    [Fact]
    public async Task Of_each_record_of_a_page_is_answered_what_is_answered_of_it_alone()
    {
        await ApartAsync();
        var schema = await Shape.ReadAsync(world);
        var (wrong, alike) = (new List<string>(), new List<string>());
        foreach (var (list, loaded) in Loaded)
        {
            var type = schema.Fields(schema.Queries.Single(q => q.Name == list).Type.Named).Single(f => f.Name == "nodes").Type.Named;
            foreach (var member in Selections.Members(schema, type, 2).Concat(loaded))
            {
                var page = (await AskAsync($"{{ {list}(first: {(list == "devices" ? 2 * Records : Records)}) {{ nodes {{ id {member} }} }} }}")).GetProperty(list).GetProperty("nodes").EnumerateArray().ToList();
                foreach (var one in page)
                {
                    var alone = (await AskAsync($"query($id: ID!) {{ node(id: $id) {{ ... on {type} {{ id {member} }} }} }}", one.GetProperty("id").GetString())).GetProperty("node");
                    if (one.ToString() != alone.ToString())
                    {
                        wrong.Add($"{type}.{member}\n  of many {one}\n  alone   {alone}");
                    }
                }

                // Of records that are alike nothing is proved.
                if (loaded.Contains(member) && page.Select(p => p.EnumerateObject().Last().Value.ToString()).Distinct().Count() < Records)
                {
                    alike.Add($"{type}.{member}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal([], alike);
    }

    [Fact]
    public async Task Of_each_school_of_a_trust_is_answered_its_own_calendar()
    {
        await new MutationStage(world, world.Second).DoAsync(Role.Headteacher, "setCalendar", new { terms = new[] { new { name = "Another term", start = "2026-09-01", end = "2027-07-01" } } });
        const string Calendar = "id calendar { terms { name start end } insetDays closures { from to } }";
        var schools = (await world.DataAsync($"{{ schools {{ {Calendar} }} }}", world.TrustToken)).GetProperty("schools").EnumerateArray().ToList();

        Assert.Equal(["Another term", "Term"], schools.Select(s => s.GetProperty("calendar").GetProperty("terms")[0].GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        foreach (var school in schools)
        {
            var alone = await world.DataAsync($"query($id: ID!) {{ node(id: $id) {{ ... on School {{ {Calendar} }} }} }}", world.TrustToken, new { id = school.GetProperty("id").GetString() });
            Assert.Equal(alone.GetProperty("node").ToString(), school.ToString());
        }
    }

    private async Task ApartAsync()
    {
        var stages = new List<MutationStage> { new(world, world.First) };
        while (stages.Count < Records)
        {
            stages.Add(await MutationStage.SetAsync(world));
        }

        foreach (var (stage, n) in stages.Select((s, n) => (s, n)))
        {
            await ApartAsync(stage, n);
        }

        await stages[0].CheckDayAsync();
        foreach (var (stage, n) in stages.Select((s, n) => (s, n)))
        {
            await stage.DoAsync(Role.Dsl, "recordDeviceChecks", stage.Checks("CLEAR", $"Note {n}"));
        }

        await world.Gateway.SettleAsync();
    }

    /// <summary>Nothing of this record is like that of another number.</summary>
    private static async Task ApartAsync(MutationStage stage, int n)
    {
        Role[] people = [Role.KeyWorker, Role.PastoralTeam, Role.SupportStaff];
        await stage.DoAsync(Role.Dsl, "updatePupil", new { pupilId = stage.Pupil, keyWorker = new { personId = stage.Person(people[n]) }, classTeacher = new { personId = stage.Person(people[(n + 1) % Records]) } });
        await stage.DoAsync(Role.Dsl, "setContacts", new { pupilId = stage.Pupil, contacts = new[] { new { name = $"Mother {n}", relationship = "mother", parentalResponsibility = true, noContact = false } } });
        await stage.DoAsync(Role.Dsl, "banTechnology", new { pupilId = stage.Pupil, scope = "NETWORK", until = stage.Now.AddDays(3 + n), reason = $"Reason {n}", enforcedBy = "ACCOUNT" });
        await stage.DoAsync(Role.Dsl, "endStrategy", new { strategyId = stage.Strategy, endReason = $"End {n}" });
        var terms = new { supervision = "SUPERVISED", notes = $"Notes {n}" };
        await stage.DoAsync(Role.Dsl, "draftStrategy", new
        {
            pupilId = stage.Pupil, terms, interim = terms, parties = new[] { new { kind = "SCHOOL" }, new { kind = "PARENTAL_RESPONSIBILITY" } }, reviewOn = stage.Today.AddDays(20 + n), owner = stage.Person(people[n]),
        });
        await stage.DoAsync(Role.Dsl, "correctDevice", new { deviceId = stage.Device, reason = $"Reason {n}", label = new { text = $"Phone {n}" } });
        await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = $"Office {n}", lawfulGround = "Behaviour policy", incidentId = stage.Incident });
        await stage.DoAsync(Role.Dsl, "changeChecks", new { pupilId = stage.Pupil, by = $"14:0{n}:00", lookFor = new[] { "NO_DEVICE_HELD" }, checker = "CLASS_TEACHER", reviewOn = stage.Today.AddDays(20 + n) });
        var deviceId = await stage.SchoolDeviceAsync();
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceUse", new { deviceId, user = new { personId = stage.Person(people[n]) }, from = stage.Now.AddHours(-3 - n) });
    }

    private Task<JsonElement> AskAsync(string query, string? id = null) => world.DataAsync(query, world.First.TokenOf(Role.Dsl), id is null ? null : new { id });
}
