using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

/// <summary>In an input that would be done, another school's id answers like one that does not exist, and nothing is done (A5).</summary>
public sealed class ForeignIdTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    /// <summary>In these days pass: the quicker the fewer pupils there are.</summary>
    private static readonly string[] First = ["decideStrategy", "acknowledgeMissedCheck", "submitWeeklyUpdate"];

    [Fact]
    public async Task Every_id_that_a_mutation_takes_is_looked_up_at_the_own_school_alone()
    {
        var schema = await Shape.ReadAsync(world);
        var answers = new List<Answers>();
        foreach (var (mutation, @case) in MutationCases.All.Select(c => (c.Key, c.Value)).OrderBy(c => !First.Contains(c.Key)).Concat(IdCases.All))
        {
            answers.AddRange(await WalkAsync(schema, mutation, @case));
        }

        var wrong = answers.Where(a => a.Foreign != a.Random).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal([], new Documents(schema).IdPlaces().Where(p => p.Mutation).Select(p => $"{p}").Except(answers.Select(a => a.Place)));
    }

    private async Task<List<Answers>> WalkAsync(Shape schema, string mutation, MutationCase @case)
    {
        var stage = await MutationStage.SetAsync(world);
        var input = JsonSerializer.SerializeToNode(await @case.Prepare(stage), JsonSerializerOptions.Web)!;
        var type = schema.Mutations.Single(m => m.Name == mutation).Arguments.Single().Type.Named;
        var answers = new List<Answers>();
        var before = await stage.HeadAsync();
        foreach (var ((path, id), i) in Ids(schema, type, input, "input").Select((p, i) => (p, i)))
        {
            var own = id.GetValue<string>();
            answers.Add(new($"{mutation}({path})", await AnswerAsync(i, Foreign(own)), await AnswerAsync(i, ApiWorld.Id(TypeOf(own), Guid.CreateVersion7()))));
        }

        // Of its own the product goes on writing: of mails that are given up.
        Assert.DoesNotContain(await world.Gateway.Services.GetRequiredService<SystemReader>().EventsAfterAsync(before, 1000, default), e => e.Actor.Person is not null);
        await stage.DoAsync(@case.By, mutation, input);
        return answers;

        async Task<string> AnswerAsync(int place, string instead)
        {
            var changed = input.DeepClone();
            Ids(schema, type, changed, "input").ElementAt(place).Id.ReplaceWith(instead);
            var answer = await stage.SendAsync(@case.By, mutation, changed);
            Assert.True(MutationStage.ErrorsOf(answer).Count > 0, $"{mutation} with {changed}: {answer}");
            return answer.ToString().Replace(instead, "{id}", StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(string Path, JsonValue Id)> Ids(Shape schema, string type, JsonNode? at, string path) => at switch
    {
        JsonArray all => all.SelectMany(one => Ids(schema, type, one, path)),
        JsonObject one => schema.Inputs(type).SelectMany(f => Ids(schema, f.Type.Named, one[f.Name], $"{path}.{f.Name}")),
        JsonValue id when type == "ID" => [(path, id)],
        _ => [],
    };

    /// <summary>Of the same type, and where it is a person of the same role: who decides must be a head.</summary>
    private string Foreign(string own)
    {
        var role = world.First.School.People.FirstOrDefault(p => ApiWorld.Id("Person", p.Value.Value) == own);
        return role.Value == default ? world.Second.IdOf(TypeOf(own)) : ApiWorld.Id("Person", world.Second.School.People[role.Key].Value);
    }

    private static string TypeOf(string id) => Encoding.UTF8.GetString(Convert.FromBase64String(id)).Split(':')[0];

    /// <param name="Place">Of the id in the input.</param>
    private sealed record Answers(string Place, string Foreign, string Random);
}
