#pragma warning disable CA1822 // Resolvers are instance methods.
namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

public sealed class NullPropagationTests
{
    public sealed record Box(string Name);

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public Box? GetBox() => new("b");

        public Box GetSure() => new("s");

        public IReadOnlyList<Box> GetSureBoxes() => [new("0"), new("1")];

        public IReadOnlyList<Box?>? GetMaybeBoxes() => [new("0"), null, new("2")];

        public IReadOnlyList<string> GetHoles() => ["a", null!];

        public IReadOnlyList<string?> GetGaps() => ["a", null];

        public Task<string> GetLateAsync() => Task.FromResult<string>(null!);
    }

    [ExtendObjectType<Box>]
    public sealed class BoxFields
    {
        public string? GetMaybe([Parent] Box box) => null;

        public string GetNever([Parent] Box box) => null!;

        public async Task<string> GetNeverAsync2([Parent] Box box)
        {
            await Task.Yield();
            return box.Name == "1" ? null! : "ok";
        }

        public string GetThrows([Parent] Box box) => throw new InvalidOperationException("secret");

        public string? GetMayThrow([Parent] Box box) => throw new InvalidOperationException("secret");

        public Box? GetInner([Parent] Box box) => box;

        public Box GetSureInner([Parent] Box box) => box;
    }

    [Theory]
    [InlineData("{ box { maybe } }", """{"box":{"maybe":null}}""", "")]
    [InlineData("{ box { name never } }", """{"box":null}""", """["box","never"]""")]
    [InlineData("{ box { inner { name never } } }", """{"box":{"inner":null}}""", """["box","inner","never"]""")]
    [InlineData("{ box { sureInner { never } } }", """{"box":null}""", """["box","sureInner","never"]""")]
    [InlineData("{ sure { never } }", "null", """["sure","never"]""")]
    [InlineData("{ sure { mayThrow name } }", """{"sure":{"mayThrow":null,"name":"s"}}""", """["sure","mayThrow"]""")]
    [InlineData("{ box { throws } }", """{"box":null}""", """["box","throws"]""")]
    [InlineData("{ box { never throws } }", """{"box":null}""", """["box","never"]|["box","throws"]""")]
    [InlineData("{ maybeBoxes { name } }", """{"maybeBoxes":[{"name":"0"},null,{"name":"2"}]}""", "")]
    [InlineData("{ maybeBoxes { never } }", """{"maybeBoxes":[null,null,null]}""", """["maybeBoxes",0,"never"]|["maybeBoxes",2,"never"]""")]
    [InlineData("{ sureBoxes { never } }", "null", """["sureBoxes",0,"never"]|["sureBoxes",1,"never"]""")]
    [InlineData("{ sureBoxes { neverAsync2 } }", "null", """["sureBoxes",1,"neverAsync2"]""")]
    [InlineData("{ box { inner { neverAsync2 } } a: maybeBoxes { neverAsync2 } }", """{"box":{"inner":{"neverAsync2":"ok"}},"a":[{"neverAsync2":"ok"},null,{"neverAsync2":"ok"}]}""", "")]
    [InlineData("{ holes }", "null", """["holes",1]""")]
    [InlineData("{ gaps }", """{"gaps":["a",null]}""", "")]
    [InlineData("{ late }", "null", """["late"]""")]
    public async Task Null_rises_to_the_nearest_place_that_takes_it(string query, string data, string paths)
    {
        await using var server = Server.Of<Query>(b => b.AddTypeExtension<BoxFields>());

        var json = System.Text.Json.JsonElement.Parse(await server.AskAsync(query));

        Assert.Equal(data, json.GetProperty("data").GetRawText());
        Assert.Equal(paths, json.TryGetProperty("errors", out var errors)
            ? string.Join('|', errors.EnumerateArray().Select(e => e.GetProperty("path").GetRawText())) : "");
        Assert.DoesNotContain("secret", json.GetRawText(), StringComparison.Ordinal);
    }
}
