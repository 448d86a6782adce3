using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>A fictional trust of two schools with a calendar, a policy and a few people each.</summary>
internal sealed record TwoSchools(TenantId Trust, SchoolUnderTest First, SchoolUnderTest Second)
{
    public static async Task<TwoSchools> FoundAsync(RunningGateway gateway)
    {
        var trust = TenantId.Trust(Guid.CreateVersion7());
        await Done(gateway.Grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(System(trust), new FoundTrust("Harbour Learning Trust", TrustKind.MultiAcademyTrust)));
        return new TwoSchools(trust, await SchoolUnderTest.EstablishAsync(gateway, trust, "100001"), await SchoolUnderTest.EstablishAsync(gateway, trust, "100002"));
    }

    internal static CommandContext System(TenantId tenant) => new(tenant, Actor.System, "test", Guid.NewGuid(), Guid.NewGuid(), default);

    internal static async Task<T> Done<T>(Task<Result<T>> task)
    {
        var result = await task;
        Assert.True(result.Ok, string.Join("; ", result.Errors.Select(e => $"{e.Code} {e.Message}")));
        return result.Value!;
    }
}

internal sealed record SchoolUnderTest(TenantId Id, string Urn, IReadOnlyDictionary<Role, PersonId> People, RunningGateway Gateway)
{
    /// <summary>Every role that a school gives, one person each.</summary>
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Except([Role.TrustSafeguardingLead, Role.TrustAdministrator])];

    public string TokenOf(Role role) => Gateway.Token(Id, People[role]);

    public static async Task<SchoolUnderTest> EstablishAsync(RunningGateway gateway, TenantId trust, string urn)
    {
        var id = TenantId.School(Guid.CreateVersion7());
        var school = gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(id).ToString());
        await TwoSchools.Done(school.EstablishAsync(TwoSchools.System(id), new EstablishSchool(trust, urn, $"School {urn}", Phase.Special, Nation.England, ["7", "8", "9"], "Worcestershire", "01562 000000", "01905 000000", $"885/{urn[^4..]}")));
        var terms = new SchoolTerm[]
        {
            new("Autumn", new(2026, 9, 2), new(2026, 12, 18), new(2026, 10, 26), new(2026, 10, 30)),
            new("Spring", new(2027, 1, 4), new(2027, 3, 25), new(2027, 2, 15), new(2027, 2, 19)),
            new("Summer", new(2027, 4, 12), new(2027, 7, 21), new(2027, 5, 31), new(2027, 6, 4)),
        };
        await TwoSchools.Done(school.SetCalendarAsync(TwoSchools.System(id), new SetCalendar(new SchoolCalendar(terms, [new(2026, 9, 2)], [], new(9, 0), new(15, 30)))));
        await TwoSchools.Done(school.AdoptPolicyAsync(TwoSchools.System(id), new AdoptPolicy("wyre-forest", null)));
        var people = new Dictionary<Role, PersonId>();
        foreach (var role in Roles)
        {
            var person = await TwoSchools.Done(school.AddPersonAsync(TwoSchools.System(id), new AddPerson($"{role} of {urn}", $"{role}@{urn}.example".ToLowerInvariant(), null, null)));
            await TwoSchools.Done(school.AssignRoleAsync(TwoSchools.System(id), new AssignRole(person.Id, role, new(2020, 9, 1), null)));
            people[role] = person.Id;
        }

        return new SchoolUnderTest(id, urn, people, gateway);
    }
}
