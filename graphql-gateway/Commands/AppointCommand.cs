using System.Text.Json;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Storage.Readers;

namespace OnlineSafetyTrust.Gateway.Commands;

/// <param name="Urn">Of the school; or <paramref name="Trust"/>.</param>
/// <param name="Trust">Name of the trust, or its id.</param>
/// <param name="Name">Needed for somebody who is not known yet.</param>
/// <param name="Role">Kebab-case, such as <c>deputy-dsl</c>.</param>
/// <param name="SignIn"><c>ISSUER|SUBJECT</c>.</param>
internal sealed record Appointment(string? Urn, string? Trust, string? Name, string Email, string Role, string? SignIn);

/// <summary>Gives a school or trust its first people: whoever may appoint others has to be appointed from outside. The same again changes nothing.</summary>
internal static class AppointCommand
{
    private const string Purpose = "appointment";
    private static readonly Role[] OfTrust = [Role.TrustSafeguardingLead, Role.TrustAdministrator];

    public static async Task<int> RunAsync(string data, Appointment appointment, CancellationToken ct)
    {
        if (appointment.Urn is null == appointment.Trust is null)
        {
            return OperatorHost.Failed("--school URN or --trust NAME: give one of the two.");
        }

        var roles = (appointment.Trust is null ? Enum.GetValues<Role>().Except(OfTrust) : OfTrust).ToDictionary(Word);
        if (!roles.TryGetValue(appointment.Role, out var role))
        {
            return OperatorHost.Failed($"--role: {(appointment.Trust is null ? "a school" : "a trust")} has no role '{appointment.Role}'. Choose one of {string.Join(", ", roles.Keys)}.");
        }

        await using var host = await OperatorHost.StartAsync(data, mayFound: false, ct);
        if (await FindAsync(host, appointment, ct) is not [var tenant, .. var more])
        {
            return OperatorHost.Failed(
                appointment.Trust is null ? $"--school: there is no school with the URN {appointment.Urn} here. './dev import schools' founds schools."
                : "--trust: there is no trust of this name here. './dev import schools' founds trusts.");
        }

        if (more.Length > 0)
        {
            return OperatorHost.Failed($"--trust: {more.Length + 1} trusts here have this name. Give the id of one, as in {tenant}.");
        }

        var staff = tenant.Kind == TenantKind.School ? (IStaffGrain)host.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(tenant).ToString()) : host.Grains.GetGrain<ITrustGrain>(TrustKey.Of(tenant).ToString());
        var known = (await host.Get<DirectoryReader>().PeopleAsync(tenant, ct)).Where(p => string.Equals(p.Email, appointment.Email.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (known.Count > 1)
        {
            return OperatorHost.Failed($"--email: {known.Count} people have this address. Give each their own first.");
        }

        var appointed = await AppointAsync(staff, tenant, known.SingleOrDefault(), appointment, role, host.Today);
        await host.DeliverAsync(ct);
        return appointed;
    }

    private static async Task<int> AppointAsync(IStaffGrain staff, TenantId tenant, PersonView? known, Appointment appointment, Role role, DateOnly today)
    {
        if (known is null && string.IsNullOrWhiteSpace(appointment.Name))
        {
            return OperatorHost.Failed("--name: nobody here has this e-mail address yet. Give the person's name, or check --email.");
        }

        var done = new List<string>();
        var context = OperatorHost.Context(tenant, Purpose, null);
        if (known is null)
        {
            var added = await staff.AddPersonAsync(context, new AddPerson(appointment.Name!, appointment.Email, appointment.SignIn, null));
            if (!added.Ok)
            {
                return Failed(added.Errors);
            }

            known = added.Value;
            done.Add("added");
        }
        else if (appointment.SignIn is { } signIn)
        {
            var linked = await staff.LinkSignInAsync(context, new LinkSignIn(known.Id, signIn));
            if (!linked.Ok)
            {
                return Failed(linked.Errors);
            }

            known = linked.Value;
        }

        if (!known.Roles.Any(r => r.Role == role && r.ActiveOn(today)))
        {
            var assigned = await staff.AssignRoleAsync(context, new AssignRole(known.Id, role, today, null));
            if (!assigned.Ok)
            {
                return Failed(assigned.Errors);
            }

            done.Add($"{Word(role)} from {today:yyyy-MM-dd}");
        }

        Console.WriteLine($"Person {known.Id}: {(done.Count == 0 ? $"is {Word(role)} already" : string.Join(", ", done))}, {(known.HasSignIn ? "a sign-in is linked" : "no sign-in yet: repeat with --sign-in 'ISSUER|SUBJECT'")}.");
        return 0;
    }

    private static async Task<TenantId[]> FindAsync(OperatorHost host, Appointment appointment, CancellationToken ct)
    {
        if (appointment.Trust?.Trim() is { } trust)
        {
            return [.. (await host.Current.TrustsAsync(ct)).Where(t => string.Equals(t.Name, trust, StringComparison.OrdinalIgnoreCase) || t.Id.ToString() == trust).Select(t => t.Id)];
        }

        return await host.Current.FindSchoolAsync(appointment.Urn!, ct) is { } school ? [school] : [];
    }

    private static int Failed(IReadOnlyList<DomainError> errors) => OperatorHost.Failed(string.Join(Environment.NewLine, errors.Select(e => $"{Option(e)}{e.Message}")));

    private static string Option(DomainError error) => error.Fields.Count == 0 ? "" : $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(error.Fields[0])}: ";

    private static string Word(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());
}
