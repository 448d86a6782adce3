using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Journal;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>The same command id with the same input gives the first answer, whatever has changed since; with other input it is refused.</summary>
public abstract class RetryTests(Database database) : IAsyncLifetime
{
    private const string Reused = "COMMAND_ID_REUSED";
    private RunningGateway _gateway = null!;
    private SchoolRecords _records = null!;

    private SchoolUnderTest School => _records.School;

    private static Guid NewCommand => Guid.NewGuid();

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(database);
        _records = await SchoolRecords.MakeAsync(_gateway, (await TwoSchools.FoundAsync(_gateway)).First);
        await _gateway.SettleAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task After_midnight_what_was_left_out_still_means_the_day_of_the_first_time()
    {
        await _gateway.MoveToAsync(London.ToInstant(await FirstCheckAsync(), new(10, 0)));
        Sent[] sent =
        [
            new("assignRole", "person { roles { role from } }", new { personId = ApiWorld.Id("Person", School.People[Role.KeyWorker].Value), role = "NETWORK_MANAGER", commandId = NewCommand }, Role.Headteacher),
            new("recordDeviceChecks", "outcomes { check { date status late } errors { code } }", Checks("CLEAR", NewCommand), Role.ClassTeacher),
            Report(NewCommand),
        ];
        var first = await SendAsync(sent);
        Assert.All(first, a => Assert.DoesNotContain("\"code\"", a, StringComparison.Ordinal));

        await _gateway.MoveToAsync(_gateway.Clock.GetUtcNow().AddDays(1));

        Assert.Equal(first, await SendAsync(sent));
    }

    [Fact]
    public async Task In_the_next_week_an_update_sent_again_is_still_the_one_of_its_own_week()
    {
        var monday = await FirstCheckAsync();
        monday = Weekdays.MondayOf(monday);
        await _gateway.MoveToAsync(London.ToInstant(monday.AddDays(5), new(9, 0)));
        var update = new Sent("submitWeeklyUpdate", "update { week status submittedAt }", new { comment = "All at the office", commandId = NewCommand }, Role.Dsl);
        var first = await SendAsync(update);
        Assert.Contains(monday.ToString("yyyy-MM-dd", null), first, StringComparison.Ordinal);

        await _gateway.MoveToAsync(London.ToInstant(monday.AddDays(9), new(9, 0)));

        Assert.Equal(first, await SendAsync(update));
    }

    [Fact]
    public async Task After_a_roster_import_a_report_sent_again_is_still_the_same_report()
    {
        var report = Report(NewCommand);
        var first = await SendAsync(report);
        await TwoSchools.Done(PupilGrain.UpdateAsync(TwoSchools.System(School.Id), new UpdatePupil(YearGroup: "8", Sen: false)));

        Assert.Equal(first, await SendAsync(report));
    }

    [Fact]
    public async Task After_the_pupil_left_the_answers_stay_and_only_new_commands_are_refused()
    {
        var until = _gateway.Clock.GetUtcNow().AddDays(3);
        Sent[] sent =
        [
            Report(NewCommand),
            new("banTechnology", "ban { scope until }", new { pupilId = _records.IdOf("Pupil"), scope = "NETWORK", until, reason = "Agreed", enforcedBy = "ACCOUNT", commandId = NewCommand }, Role.Dsl),
            new("registerDevice", "device { kind }", new { ownership = "PERSONAL", kind = "PHONE", label = "Second phone", holder = new { pupilId = _records.IdOf("Pupil") }, commandId = NewCommand }, Role.Dsl),
        ];
        var first = await SendAsync(sent);
        Assert.All(first, a => Assert.DoesNotContain("\"code\"", a, StringComparison.Ordinal));
        await TwoSchools.Done(PupilGrain.RecordLeftAsync(TwoSchools.System(School.Id), new RecordPupilLeft(London.DateOf(_gateway.Clock.GetUtcNow()))));

        Assert.Equal(first, await SendAsync(sent));
        Assert.Contains("PUPIL_LEFT", await SendAsync(sent[1] with { Input = new { pupilId = _records.IdOf("Pupil"), scope = "NETWORK", until, reason = "Agreed", enforcedBy = "ACCOUNT", commandId = NewCommand } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_no_longer_name_a_record_is_still_told_that_the_command_was_done()
    {
        // A deputy of their own: the school keeps its DSL.
        var other = await ReportedAsync();
        var link = new Sent("linkIncidents", "incident { id }", new { incidentId = _records.IdOf("Incident"), other, commandId = NewCommand }, Role.DeputyDsl);
        var first = await SendAsync(link);
        Assert.DoesNotContain("\"code\"", first, StringComparison.Ordinal);
        await TwoSchools.Done(SchoolGrain.EndRoleAsync(
            TwoSchools.System(School.Id), new EndRole(School.People[Role.DeputyDsl], Role.DeputyDsl, London.DateOf(_gateway.Clock.GetUtcNow()).AddDays(-1))));
        await _gateway.SettleAsync();

        Assert.Equal("""{"errors":[],"incident":null}""", await SendAsync(link));
        Assert.Contains("NOT_FOUND", await SendAsync(link with { Input = new { incidentId = _records.IdOf("Incident"), other, commandId = NewCommand } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_changed_nothing_changes_nothing_when_it_is_sent_again_after_a_correction()
    {
        await _gateway.MoveToAsync(London.ToInstant(await FirstCheckAsync(), new(10, 0)));
        var again = Send(Checks("CLEAR", NewCommand));
        await SendAsync(Send(Checks("CLEAR", NewCommand)));
        var first = await SendAsync(again);
        Assert.Contains("CLEAR", await SendAsync(again), StringComparison.Ordinal);
        await SendAsync(Send(Checks("PUPIL_ABSENT", NewCommand)));
        var before = await VersionAsync();

        Assert.Equal(first, await SendAsync(again));
        Assert.Equal(before, await VersionAsync());

        static Sent Send(object input) => new("recordDeviceChecks", "outcomes { check { date status late firstResult } errors { code } }", input, Role.ClassTeacher);

        async Task<int> VersionAsync() =>
            (await _gateway.Services.GetRequiredService<IJournal>().ReadEventsAsync(ChecksKey.Of(School.Id, new(_records.Keys["Pupil"])), long.MaxValue, default)).Count;
    }

    [Theory]
    [InlineData("reportIncident")]
    [InlineData("registerDevice")]
    public async Task A_creating_command_gives_one_record_and_its_id_serves_no_other_input_and_no_other_mutation(string field)
    {
        var command = NewCommand;
        var made = Make(field, "First", command);
        var first = await SendAsync(made);

        Assert.DoesNotContain("\"code\"", first, StringComparison.Ordinal);
        Assert.Equal(first, await SendAsync(made));
        Assert.Contains(Reused, await SendAsync(Make(field, "Second", command)), StringComparison.Ordinal);
        Assert.Contains(Reused, await SendAsync(Make(field == "reportIncident" ? "registerDevice" : "reportIncident", "First", command)), StringComparison.Ordinal);
        // What would be refused anyway is told apart from what was done before, too.
        Assert.Contains(Reused, await SendAsync(Make(field, "", command)), StringComparison.Ordinal);
        Assert.Equal(first, await SendAsync(made));
    }

    [Fact]
    public async Task A_refused_command_leaves_its_id_free()
    {
        var command = NewCommand;

        Assert.Contains("WHAT_MISSING", await SendAsync(Make("reportIncident", "", command)), StringComparison.Ordinal);
        Assert.DoesNotContain("\"code\"", await SendAsync(Make("reportIncident", "Said again", command)), StringComparison.Ordinal);
    }

    private IPupilGrain PupilGrain => _gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(School.Id, new(_records.Keys["Pupil"])).ToString());

    private ISchoolGrain SchoolGrain => _gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(School.Id).ToString());

    private Sent Report(Guid command) => Make("reportIncident", "Shown to others", command);

    private Sent Make(string field, string text, Guid command) => field == "reportIncident"
        ? new(field, "receipt { incidentId reference status reportedAt }", new
        {
            danger = "NO", what = text, happenedAt = "2026-01-05T10:00:00Z", onSite = true, people = new[] { new { pupilId = _records.IdOf("Pupil"), role = "ALLEGED" } },
            devices = new[] { _records.IdOf("Device") }, commandId = command,
        }, Role.Dsl)
        : new(field, "device { id label }", text.Length == 0 ? new { ownership = "PERSONAL", kind = "TABLET", label = (string?)null, commandId = command } : new { ownership = "SCHOOL", kind = "TABLET", label = (string?)text, commandId = command }, Role.Dsl);

    private object Checks(string result, Guid command) => new { checks = new[] { new { pupilId = _records.IdOf("Pupil"), result, noneHeld = true } }, commandId = command };

    private async Task<string> ReportedAsync() =>
        JsonDocument.Parse(await SendAsync(Report(NewCommand))).RootElement.GetProperty("receipt").GetProperty("incidentId").GetString()!;

    private async Task<DateOnly> FirstCheckAsync() =>
        (await _gateway.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(School.Id, new(_records.Keys["Pupil"])).ToString())
            .ChangeAsync(SchoolRecords.As(School, Role.Dsl), new ChangeChecks(new(15, 30), [CheckItem.NoDeviceHeld], null, CheckerKind.ClassTeacher, null, false, false, London.DateOf(_gateway.Clock.GetUtcNow()).AddDays(29)))).Value!.From;

    private async Task<string[]> SendAsync(Sent[] all)
    {
        var answers = new List<string>();
        foreach (var sent in all)
        {
            answers.Add(await SendAsync(sent));
        }

        return [.. answers];
    }

    /// <summary>The payload's JSON.</summary>
    private async Task<string> SendAsync(Sent sent)
    {
        var type = char.ToUpperInvariant(sent.Field[0]) + sent.Field[1..] + "Input";
        var answer = await _gateway.QueryAsync(
            $"mutation($input: {type}!) {{ {sent.Field}(input: $input) {{ errors {{ code }} {sent.Selection} }} }}", new { input = sent.Input }, School.TokenOf(sent.By));
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty(sent.Field).GetRawText();
    }

    private sealed record Sent(string Field, string Selection, object Input, Role By);
}

public sealed class SqliteRetryTests() : RetryTests(Database.Sqlite);

public sealed class PostgresRetryTests() : RetryTests(Database.PostgreSql);
