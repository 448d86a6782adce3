using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Reading;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Whoever saw something of a record stands in its access log, with what they asked and why (J1).</summary>
public sealed class ReadAuditTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly string[] Driven =
    [
        "completeStep", "recordReferral", "debriefIncident", "completeChange", "liftBan", "endStrategy", "recordDeviceChecks", "answerConcern", "submitWeeklyUpdate",
        "assignRole", "arrangeCover", "cancelCover", "recordLeaver", "setCalendar", "updatePupil", "decidePolicyQuestion",
    ];

    // Their payloads are made where those of the driven ones are: IncidentCommands, DeviceCommands, StepPayload, BanPayload, StrategyPayload, CheckSchedulePayload.
    private static readonly string[] MadeInTheSamePlace =
    [
        "triageIncident", "handIncidentToDsl", "correctRecord", "linkIncidents", "waiveStep", "recordPoliceResponse", "reviewNude", "decideWithoutReply", "reviewMonitoring", "closeIncident", "approveClosure",
        "reopenIncident", "inviteTrustLead", "endInvitation", "registerDevice", "correctDevice", "retireDevice", "reinstateDevice", "takeDevice", "sealDevice", "handOverDevice", "returnDevice", "recordExamination", "answerNudeFound", "banTechnology", "draftStrategy", "agreeStrategy", "makeSignatureLink", "withdrawSignatureLink", "verifySignature",
        "reviewStrategy", "setContacts", "settleEndedMeasures", "scheduleChecks", "changeChecks", "continueChecks", "endChecks", "acknowledgeMissedCheck", "decideStrategy", "lendDevice", "endLoan", "recordDeviceUse", "endRole", "addPerson", "updatePerson", "linkSignIn",
    ];

    // A report's receipt tells nothing but what the caller just wrote.
    private static readonly string[] NothingPersonal = ["markIncidentSeen", "adoptPolicy", "setSafeguardingNumbers", "reportIncident"];

    private readonly List<string> _wrong = [];

    private SchoolRecords School => world.First;

    [Fact]
    public async Task Each_mutation_has_been_thought_of() =>
        Assert.Equal(
            Driven.Concat(MadeInTheSamePlace).Concat(NothingPersonal).Order(StringComparer.Ordinal),
            (await Shape.ReadAsync(world)).Mutations.Select(m => m.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task What_a_mutation_answers_stands_in_the_log_under_its_name()
    {
        var (incident, pupil, incidentId, pupilId) = ($"incident/{School.Keys["Incident"]}", $"pupil/{School.Keys["Pupil"]}", School.IdOf("Incident"), School.IdOf("Pupil"));
        var steps = await world.DataAsync("query($id: ID!) { incident(id: $id) { steps { number status owner { name } } } }", School.TokenOf(Role.Dsl), new { id = incidentId });
        var step = steps.GetProperty("incident").GetProperty("steps").EnumerateArray()
            .First(s => s.GetProperty("owner") is { ValueKind: JsonValueKind.Object } o && o.GetProperty("name").GetString() == "Headteacher of 100001" && s.GetProperty("status").GetString() == "OPEN")
            .GetProperty("number").GetInt32();
        await RunAsync(Role.Headteacher, "completeStep", "step { number }", new { incidentId, step, outcome = "Done" }, incident);
        await RunAsync(Role.Dsl, "recordReferral", "referral { number reference }", new { incidentId, agency = "EARLY_HELP", reference = "R1" }, incident);
        var changes = new[] { new { what = "Filter", owner = ApiWorld.Id("Person", School.School.People[Role.KeyWorker].Value), dueOn = Today.AddDays(30) } };
        await RunAsync(Role.Dsl, "debriefIncident", "incident { status }", new { incidentId, findings = "Text", changes }, incident, pupil);
        await RunAsync(Role.KeyWorker, "completeChange", "change { number }", new { incidentId, change = 1, outcome = "Done" }, incident);
        await RunAsync(Role.Dsl, "liftBan", "ban { scope }", new { pupilId, banId = School.IdOf("Ban"), liftReason = "Over" }, $"ban/{School.Keys["Ban"]}", pupil);
        await RunAsync(Role.Dsl, "endStrategy", "strategy { inForce { supervision } }", new { strategyId = School.IdOf("Strategy"), endReason = "Over" }, $"strategy/{School.Keys["Pupil"]}", pupil);

        await RunAsync(Role.Dsl, "updatePupil", "pupil { offSiteProvider }", new { pupilId, offSiteProvider = new { text = "A provider" } }, pupil);

        var day = Weekdays.After(Today);

        await world.Gateway.MoveToAsync(London.ToInstant(day, new(14, 0)));
        var check = $"check/{School.Keys["Pupil"]}@{day:yyyy-MM-dd}";
        await RunAsync(Role.ClassTeacher, "recordDeviceChecks", "outcomes { check { status } }", new { checks = new[] { new { pupilId, result = "CONCERN", note = "Phone" } } }, check, pupil);
        await RunAsync(Role.Dsl, "answerConcern", "check { status }", new { pupilId, date = day, reason = "A spare" }, check, pupil);
        var monday = Weekdays.MondayOf(day);
        await world.Gateway.MoveToAsync(London.ToInstant(monday.AddDays(7), new(8, 30)));
        await RunAsync(Role.Dsl, "submitWeeklyUpdate", "update { status }", new { week = day, comment = "Kept" }, $"weekly_update/{monday:yyyy-MM-dd}", pupil);

        var (senior, governor) = (School.School.People[Role.SeniorLeader], School.School.People[Role.Governor]);
        await RunAsync(Role.Headteacher, "assignRole", "person { name }", new { personId = ApiWorld.Id("Person", governor.Value), role = "GOVERNOR" }, $"person/{governor}");
        var terms = new[] { new { name = "Term", start = Today.AddDays(-30), end = Today.AddDays(150) } };
        await RunAsync(
            Role.Headteacher, "setCalendar", "school { calendar { closures { reason } } }",
            new { terms, closures = new[] { new { from = Today.AddDays(90), to = Today.AddDays(90), reason = "Snow" } } }, $"school_closures/{School.Keys["School"]}");
        await RunAsync(Role.Headteacher, "decidePolicyQuestion", "decision { decision }", new { questionId = "who-triages", decision = "The DSL" }, "policy_decision/who-triages");
        await RunAsync(
            Role.Headteacher, "arrangeCover", "person { name }",
            new { absentId = ApiWorld.Id("Person", senior.Value), coverId = ApiWorld.Id("Person", governor.Value), from = Today, to = Today.AddDays(2) }, $"person/{governor}");
        await RunAsync(Role.Headteacher, "cancelCover", "person { name }", new { absentId = ApiWorld.Id("Person", senior.Value), from = Today }, $"person/{senior}");
        await RunAsync(Role.Headteacher, "recordLeaver", "person { name }", new { personId = ApiWorld.Id("Person", governor.Value) }, $"person/{governor}");
        Assert.True(_wrong.Count == 0, string.Join("\n", _wrong));
    }

    [Fact]
    public async Task The_log_names_the_fields_asked_and_never_what_the_client_called_it()
    {
        await world.DataAsync("query AmberCanary($id: ID!) { one: pupil(id: $id) { name } viewer { person { name } } }", School.TokenOf(Role.PastoralTeam), new { id = School.IdOf("Pupil") });
        await world.DataAsync("query($id: ID!) { node(id: $id) { id } }", School.TokenOf(Role.NetworkManager), new { id = School.IdOf("Pupil") });

        var log = await LogAsync($"pupil/{School.Keys["Pupil"]}");

        Assert.Equal(["pupil, viewer"], log.Where(e => e.Roles.Contains(Role.PastoralTeam)).Select(e => e.Operation));
        Assert.Equal(["node"], log.Where(e => e.Roles.Contains(Role.NetworkManager)).Select(e => e.Operation));
    }

    [Fact]
    public async Task A_daily_check_is_no_reason_to_fetch_an_incident_beside_it()
    {
        await world.DataAsync("query($id: ID!) { checksDue { date } node(id: $id) { ... on Incident { what } } }", School.TokenOf(Role.DeputyDsl), new { id = School.IdOf("Incident") });

        var entry = Assert.Single(await LogAsync($"incident/{School.Keys["Incident"]}"), e => e.Operation == "checksDue, node");
        Assert.Equal("safeguarding", entry.Purpose);
    }

    [Theory]
    [InlineData("check/1@2026-11-23 pupil/1 person/2", "daily-check")]
    [InlineData("check/1@2026-11-23 pupil/1 strategy/1 incident/3", "safeguarding")]
    public void A_daily_check_is_no_reason_for_what_is_reached_through_it(string seen, string purpose)
    {
        var session = new Session();
        session.SignIn(new ClaimsPrincipal(new ClaimsIdentity([new(TokenClaims.Tenant, $"{School.School.Id}"), new(TokenClaims.Person, $"{School.School.People[Role.DeputyDsl].Value}")])));

        session.Asks("checksDue");

        Assert.Equal(purpose, session.PurposeOf(seen.Split(' ')));
    }

    [Theory]
    [InlineData("query($pupil: ID!) { technologyAccess(pupilId: $pupil, use: \"internet\") { decision } }", Role.KeyWorker, "technologyAccess")]
    [InlineData("query($incident: ID!) { incident(id: $incident) { status } }", Role.DeputyDsl, "incident")]
    [InlineData("{ incidents { nodes { status } } }", Role.DeputyDsl, "incidents")]
    public async Task What_tells_of_a_pupil_stands_in_the_pupils_own_log(string query, Role role, string operation)
    {
        await world.DataAsync(query, School.TokenOf(role), new { pupil = School.IdOf("Pupil"), incident = School.IdOf("Incident") });

        Assert.Contains(await LogAsync($"pupil/{School.Keys["Pupil"]}"), e => e.Roles.Contains(role) && e.Operation == operation);
    }

    private DateTimeOffset Now => world.Gateway.Clock.GetUtcNow();

    private DateOnly Today => London.DateOf(Now);

    private async Task RunAsync(Role role, string mutation, string selection, object input, params string[] records)
    {
        await AnswerAsync(role, mutation, selection, input);
        await SeenAsync(mutation, records);
    }

    private async Task<JsonElement> AnswerAsync(Role role, string mutation, string selection, object input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var answer = (await world.DataAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {selection} errors {{ code message }} }} }}", School.TokenOf(role), new { input })).GetProperty(mutation);
        if (answer.GetProperty("errors").GetArrayLength() > 0)
        {
            _wrong.Add($"{mutation}: {answer}");
        }

        return answer;
    }

    private async Task SeenAsync(string mutation, params string[] records)
    {
        foreach (var record in records)
        {
            var purpose = mutation == "recordDeviceChecks" ? "daily-check" : "safeguarding";
            if (!(await LogAsync(record)).Any(e => (e.Operation, e.Purpose) == (mutation, purpose)))
            {
                _wrong.Add($"{mutation}: not in the log of {record}");
            }
        }
    }

    private async Task<IReadOnlyList<AuditEntry>> LogAsync(string record)
    {
        var reader = new Reader(School.School.Id, Actor.System, new HashSet<Role>(), "test", Guid.NewGuid());
        var page = await world.Gateway.Services.GetRequiredService<AuditReader>().AccessLogAsync(reader, record, AccessLogOrder.AtDesc, new PageRequest(First: 100), default);
        return [.. page.Value!.Items.Select(i => i.Item)];
    }
}
