using System.Net;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>How much one person may hold open, and who pays for what a subscription is sent.</summary>
public sealed class LimitTests
{
    private const string TooManySockets = "closed 4430 You have as many sockets open as one person may. Close one, and connect again.";

    [Fact]
    public async Task A_person_holds_so_many_sockets_and_others_theirs()
    {
        await using var world = await StartAsync("MaxSocketsPerPerson", "2");
        using var first = await world.ListenAsync(Role.Dsl);
        var second = await world.ListenAsync(Role.Dsl);

        Assert.Equal(TooManySockets, await ConnectAsync(world, Role.Dsl));

        using var other = await world.ListenAsync(Role.DeputyDsl);
        await LiveWorld.NothingAsync(first);
        second.Dispose();
        // When the server has seen that it is gone there is room.
        string answer;
        while ((answer = await ConnectAsync(world, Role.Dsl)) == TooManySockets)
        {
        }

        Assert.Equal("""{"type":"connection_ack"}""", answer);
    }

    [Fact]
    public async Task An_address_opens_so_many_sockets_that_say_nothing_and_signed_in_ones_do_not_count()
    {
        await using var world = await StartAsync("MaxUnsignedSockets", "2");
        using var signed = await world.ListenAsync(Role.Dsl);
        using var first = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);
        var second = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);

        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => GraphQLSocket.OpenAsync(world.Gateway.GraphQL));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);

        await second.SendAsync($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{world.First.TokenOf(Role.DeputyDsl)}}}"}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await second.ReadAsync());
        using var third = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);
        second.Dispose();
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    [InlineData("2001:db8:1:2::1", "20010DB800010002")]
    public void Addresses_of_one_network_count_together(string address, string network) => Assert.Equal(network, Guards.UnsignedSockets.NetworkOf(IPAddress.Parse(address)));

    [Fact]
    public async Task A_person_holds_so_many_subscriptions_over_sockets_and_event_streams_together()
    {
        await using var world = await StartAsync("MaxSubscriptionsPerPerson", "2");
        using var socket = await world.ListenAsync(Role.Dsl);
        using var another = await world.ListenAsync(Role.Dsl);
        await socket.BeginAsync("1", LiveWorld.Incidents);
        using var stream = await world.StreamAsync(Role.Dsl);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);

        await another.SubscribeAsync("2", LiveWorld.Incidents);
        var refused = await another.ReadAsync();
        using var refusedStream = await world.StreamAsync(Role.Dsl);

        Assert.StartsWith("""{"type":"error","id":"2","payload":[{"message":"You hold as many subscriptions as one person may""", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusedStream.StatusCode);
        Assert.Contains("TOO_MANY_SUBSCRIPTIONS", await refusedStream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var deputy = await world.ListenAsync(Role.DeputyDsl);
        await deputy.BeginAsync("1", LiveWorld.Incidents);
        await another.SubscribeAsync("q", "{ __typename }");
        Assert.Contains("\"id\":\"q\"", await another.ReadAsync(), StringComparison.Ordinal);

        await socket.SendAsync("""{"type":"complete","id":"1"}""");
        HttpResponseMessage next;
        while ((next = await world.StreamAsync(Role.Dsl)).StatusCode == HttpStatusCode.TooManyRequests)
        {
            next.Dispose();
        }

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        next.Dispose();
    }

    [Fact]
    public async Task Whoever_cannot_pay_for_the_next_message_is_told_so_and_those_who_share_it_get_it()
    {
        await using var world = await LiveWorld.StartAsync(settings: new Dictionary<string, string?> { ["Api:PersonBudget:Burst"] = "200", ["Api:PersonBudget:PerSecond"] = "0.01" });
        using var dsl = await world.ListenAsync(Role.Dsl);
        using var deputy = await world.ListenAsync(Role.DeputyDsl);
        using var stream = await world.StreamAsync(Role.Dsl);
        await dsl.BeginAsync("i", LiveWorld.Incidents);
        await deputy.BeginAsync("i", LiveWorld.Incidents);
        HttpStatusCode status;
        do
        {
            using var asked = await world.Gateway.PostAsync("{ __typename }", token: world.First.TokenOf(Role.Dsl));
            status = asked.StatusCode;
        }
        while (status == HttpStatusCode.OK);

        var (_, reference) = await world.ReportAsync();

        Assert.StartsWith("""{"type":"error","id":"i","payload":[{"message":"This subscription's answers cost more than your budget.""", await dsl.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains(reference, await deputy.ReadAsync(), StringComparison.Ordinal);
        var events = await stream.Content.ReadAsStringAsync();
        Assert.Contains("RATE_LIMITED", events, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", events, StringComparison.Ordinal);
    }

    private static Task<LiveWorld> StartAsync(string limit, string most) => LiveWorld.StartAsync(settings: new Dictionary<string, string?> { [$"Api:{limit}"] = most });

    /// <summary>The answer to the first message.</summary>
    private static async Task<string> ConnectAsync(LiveWorld world, Role role)
    {
        using var socket = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);
        await socket.SendAsync($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{world.First.TokenOf(role)}}}"}}""");
        return await socket.ReadAsync();
    }
}
