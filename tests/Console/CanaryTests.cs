using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Gateway.Tests.Canary;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>What people write into the console's pages is in nothing that leaves the product otherwise.</summary>
public sealed class CanaryTests : IAsyncLifetime, IDisposable
{
    private readonly Witness _witness = new();
    private RunningGateway _gateway = null!;
    private SchoolRecords _records = null!;
    private int _number;

    private string Pupil => $"/console/pupils/{_records.Keys["Pupil"]}";

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(configure: _witness.Attach);
        _records = await SchoolRecords.MakeAsync(_gateway, (await TwoSchools.FoundAsync(_gateway)).First);
        await _gateway.SettleAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    public void Dispose() => _witness.Dispose();

    [Fact]
    public async Task A_name_written_into_the_pages_is_in_no_address_log_trace_mail_or_database_file()
    {
        using var teacher = await Browser.SignInAsync(_gateway, "class-teacher@100001");
        using var dsl = await Browser.SignInAsync(_gateway, "dsl@100001");
        using var parent = Browser.Open(_gateway);
        await ReportAsync(teacher);
        await ContactAsync(dsl, ("flags", "responsible"));
        await ContactAsync(dsl, ("courtOrder", Say()));
        await SignAsync(dsl, parent);
        await _gateway.SettleAsync();

        Assert.Contains($"{CanaryFiles.Canary}", await dsl.GoAsync($"{Pupil}/strategy"), StringComparison.Ordinal);
        Assert.DoesNotContain(new[] { teacher, dsl, parent }.SelectMany(b => b.Addresses), a => !a.StartsWith("mailto:", StringComparison.Ordinal) && CanaryFiles.Bears(a));
        Assert.Contains(_witness.Said, s => s.StartsWith("log", StringComparison.Ordinal));
        Assert.DoesNotContain(_witness.Said, CanaryFiles.Bears);
        Assert.NotEmpty(_witness.Mails);
        Assert.DoesNotContain(_witness.Mails, m => CanaryFiles.Bears(m.Subject + m.Text + m.MessageId));
        Assert.Empty(await CanaryFiles.WithItAsync(Database.Sqlite, _gateway));
    }

    /// <summary>With a search on the way, and refused once.</summary>
    private async Task ReportAsync(Browser teacher)
    {
        await teacher.GoAsync("/console/report?danger=No");
        await teacher.SendAsync("/console/report", ("danger", "No"), ("do", "find"), ("search", Say()), ("what", Say()));
        (string, string?)[] report =
        [
            ("commandId", teacher.Hidden("commandId")), ("danger", "No"), ("do", "send"), ("what", Say()), ("onSite", "true"), ("place", Say()),
            ("addresses[0].address", $"https://{Say()}.example/"), ("addresses[0].description", Say()),
        ];
        await teacher.SendAsync("/console/report", report);
        Assert.Contains("There is a problem", teacher.Html, StringComparison.Ordinal);
        await teacher.SendAsync("/console/report", [.. report, ("happenedAt", "2026-01-05"), ("happenedTime", "10:00")]);
        Assert.Contains("sent=", teacher.Answer.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
    }

    private async Task ContactAsync(Browser dsl, (string, string?) more)
    {
        await dsl.GoAsync($"{Pupil}/contacts/new");
        await dsl.SendAsync(
            $"{Pupil}/contacts/new", ("commandId", dsl.Hidden("commandId")), ("expectedVersion", dsl.Hidden("expectedVersion")), ("name", Say()), ("relationship", Say()), ("phone", "01632 960200"),
            ("email", $"{Say()}@mail.example"), more);
        Assert.Contains("The contact is saved.", dsl.Html, StringComparison.Ordinal);
    }

    private async Task SignAsync(Browser dsl, Browser parent)
    {
        await dsl.GoAsync($"{Pupil}/strategy/link");
        var mother = Regex.Match(dsl.Html, "value=\"(ParentalResponsibility@[^\"]+)\"").Groups[1].Value;
        await dsl.SendAsync($"{Pupil}/strategy/link", ("commandId", Guid.NewGuid().ToString()), ("party", mother));
        await parent.GoAsync(new Uri(WebUtility.HtmlDecode(Regex.Match(dsl.Html, "href=\"([^\"]*/console/sign\\?key=[^\"]*)\"").Groups[1].Value)).PathAndQuery);
        (string, string?)[] answer = [("commandId", Guid.NewGuid().ToString()), ("shown", parent.Hidden("shown")), ("answer", "Refused"), ("signedBy", Say()), ("view", Say()), ("do", "answer")];
        await parent.SendAsync("/console/sign", [.. answer, ("born", Say())]);
        Assert.DoesNotContain("Your answer is recorded", parent.Html, StringComparison.Ordinal);
        await parent.SendAsync("/console/sign", [.. answer, ("born", "2014-05-01")]);
        Assert.Contains("Your answer is recorded", parent.Html, StringComparison.Ordinal);
    }

    private string Say() => $"{CanaryFiles.Canary}{++_number}";
}
