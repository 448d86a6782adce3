using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Tests;

public sealed class OutboxCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ost-outbox-").FullName;

    [Fact]
    public async Task Dead_messages_are_listed_and_put_back()
    {
        await StoreAsync();
        Assert.Equal((0, "Destinations: 0 ready, 0 on their way, 0 backing off. Dead messages: 0."), await RunAsync());
        await DieAsync();

        var (code, shown) = await RunAsync();
        Assert.Equal(1, code);
        Assert.Contains("'notice' to mail:x: dead after attempt 2: 550 no such mailbox", shown, StringComparison.Ordinal);
        Assert.EndsWith("Dead messages: 1.", shown, StringComparison.Ordinal);

        Assert.Equal(
            (0, $"1 messages were put back.{Environment.NewLine}Destinations: 1 ready, 0 on their way, 0 backing off. Dead messages: 0."),
            await RunAsync(retryDead: true));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<(int Code, string Output)> RunAsync(bool retryDead = false)
    {
        await using var output = new StringWriter();
        var code = await UpkeepCommands.OutboxAsync(_directory, retryDead, output, CancellationToken.None);
        return (code, output.ToString().TrimEnd());
    }

    private async Task StoreAsync()
    {
        await using var services = new ServiceCollection().AddOnlineSafetyTrustStorage(new StoreOptions { DataDirectory = _directory }, []).BuildServiceProvider();
        await services.GetRequiredService<IStoreStarter>().StartAsync(CancellationToken.None);
    }

    private async Task DieAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "store.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO outbox_dead VALUES (1, 's/01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 'mail:x', 'notice', x'7b7d', '01930000-0000-7000-8000-000000000003', 2, '550 no such mailbox')";
        await command.ExecuteNonQueryAsync();
    }
}
