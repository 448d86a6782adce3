using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

/// <summary>New records of a school for one case, and what may have to happen to them before it.</summary>
/// <param name="written">What is sent instead: of an input, by the name of its type.</param>
internal sealed class MutationStage(ApiWorld world, SchoolRecords records, Func<string, object, object>? written = null)
{
    private const string Problems = "errors { __typename code message path }";

    public SchoolRecords Records => records;

    public string Pupil => records.IdOf("Pupil");

    public string Device => records.IdOf("Device");

    /// <summary>Triaged: a pupil accessed inappropriate material knowingly.</summary>
    public string Incident => records.IdOf("Incident");

    /// <summary>A draft between school and parents.</summary>
    public string Strategy => records.IdOf("Strategy");

    public string Ban => records.IdOf("Ban");

    public DateTimeOffset Now => world.Gateway.Clock.GetUtcNow();

    public DateOnly Today => London.DateOf(Now);

    public static async Task<MutationStage> SetAsync(ApiWorld world, Func<string, object, object>? written = null)
    {
        // A case may have left another policy behind.
        await new MutationStage(world, world.First).DoAsync(Role.Headteacher, "adoptPolicy", new { policy = new { pack = "wyre-forest" } });
        return new(world, await SchoolRecords.MakeAsync(world.Gateway, world.First.School), written);
    }

    public CommandContext As(Role role) => SchoolRecords.As(records.School, role);

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => world.Gateway.Grains.GetGrain<T>(key);

    /// <summary>A pupil whom nothing of this stage concerns.</summary>
    public string OtherPupil() => world.First.IdOf("Pupil");

    public string Person(Role role) => ApiWorld.Id("Person", records.School.People[role].Value);

    /// <summary>Somebody without a role.</summary>
    public async Task<string> NewPersonAsync() => ApiWorld.Id("Person", (await TwoSchools.Done(
        world.Gateway.Grains.GetGrain<Contracts.Schools.ISchoolGrain>(Contracts.Schools.SchoolKey.Of(records.School.Id).ToString())
            .AddPersonAsync(TwoSchools.System(records.School.Id), new("Somebody new", $"{Guid.NewGuid():N}@new.example", null, null)))).Id.Value);

    public object Report() => new { danger = "NO", what = "Seen on a tablet", happenedAt = Now.AddMinutes(-5), onSite = true };

    public async Task<string> ReportedAsync() =>
        (await DoAsync(Role.ClassTeacher, "reportIncident", Report(), "receipt { incidentId }")).GetProperty("receipt").GetProperty("incidentId").GetString()!;

    /// <summary>Sent as technical, naming nobody.</summary>
    public async Task<string> TechnicalAsync() => (await DoAsync(Role.ClassTeacher, "reportIncident", new { kind = "TECHNICAL", danger = "NO", what = "The filter let it through", happenedAt = Now.AddMinutes(-5), onSite = true }, "receipt { incidentId }"))
        .GetProperty("receipt").GetProperty("incidentId").GetString()!;

    public async Task<string> TriagedAsync(string nature, string? awareness, string fourC, object? more = null)
    {
        var incidentId = await ReportedAsync();
        await DoAsync(Role.Dsl, "triageIncident", Merged(new { incidentId, nature, awareness, fourCs = new[] { fourC } }, more));
        return incidentId;
    }

    /// <summary>On the illegal path, with the police, who do not answer.</summary>
    public async Task<string> WithPoliceAsync()
    {
        var incidentId = await TriagedAsync("illegal-material", "KNOWING", "CONTENT");
        await DoAsync(Role.Dsl, "recordReferral", new { incidentId, agency = "POLICE", reference = "REF1" });
        return incidentId;
    }

    /// <summary>Every step of the DSL's own plan is done.</summary>
    public async Task<string> FinishedAsync()
    {
        var incidentId = await TriagedAsync("sharing-information", null, "CONDUCT", new { steps = new[] { new { kind = "CUSTOM", owner = "DSL", toDo = "Talk it over" } }, reason = "The table has no row" });
        foreach (var step in await StepsAsync(incidentId))
        {
            var number = step.GetProperty("number").GetInt32();
            // The floor has the DSL consider whether an agency must know.
            var rule = step.GetProperty("rule");
            var kind = rule.GetProperty("kind").GetString()!;
            await (kind.StartsWith("REFER_", StringComparison.Ordinal) ? DoAsync(Role.Dsl, "recordReferral", new { incidentId, step = number, agency = kind["REFER_".Length..], decision = "NOT_REFERRED", reason = "No need", wouldReopen = "Another one" })
                : rule.GetProperty("mode").GetString() == "CONSIDER" ? DoAsync(Role.Dsl, "completeStep", new { incidentId, step = number, answer = false, reason = "No need" })
                : kind == "CONTACT_PARENTS" ? DoAsync(Role.Dsl, "completeStep", new { incidentId, step = number, parents = new { ending = "MADE", who = "A mother", how = "TELEPHONE", said = "Told" } })
                : DoAsync(Role.Dsl, "completeStep", new { incidentId, step = number, outcome = "Done" }));
        }

        return incidentId;
    }

    public async Task<int> StepAsync(string incidentId, string kind) =>
        (await StepsAsync(incidentId)).First(s => s.GetProperty("rule").GetProperty("kind").GetString() == kind).GetProperty("number").GetInt32();

    /// <summary>A shared tablet of the school.</summary>
    public async Task<string> SchoolDeviceAsync() =>
        (await DoAsync(Role.NetworkManager, "registerDevice", new { ownership = "SCHOOL", kind = "TABLET", label = "Tablet 8", shared = true }, "device { id }")).GetProperty("device").GetProperty("id").GetString()!;

    /// <summary>The incident; its pupil's phone is retired from the register.</summary>
    public async Task<string> WithoutDeviceAsync()
    {
        await DoAsync(Role.NetworkManager, "retireDevice", new { deviceId = Device, reason = "Sold" });
        return Incident;
    }

    /// <summary>All devices of the pupil are taken for the incident.</summary>
    public async Task RemovedAsync()
    {
        await DoAsync(Role.Dsl, "takeDevice", new { deviceId = Device, taking = "REMOVE", place = "Office", lawfulGround = "Behaviour policy", incidentId = Incident, noneLeft = true });
        await world.Gateway.SettleAsync();
    }

    public async Task<string> TakenAsync()
    {
        await DoAsync(Role.Dsl, "takeDevice", new { deviceId = Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy" });
        return Device;
    }

    /// <summary>A class teacher found a nude on the device.</summary>
    public async Task<string> NudeFoundAsync()
    {
        await TakenAsync();
        await SendAsync(Role.ClassTeacher, "recordExamination", new { deviceId = Device, lawfulGround = "Seen in passing", nothingIsEvidence = true, nudeFound = true, deleted = false, findings = "A picture" });
        return Device;
    }

    /// <summary>A mother who decides for the pupil, and a father who must not be contacted; her id.</summary>
    public async Task<string> ContactAsync()
    {
        object[] contacts =
        [
            new { name = "A mother", relationship = "mother", parentalResponsibility = true, noContact = false, phone = "01632 960001", email = "mother@family.example" },
            new { name = "A father", relationship = "father", parentalResponsibility = true, noContact = true, courtOrder = "No contact" },
        ];
        return (await DoAsync(Role.Dsl, "setContacts", new { pupilId = Pupil, contacts }, "contacts { id }")).GetProperty("contacts")[0].GetProperty("id").GetString()!;
    }

    /// <summary>When the pupil's mother answered the draft by her link.</summary>
    public async Task<DateTimeOffset> AnsweredByLinkAsync(StrategyAnswer answer)
    {
        var link = SignatureLinkKey.Parse((await DoAsync(
            Role.Dsl, "makeSignatureLink", new { strategyId = Strategy, party = new { kind = "PARENTAL_RESPONSIBILITY" }, contact = await ContactAsync() }, "link")).GetProperty("link").GetString()!.Split('=')[1])!;
        await TwoSchools.Done(Grain<IStrategyGrain>(StrategyKey.Of(link.School, link.Pupil).ToString()).AnswerLinkAsync(
            As(Role.Dsl) with { Actor = Actor.ByLink }, new AnswerSignatureLink(link.Secret, new(2014, 5, 1), answer, "A mother", "Not without her phone")));
        var found = await world.DataAsync("query($id: ID!) { node(id: $id) { ... on Strategy { agreement { signatures { form at } } } } }", world.First.TokenOf(Role.Dsl), new { id = Strategy });
        return found.GetProperty("node").GetProperty("agreement").GetProperty("signatures").EnumerateArray().Single(s => s.GetProperty("form").GetString() == "BY_LINK").GetProperty("at").GetDateTimeOffset();
    }

    public async Task<string> AgreedAsync()
    {
        foreach (var kind in new[] { "PUPIL", "SCHOOL", "PARENTAL_RESPONSIBILITY" })
        {
            await DoAsync(Role.Dsl, "agreeStrategy", new { strategyId = Strategy, party = new { kind }, answer = "AGREED", form = "PAPER", signedBy = "Somebody" });
        }

        return Strategy;
    }

    /// <summary>The day of the pupil's first check, in the morning.</summary>
    public async Task<DateOnly> CheckDayAsync()
    {
        var found = await world.DataAsync("query($id: ID!) { pupil(id: $id) { checks { from } } }", records.TokenOf(Role.Dsl), new { id = Pupil });
        var day = DateOnly.Parse(found.GetProperty("pupil").GetProperty("checks").GetProperty("from").GetString()!, null);
        await world.Gateway.MoveToAsync(London.ToInstant(day, new(10, 0)));
        return day;
    }

    public object Checks(string result, string note = "Seen") => new { checks = new[] { new { pupilId = Pupil, result, note, noneHeld = true } } };

    public Task MoveToAsync(DateOnly day, TimeOnly time) => world.Gateway.MoveToAsync(London.ToInstant(day, time));

    /// <summary>The pupil leaves the school today.</summary>
    public async Task LeaveAsync()
    {
        var pupil = world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(records.School.Id, new PupilId(records.Keys["Pupil"])).ToString());
        await TwoSchools.Done(pupil.RecordLeftAsync(TwoSchools.System(records.School.Id), new RecordPupilLeft(Today)));
        await world.Gateway.SettleAsync();
    }

    public async Task<long> HeadAsync()
    {
        await world.Gateway.SettleAsync();
        // One that failed comes again in its own time, and would count for what is done next.
        var failing = await world.Gateway.Services.GetRequiredService<IOutboxStore>().FailingAsync(int.MaxValue, default);
        Assert.DoesNotContain(failing, l => !l.Destination.StartsWith("mail:", StringComparison.Ordinal));
        return await world.Gateway.Services.GetRequiredService<SystemReader>().HeadAsync(default);
    }

    /// <summary>The payload of what must succeed.</summary>
    public async Task<JsonElement> DoAsync(Role by, string mutation, object input, string selection = "")
    {
        var payload = await SendAsync(by, mutation, input, selection);
        Assert.True(ErrorsOf(payload).Count == 0, $"{mutation}: {payload}");
        return payload;
    }

    public Task<JsonElement> SendAsync(Role by, string mutation, object input, string selection = "") => SendAsync(records.TokenOf(by), mutation, input, selection);

    public async Task<JsonElement> SendAsync(string token, string mutation, object input, string selection = "")
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var lines = mutation == "recordDeviceChecks" ? $"outcomes {{ {Problems} }}" : "";
        var data = await world.DataAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {selection} {lines} {Problems} }} }}", token, new { input = written?.Invoke(type, input) ?? input });
        return data.GetProperty(mutation);
    }

    /// <summary>Of the command and, where it has lines, of each.</summary>
    public static List<JsonElement> ErrorsOf(JsonElement payload) =>
        [.. payload.GetProperty("errors").EnumerateArray(), .. payload.TryGetProperty("outcomes", out var lines) && lines.ValueKind == JsonValueKind.Array ? lines.EnumerateArray().SelectMany(l => l.GetProperty("errors").EnumerateArray()) : []];

    private async Task<List<JsonElement>> StepsAsync(string id) =>
        [.. (await world.DataAsync("query($id: ID!) { incident(id: $id) { steps { number status rule { kind mode } } } }", records.TokenOf(Role.Dsl), new { id }))
            .GetProperty("incident").GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("status").GetString() == "OPEN")];

    private static Dictionary<string, object?> Merged(object first, object? more) =>
        new[] { first, more }.OfType<object>().SelectMany(o => o.GetType().GetProperties().Select(p => (p.Name, Value: p.GetValue(o)))).Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value);
}
