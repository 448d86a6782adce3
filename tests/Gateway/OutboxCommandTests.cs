using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Storage;

namespace OnlineSafetyTrust.Gateway.Tests;

public sealed class OutboxCommandTests : IDisposable
{
    private const string Waiting = "INSERT INTO outbox VALUES (1, 's/01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 'mail:s/x/y', 'notice', x'7b7d', '01930000-0000-7000-8000-000000000003', 7)";

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

    [Fact]
    public async Task A_line_that_fails_is_listed_with_its_attempts_and_the_kind_of_its_error()
    {
        await StoreAsync();
        await ExecuteAsync(Waiting, "INSERT INTO outbox_lines VALUES ('mail:s/x/y', 1, 1, 2, 9000000000000000, 1700000000000000, 'SMTP 450')");

        var (code, shown) = await RunAsync();

        Assert.Equal(0, code);
        Assert.StartsWith("'notice' to mail:s/x/y: failing since 2023-11-14 22:13:20Z, 7 attempts, last error SMTP 450, next try 2255-03-14", shown, StringComparison.Ordinal);
        Assert.EndsWith("1 backing off. Dead messages: 0.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_story_of_the_messages_that_hung_on_no_line_and_were_never_shown()
    {
        await StoreAsync();
        await ExecuteAsync(Waiting);

        var (code, shown) = await RunAsync();
        Assert.Equal(1, code);
        Assert.StartsWith("1 messages to mail:s/x/y (from position 1) have no line in outbox_lines and will never be delivered: './dev outbox --retry-dead'", shown, StringComparison.Ordinal);

        (code, shown) = await RunAsync(retryDead: true);
        Assert.Equal(0, code);
        Assert.Contains("1 destinations without a line are delivered to again.", shown, StringComparison.Ordinal);
        Assert.Equal((0, "Destinations: 1 ready, 0 on their way, 0 backing off. Dead messages: 0."), await RunAsync());
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

    private Task DieAsync() => ExecuteAsync(
        "INSERT INTO outbox_dead VALUES (1, 's/01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002', 'mail:x', 'notice', x'7b7d', '01930000-0000-7000-8000-000000000003', 2, '550 no such mailbox')");

    private async Task ExecuteAsync(params string[] sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "store.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(';', sql);
        await command.ExecuteNonQueryAsync();
    }
}
