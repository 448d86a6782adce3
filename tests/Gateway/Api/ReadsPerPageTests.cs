using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>
/// A page of N records reads as often as a page of one, whatever is asked of them: every field of every listed type that holds objects. A field that
/// reads for itself fails here on the day it is added.
/// </summary>
public sealed class ReadsPerPageTests : IAsyncLifetime
{
    /// <summary>More incidents with all their steps cost more than one request may.</summary>
    private const int Records = 3;

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["pupils"] = "pupils(first: {0}) {{ nodes {1} }}", ["devices"] = "devices(first: {0}) {{ nodes {1} }}", ["incidents"] = "incidents(first: {0}) {{ nodes {1} }}",
    };

    private readonly CountedReads _reads = new();
    private CountedWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = new(_reads);
        await _world.InitializeAsync();
        for (var i = 1; i < Records; i++)
        {
            var stage = await MutationStage.SetAsync(_world);
            await stage.DoAsync(Role.Dsl, "takeDevice", new { deviceId = stage.Device, taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy", incidentId = stage.Incident });
        }

        await new MutationStage(_world, _world.First).DoAsync(Role.Dsl, "takeDevice", new { deviceId = _world.First.IdOf("Device"), taking = "CONFISCATE", place = "Office", lawfulGround = "Behaviour policy", incidentId = _world.First.IdOf("Incident") });
        await _world.Gateway.SettleAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_page_of_many_reads_as_often_as_a_page_of_one()
    {
        var schema = await Shape.ReadAsync(_world);
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (list, form) in Lists)
        {
            var type = schema.Fields(schema.Queries.Single(q => q.Name == list).Type.Named).Single(f => f.Name == "nodes").Type.Named;
            foreach (var member in Selections.Members(schema, type, 2))
            {
                var (one, many) = (await CountAsync(form, 1, member), await CountAsync(form, Records, member));
                asked++;
                if (many > one)
                {
                    wrong.Add($"{type}.{member}: {one} reads for one, {many} for {Records}");
                }
            }
        }

        Assert.True(asked > 20, $"Only {asked} fields were asked.");
        Assert.Equal([], wrong);
    }

    /// <summary>The fewest of three: somebody else may read beside us, and the first time fills what is remembered.</summary>
    private async Task<int> CountAsync(string form, int first, string member)
    {
        var query = $"{{ {string.Format(System.Globalization.CultureInfo.InvariantCulture, form, first, $"{{ {member} }}")} }}";
        var fewest = int.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var before = _reads.Statements;
            await _world.DataAsync(query, _world.First.TokenOf(Role.Dsl));
            fewest = Math.Min(fewest, _reads.Statements - before);
        }

        return fewest;
    }

    private sealed class CountedWorld(CountedReads reads) : ApiWorld(Database.Sqlite, reads.Stand);
}
