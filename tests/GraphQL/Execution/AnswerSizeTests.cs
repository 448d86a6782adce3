#pragma warning disable CA1822 // Resolvers are instance methods.

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

/// <summary>What lists within lists multiply to is bounded, by estimate before it runs and by count while it does.</summary>
public sealed class AnswerSizeTests
{
    public sealed record Knot(int Level, string Text);

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public Knot GetKnot() => new(0, new string('x', 1_000));

        public string GetFine() => "fine";
    }

    [ExtendObjectType(OperationTypeNames.Mutation)]
    public sealed class Mutation
    {
        public Knot Tie() => new(0, "t");
    }

    [ExtendObjectType<Knot>]
    public sealed class Knots
    {
        public IReadOnlyList<Knot> GetSync([Parent] Knot knot) => [.. Enumerable.Range(0, 10).Select(_ => knot with { Level = knot.Level + 1 })];

        public async Task<IReadOnlyList<Knot>> GetAsync([Parent] Knot knot)
        {
            await Task.Yield();
            return GetSync(knot);
        }

        public IReadOnlyList<int>? GetBroken() => throw new InvalidOperationException("broken");
    }

    [Theory]
    [InlineData("{ knot { sync { sync { level } } } }", null)]
    [InlineData("{ knot { sync { sync { sync { level } } } } }", "1000 objects")]
    [InlineData("{ knot { async { async { async { level } } } } }", "1000 objects")]
    [InlineData("{ fine knot { broken sync { async { sync { level } } } } }", "1000 objects")]
    [InlineData("{ knot { sync { text } } }", null)]
    [InlineData("{ knot { sync { sync { text } } } }", "0 MB")]
    [InlineData("mutation { tie { sync { sync { sync { level } } } } }", "1000 objects")]
    public async Task Beyond_the_bounds_the_whole_request_fails(string query, string? reason)
    {
        await using var server = Make(1);

        var answer = await server.AskAsync(query);

        Assert.Equal(reason is not null, answer.Contains("ANSWER_TOO_LARGE", StringComparison.Ordinal));
        Assert.Equal(reason is null, answer.Contains("\"data\"", StringComparison.Ordinal));
        Assert.Contains(reason ?? "level", reason is null && query.Contains("text", StringComparison.Ordinal) ? "level" : answer, StringComparison.Ordinal);
        Assert.Equal(query.StartsWith("mutation", StringComparison.Ordinal) && reason is not null, answer.Contains("may be done", StringComparison.Ordinal));
        Assert.Equal("""{"data":{"fine":"fine"}}""", await server.AskAsync("{ fine }"));
    }

    [Fact]
    public async Task A_list_that_is_no_page_is_estimated()
    {
        await using var server = Make(10);

        Assert.Contains("\"data\"", await server.AskAsync("{ knot { sync { sync { level } } } }"), StringComparison.Ordinal);
        Assert.Contains("HC0047", await server.AskAsync("{ knot { sync { sync { sync { sync { level } } } } } }"), StringComparison.Ordinal);
    }

    private static Server Make(double listSize) => Server.Of<Query>(b => b
        .AddMutationType().AddTypeExtension<Mutation>().AddTypeExtension<Knots>()
        .ModifyCostOptions(o => o.AssumedListSize = listSize)
        .ModifyRequestOptions(o => (o.MaxAnswerObjects, o.MaxAnswerSize) = (1_000, 64 * 1024)));
}
