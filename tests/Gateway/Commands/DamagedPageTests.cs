using Dapper;
using Microsoft.Data.Sqlite;

namespace OnlineSafetyTrust.Gateway.Tests.Commands;

/// <summary>One page of the store's file is damaged, behind a header that is whole.</summary>
public sealed class DamagedPageTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ost-damaged-").FullName;

    private string Data => System.IO.Path.Combine(_directory, "data");

    private string Store => System.IO.Path.Combine(Data, "store.db");

    [Fact]
    public async Task Verify_tells_it_whoever_needs_the_page_ends_with_the_way_out_and_nobody_writes_over_it()
    {
        Assert.Equal(0, (await RunAsync("import", "schools", ServiceFiles.List(_directory), "--trust", "The Oak Federation")).Code);
        var (damaged, page) = await DamageAsync("events");
        var wayOut = $"{Store} is damaged. Stop the product, keep the file, restore the newest backup and run './dev verify'.";

        var (code, output, _) = await RunAsync("verify");
        Assert.Equal(1, code);
        Assert.StartsWith($"The journal could not be checked to the end: {wayOut}", output, StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Store));

        Assert.Equal((1, "", wayOut), await RunAsync("appoint", "--school", "100002", "--email", "h.ford@oak.example", "--role", "headteacher", "--name", "Hana Ford"));
        // The reminders, on pages of their own, are written at every start.
        Assert.Equal(damaged[page], (await File.ReadAllBytesAsync(Store))[page]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <returns>The file as it is then, and where in it the damage is.</returns>
    private async Task<(byte[] File, Range Page)> DamageAsync(string table)
    {
        await using var connection = new SqliteConnection($"Data Source={Store};Pooling=false");
        await connection.OpenAsync();
        var number = await connection.ExecuteScalarAsync<int>("SELECT rootpage FROM sqlite_master WHERE name = @table", new { table });
        var size = await connection.ExecuteScalarAsync<int>("PRAGMA page_size");
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await connection.CloseAsync();
        var (bytes, page) = (await File.ReadAllBytesAsync(Store), ((number - 1) * size)..(number * size));
        bytes.AsSpan(page).Fill(0x5A);
        await File.WriteAllBytesAsync(Store, bytes);
        return (bytes, page);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] command) => OperatorProcess.RunAsync(_directory, [.. command, "--data", Data]);
}
