#pragma warning disable CA1822 // Resolvers are instance methods.
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

public sealed class DataLoaderTests
{
    public sealed record Item(int Id);

    public sealed class Log
    {
        public ConcurrentQueue<string> Batches { get; } = [];

        public TaskCompletionSource? Gate { get; set; }
    }

    public sealed class ById(IBatchScheduler s, DataLoaderOptions o, Log log) : BatchDataLoader<int, Item>(s, o)
    {
        protected override async Task<IReadOnlyDictionary<int, Item>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            log.Batches.Enqueue("items " + string.Join(',', keys));
            await (log.Gate?.Task ?? Task.CompletedTask);
            return keys.Contains(13) ? throw new InvalidOperationException("unlucky") : keys.Where(k => k != 4).ToDictionary(k => k, k => new Item(k));
        }
    }

    public sealed class ChildrenOf(IBatchScheduler s, DataLoaderOptions o, Log log) : GroupedDataLoader<int, Item>(s, o)
    {
        protected override Task<ILookup<int, Item>> LoadGroupedBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            log.Batches.Enqueue("children " + string.Join(',', keys));
            return Task.FromResult(keys.Where(k => k < 3).SelectMany(k => new[] { (k, k * 10), (k, (k * 10) + 1) }).ToLookup(p => p.k, p => new Item(p.Item2)));
        }
    }

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public IEnumerable<Item> GetItems(int count) => Enumerable.Range(1, count).Select(i => new Item(i));

        public Task<Item?> GetItemAsync(int id, ById items) => items.LoadAsync(id);

        public async Task<IReadOnlyList<Item?>> GetManyAsync(IReadOnlyList<int> ids, ById items) => await items.LoadAsync(ids);
    }

    [ExtendObjectType(OperationTypeNames.Mutation)]
    public sealed class Mutation
    {
        public Item Rename(int id) => new(id);
    }

    [ExtendObjectType<Item>]
    public sealed class ItemFields
    {
        public Task<Item?> GetTwinAsync([Parent] Item item, ById items) => items.LoadAsync(item.Id + 100);

        public async Task<string> GetNextTwoAsync([Parent] Item item, ById items, CancellationToken ct)
        {
            var first = await items.LoadAsync(item.Id + 1, ct);
            var second = await items.LoadAsync((first?.Id ?? 0) + 1, ct);
            return string.Create(CultureInfo.InvariantCulture, $"{first?.Id} {second?.Id}");
        }

        public Task<Item[]?> GetChildrenAsync([Parent] Item item, ChildrenOf children) => children.LoadAsync(item.Id);
    }

    private static Server Make(Log log) =>
        Server.Of<Query>(b => b.AddMutationType().AddTypeExtension<Mutation>().AddTypeExtension<ItemFields>().AddDataLoader<ById>().AddDataLoader<ChildrenOf>(), s => s.AddSingleton(log));

    [Fact]
    public async Task Two_keys_give_each_its_own_value()
    {
        var log = new Log();
        await using var server = Make(log);

        Assert.Equal("""{"data":{"a":{"id":1},"b":{"id":2},"c":{"id":1}}}""", await server.AskAsync("{ a: item(id: 1) { id } b: item(id: 2) { id } c: item(id: 1) { id } }"));
        Assert.Equal(["items 1,2"], log.Batches);
    }

    [Fact]
    public async Task Keys_of_one_list_are_one_batch_at_every_level()
    {
        var log = new Log();
        await using var server = Make(log);

        var json = await server.AskAsync("{ items(count: 3) { id twin { id twin { id } } } }");

        Assert.StartsWith("""{"data":{"items":[{"id":1,"twin":{"id":101,"twin":{"id":201}}},""", json, StringComparison.Ordinal);
        Assert.Equal(["items 101,102,103", "items 201,202,203"], log.Batches);
    }

    [Fact]
    public async Task Loads_one_after_another_in_a_resolver_are_batched_across_resolvers()
    {
        var log = new Log();
        await using var server = Make(log);

        Assert.Equal("""{"data":{"items":[{"nextTwo":"2 3"},{"nextTwo":"3 1"}]}}""".Replace("3 1", "3 ", StringComparison.Ordinal), await server.AskAsync("{ items(count: 2) { nextTwo } }"));
        Assert.Equal(["items 2,3", "items 4"], log.Batches);
    }

    [Fact]
    public async Task A_missing_key_is_null_and_grouped_ones_are_empty()
    {
        var log = new Log();
        await using var server = Make(log);

        Assert.Equal("""{"data":{"many":[{"id":5},null],"items":[{"children":[{"id":10},{"id":11}]},{"children":[{"id":20},{"id":21}]},{"children":[]}]}}""",
            await server.AskAsync("{ many(ids: [5, 4]) { id } items(count: 3) { children { id } } }"));
        Assert.Contains("children 1,2,3", log.Batches);
    }

    [Fact]
    public async Task A_failing_batch_fails_the_fields_that_wait_for_it_and_is_masked()
    {
        await using var server = Make(new Log());

        var json = await server.AskAsync("{ a: item(id: 13) { id } b: item(id: 14) { id } }");

        Assert.EndsWith("""],"data":{"a":null,"b":null}}""", json, StringComparison.Ordinal);
        Assert.DoesNotContain("unlucky", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_mutation_loaded_is_loaded_again_for_the_next_one()
    {
        var log = new Log();
        await using var server = Make(log);

        await server.AskAsync("mutation { a: rename(id: 1) { twin { id } } b: rename(id: 1) { twin { id } again: twin { id } } }");

        Assert.Equal(["items 101", "items 101"], log.Batches);
    }

    [Fact]
    public async Task Operations_share_nothing_while_they_wait_at_the_same_time()
    {
        var log = new Log { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var server = Make(log);

        var all = Enumerable.Range(1, 50).Select(i => server.AskAsync("query($i: Int!) { item(id: $i) { id twin { id } } }", $$"""{"i":{{i + 20}}}""")).ToArray();
        log.Gate.SetResult();
        var answers = await Task.WhenAll(all);

        Assert.Equal(Enumerable.Range(21, 50).Select(i => $"{{\"data\":{{\"item\":{{\"id\":{i},\"twin\":{{\"id\":{i + 100}}}}}}}}}"), answers);
        Assert.Equal(100, log.Batches.Count);
    }
}
