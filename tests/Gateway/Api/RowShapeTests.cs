using System.Text.Json;
using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>
/// The members of every view row that is stored, per table and version, as a table that is checked in: rows that changed while their table's
/// version stayed would be read as they were written before. <c>UPDATE_ROWS=1 dotnet test tests/Gateway --filter RowShape</c> writes the table
/// anew; raise the version (in contracts) of what changed first.
/// </summary>
public sealed class RowShapeTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static string File => Path.Combine(Repository.Root, "tests", "Gateway", "Api", "row-shapes.txt");

    [Fact]
    public async Task Rows_have_the_members_that_their_tables_version_stands_for()
    {
        foreach (var (mutation, @case) in MutationCases.All.Select(c => (c.Key, c.Value)).Concat(FullRecords.Answers))
        {
            var stage = await MutationStage.SetAsync(world);
            await stage.DoAsync(@case.By, mutation, await @case.Prepare(stage));
        }

        await FullRecords.FillAsync(world);
        await world.Gateway.SettleAsync();
        var found = await ReadAsync();
        if (Environment.GetEnvironmentVariable("UPDATE_ROWS") == "1")
        {
            await System.IO.File.WriteAllLinesAsync(File, found);
        }

        var known = await System.IO.File.ReadAllLinesAsync(File);
        Assert.Equal([], found.Except(known).Select(m => $"{m} is new: raise the version of its table."));
        Assert.Equal([], known.Except(found).Select(m => $"{m} is gone: raise the version of its table."));
    }

    /// <returns>Such as <c>v_task_5 dueAt</c>, and the table alone, in order.</returns>
    private async Task<List<string>> ReadAsync()
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(world.Gateway.Directory, "store.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        foreach (var table in new StreamModels().Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT body FROM {table.TableName}";
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                using var body = JsonDocument.Parse(row.GetFieldValue<byte[]>(0));
                Add(members, table, "", body.RootElement);
            }

            Assert.True(members.Any(m => m.StartsWith($"{table.TableName} ", StringComparison.Ordinal)), $"No row of {table.TableName} was written: its shape is not seen.");
        }

        return [.. members];
    }

    private static void Add(SortedSet<string> members, ViewTable table, string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Add(members, table, path, item);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                var name = $"{path}{(path.Length == 0 ? "" : ".")}{member.Name}";
                members.Add($"{table.TableName} {name}");
                Add(members, table, name, member.Value);
            }
        }
    }
}
