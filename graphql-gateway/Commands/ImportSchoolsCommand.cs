using System.Security.Cryptography;
using System.Text;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Roster.Schools;

namespace OnlineSafetyTrust.Gateway.Commands;

internal static class ImportSchoolsCommand
{
    private const string Purpose = "roster";

    /// <param name="chosen">Name of a group, URNs of schools, or both; neither: the list's groups are shown.</param>
    public static async Task<int> RunAsync(string data, FileInfo file, SchoolChoice chosen, bool dryRun, CancellationToken ct)
    {
        if (!file.Exists)
        {
            return OperatorHost.Failed($"There is no file {file.Name}. Check the name.");
        }

        await using var stream = file.OpenRead();
        var list = SchoolListReader.Read(stream);
        if (!list.Ok)
        {
            return OperatorHost.Failed(list.Errors);
        }

        if (chosen is { Group: null, Urns.Count: 0 })
        {
            foreach (var group in SchoolListPlan.Groups(list.Value))
            {
                Console.WriteLine(group);
            }

            Console.WriteLine("Nothing was changed. Choose one of these with --trust NAME, a school that stands alone with --school URN, or a cluster with --trust NAME and --school URN for each of its schools.");
            return 0;
        }

        await using var host = await OperatorHost.StartAsync(data, mayFound: true, ct);
        var trusts = await host.Current.TrustsAsync(ct);
        var plan = SchoolListPlan.For(chosen, list.Value, await host.Current.SchoolsAsync(trusts, ct));
        if (!plan.Ok)
        {
            return OperatorHost.Failed(plan.Errors);
        }

        Console.WriteLine(plan.Value);
        if (dryRun || plan.Value.ChangesNothing)
        {
            Console.WriteLine(dryRun ? "Dry run: nothing was changed." : "Nothing to change.");
            return 0;
        }

        var done = await ChangeAsync(host.Grains, plan.Value.Changed) & await FoundAsync(host.Grains, plan.Value, trusts);
        await host.DeliverAsync(ct);
        return done ? 0 : 1;
    }

    private static async Task<bool> ChangeAsync(IGrainFactory grains, IReadOnlyList<ChangedSchool> schools)
    {
        var all = true;
        foreach (var school in schools)
        {
            var changed = await grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.School).ToString()).ChangeDetailsAsync(OperatorHost.Context(school.School, Purpose, null), school.Details);
            Tell(school.Urn, school.Details.Name, "changed", changed);
            all &= changed.Ok;
        }

        return all;
    }

    // The ids follow from name and URN: the same list given again founds nothing twice.
    private static async Task<bool> FoundAsync(IGrainFactory grains, SchoolListPlan plan, IReadOnlyList<TrustView> trusts)
    {
        if (plan.New.Count == 0)
        {
            return true;
        }

        var known = plan.AloneUrn is null ? trusts.FirstOrDefault(t => t.Name == plan.Group) : null;
        if (known?.Id is not { } trust)
        {
            var name = plan.AloneUrn is { } urn ? $"alone|{urn}" : plan.Group;
            trust = TenantId.Trust(Context(default, name).NewId("trust"));
            var founded = await grains.GetGrain<ITrustGrain>(TrustKey.Of(trust).ToString()).FoundAsync(Context(trust, name), new FoundTrust(plan.Group, plan.Kind));
            if (!founded.Ok)
            {
                OperatorHost.Failed(founded.Errors);
                return false;
            }
        }

        var all = true;
        foreach (var command in plan.Commands(trust))
        {
            var school = TenantId.School(Context(trust, command.Urn).NewId("school"));
            var founded = await grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString()).EstablishAsync(Context(school, command.Urn), command);
            Tell(command.Urn, command.Name, "founded", founded);
            all &= founded.Ok;
        }

        return all;
    }

    private static void Tell(string urn, string name, string done, Result<SchoolView> answer) =>
        Console.WriteLine(answer.Ok ? $"{urn} {name}: {done}" : $"{urn}: {answer.Errors[0].Message}");

    private static CommandContext Context(TenantId tenant, string name) =>
        OperatorHost.Context(tenant, Purpose, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("schools|" + name)).AsSpan(0, 16), bigEndian: true));
}
