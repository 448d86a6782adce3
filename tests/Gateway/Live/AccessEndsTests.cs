using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Identity;
using OnlineSafetyTrust.Gateway.Live;
using OnlineSafetyTrust.Gateway.Sessions;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Live;

/// <summary>Whoever loses access loses what they had open with it.</summary>
public sealed class AccessEndsTests
{
    private const string Closed = "closed 4403 Your access has changed or ended. Sign in again.";

    [Fact]
    public async Task A_leavers_socket_and_event_stream_are_closed_and_do_not_open_again()
    {
        await using var world = await LiveWorld.StartAsync();
        using var socket = await world.ListenAsync(Role.Dsl);
        using var other = await world.ListenAsync(Role.DeputyDsl);
        using var stream = await world.StreamAsync(Role.Dsl);
        var events = await stream.Content.ReadAsStreamAsync();
        await socket.BeginAsync("i", LiveWorld.Incidents);

        await world.LeaveAsync(Role.Dsl);

        // Five seconds are promised; it takes milliseconds.
        Assert.Equal(Closed, await ClosedAsync(socket).WaitAsync(TimeSpan.FromSeconds(5)));
        await Assert.ThrowsAnyAsync<IOException>(() => new StreamReader(events).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(5)));
        using var again = await GraphQLSocket.OpenAsync(world.Gateway.GraphQL);
        await again.SendAsync($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{world.First.TokenOf(Role.Dsl)}}}"}}""");
        Assert.Equal("closed 4401 This sign-in belongs to nobody at this school or trust.", await again.ReadAsync());
        using var refused = await world.StreamAsync(Role.Dsl);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await LiveWorld.NothingAsync(other);
    }

    [Fact]
    public async Task A_role_that_ends_closes_the_socket_and_the_next_one_has_what_is_left()
    {
        await using var world = await LiveWorld.StartAsync();
        var school = world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(world.First.Id).ToString());
        var dsl = world.First.People[Role.Dsl];
        await TwoSchools.Done(school.AssignRoleAsync(TwoSchools.System(world.First.Id), new AssignRole(dsl, Role.ClassTeacher, new(2020, 9, 1), null)));
        await TwoSchools.Done(school.AssignRoleAsync(TwoSchools.System(world.First.Id), new AssignRole(world.First.People[Role.DeputyDsl], Role.Dsl, new(2020, 9, 1), null)));
        using var socket = await world.ListenAsync(Role.Dsl);
        await socket.BeginAsync("i", LiveWorld.Incidents);

        var today = London.DateOf(world.Gateway.Clock.GetUtcNow());
        await TwoSchools.Done(school.EndRoleAsync(TwoSchools.System(world.First.Id), new EndRole(dsl, Role.Dsl, today.AddDays(-1))));

        Assert.Equal(Closed, await ClosedAsync(socket));
        using var again = await world.ListenAsync(Role.Dsl);
        await again.SubscribeAsync("v", "{ viewer { roles } }");
        Assert.Contains("""{"viewer":{"roles":["CLASS_TEACHER"]}}""", await again.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_ends_with_the_day_closes_the_socket_when_the_day_begins()
    {
        await using var world = await LiveWorld.StartAsync();
        var school = world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(world.First.Id).ToString());
        var today = London.DateOf(world.Gateway.Clock.GetUtcNow());
        await TwoSchools.Done(school.AssignRoleAsync(TwoSchools.System(world.First.Id), new AssignRole(world.First.People[Role.DeputyDsl], Role.Dsl, today, null)));
        await TwoSchools.Done(school.EndRoleAsync(TwoSchools.System(world.First.Id), new EndRole(world.First.People[Role.Dsl], Role.Dsl, today)));
        using var socket = await world.ListenAsync(Role.Dsl);
        await socket.BeginAsync("i", LiveWorld.Incidents);

        await world.Gateway.MoveToAsync(London.ToInstant(today.AddDays(1), new(0, 1)));

        Assert.Equal(Closed, await ClosedAsync(socket));
    }

    [Fact]
    public async Task An_expired_token_closes_the_socket()
    {
        var time = new AheadTime();
        await using var world = await LiveWorld.StartAsync(b => b.Services.AddSingleton<TimeProvider>(time));
        using var socket = await world.ListenAsync(Role.Dsl);
        await socket.BeginAsync("i", LiveWorld.Incidents);

        time.Ahead = TimeSpan.FromHours(12.1);

        Assert.Equal(Closed, await ClosedAsync(socket));
    }

    [Fact]
    public async Task A_sign_in_that_is_linked_anew_ends_what_came_in_with_the_one_before()
    {
        await using var world = await LiveWorld.StartAsync();
        var (school, dsl) = (world.First.Id, world.First.People[Role.Dsl]);
        var access = world.Gateway.Services.GetRequiredService<LiveAccess>();
        await LinkAsync("before");
        var user = PersonOfToken.Principal(school, dsl, [Role.Dsl], SignIns.Digest(world.Gateway.Services.GetRequiredService<IKeyring>(), school, SignIns.Of("https://id.example", "before")));
        var ended = new TaskCompletionSource();
        using var watch = await access.WatchAsync(Session.ReaderOf(user)!, user, ended.SetResult, default);
        Assert.NotNull(watch);
        using var other = await world.ListenAsync(Role.DeputyDsl);

        await LinkAsync("after");

        await ended.Task;
        Assert.Null(await access.WatchAsync(Session.ReaderOf(user)!, user, () => { }, default));
        await LiveWorld.NothingAsync(other);

        Task<PersonView> LinkAsync(string subject) => TwoSchools.Done(
            world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school).ToString()).LinkSignInAsync(TwoSchools.System(school), new LinkSignIn(dsl, SignIns.Of("https://id.example", subject))));
    }

    private static async Task<string> ClosedAsync(GraphQLSocket socket)
    {
        while (true)
        {
            var message = await socket.ReadAsync();
            if (message.StartsWith("closed", StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    /// <summary>The system's time, set ahead; its timers run as ever.</summary>
    private sealed class AheadTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
