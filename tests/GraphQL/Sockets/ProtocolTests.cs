using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Sockets;
using OnlineSafetyTrust.GraphQL.Tests.Parity;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.GraphQL.Tests.Sockets;

/// <summary>Each sentence of the protocol <c>graphql-transport-ws</c> that says what a server does.</summary>
public sealed class ProtocolTests
{
    private const string Changed = "subscription { onIncidentChanged(school: \"100001\") { title } }";

    [Fact]
    public async Task A_query_a_mutation_and_a_subscription_run_beside_each_other()
    {
        await using var server = await ExampleServer.StartAsync();
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await socket.BeginAsync("s", Changed);
        await socket.SubscribeAsync("q", "query($n: Boolean!) { __typename @include(if: $n) }", new { n = true });
        Assert.Equal("""{"type":"next","id":"q","payload":{"data":{"__typename":"Query"}}}""", await socket.ReadAsync());
        Assert.Equal("""{"type":"complete","id":"q"}""", await socket.ReadAsync());
        await socket.SubscribeAsync("m", "mutation { closeIncident(input: { incidentId: \"SW5jaWRlbnQ6aTE=\", reason: \"r\" }) { errors { code } } }");
        string[] answers = [await socket.ReadAsync(), await socket.ReadAsync(), await socket.ReadAsync()];

        Assert.Contains("""{"type":"next","id":"s","payload":{"data":{"onIncidentChanged":{"title":"T i1"}}}}""", answers);
        Assert.Contains("""{"type":"next","id":"m","payload":{"data":{"closeIncident":{"errors":[{"code":"INCIDENT_NOT_ALLOWED"}]}}}}""", answers);
        Assert.Contains("""{"type":"complete","id":"m"}""", answers);
    }

    [Theory]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}""", "closed 4401 Unauthorized")]
    [InlineData("""{"type":"complete"}""", "closed 4400 A message is of no known type, or lacks its id or payload.")]
    [InlineData("""{"type":"subscribe","id":"1"}""", "closed 4400 A message is of no known type, or lacks its id or payload.")]
    [InlineData("""{"type":"hello"}""", "closed 4400 A message is of no known type, or lacks its id or payload.")]
    [InlineData("""{"type":"connection_init","payload":5}""", "closed 4400 A message is no JSON object with a type.")]
    [InlineData("""{"type":"connection_init"} {}""", "closed 4400 A message is no JSON object with a type.")]
    [InlineData("""{"type":7}""", "closed 4400 A message is no JSON object with a type.")]
    [InlineData("""{"id":"1"}""", "closed 4400 A message is no JSON object with a type.")]
    [InlineData("[]", "closed 4400 A message is no JSON object with a type.")]
    [InlineData("", "closed 4400 A message is no JSON object with a type.")]
    public async Task A_message_out_of_turn_or_of_wrong_form_closes_the_socket(string message, string expected)
    {
        await using var server = await ExampleServer.StartAsync();
        using var socket = await GraphQLSocket.OpenAsync(server.Client.BaseAddress!);

        await socket.SendAsync(message);

        Assert.Equal(expected, await socket.ReadAsync());
    }

    [Fact]
    public async Task Binary_messages_and_large_ones_close_the_socket()
    {
        await using var server = await ExampleServer.StartAsync(options: new GraphQLServerOptions { Sockets = { MaxMessageSize = 1000 } });
        using var binary = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);
        using var large = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await binary.SendAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Binary);
        await large.SubscribeAsync("1", $"{{ __typename }} #{new string('x', 1000)}");

        Assert.Equal("closed 4400 Send text, not binary messages.", await binary.ReadAsync());
        Assert.Equal("closed 1009 A message has more than 1000 bytes.", await large.ReadAsync());
    }

    [Fact]
    public async Task A_second_initialisation_closes_the_socket()
    {
        await using var server = await ExampleServer.StartAsync();
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await socket.SendAsync("""{"type":"connection_init"}""");

        Assert.Equal("closed 4429 Too many initialisation requests", await socket.ReadAsync());
    }

    [Fact]
    public async Task An_id_in_use_closes_the_socket_and_a_completed_one_may_be_used_again()
    {
        await using var server = await ExampleServer.StartAsync();
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await socket.BeginAsync("1", Changed);
        await socket.SendAsync("""{"type":"complete","id":"1"}""");
        await socket.BeginAsync("1", Changed);
        await socket.SubscribeAsync("1", Changed);

        Assert.Equal("closed 4409 Subscriber for 1 already exists", await socket.ReadAsync());
    }

    public sealed class Gate
    {
        public TaskCompletionSource Opens { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [ExtendObjectType(OperationTypeNames.Subscription)]
    public sealed class LateSubscription
    {
        [Subscribe(With = nameof(OpenAsync))]
#pragma warning disable CA1822 // Resolvers are instance methods.
        public int Late([EventMessage] int message) => message;

        public async Task<IAsyncEnumerable<int>> OpenAsync(Gate gate)
        {
            await gate.Opens.Task;
            return OneAsync();
        }
#pragma warning restore CA1822

        private static async IAsyncEnumerable<int> OneAsync()
        {
            await Task.Yield();
            yield return 7;
        }
    }

    [Fact]
    public async Task While_a_subscription_opens_pings_are_answered_and_the_next_operation_waits_for_it()
    {
        var gate = new Gate();
        await using var server = await ExampleServer.StartAsync(b => b.AddTypeExtension<LateSubscription>(), services: s => s.AddSingleton(gate));
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await socket.SubscribeAsync("s", "subscription { late }");
        await socket.SendAsync("""{"type":"ping","payload":{"n":1}}""");
        Assert.Equal("""{"type":"pong","payload":{"n":1}}""", await socket.ReadAsync());
        await socket.SubscribeAsync("q", "{ __typename }");
        gate.Opens.SetResult();

        string[] answers = [await socket.ReadAsync(), await socket.ReadAsync(), await socket.ReadAsync(), await socket.ReadAsync()];
        Assert.Equal(
            [
                """{"type":"complete","id":"q"}""", """{"type":"complete","id":"s"}""",
                """{"type":"next","id":"q","payload":{"data":{"__typename":"Query"}}}""", """{"type":"next","id":"s","payload":{"data":{"late":7}}}""",
            ],
            answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_subscription_may_be_ended_while_it_opens()
    {
        await using var server = await ExampleServer.StartAsync(b => b.AddTypeExtension<LateSubscription>(), services: s => s.AddSingleton(new Gate()));
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await socket.SubscribeAsync("s", "subscription { late }");
        await socket.SendAsync("""{"type":"complete","id":"s"}""");
        await socket.SubscribeAsync("s", "{ __typename }");

        Assert.Equal("""{"type":"next","id":"s","payload":{"data":{"__typename":"Query"}}}""", await socket.ReadAsync());
    }

    [Fact]
    public async Task Without_initialisation_in_time_the_socket_is_closed()
    {
        var clock = new ManualTimeProvider();
        await using var server = await ExampleServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));
        using var socket = await GraphQLSocket.OpenAsync(server.Client.BaseAddress!);
        await socket.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await socket.ReadAsync());

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("closed 4408 Connection initialisation timeout", await socket.ReadAsync());
    }

    [Fact]
    public async Task Whoever_answers_pings_stays_and_whoever_does_not_is_cut_off()
    {
        var clock = new ManualTimeProvider();
        await using var server = await ExampleServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        // Each timer is made after the one before it has fired: the ping says that the next is under way.
        clock.Advance(TimeSpan.FromSeconds(10));
        for (var round = 0; round < 3; round++)
        {
            await NextTimerAsync(clock, TimeSpan.FromSeconds(12));
            Assert.Equal("""{"type":"ping"}""", await socket.ReadAsync());
            await socket.SendAsync("""{"type":"pong"}""");
            await socket.SendAsync("""{"type":"ping"}""");
            Assert.Equal("""{"type":"pong"}""", await socket.ReadAsync());
        }

        await NextTimerAsync(clock, TimeSpan.FromSeconds(12));
        Assert.Equal("""{"type":"ping"}""", await socket.ReadAsync());
        await NextTimerAsync(clock, TimeSpan.FromSeconds(12));

        Assert.Equal("closed 1001 Nothing was heard from the client.", await socket.ReadAsync());
    }

    [Fact]
    public async Task Whoever_takes_nothing_for_two_intervals_is_cut_off_though_it_answers()
    {
        var clock = new ManualTimeProvider();
        using var unread = new UnreadSocket();
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        http.Features.Set<IHttpWebSocketFeature>(unread);
        http.Request.Headers.SecWebSocketProtocol = SocketSession.Subprotocol;
        var served = SocketSession.ServeAsync(http, c => new SocketRunner(null!, null!, null, null, c), null, new GraphQLSocketOptions(), clock, default);

        await unread.Initialized;
        await NextTimerAsync(clock, TimeSpan.FromSeconds(10));
        for (var interval = 0; interval < 3; interval++)
        {
            await unread.SayAsync("""{"type":"pong"}""");
            await NextTimerAsync(clock, TimeSpan.FromSeconds(12));
        }

        await served;
        Assert.Equal(["""{"type":"connection_ack"}""", """{"type":"ping"}"""], unread.Sent);
        Assert.True(unread.IsAborted);
    }

    [Fact]
    public async Task Another_subprotocol_is_not_acceptable()
    {
        await using var server = await ExampleServer.StartAsync();
        using var none = await GraphQLSocket.OpenAsync(server.Client.BaseAddress!, subprotocol: null);
        using var old = await GraphQLSocket.OpenAsync(server.Client.BaseAddress!, "graphql-ws");

        Assert.Null(old.Subprotocol);
        Assert.Equal("closed 4406 Subprotocol not acceptable: ask for graphql-transport-ws.", await none.ReadAsync());
        Assert.Equal("closed 4406 Subprotocol not acceptable: ask for graphql-transport-ws.", await old.ReadAsync());
    }

    [Theory]
    [InlineData("{ nothing }", "nothing")]
    [InlineData("{", "Expected Name")]
    [InlineData("subscription { nothing }", "nothing")]
    [InlineData("query($a: Int!) { __typename @include(if: true) a: incidents(first: $a) { totalCount } }", "HC0018")]
    public async Task What_cannot_run_is_answered_by_an_error_and_the_socket_goes_on(string query, string about)
    {
        await using var server = await ExampleServer.StartAsync();
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        await socket.SubscribeAsync("1", query);
        var error = await socket.ReadAsync();
        await socket.SubscribeAsync("1", "{ __typename }");

        Assert.StartsWith("""{"type":"error","id":"1","payload":[{"message":""", error, StringComparison.Ordinal);
        Assert.Contains(about, error, StringComparison.Ordinal);
        Assert.StartsWith("""{"type":"next","id":"1","payload":{"data":""", await socket.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_operation_too_many_is_refused_alone()
    {
        await using var server = await ExampleServer.StartAsync(options: new GraphQLServerOptions { Sockets = { MaxOperations = 2 } });
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);
        await socket.BeginAsync("1", Changed);
        await socket.BeginAsync("2", Changed);

        await socket.SubscribeAsync("3", Changed);
        Assert.Contains("TOO_MANY_OPERATIONS", await socket.ReadAsync(), StringComparison.Ordinal);
        await socket.SendAsync("""{"type":"complete","id":"1"}""");

        await socket.BeginAsync("3", Changed);
    }

    [Fact]
    public async Task Who_may_connect_is_for_the_host_to_say()
    {
        await using var server = await ExampleServer.StartAsync(b => b.AddSocketSessionInterceptor<Door>());
        using var stranger = await GraphQLSocket.OpenAsync(server.Client.BaseAddress!);
        using var friend = await GraphQLSocket.OpenAsync(server.Client.BaseAddress!);

        await stranger.SendAsync("""{"type":"connection_init","payload":{"authorization":["x"]}}""");
        await friend.SendAsync("""{"type":"connection_init","payload":{"authorization":"friend"}}""");

        Assert.Equal("closed 4401 Strangers stay out.", await stranger.ReadAsync());
        Assert.Equal("""{"type":"connection_ack"}""", await friend.ReadAsync());
        await friend.SubscribeAsync("1", "{ incident(id: \"SW5jaWRlbnQ6aTE=\") { pupils { secret } } }");
        Assert.Equal("""{"type":"next","id":"1","payload":{"data":{"incident":{"pupils":[{"secret":"s"},{"secret":"s"}]}}}}""", await friend.ReadAsync());
    }

    [Fact]
    public async Task A_process_that_stops_tells_its_sockets()
    {
        await using var server = await ExampleServer.StartAsync();
        using var socket = await GraphQLSocket.ConnectAsync(server.Client.BaseAddress!);

        server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().StopApplication();

        Assert.Equal("closed 1001 The server is shutting down.", await socket.ReadAsync());
    }

    // The server makes its timer on a thread of its own.
    private static async Task NextTimerAsync(ManualTimeProvider clock, TimeSpan by)
    {
        while (!clock.HasTimer)
        {
            await Task.Yield();
        }

        clock.Advance(by);
    }

    public sealed class Door : DefaultSocketSessionInterceptor
    {
        private sealed record Payload(string? Authorization);

        public override ValueTask<ConnectionStatus> OnConnectAsync(ISocketSession session, IOperationMessagePayload connectionInitMessage, CancellationToken cancellationToken = default)
        {
            if (connectionInitMessage.As<Payload>()?.Authorization != "friend")
            {
                return new(ConnectionStatus.Reject("Strangers stay out."));
            }

            session.Connection.HttpContext.User = new ClaimsPrincipal(new ClaimsIdentity("test"));
            return new(ConnectionStatus.Accept());
        }
    }
}
