using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.GraphQL.Tests.Parity;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

/// <summary>What an operation may cost is known before it runs.</summary>
public sealed class CostTests
{
    private const string Pupils = "{ nodes { pupils { name } } }";

    [Theory]
    [InlineData("{ incidents(first: 2) { nodes { pupils { name } } } }", false)]
    [InlineData("query($n: Int) { incidents(first: $n) { nodes { pupils { name } } } }", true)]
    [InlineData("{ incidents(first: 2, last: 100) { nodes { pupils { name } } } }", true)]
    [InlineData("{ incidents(first: 100, last: 2) { nodes { pupils { name } } } }", true)]
    [InlineData("{ free: incidents(first: -2147483648) { nodes { pupils { name } } } incidents(first: 100) { nodes { pupils { name } } } }", true)]
    [InlineData("{ free: incidents(last: -1) { nodes { pupils { name } } } incidents(first: 100) { nodes { pupils { name } } } }", true)]
    public async Task Cost_beyond_the_limit_is_refused_before_anything_runs(string query, bool isRefused) =>
        Assert.Equal(isRefused, await IsRefusedAsync(query, 60));

    [Theory]
    [InlineData("{ nodes(ids: [\"a\", \"b\"]) { ... on Incident { pupils { name } } } }", false)]
    [InlineData("query($i: [ID!]!) { nodes(ids: $i) { ... on Incident { pupils { name } } } }", true)]
    public async Task Nodes_cost_as_many_as_are_asked(string query, bool isRefused) => Assert.Equal(isRefused, await IsRefusedAsync(query, 60));

    [Fact]
    public async Task What_was_refused_once_is_refused_again()
    {
        var query = $"{{ incidents(first: 100) {Pupils} }}";
        await using var services = Make(60);
        var executor = await services.GetRequestExecutorAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("HC0047", (await executor.ExecuteAsync(query)).ToJson(), StringComparison.Ordinal);
        }
    }

    private static async Task<bool> IsRefusedAsync(string query, double most)
    {
        await using var services = Make(most);
        return (await (await services.GetRequestExecutorAsync()).ExecuteAsync(query)).ToJson().Contains("HC0047", StringComparison.Ordinal);
    }

    private static ServiceProvider Make(double most) => new ServiceCollection().AddExample(b => b.ModifyCostOptions(o => o.MaxFieldCost = most)).BuildServiceProvider();
}
