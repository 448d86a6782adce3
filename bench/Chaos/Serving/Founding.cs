using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Gateway.Development;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Silo.Clock;

namespace OnlineSafetyTrust.Chaos.Serving;

/// <summary>A school as clients see it: who may sign in with which token, and who is on roll.</summary>
internal sealed record Ground(TenantId School, string Urn, IReadOnlyDictionary<Role, IReadOnlyList<PersonId>> Staff, IReadOnlyList<PupilId> Pupils, IReadOnlyDictionary<PersonId, string> Tokens)
{
    public string TokenOf(Role role) => Tokens[Staff[role][0]];
}

/// <summary>No API founds schools: the first one is made in this process, with the product's own grains, before the server starts.</summary>
internal static class Founding
{
    private static readonly CheckItem[] LookFor = [CheckItem.NoDeviceHeld];

    private static readonly (Role Role, int People)[] Staffing =
    [
        (Role.Dsl, 1), (Role.DeputyDsl, 1), (Role.Headteacher, 1), (Role.NetworkManager, 1), (Role.SeniorLeader, 1), (Role.PastoralTeam, 1), (Role.KeyWorker, 2), (Role.ClassTeacher, 8), (Role.Volunteer, 8),
    ];

    /// <param name="underChecks">How many of the pupils are under daily checks from today on, or from the next school day.</param>
    public static async Task<Ground> FoundAsync(StoreUnderTest store, int pupils = 40, int underChecks = 0)
    {
        await using var app = GatewayHost.Build(new HostSettings("http://127.0.0.1:0", store.Directory, Demo: false) { Configuration = store.Settings }, "Development", builder =>
        {
            builder.Logging.ClearProviders();
        });
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var trust = TenantId.Trust(Guid.CreateVersion7());
        await DoneAsync(grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(System(trust), new FoundTrust("Harbour Learning Trust", TrustKind.MultiAcademyTrust)));
        var school = TenantId.School(Guid.CreateVersion7());
        var staff = await StaffAsync(grains, trust, school);
        var roll = await RollAsync(grains, school, staff, pupils);
        await CheckAsync(grains, school, staff, roll.Take(underChecks), app.Services.GetRequiredService<MovableClock>().GetUtcNow());
        await app.Services.GetRequiredService<ClockMover>().SettleAsync(default);
        var identity = app.Services.GetRequiredService<DevelopmentIdentity>();
        var ground = new Ground(school, "100001", staff, roll, staff.Values.SelectMany(p => p).ToDictionary(p => p, p => identity.Token(school, p)));
        await app.StopAsync();
        return ground;
    }

    private static async Task<IReadOnlyDictionary<Role, IReadOnlyList<PersonId>>> StaffAsync(IGrainFactory grains, TenantId trust, TenantId school)
    {
        var grain = grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString());
        await DoneAsync(grain.EstablishAsync(System(school), new EstablishSchool(trust, "100001", "Harbour School", Phase.Special, Nation.England, ["7", "8", "9"], "Worcestershire", "01562 000000", "01905 000000")));
        await DoneAsync(grain.SetCalendarAsync(System(school), new SetCalendar(new SchoolCalendar(Terms(), [], [], new(9, 0), new(15, 30)))));
        await DoneAsync(grain.AdoptPolicyAsync(System(school), new AdoptPolicy("wyre-forest", null)));
        var staff = new Dictionary<Role, IReadOnlyList<PersonId>>();
        foreach (var (role, people) in Staffing)
        {
            var holders = new List<PersonId>();
            for (var i = 1; i <= people; i++)
            {
                var person = await DoneAsync(grain.AddPersonAsync(System(school), new AddPerson($"{role} {i}", $"{role}{i}@harbour.example".ToLowerInvariant(), null, null)));
                await DoneAsync(grain.AssignRoleAsync(System(school), new AssignRole(person.Id, role, new(2020, 9, 1), null)));
                holders.Add(person.Id);
            }

            staff[role] = holders;
        }

        return staff;
    }

    private static async Task<IReadOnlyList<PupilId>> RollAsync(IGrainFactory grains, TenantId school, IReadOnlyDictionary<Role, IReadOnlyList<PersonId>> staff, int pupils)
    {
        var ids = new PupilId[pupils];
        var teachers = staff[Role.ClassTeacher];
        await Parallel.ForAsync(0, pupils, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var context = System(school);
            ids[i] = new PupilId(context.NewId("pupil"));
            await DoneAsync(grains.GetGrain<IPupilGrain>(PupilKey.Of(school, ids[i]).ToString()).RegisterAsync(
                context, new RegisterPupil($"Pupil {i}", new(2013, 5, 1), null, "7", $"7{(char)('A' + (i % 8))}", Phase.Special, false, staff[Role.KeyWorker][i % 2], teachers[i % teachers.Count], null, null)));
        });
        return ids;
    }

    private static async Task CheckAsync(IGrainFactory grains, TenantId school, IReadOnlyDictionary<Role, IReadOnlyList<PersonId>> staff, IEnumerable<PupilId> pupils, DateTimeOffset now)
    {
        var reviewOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(21);
        foreach (var pupil in pupils)
        {
            await DoneAsync(grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(school, pupil).ToString()).ScheduleAsync(
                System(school) with { Actor = Actor.Of(staff[Role.Dsl][0]) }, new ScheduleChecks(pupil, null, new(15, 30), LookFor, null, CheckerKind.ClassTeacher, ReviewOn: reviewOn)));
        }
    }

    /// <summary>Years of terms without holidays between them: rounds move the clock on, and every weekday shall be a school day.</summary>
    internal static SchoolTerm[] Terms() =>
        [.. Enumerable.Range(2026, 12).Select(year => new SchoolTerm($"Year {year}", new(year, 8, 25), new(year + 1, 8, 24), null, null))];

    private static CommandContext System(TenantId tenant) => new(tenant, Actor.System, "chaos", Guid.NewGuid(), Guid.NewGuid(), default);

    private static async Task<T> DoneAsync<T>(Task<Result<T>> task)
    {
        var result = await task;
        return result.Ok ? result.Value : throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => $"{e.Code} {e.Message}")));
    }
}
