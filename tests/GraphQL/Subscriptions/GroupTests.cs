#pragma warning disable CA1822 // Resolvers are instance methods.
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Subscriptions;
using OnlineSafetyTrust.GraphQL.Tests.Execution;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.GraphQL.Tests.Subscriptions;

/// <summary>Equal subscriptions are executed and encoded once, whoever is slow among them.</summary>
public sealed class GroupTests
{
    private const string Ticked = "subscription($step: Int!) { ticked(step: $step) }";

    public sealed class Work
    {
        private int _resolved;

        public int Resolved => _resolved;

        public List<string> Sent { get; } = [];

        public bool Refuses { get; set; }

        public TaskCompletionSource Opening { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Count() => Interlocked.Increment(ref _resolved);
    }

    [ExtendObjectType(OperationTypeNames.Query)]
    public sealed class Query
    {
        public int GetOne() => 1;
    }

    [ExtendObjectType(OperationTypeNames.Subscription)]
    public sealed class Subscription
    {
        [Subscribe]
        [Topic("ticks")]
        public int Ticked(int step, [EventMessage] int tick, Work work)
        {
            work.Count();
            return tick * step;
        }

        [Authorize]
        [Subscribe]
        [Topic("ticks")]
        public int Kept([EventMessage] int tick) => tick;

        [Subscribe(With = nameof(Breaks))]
        public int Broken([EventMessage] int tick) => tick;

        [Subscribe(With = nameof(StickAsync))]
        public int Stuck([EventMessage] int tick) => tick;

        public async Task<IAsyncEnumerable<int>> StickAsync(Work work)
        {
            work.Opening.SetResult();
            await new TaskCompletionSource().Task;
            return Breaks();
        }

        public async IAsyncEnumerable<int> Breaks()
        {
            await Task.Yield();
            yield return 1;
            throw new InvalidOperationException("inner secret");
        }
    }

    /// <summary>People of one school see the same.</summary>
    private sealed class Host(Work work) : IOperationHost
    {
        public string? SightOf(ClaimsPrincipal? user, string field) => user?.FindFirstValue("school");

        public void Begin(IServiceProvider services, ClaimsPrincipal? user)
        {
        }

        public ValueTask BeforeSendAsync(IServiceProvider services, IReadOnlyList<ClaimsPrincipal?> users, CancellationToken cancellation)
        {
            work.Sent.Add(string.Join(" ", users.Select(u => u?.Identity?.Name).Order(StringComparer.Ordinal)));
            return work.Refuses ? throw new InvalidOperationException("no audit") : default;
        }
    }

    /// <summary>Whose purse is empty by name; what was taken from whom.</summary>
    private sealed class Purses(params string[] empty) : IOperationBudget
    {
        public List<string> Taken { get; } = [];

        public int Held { get; private set; }

        public TimeSpan? Take(HttpContext http, double cost) => null;

        public TimeSpan? TakeAnswer(ClaimsPrincipal? user, double cost, bool isShared)
        {
            if (empty.Contains(user!.Identity!.Name))
            {
                return TimeSpan.FromSeconds(7.5);
            }

            Taken.Add($"{user.Identity.Name}{(isShared ? " shares" : "")}");
            return null;
        }

        public IDisposable? HoldSubscription(ClaimsPrincipal? user)
        {
            if (Held == 3)
            {
                return null;
            }

            Held++;
            return new Place(this);
        }

        private sealed class Place(Purses purses) : IDisposable
        {
            public void Dispose() => purses.Held--;
        }
    }

    [Fact]
    public async Task One_pays_for_the_execution_each_for_the_answer_and_who_cannot_is_told()
    {
        var purses = new Purses("ann");
        await using var server = Make(withHost: true, purses);
        Subscriber[] members = [await JoinAsync(server, Ticked, 1, User("ann", "a")), await JoinAsync(server, Ticked, 1, User("bea", "a")), await JoinAsync(server, Ticked, 1, User("cal", "a"))];

        await server.Services.GetRequiredService<ITopicEventSender>().SendAsync("ticks", 5);

        Assert.All(await Task.WhenAll(members[1..].Select(m => ReadAsync(m, 1))), r => Assert.Equal(["""{"data":{"ticked":5}}"""], r));
        Assert.False(await members[0].Answers.WaitToReadAsync());
        Assert.Contains("\"retryAfter\":8", Encoding.UTF8.GetString(members[0].Failure!.Value.Span), StringComparison.Ordinal);
        Assert.Equal(2, purses.Taken.Count);
        Assert.Single(purses.Taken, t => t.EndsWith(" shares", StringComparison.Ordinal));
        Assert.Equal(1, server.Services.GetRequiredService<Work>().Resolved);
    }

    [Fact]
    public async Task Where_nobody_can_pay_nothing_is_executed()
    {
        await using var server = Make(withHost: true, new Purses("ann"));
        var member = await JoinAsync(server, Ticked, 1, User("ann", "a"));

        await server.Services.GetRequiredService<ITopicEventSender>().SendAsync("ticks", 5);

        Assert.False(await member.Answers.WaitToReadAsync());
        Assert.Equal(0, server.Services.GetRequiredService<Work>().Resolved);
    }

    [Fact]
    public async Task A_place_is_given_back_when_a_subscription_ends_and_one_more_than_there_are_is_refused()
    {
        var purses = new Purses();
        await using var server = Make(withHost: true, purses);
        var groups = server.Services.GetRequiredService<SubscriptionGroups>();
        var first = await JoinAsync(server, Ticked, 1, User("ann", "a"));
        await JoinAsync(server, Ticked, 2, User("ann", "a"));
        await JoinAsync(server, Ticked, 3, User("ann", "a"));
        var (plan, request) = Prepared(server, Ticked, 4, User("ann", "a"));

        var (none, refused) = await groups.JoinAsync(plan, request, default);
        first.Dispose();

        Assert.Null(none);
        Assert.Equal(("TOO_MANY_SUBSCRIPTIONS", 429), (refused!.Errors.Single().Code, refused.Status));
        Assert.Equal(2, purses.Held);
        Assert.NotNull(await JoinAsync(server, Ticked, 4, User("ann", "a")));
    }

    [Fact]
    public async Task Ten_thousand_subscribers_cost_one_encoding_and_those_who_never_read_cost_nobody_anything()
    {
        const int Subscribers = 10_000, Messages = 300, Round = 100;
        await using var server = Make();
        var joined = new Subscriber[Subscribers];
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = await JoinAsync(server, Ticked, step: 2);
        }

        var sender = server.Services.GetRequiredService<ITopicEventSender>();
        var readers = joined.Where((_, i) => i % 100 != 0).ToArray();
        for (var from = 0; from < Messages; from += Round)
        {
            var read = readers.Select(r => ReadAsync(r, Round)).ToArray();
            for (var tick = from; tick < from + Round; tick++)
            {
                await sender.SendAsync("ticks", tick);
            }

            var expected = Enumerable.Range(from, Round).Select(t => $$$"""{"data":{"ticked":{{{t * 2}}}}}""").ToArray();
            Assert.All(await Task.WhenAll(read), r => Assert.Equal(expected, r));
        }

        Assert.Equal(Messages, server.Services.GetRequiredService<Work>().Resolved);
        Assert.All(joined.Where((_, i) => i % 100 == 0), never => Assert.Contains("SUBSCRIPTION_OVERFLOW", Encoding.UTF8.GetString(never.Failure!.Value.Span), StringComparison.Ordinal));
        // Until it was full nothing was lost to them either.
        Assert.Equal("""{"data":{"ticked":0}}""", (await ReadAsync(joined[0], 256))[0]);
        Assert.False(await joined[0].Answers.WaitToReadAsync());
    }

    [Fact]
    public void What_waits_is_bounded_by_bytes_too_and_one_answer_always_has_room()
    {
        var subscriber = new Subscriber(null!, null, null);
        var large = new byte[3 * 1024 * 1024];

        Assert.True(subscriber.Offer(new byte[5 * 1024 * 1024]));
        Assert.False(new Subscriber(null!, null, null) is var another && another.Offer(large) && another.Offer(large));
        Assert.True(subscriber.TryTake(out _));
        Assert.True(subscriber.Offer(large));
    }

    [Fact]
    public async Task Only_equal_ones_share_and_a_group_ends_with_its_last()
    {
        await using var server = Make();
        var groups = server.Services.GetRequiredService<SubscriptionGroups>();

        Subscriber[] first = [await JoinAsync(server, Ticked, 1), await JoinAsync(server, Ticked, 1)];
        var other = await JoinAsync(server, Ticked, 2);
        Assert.Equal(2, groups.Count);
        await server.Services.GetRequiredService<ITopicEventSender>().SendAsync("ticks", 5);
        Assert.Equal("""{"data":{"ticked":5}}""", (await ReadAsync(first[0], 1))[0]);
        Assert.Equal("""{"data":{"ticked":5}}""", (await ReadAsync(first[1], 1))[0]);
        Assert.Equal("""{"data":{"ticked":10}}""", (await ReadAsync(other, 1))[0]);

        first[0].Dispose();
        Assert.Equal(2, groups.Count);
        first[1].Dispose();
        other.Dispose();
        Assert.Equal(0, groups.Count);
    }

    /// <summary>Ten thousand that subscribed at once made fifteen groups of six: each plan of the same document had its own.</summary>
    [Fact]
    public async Task A_document_that_was_prepared_twice_makes_one_group()
    {
        await using var server = Make();
        var first = Prepared(server, Ticked, 1, null);
        for (var i = 0; i < 2_500; i++)
        {
            Prepared(server, $"{{ a{i}: one }}", null, null);
        }

        var second = Prepared(server, Ticked, 1, null);
        Assert.NotSame(first.Plan, second.Plan);
        var groups = server.Services.GetRequiredService<SubscriptionGroups>();

        Assert.NotNull((await groups.JoinAsync(first.Plan, first.Request, default)).Subscriber);
        Assert.NotNull((await groups.JoinAsync(second.Plan, second.Request, default)).Subscriber);

        Assert.Equal(1, groups.Count);
    }

    [Fact]
    public async Task Whoever_is_sent_something_is_known_before_it_leaves_and_sees_only_what_their_like_see()
    {
        await using var server = Make(withHost: true);
        var work = server.Services.GetRequiredService<Work>();
        Subscriber[] members = [await JoinAsync(server, Ticked, 1, User("ann", "a")), await JoinAsync(server, Ticked, 1, User("bea", "a")), await JoinAsync(server, Ticked, 1, User("cal", "b"))];
        Assert.Equal(2, server.Services.GetRequiredService<SubscriptionGroups>().Count);

        await server.Services.GetRequiredService<ITopicEventSender>().SendAsync("ticks", 1);
        await Task.WhenAll(members.Select(m => ReadAsync(m, 1)));

        Assert.Equal(["ann bea", "cal"], work.Sent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_sent()
    {
        await using var server = Make(withHost: true);
        server.Services.GetRequiredService<Work>().Refuses = true;
        var member = await JoinAsync(server, Ticked, 1, User("ann", "a"));

        await server.Services.GetRequiredService<ITopicEventSender>().SendAsync("ticks", 1);

        Assert.False(await member.Answers.WaitToReadAsync());
        Assert.Contains("Unexpected Execution Error", Encoding.UTF8.GetString(member.Failure!.Value.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_joins_a_stream_that_they_may_not_have()
    {
        await using var server = Make();
        var groups = server.Services.GetRequiredService<SubscriptionGroups>();
        var (plan, request) = Prepared(server, "subscription { kept }", null, User("ann", "a"));
        var (allowed, _) = await groups.JoinAsync(plan, request, default);

        var (subscriber, refused) = await groups.JoinAsync(plan, request with { User = null }, default);

        Assert.NotNull(allowed);
        Assert.Null(subscriber);
        Assert.Equal("AUTH_NOT_AUTHENTICATED", refused!.Errors.Single().Code);
    }

    [Fact]
    public async Task A_stream_that_does_not_open_is_not_waited_for_for_ever()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        await using var server = Make(time: time);
        var (plan, request) = Prepared(server, "subscription { stuck }", null, null);
        var joining = server.Services.GetRequiredService<SubscriptionGroups>().JoinAsync(plan, request, default);
        await server.Services.GetRequiredService<Work>().Opening.Task;
        Assert.False(joining.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(30));

        var (subscriber, refused) = await joining;
        Assert.Null(subscriber);
        Assert.Equal("HC0045", Assert.Single(refused!.Errors).Code);
        Assert.Equal(0, server.Services.GetRequiredService<SubscriptionGroups>().Count);
    }

    [Fact]
    public async Task A_stream_that_breaks_says_so_and_nothing_of_why()
    {
        await using var server = Make();
        var member = await JoinAsync(server, "subscription { broken }", null);

        Assert.Equal(["""{"data":{"broken":1}}"""], await ReadAsync(member, 1));
        Assert.False(await member.Answers.WaitToReadAsync());
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(member.Failure!.Value.Span), StringComparison.Ordinal);
        Assert.Equal(0, server.Services.GetRequiredService<SubscriptionGroups>().Count);
    }

    private static Server Make(bool withHost = false, IOperationBudget? budget = null, TimeProvider? time = null) => Server.Of<Query>(
        b => b.AddSubscriptionType().AddTypeExtension<Subscription>().AddInMemorySubscriptions().AddAuthorization(),
        s =>
        {
            s.AddSingleton<Work>();
            s.AddSingleton(time ?? TimeProvider.System);
            if (withHost)
            {
                s.AddSingleton<IOperationHost, Host>();
            }

            if (budget is not null)
            {
                s.AddSingleton(budget);
            }
        });

    private static ClaimsPrincipal User(string name, string school) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim("school", school)], "test"));

    private static async Task<Subscriber> JoinAsync(Server server, string query, int? step, ClaimsPrincipal? user = null)
    {
        var (plan, request) = Prepared(server, query, step, user);
        var (subscriber, refused) = await server.Services.GetRequiredService<SubscriptionGroups>().JoinAsync(plan, request, default);
        Assert.Null(refused);
        return subscriber!;
    }

    private static (OperationPlan Plan, EngineRequest Request) Prepared(Server server, string query, int? step, ClaimsPrincipal? user)
    {
        var variables = step is null ? default : JsonSerializer.SerializeToElement(new { step });
        var request = new EngineRequest(Encoding.UTF8.GetBytes(query), null, variables, server.Services, user);
        var plan = server.Services.GetRequiredService<Engine>().Prepare(request, out _);
        return (plan!, request);
    }

    private static async Task<string[]> ReadAsync(Subscriber subscriber, int count)
    {
        var read = new string[count];
        for (var i = 0; i < count; i++)
        {
            read[i] = Encoding.UTF8.GetString((await subscriber.Answers.ReadAsync()).Span);
        }

        return read;
    }
}
