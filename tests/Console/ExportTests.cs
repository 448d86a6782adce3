using System.Diagnostics;
using System.Net;
using CsvHelper;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>What goes into the safeguarding record that the school keeps already (C9).</summary>
public sealed class ExportTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private string Incident => $"/console/incidents/{world.First.Keys["Incident"]}/export";

    private string Pupil => $"/console/pupils/{world.First.Keys["Pupil"]}/export";

    [Fact]
    public async Task An_incident_is_a_table_and_its_log_says_who_took_it()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var page = await dsl.GoAsync(Incident[..^"/export".Length]);
        Assert.Contains($"href=\"{Incident}\" download", page, StringComparison.Ordinal);

        var rows = Rows(await dsl.GoAsync(Incident));

        Assert.Equal("text/csv", dsl.Answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches("^incident-[0-9A-Z]{4}-[0-9A-Z]{4}\\.csv$", dsl.Answer.Content.Headers.ContentDisposition!.FileName!);
        Assert.Equal(["When", "What", "Words"], rows[0]);
        Assert.Contains(rows, r => r[1] == "Happened" && r[2].StartsWith("Narrative canary", StringComparison.Ordinal));
        Assert.Contains(rows, r => r[1] == "Pupil" && r[2].StartsWith("Amber Canary", StringComparison.Ordinal));
        Assert.Contains(rows, r => r[1].StartsWith("Triaged", StringComparison.Ordinal));
        Assert.Contains("console: incidents export", await dsl.GoAsync($"/console/access/{world.First.Keys["Incident"]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pupils_chronology_is_a_table_oldest_first_without_words_of_an_incident()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");

        var rows = Rows(await dsl.GoAsync(Pupil));

        Assert.Equal("Happened", rows[0][0]);
        Assert.Contains(rows, r => r[2] == IncidentReference.Of(new(world.First.Keys["Incident"])) && r[3] == "Alleged");
        Assert.DoesNotContain("Narrative canary", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_against_was_done_and_a_change_was_made_by_whom_it_was_not()
    {
        var (school, records) = (world.First.School, await SchoolRecords.MakeAsync(world.Gateway, world.First.School));
        var home = $"/console/incidents/{records.Keys["Incident"]}";
        var incident = world.Gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school.Id, new(records.Keys["Incident"])).ToString());
        await TwoSchools.Done(incident.RecordReferralAsync(SchoolRecords.As(school, Role.Dsl), new(null, Agency.Police, ReferralDecision.NotReferred, Reason: "No sign of a crime", WouldReopen: "A second event")));
        await TwoSchools.Done(incident.DebriefAsync(SchoolRecords.As(school, Role.Dsl), new("Found", [], [], null, true, "A gap")));
        await TwoSchools.Done(incident.CompleteChangeAsync(SchoolRecords.As(school, Role.DeputyDsl), new(1, "Rewritten")));
        await world.Gateway.SettleAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");

        var page = await dsl.GoAsync(home);
        Assert.Contains(">Decided against</strong>", page, StringComparison.Ordinal);
        Assert.Contains(", done: DeputyDsl of 100001", page, StringComparison.Ordinal);
        Assert.Matches("Step \\d+ decided against: May a crime have been committed", page);
        Assert.Contains(Rows(await dsl.GoAsync($"{home}/export")), r => r[1] == "Change 1 made (DeputyDsl of 100001)" && r[2].Contains("Rewritten", StringComparison.Ordinal));
        var done = Assert.Single(Rows(await dsl.GoAsync($"/console/pupils/{records.Keys["Pupil"]}/export")), r => r[2] == IncidentReference.Of(new(records.Keys["Incident"])))[^1];
        Assert.Matches("^.*\\d\\d:\\d\\d for the incident: decided against: Refer police", done);
        Assert.DoesNotMatch("\\d\\d:\\d\\d Refer police", done);
    }

    [Fact]
    public async Task The_same_is_a_pdf_with_the_school_and_the_time_it_was_taken()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains($"href=\"{Pupil}?handler=pdf\"", await dsl.GoAsync(Pupil[..^"/export".Length]), StringComparison.Ordinal);

        var incident = await PdfAsync(dsl, $"{Incident}?handler=pdf");
        Assert.Matches("^incident-[0-9A-Z]{4}-[0-9A-Z]{4}\\.pdf$", dsl.Answer.Content.Headers.ContentDisposition!.FileName!);
        Assert.Contains("Narrative canary", incident, StringComparison.Ordinal);
        Assert.Contains("1 of ", incident, StringComparison.Ordinal);
        var chronology = await PdfAsync(dsl, $"{Pupil}?handler=pdf");
        Assert.Contains("Chronology: Amber Canary", chronology, StringComparison.Ordinal);
        Assert.Matches(" · taken \\d", chronology);
        Assert.DoesNotContain("Narrative canary", chronology, StringComparison.Ordinal);
        Assert.Contains("console: incidents export", await dsl.GoAsync($"/console/access/{world.First.Keys["Incident"]}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/weasyprint", false)]
    [InlineData("/bin/false", true)]
    public async Task Where_no_pdf_can_be_made_a_page_names_the_ways_out(string program, bool links)
    {
        await using var gateway = await RunningGateway.StartAsync(settings: new Dictionary<string, string?> { ["Export:PdfProgram"] = program });
        var records = await SchoolRecords.MakeAsync(gateway, (await TwoSchools.FoundAsync(gateway)).First);
        var incident = $"/console/incidents/{records.Keys["Incident"]}";
        using var dsl = await Browser.SignInAsync(gateway, "dsl@100001");
        Assert.Equal(links, (await dsl.GoAsync(incident)).Contains("handler=pdf", StringComparison.Ordinal));

        Assert.Contains("take the table (CSV)", await dsl.GoAsync($"{incident}/export?handler=pdf"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, dsl.Status);
    }

    [Fact]
    public async Task What_begins_like_a_formula_is_none()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync("/console/report?danger=No");
        await dsl.SendAsync(
            "/console/report", ("commandId", dsl.Hidden("commandId")), ("danger", "No"), ("do", "send"), ("what", "=HYPERLINK(\"https://x.example\")"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"), ("onSite", "true"));
        var sent = dsl.Answer.RequestMessage!.RequestUri!.Query.Split("sent=")[1];

        var rows = Rows(await dsl.GoAsync($"/console/incidents/{sent}/export"));

        Assert.Contains(rows, r => r[1] == "Happened" && r[2].StartsWith("'=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dsl@100002")]
    [InlineData("key-worker@100001")]
    [InlineData("governor@100001")]
    public async Task For_others_there_is_nothing_to_take(string persona)
    {
        using var browser = await Browser.SignInAsync(world.Gateway, persona);
        foreach (var path in (string[])[Incident, Pupil, $"{Incident}?handler=pdf", $"{Pupil}?handler=pdf"])
        {
            await browser.GoAsync(path);
            Assert.True(browser.Status == HttpStatusCode.NotFound, path);
        }
    }

    private static async Task<string> PdfAsync(Browser browser, string path)
    {
        await browser.GoAsync(path);
        Assert.Equal("application/pdf", browser.Answer.Content.Headers.ContentType?.MediaType);
        using var reading = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await reading.StandardInput.BaseStream.WriteAsync(await browser.Answer.Content.ReadAsByteArrayAsync());
        reading.StandardInput.Close();
        return await reading.StandardOutput.ReadToEndAsync();
    }

    private static List<string[]> Rows(string csv)
    {
        using var reader = CsvReader.Create(System.Text.Encoding.UTF8.GetBytes(csv.TrimStart('\uFEFF')), new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))]);
        }

        return rows;
    }
}
