using System.Text;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Development;

/// <param name="Name">Role @ school's URN, such as <c>dsl@100001</c>, or <c>trust</c>; further holders are <c>class-teacher-2@100001</c>.</param>
internal sealed record Persona(string Name, Role Role, string? School, TenantId Tenant, PersonId Person);

/// <summary>Everybody one can be in Development: each role's holders at each school, in the order of their appointment.</summary>
internal sealed class Personas(DirectoryReader directory, [FromKeyedServices(ProductClock.Key)] TimeProvider clock) : ISignInMap
{
    private const int MostPerRole = 40;

    public async Task<IReadOnlyList<Persona>> ListAsync(CancellationToken ct)
    {
        var today = Today();
        var personas = new List<Persona>();
        foreach (var trust in await directory.TrustsAsync(ct))
        {
            var people = await directory.PeopleAsync(trust.Id, ct);
            personas.AddRange(Of(people, today, trust.Id, null, (role, n) => role == Role.TrustSafeguardingLead ? Numbered("trust", n) : Numbered("trust-" + Kebab(role), n)));
            foreach (var school in trust.Schools)
            {
                personas.AddRange(Of(await directory.PeopleAsync(school.School, ct), today, school.School, school.Urn, (role, n) => $"{Numbered(Kebab(role), n)}@{school.Urn}"));
            }
        }

        return personas;
    }

    public async Task<Persona?> FindAsync(string name, CancellationToken ct)
    {
        var wanted = name.Trim().ToLowerInvariant();
        wanted = wanted.StartsWith("head@", StringComparison.Ordinal) ? "headteacher" + wanted[4..] : wanted;
        return (await ListAsync(ct)).FirstOrDefault(p => p.Name == wanted);
    }

    public async Task<(PersonId Person, IReadOnlySet<Role> Roles, string? SignIn)?> FindAsync(string issuer, string subject, TenantId tenant, CancellationToken ct) =>
        issuer == DevelopmentIdentity.Issuer && Guid.TryParse(subject, out var id) && await directory.FindPersonAsync(tenant, new PersonId(id), ct) is { LeftAt: null } person
            ? (person.Id, person.RolesOn(Today()), null)
            : null;

    private DateOnly Today() => London.DateOf(clock.GetUtcNow());

    private static IEnumerable<Persona> Of(IReadOnlyList<PersonView> people, DateOnly today, TenantId tenant, string? urn, Func<Role, int, string> name) =>
        from person in people
        where person.LeftAt is null
        from holding in person.Roles
        where holding.ActiveOn(today)
        orderby holding.Role, holding.From, person.Id.Value
        group person.Id by holding.Role into role
        from persona in role.Distinct().Take(MostPerRole).Select((id, i) => new Persona(name(role.Key, i + 1), role.Key, urn, tenant, id))
        select persona;

    private static string Numbered(string name, int n) => n == 1 ? name : $"{name}-{n}";

    private static string Kebab(Role role)
    {
        var text = new StringBuilder();
        foreach (var c in role.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
