using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Language;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

public sealed class PlanCacheTests
{
    [Fact]
    public async Task A_document_is_planned_once_per_operation()
    {
        await using var server = Server.Of<NullPropagationTests.Query>(b => b.AddTypeExtension<NullPropagationTests.BoxFields>());
        var engine = server.Services.GetRequiredService<Engine>();
        const string Document = "query A { box { name } } query B { sure { name } }";

        var a = Prepare(engine, Document, "A");

        Assert.Same(a, Prepare(engine, Document, "A"));
        Assert.NotSame(a, Prepare(engine, Document, "B"));
        Assert.Same(Prepare(engine, Document, "B"), Prepare(engine, Document, "B"));
        Assert.NotSame(a, Prepare(engine, Document + " ", "A")); // by its bytes
        Assert.Null(Prepare(engine, Document, "C"));
    }

    [Fact]
    public async Task One_plan_serves_requests_with_other_variables_at_once()
    {
        await using var server = Server.Of<NullPropagationTests.Query>(b => b.AddTypeExtension<NullPropagationTests.BoxFields>());
        const string Document = "query ($a: Boolean!, $b: Boolean!) { x: sure { name @include(if: $a) } y: sure @skip(if: $b) { name } }";

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), async (i, ct) =>
        {
            var (a, b) = (i % 2 == 0, i % 3 == 0);
            var expected = $$$"""{"data":{"x":{{{(a ? """{"name":"s"}""" : "{}")}}}{{{(b ? "" : ""","y":{"name":"s"}""")}}}}}""";
            Assert.Equal(expected, await server.AskAsync(Document, $$"""{"a":{{(a ? "true" : "false")}},"b":{{(b ? "true" : "false")}}}""", cancellation: ct));
        });
    }

    [Fact]
    public void The_cache_keeps_what_is_used_and_forgets_the_rest()
    {
        var cache = new DocumentCache(maxDocuments: 10);
        var used = Add(cache, "{ used }");
        var unused = "{ unused }"u8.ToArray();
        Add(cache, "{ unused }");
        for (var i = 0; i < 100; i++)
        {
            Add(cache, $"{{ f{i} }}");
            Assert.True(cache.TryGet("{ used }"u8, out var found));
            Assert.Same(used, found);
        }

        Assert.False(cache.TryGet(unused, out _));
        Assert.InRange(Enumerable.Range(0, 100).Count(i => cache.TryGet(Encoding.UTF8.GetBytes($"{{ f{i} }}"), out _)), 1, 22);
    }

    [Fact]
    public void The_cache_is_bounded_by_size_too()
    {
        var cache = new DocumentCache(maxDocuments: 1_000_000, maxBytes: 10_000);
        for (var i = 0; i < 100; i++)
        {
            Add(cache, Large(i));
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(i => cache.TryGet(Encoding.UTF8.GetBytes(Large(i)), out _)), 1, 22);
    }

    /// <summary>Some kilobytes of text with fifty operations kept seventy megabytes of plans.</summary>
    [Fact]
    public async Task Plans_weigh_what_they_take_and_not_what_their_document_does()
    {
        await using var server = Server.Of<NullPropagationTests.Query>(b => b.AddTypeExtension<NullPropagationTests.BoxFields>().ModifyCostOptions(o => o.EnforceCostLimits = false));
        var engine = server.Services.GetRequiredService<Engine>();
        var fragments = "fragment F0 on Box { name } " + string.Concat(Enumerable.Range(1, 9).Select(i => $"fragment F{i} on Box {{ inner {{ ...F{i - 1} }} sureInner {{ ...F{i - 1} }} }} "));
        var operations = string.Concat(Enumerable.Range(0, 40).Select(o => $"query O{o} {{ box {{ ...F9 }} }} "));
        var plans = new List<WeakReference>();
        for (var document = 0; document < 12; document++)
        {
            for (var operation = 0; operation < 40; operation++)
            {
                plans.Add(Prepared(engine, $"# {document}\n{fragments}{operations}", $"O{operation}"));
            }
        }

        GC.Collect();
        // One takes more than half a megabyte.
        Assert.InRange(plans.Count(p => p.IsAlive), 1, 200);
        GC.KeepAlive(engine);
    }

    [Fact]
    public async Task Documents_that_are_refused_are_not_kept()
    {
        await using var server = Server.Of<NullPropagationTests.Query>(b => b.AddTypeExtension<NullPropagationTests.BoxFields>());
        var engine = server.Services.GetRequiredService<Engine>();
        var kept = Prepare(engine, "{ box { name } }", null);
        for (var i = 0; i < 3_000; i++)
        {
            Assert.Null(Prepare(engine, $"{{ nothing{i} }}", null));
        }

        Assert.Same(kept, Prepare(engine, "{ box { name } }", null));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Prepared(Engine engine, string document, string operation) => new(Prepare(engine, document, operation)!.Root);

    private static string Large(int i) => $"{{ f{i} }} #{new string('x', 1_000)}";

    private static CachedDocument Add(DocumentCache cache, string text)
    {
        var made = new CachedDocument(Parser.Parse(text), text.Length);
        cache.Add(made);
        return made;
    }

    private static OperationPlan? Prepare(Engine engine, string document, string? operationName) =>
        engine.Prepare(new EngineRequest(Encoding.UTF8.GetBytes(document), operationName, default, new ServiceCollection().BuildServiceProvider(), null), out _);
}
