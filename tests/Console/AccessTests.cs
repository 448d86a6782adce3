using System.Net;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.StaffConsole.Words;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class AccessTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_ban_shows_in_what_the_pupil_may_use_and_is_lifted_with_a_reason()
    {
        var pupil = $"/console/pupils/{world.Second.Keys["Pupil"]}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await dsl.GoAsync($"{pupil}/ban");
        await dsl.SendAsync($"{pupil}/ban", ("commandId", dsl.Hidden("commandId")), ("scope", "Service"), ("enforcedBy", "Account"), ("reason", "Canary of the reason"), ("until", Day(10)));
        Assert.Contains("href=\"#service\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Canary of the reason", dsl.Html, StringComparison.Ordinal);
        (string, string?)[] ban = [("commandId", dsl.Hidden("commandId")), ("scope", "Service"), ("service", "ChatBox"), ("enforcedBy", "Account"), ("reason", "Canary of the reason"), ("until", Day(10))];
        await dsl.SendAsync($"{pupil}/ban", ban);
        Assert.Contains("The ban is recorded.", dsl.Html, StringComparison.Ordinal);
        Assert.Matches("<th scope=\"row\">ChatBox</th>\\s*<td><strong class=\"tag late\">Deny", dsl.Html);
        await dsl.GoAsync($"{pupil}/ban");
        await dsl.SendAsync($"{pupil}/ban", ban);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(dsl.Html, "Service: ChatBox"));

        // Whoever teaches the pupil sees the decision, not why.
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100002");
        var seen = await teacher.GoAsync(pupil);
        Assert.Contains("May they use it now?", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary of the reason", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"col\">Why</th>", seen, StringComparison.Ordinal);
        await teacher.GoAsync($"{pupil}/ban");
        Assert.Equal(HttpStatusCode.NotFound, teacher.Status);

        var lift = System.Text.RegularExpressions.Regex.Match(await dsl.GoAsync(pupil), "Service: ChatBox.*?href=\"(?<to>[^\"]*/lift)\"", System.Text.RegularExpressions.RegexOptions.Singleline).Groups["to"].Value;
        await dsl.GoAsync(lift);
        await dsl.SendAsync(lift, ("commandId", dsl.Hidden("commandId")));
        Assert.Contains("href=\"#liftReason\"", dsl.Html, StringComparison.Ordinal);
        (string, string?)[] lifting = [("commandId", dsl.Hidden("commandId")), ("liftReason", "Agreed with the parents")];
        await dsl.SendAsync(lift, lifting);
        Assert.Contains("The ban is lifted.", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(lift, dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync(lift, lifting);
        Assert.Contains("The ban is lifted.", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ended_when_a_pupil_left_is_a_task_that_the_console_lets_the_DSL_end()
    {
        var records = await SchoolRecords.MakeAsync(world.Gateway, world.Second.School);
        var grain = world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(records.School.Id, new PupilId(records.Keys["Pupil"])).ToString());
        await TwoSchools.Done(grain.RecordLeftAsync(TwoSchools.System(records.School.Id), new RecordPupilLeft(London.DateOf(world.Gateway.Clock.GetUtcNow()))));
        await world.Gateway.SettleAsync();

        var page = $"/console/pupils/{records.Keys["Pupil"]}/ended";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        Assert.Contains($"<a href=\"{page}\">A pupil has left, and what held for them ended", await dsl.GoAsync("/console"), StringComparison.Ordinal);
        Assert.Contains("a ban", await dsl.GoAsync(page), StringComparison.Ordinal);
        await dsl.SendAsync(page, ("commandId", dsl.Hidden("commandId")));
        Assert.Contains("you have seen to what ended", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing waits for you here", await dsl.GoAsync(page), StringComparison.Ordinal);

        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100002");
        await teacher.GoAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, teacher.Status);
    }

    [Fact]
    public async Task A_strategy_is_drafted_signed_by_its_parties_reviewed_and_ended()
    {
        var home = $"/console/pupils/{world.First.Keys["Pupil"]}/strategy";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{home}/draft");
        (string, string?)[] draft =
        [
            ("terms.supervision", "Supervised"), ("terms.services", "Maths\nReading"), ("terms.notes", "Kept while refused"), ("interim.supervision", "NoUse"), ("interim.only", "services"),
            ("parties", "School"), ("parties", "ParentalResponsibility"), ("owner", world.First.School.People[Role.Dsl].ToString()), ("incidents", world.First.Keys["Incident"].ToString()),
        ];
        await dsl.SendAsync($"{home}/draft", [.. draft, ("commandId", dsl.Hidden("commandId")), ("reviewOn", Day(30)), ("interim.times[0].days", "Monday"), ("interim.times[0].from", "15:00"), ("interim.times[0].to", "09:00")]);
        Assert.Contains("href=\"#interim.times\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Kept while refused", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/draft", [.. draft, ("commandId", dsl.Hidden("commandId")), ("reviewOn", Day(30))]);
        Assert.Contains("The draft is recorded.", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Maths, Reading", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<dt>Services</dt><dd>none</dd>", dsl.Html, StringComparison.Ordinal);

        await AnswerAsync("School", "Agreed", "DSL of the school", "");
        await AnswerAsync("Pupil", "ViewGiven", "The pupil", "It is too strict");
        Assert.Contains("Waited for", dsl.Html, StringComparison.Ordinal);
        await AnswerAsync("ParentalResponsibility", "Agreed", "A parent", "");
        Assert.DoesNotContain("Waited for", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"tag\">Active</span>", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("It is too strict", dsl.Html, StringComparison.Ordinal);

        await dsl.GoAsync($"{home}/review");
        await dsl.SendAsync($"{home}/review", ("commandId", dsl.Hidden("commandId")), ("findings", "Going well"), ("result", "StepDown"));
        Assert.Contains("href=\"#nextReviewOn\"", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/review", ("commandId", dsl.Hidden("commandId")), ("findings", "Going well"), ("result", "StepDown"), ("terms.supervision", "Independent"), ("nextReviewOn", Day(60)));
        Assert.Contains("Terms, version 2", dsl.Html, StringComparison.Ordinal);

        await dsl.GoAsync($"{home}/end");
        (string, string?)[] end = [("commandId", dsl.Hidden("commandId")), ("endReason", "The risk is gone")];
        await dsl.SendAsync($"{home}/end", end);
        Assert.Contains("The strategy has ended.", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/end", end);
        Assert.Contains("The strategy has ended.", dsl.Html, StringComparison.Ordinal);

        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        Assert.DoesNotContain("It is too strict", await teacher.GoAsync(home), StringComparison.Ordinal);
        await teacher.GoAsync($"{home}/draft");
        Assert.Equal(HttpStatusCode.NotFound, teacher.Status);

        async Task AnswerAsync(string party, string answer, string by, string view)
        {
            await dsl.GoAsync($"{home}/agree");
            await dsl.SendAsync($"{home}/agree", ("commandId", dsl.Hidden("commandId")), ("party", party), ("answer", answer), ("signedBy", by), ("form", "Paper"), ("view", view));
            Assert.Contains("The answer is recorded.", dsl.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_agency_that_the_incident_was_referred_to_is_left_out_only_with_a_reason()
    {
        var (school, incident) = (world.Second.School, world.Second.Keys["Incident"]);
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school.Id, new IncidentId(incident)).ToString())
            .RecordReferralAsync(SchoolRecords.As(school, Role.Dsl), new RecordReferral(null, Agency.EarlyHelp, ReferralDecision.Referred)));
        var home = $"/console/pupils/{world.Second.Keys["Pupil"]}/strategy";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await dsl.GoAsync($"{home}/draft");
        await SendAsync();
        Assert.Contains("href=\"#parties\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Early Help. Add each as a party", dsl.Html, StringComparison.Ordinal);
        await SendAsync(("agenciesLeftOut[0].reason", "Only asked once"));
        Assert.Contains("href=\"#agenciesLeftOut\"", dsl.Html, StringComparison.Ordinal);
        await SendAsync(("agenciesLeftOut[0].agency", "EarlyHelp"));
        Assert.Contains("Say why the agency is left out.", dsl.Html, StringComparison.Ordinal);
        await SendAsync(("agenciesLeftOut[0].agency", "EarlyHelp"), ("agenciesLeftOut[0].reason", "Only asked once"));
        Assert.Contains("Takes no part: Early Help. Only asked once", dsl.Html, StringComparison.Ordinal);

        Task SendAsync(params (string, string?)[] more) => dsl.SendAsync(
            $"{home}/draft",
            [
                .. more, ("commandId", dsl.Hidden("commandId")), ("parties", "School"), ("parties", "ParentalResponsibility"), ("reviewOn", Day(30)), ("owner", school.People[Role.Dsl].ToString()),
                ("incidents", incident.ToString()),
            ]);
    }

    [Fact]
    public async Task Another_schools_incident_in_a_draft_is_one_that_does_not_exist()
    {
        var home = $"/console/pupils/{world.Second.Keys["Pupil"]}/strategy";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await dsl.GoAsync($"{home}/draft");
        await dsl.SendAsync(
            $"{home}/draft", ("commandId", dsl.Hidden("commandId")), ("parties", "School"), ("parties", "ParentalResponsibility"), ("reviewOn", Day(30)),
            ("owner", world.Second.School.People[Role.Dsl].ToString()), ("incidents", world.First.Keys["Incident"].ToString()));
        Assert.Contains("There is no such incident", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ban_that_had_not_begun_was_shown_in_force()
    {
        var pupil = $"/console/pupils/{world.First.Keys["Pupil"]}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{pupil}/ban");
        await dsl.SendAsync(
            $"{pupil}/ban", ("commandId", dsl.Hidden("commandId")), ("scope", "Network"), ("enforcedBy", "Account"), ("reason", "From Monday on"), ("from", Day(3)), ("fromTime", "09:00"), ("until", Day(10)));
        Assert.Matches("Network\\s*<span class=\"tag\">From [^<]*, 09:00</span>", dsl.Html);
        Assert.Matches("Internet\\s*<strong class=\"tag late\">In force</strong>", dsl.Html);
    }

    [Theory]
    [InlineData(1, 2, "From 2 Nov 2026, 13:00", false, true)]
    [InlineData(0, 1, "In force", true, true)]
    [InlineData(-1, 0, "Ended", false, false)]
    public void A_ban_is_said_to_be_what_it_is_at_this_moment(int from, int until, string words, bool inForce, bool open)
    {
        var now = new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
        var say = new Wording(new Stopped(now));
        var ban = new BanView(
            default, default, BanScope.Network, null, now.AddHours(from), now.AddHours(until), null, null, BanEnforcement.Account, null, Actor.System, now, null, null, null, null);
        Assert.Equal((words, inForce, open), (say.Of(ban).Words, say.Of(ban).InForce, say.IsOpen(ban)));
        Assert.Equal(("Lifted early", false, false), (say.Of(ban with { End = BanEnd.LiftedEarly }).Words, say.Of(ban with { End = BanEnd.LiftedEarly }).InForce, say.IsOpen(ban with { End = BanEnd.LiftedEarly })));
    }

    private sealed record Stopped(DateTimeOffset Now) : IConsoleClock
    {
        public DateOnly DateOf(DateTimeOffset instant) => London.DateOf(instant);

        public TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(instant.UtcDateTime);

        public DateTimeOffset ToInstant(DateOnly date, TimeOnly time) => London.ToInstant(date, time);
    }

    private string Day(int ahead) => London.DateOf(world.Gateway.Clock.GetUtcNow()).AddDays(ahead).ToString("yyyy-MM-dd", null);
}
