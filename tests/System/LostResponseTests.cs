using OnlineSafetyTrust.Chaos.Checking;
using OnlineSafetyTrust.Chaos.Stores;
using OnlineSafetyTrust.Chaos.Traffic;

namespace OnlineSafetyTrust.System.Tests;

public sealed class LostResponseTests
{
    [Theory]
    [InlineData(Database.Sqlite, "assignRole")]
    [InlineData(Database.PostgreSql, "assignRole")]
    [InlineData(Database.Sqlite, "reportIncident")]
    [InlineData(Database.PostgreSql, "reportIncident")]
    [InlineData(Database.Sqlite, "registerDevice")]
    public async Task A_lost_response_and_a_retry_with_the_same_command_id_give_one_event(Database database, string mutation)
    {
        await using var gateway = await HostedGateway.StartAsync(StoreUnderTest.Create(database, Servers.Shared(database)));
        using var proxy = new DroppingProxy(gateway.Address.Port, last: mutation);
        using var unlucky = new Api($"http://127.0.0.1:{proxy.Port}");
        var ledger = new Ledger();
        var sent = ledger.Begin(gateway.Repertoire.Make(mutation));

        ledger.Note(sent, await unlucky.SendAsync(sent.Command));
        Assert.Null(sent.Acknowledged);
        Assert.Equal(1, proxy.Dropped);
        for (var i = 0; i < 3; i++)
        {
            ledger.Note(sent, await gateway.Api.SendAsync(sent.Command));
        }

        Assert.NotNull(sent.Acknowledged);
        Assert.Empty(ledger.Broken);
        Assert.Empty(await StoreCheck.RunAsync(gateway.Store, ledger));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_same_command_sent_by_many_at_once_gives_one_event_and_one_reply(Database database)
    {
        await using var gateway = await HostedGateway.StartAsync(StoreUnderTest.Create(database, Servers.Shared(database)));
        var ledger = new Ledger();
        var sent = ledger.Begin(gateway.Repertoire.Make("reportIncident"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => gateway.Api.SendAsync(sent.Command)));
        Assert.All(replies, reply => ledger.Note(sent, reply));

        Assert.NotNull(sent.Acknowledged);
        Assert.Empty(ledger.Broken);
        Assert.Empty(await StoreCheck.RunAsync(gateway.Store, ledger));
    }

    [Fact]
    public async Task The_story_of_the_calendar_that_could_not_be_sent_again_because_it_carried_the_time_of_the_request()
    {
        await using var gateway = await HostedGateway.StartAsync(StoreUnderTest.Create(Database.Sqlite));
        var command = gateway.Repertoire.Make("setCalendar");

        var (first, second) = (await gateway.Api.SendAsync(command), await gateway.Api.SendAsync(command));

        Assert.Equal(Answer.Acknowledged, first.Answer);
        Assert.Equal(first, second);
    }
}
