using OnlineSafetyTrust.Contracts.People;

namespace OnlineSafetyTrust.Demo;

/// <summary>Who works at a school besides the teachers of its roster.</summary>
internal static class DemoStaff
{
    private static readonly Role[][] Posts =
    [
        [Role.Headteacher], [Role.Dsl], [Role.DeputyDsl], [Role.DeputyDsl], [Role.OnlineSafetyLead, Role.SeniorLeader], [Role.SeniorLeader, Role.HeadOfYear], [Role.NetworkManager],
        [Role.PastoralTeam], [Role.PastoralTeam], [Role.KeyWorker], [Role.KeyWorker], [Role.KeyWorker], [Role.KeyWorker], [Role.SupportStaff], [Role.Volunteer],
        [Role.Governor], [Role.Governor], [Role.OnlineSafetyGovernor, Role.Governor], [Role.ChairOfGovernors, Role.Governor], [Role.Hr], [Role.DataProtectionOfficer],
    ];

    public static async Task AppointAsync(DemoSite site, DateOnly from)
    {
        for (var i = 0; i < Posts.Length; i++)
        {
            var post = $"post {i}";
            var (given, family) = Names.Next(new Dice($"{site.School.Urn} {post}"));
            var email = Names.Email(given, family, ((site.School.Urn[^1] - '0') * 100) + 50 + i);
            var person = await site.Grain.AddPersonAsync(site.System(post), new AddPerson($"{given} {family}", email, null, null)).Done(post);
            foreach (var role in Posts[i])
            {
                await site.Grain.AssignRoleAsync(site.System($"{post} {role}"), new AssignRole(person.Id, role, from, null)).Done(post);
                site.Holds(person.Id, role);
            }
        }
    }
}
