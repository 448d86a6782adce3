using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

public sealed class ForeignIdTests(ApiWorld world) : ForeignIds(world), IClassFixture<ApiWorld>;

public sealed class ForeignIdOnPostgresTests(PostgresApiWorld world) : ForeignIds(world), IClassFixture<PostgresApiWorld>;

/// <summary>In an input that would be done, another school's id answers like one that does not exist, and nothing is done (A5).</summary>
public abstract class ForeignIds(ApiWorld world)
{
    [Fact]
    public async Task Eight_places_for_ids_were_never_looked_at_because_something_else_was_refused_first()
    {
        var schema = await Shape.ReadAsync(world);
        var (wrong, walked) = (new List<string>(), new HashSet<string>());
        foreach (var (mutation, @case) in MutationCases.All.Select(c => (c.Key, c.Value)).Concat(IdCases.All))
        {
            var stage = await MutationStage.SetAsync(world);
            var input = JsonSerializer.SerializeToNode(await @case.Prepare(stage), JsonSerializerOptions.Web)!;
            var type = schema.Mutations.Single(m => m.Name == mutation).Arguments.Single().Type.Named;
            var places = Ids(schema, type, input, "input").ToList();
            var before = await stage.HeadAsync();
            for (var i = 0; i < places.Count; i++)
            {
                var (place, own) = ($"{mutation}({places[i].Path})", places[i].Id.GetValue<string>());
                var (foreign, random) = (await AnswerAsync(i, Foreign(own)), await AnswerAsync(i, ApiWorld.Id(TypeOf(own), Guid.CreateVersion7())));
                walked.Add(place);
                if (foreign != random)
                {
                    wrong.Add($"{place}\n  foreign {foreign}\n  random  {random}");
                }
            }

            // Of its own the product goes on writing: of mails that are given up.
            Assert.DoesNotContain(await world.Gateway.Services.GetRequiredService<SystemReader>().EventsAfterAsync(before, 1000, default), e => e.Actor.Person is not null);
            await stage.DoAsync(@case.By, mutation, input);

            async Task<string> AnswerAsync(int place, string id)
            {
                var changed = input.DeepClone();
                Ids(schema, type, changed, "input").ElementAt(place).Id.ReplaceWith(id);
                var answer = await stage.SendAsync(@case.By, mutation, changed);
                Assert.True(MutationStage.ErrorsOf(answer).Count > 0, $"{mutation} with {changed}: {answer}");
                return answer.ToString().Replace(id, "{id}", StringComparison.Ordinal);
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal([], new Documents(schema).IdPlaces().Where(p => p.Mutation).Select(p => $"{p}").Except(walked));
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
}
