using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>Two schools of one trust, each with one record of every kind; shared by tests that leave these records as they are.</summary>
public class ApiWorld : IAsyncLifetime
{
    private readonly Database _database;
    private readonly Action<WebApplicationBuilder>? _configure;

    public ApiWorld()
        : this(Database.Sqlite)
    {
    }

    protected ApiWorld(Database database, Action<WebApplicationBuilder>? configure = null) => (_database, _configure) = (database, configure);

    internal RunningGateway Gateway { get; private set; } = null!;

    internal TenantId Trust { get; private set; }

    internal SchoolRecords First { get; private set; } = null!;

    internal SchoolRecords Second { get; private set; } = null!;

    /// <summary>Somebody of the trust.</summary>
    internal string TrustToken { get; private set; } = "";

    internal string TrustAdministratorToken { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync(_database, _configure);
        var trust = await TwoSchools.FoundAsync(Gateway);
        Trust = trust.Trust;
        First = await SchoolRecords.MakeAsync(Gateway, trust.First);
        Second = await SchoolRecords.MakeAsync(Gateway, trust.Second);
        TrustToken = await JoinAsync(Role.TrustSafeguardingLead);
        TrustAdministratorToken = await JoinAsync(Role.TrustAdministrator);
        await Gateway.SettleAsync();
    }

    public Task DisposeAsync() => Gateway.DisposeAsync().AsTask();

    /// <summary>The keys of these owners vanish, as in a copy of the key store that lacks them. For SQLite, while the product is stopped.</summary>
    internal async Task LoseKeysAsync(params string[] owners)
    {
        await using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(Gateway.Directory, "store.db")};Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync("ATTACH @file AS k", new { file = System.IO.Path.Combine(Gateway.Directory, "keys.db") });
        Assert.Equal(owners.Length, await connection.ExecuteScalarAsync<int>("SELECT COUNT(DISTINCT owner) FROM key_owners WHERE owner IN @owners", new { owners }));
        await connection.ExecuteAsync("DELETE FROM k.keys WHERE id IN (SELECT key FROM key_owners WHERE owner IN @owners)", new { owners });

        // None of them is the newest: a key store without that one does not start.
        const string Newest = "zzzzzzzzzzzzzzzzzzzzzw";
        await connection.ExecuteAsync("INSERT INTO key_owners VALUES (@tenant, 'pupil/newest', @Newest)", new { tenant = First.School.Id.ToString(), Newest });
        await connection.ExecuteAsync("INSERT INTO k.keys SELECT @Newest, zeroblob(60), master FROM k.secrets LIMIT 1", new { Newest });
    }

    internal static string Id(string type, Guid key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{type}:{key:D}"));

    /// <returns>The token of a new person of the trust.</returns>
    private async Task<string> JoinAsync(Role role)
    {
        var grain = Gateway.Grains.GetGrain<Contracts.Trusts.ITrustGrain>(Contracts.Trusts.TrustKey.Of(Trust).ToString());
        var person = await TwoSchools.Done(grain.AddPersonAsync(TwoSchools.System(Trust), new($"{role} of the trust", $"{role}@trust.example".ToLowerInvariant(), null, null)));
        await TwoSchools.Done(grain.AssignRoleAsync(TwoSchools.System(Trust), new(person.Id, role, new(2020, 9, 1), null)));
        return Gateway.Token(Trust, person.Id);
    }

    /// <summary>The data of an answer without errors.</summary>
    internal async Task<JsonElement> DataAsync(string query, string token, object? variables = null)
    {
        var answer = await Gateway.QueryAsync(query, variables, token);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }
}

/// <summary>The same on PostgreSQL, under row-level security.</summary>
public sealed class PostgresApiWorld() : ApiWorld(Database.PostgreSql);

/// <summary>One record of every kind at one school.</summary>
internal sealed record SchoolRecords(SchoolUnderTest School, IReadOnlyDictionary<string, Guid> Keys)
{
    public string IdOf(string type) => ApiWorld.Id(type, Keys[type]);

    public string TokenOf(Role role) => School.TokenOf(role);

    public static async Task<SchoolRecords> MakeAsync(RunningGateway gateway, SchoolUnderTest school)
    {
        var day = await OpenAsync(gateway, school);
        var (dsl, teacher) = (As(school, Role.Dsl), As(school, Role.ClassTeacher));
        var pupil = new PupilId(dsl.NewId("pupil"));
        var pupils = gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, pupil).ToString());
        await TwoSchools.Done(pupils.RegisterAsync(
            dsl, new RegisterPupil($"Amber Canary {school.Urn}", new(2014, 5, 1), null, "7", "7B", Phase.Special, true, school.People[Role.KeyWorker], school.People[Role.ClassTeacher], null, null)));
        var device = new DeviceId(dsl.NewId("device"));
        await TwoSchools.Done(gateway.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(school.Id, device).ToString()).RegisterAsync(
            As(school, Role.Dsl), new RegisterDevice(DeviceOwnership.Personal, false, DeviceKind.Phone, "Blue phone", $"SN{device}", DeviceHolder.Of(pupil))));
        var incident = new IncidentId(teacher.NewId("incident"));
        var incidents = gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school.Id, incident).ToString());
        await TwoSchools.Done(incidents.ReportAsync(teacher, new ReportIncident(
            ReportKind.OnlineSafety, ImmediateDanger.No, false, OnBehalfOf.Self, AboutStaff.No, "Narrative canary", gateway.Clock.GetUtcNow().AddHours(-1), true, "Room 4",
            [new PupilInvolved(pupil, PupilPart.Alleged, new PupilDimensions("7", Phase.Special, true))], [device], [])));
        await TwoSchools.Done(incidents.TriageAsync(As(school, Role.Dsl), new TriageIncident("inappropriate-material", [FourC.Content], Awareness.Knowing, null, false, [], [], null)));
        var ban = await TwoSchools.Done(pupils.BanTechnologyAsync(As(school, Role.Dsl), new BanTechnology(
            BanScope.Internet, null, null, gateway.Clock.GetUtcNow().AddDays(7), "Reason canary", incident, BanEnforcement.Account)));
        var terms = new StrategyTerms(Supervision.Supervised);
        await TwoSchools.Done(gateway.Grains.GetGrain<IStrategyGrain>(StrategyKey.Of(school.Id, pupil).ToString()).DraftAsync(As(school, Role.Dsl), new DraftStrategy(
            [incident], terms, terms, [new StrategyParty(PartyKind.School), new StrategyParty(PartyKind.ParentalResponsibility)], day.AddDays(30), school.People[Role.Dsl])));
        await TwoSchools.Done(gateway.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(school.Id, pupil).ToString()).ScheduleAsync(As(school, Role.Dsl), new ScheduleChecks(
            pupil, day, new(15, 30), [CheckItem.NoDeviceHeld], null, CheckerKind.ClassTeacher, Incident: incident, ReviewOn: day.AddDays(28))));
        return new SchoolRecords(school, new Dictionary<string, Guid>
        {
            ["Incident"] = incident.Value, ["Pupil"] = pupil.Value, ["Device"] = device.Value, ["Strategy"] = pupil.Value, ["Ban"] = ban.Id.Value,
            ["Person"] = school.People[Role.KeyWorker].Value, ["School"] = school.Id.Value,
        });
    }

    /// <summary>He did not know: the plan takes no devices, and no check confirms that they are away.</summary>
    public async Task WithoutRemovalAsync(RunningGateway gateway)
    {
        var incident = gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(School.Id, new IncidentId(Keys["Incident"])).ToString());
        await TwoSchools.Done(incident.TriageAsync(As(School, Role.Dsl), new TriageIncident("inappropriate-material", [FourC.Content], Awareness.Unknowing, null, false, [], [], "He did not know")));
        await gateway.SettleAsync();
    }

    internal static CommandContext As(SchoolUnderTest school, Role role) =>
        new(school.Id, Actor.Of(school.People[role]), "safeguarding", Guid.NewGuid(), Guid.NewGuid(), default);

    /// <summary>A calendar around today, and the first school day after it.</summary>
    private static async Task<DateOnly> OpenAsync(RunningGateway gateway, SchoolUnderTest school)
    {
        var today = London.DateOf(gateway.Clock.GetUtcNow());
        var calendar = new SchoolCalendar([new SchoolTerm("Term", today.AddDays(-30), today.AddDays(150), null, null)], [], [], new(9, 0), new(15, 30));
        await TwoSchools.Done(gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString()).SetCalendarAsync(TwoSchools.System(school.Id), new SetCalendar(calendar)));
        var day = today.AddDays(1);
        while (!calendar.IsSchoolDay(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
