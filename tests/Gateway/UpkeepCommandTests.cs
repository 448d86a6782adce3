using Dapper;
using Microsoft.Data.Sqlite;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>The operator's own look at a store of real schools: every kind of damage is told with its way out, and the way out is one.</summary>
public sealed class UpkeepCommandTests : ApiWorld
{
    [Fact]
    public async Task Everything_derived_is_told_when_it_is_wrong_and_rebuilt() => await Gateway.RestartAsync(async () =>
    {
        Assert.Contains("no problem found", Assert.Single(await VerifyAsync(0)), StringComparison.Ordinal);
        await ExecuteAsync("DELETE FROM due; UPDATE counters SET total = total + 7; DELETE FROM lookups; UPDATE snapshots SET state = x'00'");
        await ExecuteAsync("INSERT INTO outbox VALUES (1000000, 's/x', '01930000-0000-7000-8000-000000000002', 'stream:s/x/y', 'kind', x'7b7d', '01930000-0000-7000-8000-000000000003', 0)");

        var told = await VerifyAsync(1);
        foreach (var what in new[] { "Deadline ", "Counter incidents", "A look-up of serial", "The snapshot of", "Messages to stream:s/x/y" })
        {
            Assert.Contains(told, t => t.StartsWith(what, StringComparison.Ordinal) && t.Contains("'./dev rebuild'", StringComparison.Ordinal));
        }

        await using var output = new StringWriter();
        Assert.Equal(0, await UpkeepCommands.RebuildAsync(Gateway.Directory, output, CancellationToken.None));
        Assert.Matches("Put right: [1-9][0-9]* deadlines, [1-9][0-9]* counters, [1-9][0-9]* look-ups, 1 lines of the outbox; [1-9][0-9]* snapshots discarded", output.ToString());
        await ExecuteAsync("DELETE FROM outbox WHERE position = 1000000; DELETE FROM outbox_lines WHERE destination = 'stream:s/x/y'");
        Assert.Contains("no problem found", Assert.Single(await VerifyAsync(0)), StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_start_under_other_rules_of_deadlines_gives_every_stream_its_own_and_grains_pass_over_damaged_snapshots()
    {
        var deadlines = await CountAsync();
        Assert.NotEqual(0, deadlines);
        await Gateway.RestartAsync(() => ExecuteAsync("DELETE FROM due; UPDATE view_tables SET built = 0 WHERE name = 'due'; UPDATE snapshots SET state = x'00'"));
        Assert.Equal(deadlines, await CountAsync());

        // The school's stream is long enough for a snapshot, and whoever asks it loads it.
        Assert.NotEqual(0, await CountAsync("snapshots WHERE stream LIKE 'school%'"));
        await TwoSchools.Done(Gateway.Grains.GetGrain<Contracts.Schools.ISchoolGrain>(Contracts.Schools.SchoolKey.Of(First.School.Id).ToString())
            .AddPersonAsync(TwoSchools.System(First.School.Id), new("Nia Newly", "nia@100001.example", null, null)));
    }

    [Fact]
    public async Task One_lost_key_and_one_unreadable_record_keep_nobody_from_starting_on_a_release_with_other_rules_and_views()
    {
        var (deadlines, pupils, second) = (await CountAsync(), await CountAsync("v_pupil_2"), Second.Keys["Pupil"]);
        await using var output = new StringWriter();
        await Gateway.RestartAsync(async () =>
        {
            await LoseKeysAsync($"pupil/{First.Keys["Pupil"]}");
            await ExecuteAsync($"UPDATE events SET payload = x'7b' WHERE stream = 'pupil/{second}' AND version = (SELECT MAX(version) FROM events WHERE stream = 'pupil/{second}')");
            await ExecuteAsync("DELETE FROM due WHERE stream NOT LIKE 'pupil/%'; UPDATE view_tables SET built = 0");
            Assert.Equal(1, await UpkeepCommands.RebuildAsync(Gateway.Directory, output, CancellationToken.None));
            await ExecuteAsync("DELETE FROM due WHERE stream NOT LIKE 'pupil/%'; UPDATE view_tables SET built = 0");
        });

        Assert.Contains($"pupil/{second} cannot be read (JsonException)", output.ToString(), StringComparison.Ordinal);
        Assert.Equal((deadlines, pupils), (await CountAsync(), await CountAsync("v_pupil_2")));
    }

    private async Task<IReadOnlyList<string>> VerifyAsync(int code)
    {
        await using var output = new StringWriter();
        Assert.Equal(code, await UpkeepCommands.VerifyAsync(Gateway.Directory, output, CancellationToken.None));
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<long> CountAsync(string from = "due")
    {
        await using var connection = await OpenAsync();
        return await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {from}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(Gateway.Directory, "store.db")};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
