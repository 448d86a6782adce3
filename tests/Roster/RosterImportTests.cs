using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Roster.Tests;

public class RosterImportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_bundle_comes_in_once_and_changes_and_leavers_with_the_next()
    {
        await using var host = await SchoolAsync();
        var first = await ImportAsync(host, Bundles.V11());
        Assert.Empty(first.Refused);
        var pupils = await host.AllAsync<PupilView>(Situations.School, PupilTables.Pupil);
        Assert.Equal(["Cara Dale", "Dan Ekin, Junior"], pupils.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Single(pupils.Select(p => p.ClassTeacher!.Value).Distinct());
        var school = (await host.ReadAsync(Situations.School, default)).School;
        Assert.Equal([new YearRoll("3", 2)], school.Roll);
        Assert.Equal("school", school.SourceId);

        Assert.Equal(0, (await ImportAsync(host, Bundles.V11())).Done);

        var next = Bundles.V11().With("users.csv", "Cara,Dale,,,,,,,03,", "Cara,Dale,,,,,,,04,");
        Assert.Equal((2, 0), Counts(await ImportAsync(host, next)));
        // Back to the first bundle: a new change, not the repetition of an old one.
        Assert.Equal((2, 0), Counts(await ImportAsync(host, Bundles.V11())));
        Assert.Equal((2, 0), Counts(await ImportAsync(host, next)));
        Assert.Equal("4", (await host.AllAsync<PupilView>(Situations.School, PupilTables.Pupil)).Single(p => p.Upn == Bundles.Upn1).YearGroup);
    }

    [Fact]
    public async Task A_plan_that_ran_already_does_nothing_a_second_time()
    {
        await using var host = await SchoolAsync();
        // As after a crash whose effects were not seen: the very same plan again.
        var plan = Bundles.V11().Plan(await host.ReadAsync(Situations.School, default));
        await RunAsync(host, plan);
        var before = await host.AllAsync<PupilView>(Situations.School, PupilTables.Pupil);
        Assert.Empty((await RunAsync(host, plan)).Refused);
        Assert.Equal(before.Count, (await host.AllAsync<PupilView>(Situations.School, PupilTables.Pupil)).Count);
        Assert.Equal(2, (await host.ReadAsync(Situations.School, default)).People.Count);
    }

    [Fact]
    public async Task Progress_is_reported_step_by_step()
    {
        await using var host = await SchoolAsync();
        var plan = Bundles.V11().Plan(await host.ReadAsync(Situations.School, default));
        var seen = new Recorder();
        await RosterImport.RunAsync(host.Grains, Situations.School, plan, Context, seen, default);
        Assert.Contains("new pupils: 2 of 2", seen.Lines);
        Assert.Contains("staff: 1 of 2", seen.Lines);
    }

    [Fact]
    public async Task Staff_get_the_name_and_address_that_the_MIS_has_now_and_back()
    {
        await using var host = await SchoolAsync();
        await ImportAsync(host, Bundles.V11());
        var before = (await host.ReadAsync(Situations.School, default)).People;
        var next = Bundles.V11().With("users.csv", "Ada,Brook,,,a.brook@school.example", "Ada,Hill,,,a.hill@school.example");
        foreach (var (bundle, name, email) in new[] { (next, "Ada Hill", "a.hill@school.example"), (Bundles.V11(), "Ada Brook", "a.brook@school.example"), (next, "Ada Hill", "a.hill@school.example") })
        {
            Assert.Equal((1, 0), Counts(await ImportAsync(host, bundle)));
            var after = (await host.ReadAsync(Situations.School, default)).People;
            Assert.Equal(before.Select(p => p.Id), after.Select(p => p.Id));
            Assert.Contains(after, p => p.Name == name && p.Email == email);
        }
    }

    private static (int Done, int Refused) Counts(RosterReport report) => (report.Done, report.Refused.Count);

    private static async Task<RosterHost> SchoolAsync()
    {
        var host = await RosterHost.StartAsync(Now);
        var school = host.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(Situations.School).ToString());
        var established = await school.EstablishAsync(
            Context(Guid.NewGuid()), new EstablishSchool(TenantId.Trust(Guid.CreateVersion7()), "100002", "A School", Phase.Primary, Nation.England, ["3"], "885", null, null));
        Assert.True(established.Ok);
        return host;
    }

    private static async Task<RosterReport> ImportAsync(RosterHost host, Bundles bundle) =>
        await RunAsync(host, bundle.Plan(await host.ReadAsync(Situations.School, default)));

    private static Task<RosterReport> RunAsync(RosterHost host, RosterPlan plan) => RosterImport.RunAsync(host.Grains, Situations.School, plan, Context, null, default);

    private static CommandContext Context(Guid id) => new(Situations.School, Actor.System, "roster", id, id, default);

    private sealed class Recorder : IProgress<RosterProgress>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines => _lines;

        public void Report(RosterProgress value)
        {
            lock (_lines)
            {
                _lines.Add(value.ToString());
            }
        }
    }
}
