using System.Text.Json;

namespace OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

/// <summary>Every mutation of the schema does what it says for whoever may, once however often it is sent, and for whoever may not it writes nothing.</summary>
public sealed class MutationTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    public static TheoryData<string> Mutations { get; } = new(MutationCases.All.Keys);

    [Fact]
    public async Task Every_mutation_has_a_case() =>
        Assert.Equal((await Shape.ReadAsync(world)).Mutations.Select(m => m.Name).Order(StringComparer.Ordinal), MutationCases.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_governor_changes_nothing_but_may_report() => Assert.Equal(["reportIncident"], MutationCases.All.Where(c => c.Value.Not is null).Select(c => c.Key));

    /// <summary>The same input, so that a refusal is of the person and not of what they sent.</summary>
    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Whoever_may_not_is_refused_and_nothing_is_written_and_whoever_may_does_it_once(string mutation)
    {
        var @case = MutationCases.All[mutation];
        var stage = await MutationStage.SetAsync(world);
        var input = JsonSerializer.SerializeToNode(await @case.Prepare(stage), JsonSerializerOptions.Web)!.AsObject();
        input["commandId"] = Guid.NewGuid();
        var before = await stage.HeadAsync();

        // A concern is anybody's to report; who is signed in to the trust has to choose a school first.
        string[] others = @case.Not is { } not ? [.. new[] { Role.Governor, not }.Select(world.First.TokenOf)] : [world.TrustToken];
        foreach (var other in others)
        {
            var refused = await stage.SendAsync(other, mutation, input);
            Assert.True(MutationStage.ErrorsOf(refused) is { Count: > 0 } errors && errors.All(e => e.GetProperty("__typename").GetString() is "RefusedError" or "NotFoundError"), refused.ToString());
            Assert.Equal(before, await stage.HeadAsync());
        }

        var schema = await Shape.ReadAsync(world);
        var payload = Selections.All(schema, schema.Mutations.Single(m => m.Name == mutation).Type.Named, 2);
        var done = await stage.DoAsync(@case.By, mutation, input, payload);
        var after = await stage.HeadAsync();
        Assert.True(after > before);

        // The response was lost: whoever sent it sends it again.
        var again = await stage.DoAsync(@case.By, mutation, input, payload);
        Assert.Equal(done.ToString(), again.ToString());
        Assert.Equal(after, await stage.HeadAsync());
    }
}
