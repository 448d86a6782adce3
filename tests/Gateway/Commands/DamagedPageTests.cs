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
    public async Task Whoever_needs_the_page_ends_with_the_way_out_verify_tells_it_and_the_file_stays_as_it_is()
    {
        Assert.Equal(0, (await RunAsync("import", "schools", ServiceFiles.List(_directory), "--trust", "The Oak Federation")).Code);
        var damaged = await DamageAsync("events");

        var (code, output, _) = await RunAsync("verify");
        Console.WriteLine(output);
        Assert.Equal(1, code);
        Assert.Contains($"The journal could not be checked to the end: {Store} is damaged. Stop the product, keep the file, restore the newest backup", output, StringComparison.Ordinal);

        var appoint = await RunAsync("appoint", "--school", "100002", "--email", "h.ford@oak.example", "--role", "headteacher", "--name", "Hana Ford");
        Console.WriteLine(appoint);
        var run = await RunAsync("run", "--no-demo", "--urls", "http://127.0.0.1:0");
        Console.WriteLine(run);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Store));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <returns>The file as it is then.</returns>
    private async Task<byte[]> DamageAsync(string table)
    {
        await using var connection = new SqliteConnection($"Data Source={Store};Pooling=false");
        await connection.OpenAsync();
        var page = await connection.ExecuteScalarAsync<int>("SELECT rootpage FROM sqlite_master WHERE name = @table", new { table });
        var size = await connection.ExecuteScalarAsync<int>("PRAGMA page_size");
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await connection.CloseAsync();
        var bytes = await File.ReadAllBytesAsync(Store);
        bytes.AsSpan((page - 1) * size, size).Fill(0x5A);
        await File.WriteAllBytesAsync(Store, bytes);
        return bytes;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] command) => OperatorProcess.RunAsync(_directory, [.. command, "--data", Data]);
}
