#pragma warning disable CA1822 // Resolvers are instance methods.
#pragma warning disable CA1024 // A field of the schema, not a property.
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineSafetyTrust.GraphQL.Tests.Execution;

/// <summary>Corners of the slice that the parity example does not reach.</summary>
public sealed class SliceTests
{
    private static readonly ClaimsPrincipal s_somebody = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, "Teacher")], "test"));

    /// <summary>A contract record: no attribute of GraphQL on it.</summary>
    public sealed record Book(Guid Id, string Title, string School);

    public sealed class Asked
    {
        public List<string> Names { get; } = [];
    }

    [Node]
    [ExtendObjectType(typeof(Book), IgnoreProperties = ["School"])]
    public sealed class BookNode
    {
        [ID(nameof(Book))]
        public Guid GetId([Parent] Book book) => book.Id;

        [NodeResolver]
        public static Task<Book?> GetAsync(Guid id) => Task.FromResult<Book?>(id == Guid.Empty ? null : new(id, "T", "S"));
    }

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public Book GetBook() => new(new Guid("01890a5d-ac96-774b-bcce-b302099a8057"), "T", "S");

        [UsePaging(ConnectionName = "Numbers", DefaultPageSize = 7, MaxPageSize = 9)]
        public Connection<string> GetNumbers(int? first, int? last, string? after, string? before) =>
            new([new($"{first}|{last}|{after}|{before}", "c")], new(false, false));

        [Authorize(Roles = ["Dsl"])]
        public string? GetBefore(Asked asked) => Note(asked, "before");

        [Authorize(ApplyPolicy.AfterResolver, Roles = ["Dsl"])]
        public string? GetAfter(Asked asked) => Note(asked, "after");

        [Authorize(ApplyPolicy.Validation, Roles = ["Dsl"])]
        public string? GetAtOnce(Asked asked) => Note(asked, "at once");

        public string GetOpen(Asked asked) => Note(asked, "open");

        private static string Note(Asked asked, string name)
        {
            asked.Names.Add(name);
            return name;
        }
    }

    [ExtendObjectType(OperationTypeNames.Subscription)]
    public sealed class Subscription
    {
        public async IAsyncEnumerable<int> CountAsync(int from, [EnumeratorCancellation] CancellationToken ct)
        {
            for (var i = from; i < from + 3 && !ct.IsCancellationRequested; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }

        [Subscribe(With = nameof(CountAsync))]
        public string Counted([EventMessage] int number) => $"n{number}";

        public ValueTask<ISourceStream<string>> OpenAsync(string topic, ITopicEventReceiver receiver) => receiver.SubscribeAsync<string>($"own:{topic}");

        [Subscribe(With = nameof(OpenAsync))]
        public string Told([EventMessage] string message) => message;

        public async IAsyncEnumerable<int> BrokenAsync()
        {
            yield return 1;
            await Task.Yield();
            throw new InvalidOperationException("secret");
        }

        [Subscribe(With = nameof(BrokenAsync))]
        public int Breaks([EventMessage] int number) => number;
    }

    private static Server Make(Asked? asked = null) => Server.Of<Query>(
        b => b.AddSubscriptionType().AddTypeExtension<Subscription>().AddTypeExtension<BookNode>().AddGlobalObjectIdentification().AddAuthorization().AddInMemorySubscriptions(),
        s => s.AddSingleton(asked ?? new Asked()));

    [Fact]
    public async Task A_node_whose_id_and_resolver_stand_beside_the_record()
    {
        await using var server = Make();
        var book = System.Text.Json.JsonElement.Parse(await server.AskAsync("{ book { id title } }")).GetProperty("data").GetProperty("book");
        var id = book.GetProperty("id").GetString();

        Assert.Equal(
            $$$"""{"data":{"node":{"__typename":"Book","id":"{{{id}}}","title":"T"},"nodes":[{"id":"{{{id}}}"}]}}""",
            await server.AskAsync($$"""{ node(id: "{{id}}") { __typename id ... on Book { title } } nodes(ids: ["{{id}}"]) { id } }"""));
        Assert.Contains("no field", (await server.AskAsync("{ book { school } }")).Replace("does not have a field", "no field", StringComparison.Ordinal).Replace("Cannot query field", "no field", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>As on Hot Chocolate: the resolver is given what was asked and applies its own default; the default prices the page.</summary>
    [Theory]
    [InlineData("{ numbers { nodes } }", "|||")]
    [InlineData("{ numbers(first: 3, after: \"a\") { nodes } }", "3||a|")]
    [InlineData("{ numbers(last: 2, before: \"b\") { nodes } }", "|2||b")]
    public async Task A_page_is_asked_as_the_client_asked(string query, string asked)
    {
        await using var server = Make();

        Assert.Contains($"[\"{asked}\"]", await server.AskAsync(query), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ numbers(first: 10) { nodes } }", "HC0051")]
    [InlineData("{ numbers(last: 10) { nodes } }", "HC0051")]
    [InlineData("{ numbers(first: -1) { nodes } }", "HC0079")]
    public async Task A_page_out_of_bounds_is_the_fields_error(string query, string code)
    {
        await using var server = Make();

        Assert.Contains(code, await server.AskAsync(query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_ones_own_is_subscribed_with_its_arguments()
    {
        await using var server = Make();

        Assert.Equal(
            ["""{"data":{"counted":"n4"}}""", """{"data":{"counted":"n5"}}""", """{"data":{"counted":"n6"}}"""],
            await ReadAsync(server, "subscription { counted(from: 4) }"));
    }

    [Fact]
    public async Task A_source_stream_opened_by_hand_ends_with_its_topic()
    {
        await using var server = Make();
        await using var stream = (await server.RunAsync("subscription { told(topic: \"a\") }")).ExpectResponseStream();
        var sender = server.Services.GetRequiredService<ITopicEventSender>();
        await sender.SendAsync("own:b", "not this");
        await sender.SendAsync("own:a", "this");
        await sender.CompleteAsync("own:a");

        Assert.Equal(["""{"data":{"told":"this"}}"""], await ReadAsync(stream));
    }

    [Fact]
    public async Task A_stream_that_breaks_says_so_without_its_reason()
    {
        await using var server = Make();
        var answers = new List<string>();
        await using var stream = (await server.RunAsync("subscription { breaks }")).ExpectResponseStream();

        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var answer in stream.ReadResultsAsync())
            {
                answers.Add(answer.ToJson());
            }
        });

        Assert.Equal("""{"data":{"breaks":1}}""", answers[0]);
        Assert.DoesNotContain(answers, a => a.Contains("secret", StringComparison.Ordinal));
        Assert.True(failure is InvalidOperationException || answers.Count == 2);
    }

    /// <summary>A slow reader is cut off with a reason once it is too far behind; the others miss nothing.</summary>
    [Fact]
    public async Task Overflow_is_told_and_is_nobody_elses_matter()
    {
        const int Messages = 5_000;
        await using var server = Make();
        var (sender, receiver) = (server.Services.GetRequiredService<ITopicEventSender>(), server.Services.GetRequiredService<ITopicEventReceiver>());
        await using var slow = await receiver.SubscribeAsync<string>("t");
        await using var quick = await receiver.SubscribeAsync<string>("t");
        await using var reader = quick.ReadEventsAsync().GetAsyncEnumerator();
        for (var i = 0; i < Messages; i++)
        {
            await sender.SendAsync("t", $"{i}");
            Assert.True(await reader.MoveNextAsync());
            Assert.Equal($"{i}", reader.Current);
        }

        var got = new List<string>();
        var cut = await Assert.ThrowsAsync<GraphQLException>(async () =>
        {
            await foreach (var message in slow.ReadEventsAsync())
            {
                got.Add(message);
            }
        });

        Assert.Equal("SUBSCRIPTION_OVERFLOW", Assert.Single(cut.Errors).Code);
        Assert.Equal(Enumerable.Range(0, got.Count).Select(i => $"{i}"), got);
        Assert.InRange(got.Count, 1, Messages - 1);
    }

    /// <summary>Asked after the resolver would be too late for one that changes something: here that is asked before, too.</summary>
    [Theory]
    [InlineData("{ before open }", """{"before":null,"open":"open"}""", "open")]
    [InlineData("{ after open }", """{"after":null,"open":"open"}""", "open")]
    [InlineData("{ atOnce open }", null, "")]
    public async Task A_refused_field_is_not_resolved_and_one_of_validation_refuses_the_request(string query, string? data, string asked)
    {
        var seen = new Asked();
        await using var server = Make(seen);

        var json = System.Text.Json.JsonElement.Parse(await server.AskAsync(query, user: s_somebody));

        Assert.Equal(data, json.TryGetProperty("data", out var found) ? found.GetRawText() : null);
        Assert.Equal("AUTH_NOT_AUTHORIZED", Assert.Single(json.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(asked, string.Join(' ', seen.Names));
    }

    [Fact]
    public async Task Who_is_allowed_passes_whenever_it_is_asked()
    {
        await using var server = Make();
        var dsl = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, "Dsl")], "test"));

        Assert.Equal("""{"data":{"before":"before","after":"after","atOnce":"at once"}}""", await server.AskAsync("{ before after atOnce }", user: dsl));
    }

    private static async Task<string[]> ReadAsync(Server server, string subscription)
    {
        await using var stream = (await server.RunAsync(subscription)).ExpectResponseStream();
        return await ReadAsync(stream);
    }

    private static async Task<string[]> ReadAsync(IResponseStream stream)
    {
        var answers = new List<string>();
        await foreach (var answer in stream.ReadResultsAsync())
        {
            answers.Add(answer.ToJson());
        }

        return [.. answers];
    }
}
