using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Gateway.Tests.Canary;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>D4: somebody with parental responsibility answers a strategy by link, without an account.</summary>
public sealed partial class SignTests : IAsyncLifetime, IDisposable
{
    private const string Born = "2014-05-01";
    private readonly Witness _witness = new();
    private RunningGateway _gateway = null!;
    private SchoolRecords _records = null!;
    private Browser _dsl = null!;
    private readonly Guid _mother = Guid.NewGuid();

    private string Strategy => $"/console/pupils/{_records.Keys["Pupil"]}/strategy";

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(configure: _witness.Attach);
        _records = await SchoolRecords.MakeAsync(_gateway, (await TwoSchools.FoundAsync(_gateway)).First);
        await ContactsAsync(false);
        await _gateway.SettleAsync();
        _dsl = await Browser.SignInAsync(_gateway, "dsl@100001");
    }

    public async Task DisposeAsync()
    {
        _dsl.Dispose();
        await _gateway.DisposeAsync();
    }

    public void Dispose() => _witness.Dispose();

    [Fact]
    public async Task A_parent_reads_the_terms_for_the_date_of_birth_and_answers()
    {
        var link = await LinkAsync();
        Assert.Contains("The link opens until", await _dsl.GoAsync(Strategy), StringComparison.Ordinal);
        Assert.DoesNotContain(link.Split('=')[1], _dsl.Html, StringComparison.Ordinal);
        using var parent = Browser.Open(_gateway);
        var first = await parent.GoAsync(link);
        Assert.Equal("/console/sign", parent.Answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, parent.Status);
        Assert.DoesNotContain("Supervision", first, StringComparison.Ordinal);

        await SendAsync(parent, "open", "");
        Assert.Contains("Enter the child", parent.Html, StringComparison.Ordinal);
        await SendAsync(parent, "open", "2014-05-02");
        Assert.Contains("This is not the date of birth that the school has", parent.Html, StringComparison.Ordinal);
        await SendAsync(parent, "open", Born);
        Assert.Contains("What is proposed", parent.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Amber Canary", parent.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", parent.Html, StringComparison.OrdinalIgnoreCase);

        await SendAsync(parent, "answer", Born, ("signedBy", "Canary Mother"));
        Assert.Contains("Choose your answer.", parent.Html, StringComparison.Ordinal);
        await SendAsync(parent, "answer", Born, ("answer", "Refused"), ("signedBy", "Canary Mother"));
        Assert.Contains("value=\"Canary Mother\"", parent.Html, StringComparison.Ordinal);
        Assert.Contains("There is a problem", parent.Html, StringComparison.Ordinal);
        var command = Guid.NewGuid().ToString();
        (string, string?)[] answer = [("answer", "Refused"), ("signedBy", "Canary Mother"), ("view", "She needs it on the bus"), ("commandId", command)];
        await SendAsync(parent, "answer", Born, answer);
        Assert.Contains("Your answer is recorded", parent.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", parent.Answer.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);

        // Sent again it counts once; the link opens nothing any more.
        await parent.GoAsync(link);
        await SendAsync(parent, "answer", Born, answer);
        Assert.Contains("Your answer is recorded", parent.Html, StringComparison.Ordinal);
        await parent.GoAsync(link);
        await SendAsync(parent, "open", Born);
        Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);

        await _dsl.GoAsync(Strategy);
        Assert.Contains("She needs it on the bus", _dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Canary Mother, by link", _dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("The link opens until", _dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Refused, not verified", _dsl.Html, StringComparison.Ordinal);
        var verify = $"{Strategy}/verify";
        await _dsl.GoAsync(verify);
        await _dsl.SendAsync(verify, ("commandId", Guid.NewGuid().ToString()));
        Assert.Contains("Choose the answer that you asked about.", _dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Choose whether it was theirs.", _dsl.Html, StringComparison.Ordinal);
        await _dsl.SendAsync(verify, ("commandId", Guid.NewGuid().ToString()), ("answer", _dsl.Hidden("answer")), ("theirs", "False"), ("findings", "Rang her: her daughter had the phone"));
        Assert.Contains("The answer counts no more", _dsl.Html, StringComparison.Ordinal);
        Assert.Contains("it was not theirs, and counts no more", await _dsl.GoAsync(Strategy), StringComparison.Ordinal);
        Assert.Contains("her daughter had the phone", _dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Waited for", _dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Somebody by link", await _dsl.GoAsync($"/console/access/{_records.Keys["Pupil"]}"), StringComparison.Ordinal);
        Assert.Contains("signature", _dsl.Html, StringComparison.Ordinal);

        // What opens it stands in no log and in no trace.
        Assert.Contains(_witness.Said, line => line.StartsWith("log", StringComparison.Ordinal));
        Assert.Contains(_witness.Said, line => line.StartsWith("span", StringComparison.Ordinal));
        Assert.DoesNotContain(_witness.Said, line => line.Contains(link.Split('=')[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_wrong_dates_end_a_link_and_the_school_sees_it()
    {
        var link = await LinkAsync();
        using var stranger = Browser.Open(_gateway);
        await stranger.GoAsync(link);
        for (var day = 2; day <= 6; day++)
        {
            await SendAsync(stranger, "open", $"2014-05-0{day}");
        }

        await SendAsync(stranger, "open", Born);
        Assert.Contains("does not open anything, or not any more", stranger.Html, StringComparison.Ordinal);
        Assert.Contains("The link ended after five wrong dates of birth", await _dsl.GoAsync(Strategy), StringComparison.Ordinal);

        // Another one opens; withdrawn, it does not.
        var second = await LinkAsync();
        using var parent = Browser.Open(_gateway);
        await parent.GoAsync(second);
        await SendAsync(parent, "open", Born);
        Assert.Contains("What is proposed", parent.Html, StringComparison.Ordinal);
        await _dsl.GoAsync($"{Strategy}/link");
        await _dsl.SendAsync($"{Strategy}/link", ("commandId", Guid.NewGuid().ToString()), ("party", "ParentalResponsibility"), ("do", "withdraw"));
        Assert.Contains("The link opens nothing any more", _dsl.Html, StringComparison.Ordinal);
        await SendAsync(parent, "answer", Born, ("answer", "Agreed"), ("signedBy", "Canary Mother"));
        Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_parents_may_not_be_told_yet_a_link_tells_nothing()
    {
        var link = await LinkAsync();
        await TwoSchools.Done(_gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(_records.School.Id, new(_records.Keys["Incident"])).ToString()).TriageAsync(
            SchoolRecords.As(_records.School, Role.Dsl), new TriageIncident("illegal-material", [FourC.Content], Awareness.Knowing, null, false, [], [], "It is illegal")));
        await _gateway.SettleAsync();

        using var parent = Browser.Open(_gateway);
        await parent.GoAsync(link);
        // Nor does a wrong date tell that it is there.
        await SendAsync(parent, "open", "2014-05-02");
        Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);
        await parent.GoAsync(link);
        await SendAsync(parent, "open", Born);
        Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Supervision", parent.Html, StringComparison.Ordinal);
        await parent.GoAsync(link);
        await SendAsync(parent, "answer", Born, ("answer", "Agreed"), ("signedBy", "Canary Mother"));
        Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);
        Assert.Contains("Waited for", await _dsl.GoAsync(Strategy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_ends_when_who_has_it_may_not_decide_any_more()
    {
        var link = await LinkAsync();
        await ContactsAsync(noContact: true);
        using var parent = Browser.Open(_gateway);
        await parent.GoAsync(link);
        await SendAsync(parent, "open", Born);
        Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_left_open_answered_the_link_that_was_opened_after_it()
    {
        var first = await LinkAsync();
        using var parent = Browser.Open(_gateway);
        await parent.GoAsync(first);
        var shown = parent.Hidden("shown");
        var second = await LinkAsync();
        await parent.GoAsync(second);
        await parent.SendAsync("/console/sign", ("commandId", Guid.NewGuid().ToString()), ("shown", shown), ("born", Born), ("answer", "Agreed"), ("signedBy", "Canary Mother"), ("do", "answer"));
        Assert.Contains("Another link was opened in this browser", parent.Html, StringComparison.Ordinal);
        await parent.GoAsync(second);
        await SendAsync(parent, "answer", "2014-05-02", ("answer", "Agreed"), ("signedBy", "Canary Mother"));
        Assert.Contains("This is not the date of birth", parent.Html, StringComparison.Ordinal);
        Assert.Equal(1, await FailuresAsync());
    }

    [Fact]
    public async Task Who_tries_too_often_is_asked_to_wait()
    {
        await using var gateway = await RunningGateway.StartAsync(settings: new Dictionary<string, string?> { ["Api:PersonBudget:Burst"] = "1500", ["Api:PersonBudget:PerSecond"] = "0.001" });
        using var stranger = Browser.Open(gateway);
        await stranger.GoAsync(new Contracts.Strategies.SignatureLinkKey(TenantId.School(Guid.NewGuid()), new(Guid.NewGuid()), Contracts.Strategies.SignatureLinkKey.NewSecret()).Path());
        await SendAsync(stranger, "open", Born);
        Assert.Contains("does not open anything, or not any more", stranger.Html, StringComparison.Ordinal);
        await stranger.GoAsync("/console/sign");
        await SendAsync(stranger, "open", Born);
        Assert.Contains("Too many people try", stranger.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_who_are_signed_in_answer_no_link()
    {
        await _dsl.GoAsync(await LinkAsync());
        Assert.Contains("You are signed in.", _dsl.Html, StringComparison.Ordinal);
        await _dsl.GoAsync(Strategy);
        await SendAsync(_dsl, "answer", Born, ("answer", "Agreed"), ("signedBy", "Canary Mother"));
        Assert.Contains("You are signed in.", _dsl.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?key=AAAA")]
    public async Task What_is_no_link_says_so(string query)
    {
        using var parent = Browser.Open(_gateway);
        Assert.Contains("does not open anything, or not any more", await parent.GoAsync($"/console/sign{query}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_another_school_or_pupil_opens_nothing()
    {
        var key = Contracts.Strategies.SignatureLinkKey.Parse((await LinkAsync()).Split('=')[1])!;
        foreach (var other in new[] { key with { School = TenantId.School(Guid.NewGuid()) }, key with { Pupil = new(Guid.NewGuid()) }, key with { Secret = Contracts.Strategies.SignatureLinkKey.NewSecret() } })
        {
            using var parent = Browser.Open(_gateway);
            await parent.GoAsync(other.Path());
            foreach (var send in (string[])["open", "answer"])
            {
                await SendAsync(parent, send, Born, ("answer", "Agreed"), ("signedBy", "Canary Mother"));
                Assert.Contains("does not open anything, or not any more", parent.Html, StringComparison.Ordinal);
                await parent.GoAsync(other.Path());
            }
        }
    }

    private static Task SendAsync(Browser browser, string send, string born, params (string, string?)[] fields) => browser.SendAsync(
        "/console/sign", [.. fields.Any(f => f.Item1 == "commandId") ? [] : new (string, string?)[] { ("commandId", Guid.NewGuid().ToString()) }, ("shown", browser.Hidden("shown")), ("born", born), .. fields, ("do", send)]);

    /// <summary>A mother.</summary>
    private async Task ContactsAsync(bool noContact)
    {
        var pupil = _gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(_records.School.Id, new(_records.Keys["Pupil"])).ToString());
        await TwoSchools.Done(pupil.SetContactsAsync(SchoolRecords.As(_records.School, Role.Dsl), new SetContacts([new(_mother, "A mother", "mother", true, null, noContact, null, null)])));
    }

    private async Task<int> FailuresAsync()
    {
        var found = await _gateway.QueryAsync("query($id: ID!) { strategy: node(id: $id) { ... on Strategy { agreement { links { failures } } } } }", new { id = _records.IdOf("Strategy") }, _records.TokenOf(Role.Dsl));
        return found.GetProperty("data").GetProperty("strategy").GetProperty("agreement").GetProperty("links")[0].GetProperty("failures").GetInt32();
    }

    private async Task<string> LinkAsync()
    {
        await _dsl.GoAsync($"{Strategy}/link");
        await _dsl.SendAsync($"{Strategy}/link", ("commandId", Guid.NewGuid().ToString()), ("party", $"ParentalResponsibility@{_mother:D}"));
        return new Uri(WebUtility.HtmlDecode(Link().Match(_dsl.Html).Groups["to"].Value)).PathAndQuery;
    }

    [GeneratedRegex("href=\"(?<to>[^\"]*/console/sign\\?key=[^\"]*)\"")]
    private static partial Regex Link();
}
