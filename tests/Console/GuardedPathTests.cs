using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>What the deciders allow on a guarded path, and about parents who are not told, is within reach of those who have to do it.</summary>
public sealed class GuardedPathTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task What_the_police_said_later_had_no_way_in_and_their_answers_were_gone_after_triage()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{(await SchoolRecords.MakeAsync(world.Gateway, world.First.School)).Keys["Incident"]}";
        await world.Gateway.SettleAsync();
        await TriageAsync(dsl, home, "illegal-material", ("awareness", "Knowing"), ("fourCs", "Content"), ("reason", "It is illegal"));
        Assert.DoesNotContain($"href=\"{home}/police\"", dsl.Html, StringComparison.Ordinal);
        await ReferAsync(dsl, home, ("agency", "Police"), ("reference", "CR7"), ("parentsMayBeTold", "false"));
        await PoliceAsync(dsl, home, ("outcome", "NoFurtherAction"), ("advice", "Keep the phone sealed"), ("devicesReleased", "false"));
        Assert.Contains("Keep the phone sealed", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("The devices stay sealed.", dsl.Html, StringComparison.Ordinal);

        // Nobody leaves the path with the phone frozen; the way out is on the page.
        await AgainAsync(dsl, home);
        Assert.Contains("Devices of this incident are still frozen as evidence", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Record a further answer of the police", await dsl.GoAsync(home), StringComparison.Ordinal);
        Assert.Matches("value=\"NoFurtherAction\" checked", await dsl.GoAsync($"{home}/police"));
        await PoliceAsync(dsl, home, ("outcome", "NoFurtherAction"), ("advice", "You may have it back"), ("devicesReleased", "true"));
        await AgainAsync(dsl, home);
        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Before: Illegal material", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Keep the phone sealed", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{home}/police\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("You may have it back", await dsl.GoAsync($"{home}/export"), StringComparison.Ordinal);

        // Their no outlives the path: parents are not told, and the page says who has to say otherwise.
        var parents = StepOf(await dsl.GoAsync(home), home, "Contact those who hold parental responsibility");
        Assert.Contains("Held by an agency", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Parents may not be told yet", await dsl.GoAsync($"{home}/steps/{parents}"), StringComparison.Ordinal);
        await MadeAsync(dsl, home, parents);
        Assert.Contains("so said the police", dsl.Html, StringComparison.Ordinal);
        var news = Regex.Match(dsl.Html, $"href=\"({home}/referral\\?referral=\\d+)\"").Groups[1].Value;
        await dsl.GoAsync(news);
        await dsl.SendAsync($"{home}/referral", ("commandId", dsl.Hidden("commandId")), ("referral", dsl.Hidden("referral")), ("agency", "Police"), ("parentsMayBeTold", "true"));
        Assert.DoesNotContain("Parents may not be told yet", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/steps/{parents}");
        await MadeAsync(dsl, home, parents);
        Assert.Contains("The step is recorded.", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_new_about_a_nude_had_no_way_in_after_the_schools_own_decision()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{await IncidentAsync(dsl)}";
        await TriageAsync(dsl, home, "nudes-among-under-18s", ("fourCs", "Conduct"));
        await ReviewAsync(dsl, home, ("reason", "Two of one age, and no pressure"));
        Assert.Contains("The six questions", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("none applies", dsl.Html, StringComparison.Ordinal);
        await ReviewAsync(dsl, home, ("yes", "coercion"), ("reason", "She was blackmailed"));
        Assert.Contains("There was coercion, blackmail or grooming", dsl.Html, StringComparison.Ordinal);
        await ReviewAsync(dsl, home, ("yes", "coercion"), ("yes", "adult"), ("reason", "By an adult"));
        Assert.Contains("An adult is involved", dsl.Html, StringComparison.Ordinal);
        await ReferAsync(dsl, home, ("agency", "Police"));
        Assert.DoesNotContain($"href=\"{home}/review\"", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reporter_who_had_rung_social_care_themselves_could_not_say_so()
    {
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        var home = $"/console/incidents/{await IncidentAsync(teacher)}";
        Assert.Contains($"href=\"{home}/referral\"", teacher.Html, StringComparison.Ordinal);
        await teacher.GoAsync("/console/my-reports");
        Assert.Contains($"href=\"{home}/referral\"", teacher.Html, StringComparison.Ordinal);
        var page = await teacher.GoAsync($"{home}/referral");
        Assert.DoesNotContain("Seen in the library", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NotReferred", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"parentsMayBeTold\"", page, StringComparison.Ordinal);
        await teacher.SendAsync($"{home}/referral", ("commandId", teacher.Hidden("commandId")), ("agency", "SocialCare"), ("reference", "SC12"), ("chaseOn", "2020-01-01"));
        Assert.Contains("The day to chase has passed", teacher.Html, StringComparison.Ordinal);
        await teacher.SendAsync($"{home}/referral", ("commandId", teacher.Hidden("commandId")), ("agency", "SocialCare"), ("reference", "SC12"));
        Assert.Equal("/console/my-reports?done=referral", teacher.Answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Contains("The referral is recorded.", teacher.Html, StringComparison.Ordinal);

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains("Reference: SC12", await dsl.GoAsync(home), StringComparison.Ordinal);
        using var pastoral = await Browser.SignInAsync(world.Gateway, "pastoral-team@100001");
        await pastoral.GoAsync($"{home}/referral");
        Assert.Equal(HttpStatusCode.NotFound, pastoral.Status);
    }

    [Fact]
    public async Task Contact_with_parents_that_was_withheld_could_be_neither_looked_at_again_nor_closed()
    {
        await InSchoolAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var (home, parents) = await WithheldAsync(dsl);
        await dsl.GoAsync("/console");
        Assert.Contains($"href=\"{home}/steps/{parents}\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{home}/steps/{parents}\"", await dsl.GoAsync(home), StringComparison.Ordinal);
        var page = await dsl.GoAsync($"{home}/steps/{parents}");
        Assert.Contains("Not made: it could increase the risk", page, StringComparison.Ordinal);
        Assert.Contains("He may be beaten", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"waive\"", page, StringComparison.Ordinal);

        // The review is due: the decision may stand for good, and nothing about it is left to do.
        await StepAsync(dsl, home, parents, ("ending", "NotMadeRisk"), ("reason", "Social care says the same"));
        Assert.Contains("The step is recorded.", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync("/console");
        Assert.DoesNotContain($"href=\"{home}/steps/{parents}\"", dsl.Html, StringComparison.Ordinal);
        await FinishAsync(dsl, home);
        Assert.Contains("Reopen", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contact_with_parents_that_was_withheld_could_not_be_made_later()
    {
        await InSchoolAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var (home, parents) = await MadeLaterAsync(dsl);
        Assert.Contains("Parents: contact made, Grandmother", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Look at it again", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Record a further conversation", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Look at it again</h2>", await dsl.GoAsync($"{home}/steps/{parents}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_of_parents_of_the_debrief_and_of_the_closure_stood_as_it_was()
    {
        await InSchoolAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var (home, parents) = await MadeLaterAsync(dsl);
        await FinishAsync(dsl, home);

        Assert.Contains($"item=ParentsContact:{parents}:1", await dsl.GoAsync($"{home}/correct"), StringComparison.Ordinal);
        Assert.Contains("He may be beaten", await dsl.GoAsync($"{home}/correct?item=ParentsContact:{parents}:1"), StringComparison.Ordinal);
        Assert.Contains("value=\"Grandmother\"", await dsl.GoAsync($"{home}/correct?item=ParentsContact:{parents}:2"), StringComparison.Ordinal);
        await CorrectAsync(dsl, home, $"ParentsContact:{parents}:2", ("who", "Great-aunt"), ("how", "Telephone"), ("said", "What happened"));
        Assert.Contains("Parents: contact made, Great-aunt, telephone", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("As it was: Parents: contact made, Grandmother, telephone", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("The filter had a gap", await dsl.GoAsync($"{home}/correct?item=Debrief"), StringComparison.Ordinal);
        await CorrectAsync(dsl, home, "Debrief", ("text", "The filter had two gaps"));
        Assert.Contains("As it was: The filter had a gap", dsl.Html, StringComparison.Ordinal);
        await CorrectAsync(dsl, home, "Closure", ("text", "Nearly all is done"));
        Assert.Contains("Summary: Nearly all is done", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("As it was: All is done", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Reopen", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_of_the_material_left_the_record_with_its_table()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{await IncidentAsync(dsl, "Seen at canary.com/a, in the library", ("addresses[0].address", "canary-forum"), ("addresses[0].description", "Pictures"))}";
        await CorrectAsync(dsl, home, "Address:1", ("text", "canary-board"), ("description", "Pictures"));
        Assert.Contains("canary.com/a", await dsl.GoAsync($"{home}/export"), StringComparison.Ordinal);
        await TriageAsync(dsl, home, "illegal-material", ("awareness", "Knowing"), ("fourCs", "Content"));

        var table = await dsl.GoAsync($"{home}/export");
        Assert.DoesNotContain("canary.com", table, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-", table, StringComparison.Ordinal);
        Assert.Contains("Seen at [address left out] in the library", table, StringComparison.Ordinal);
        Assert.Contains("Addresses of the material are left out", table, StringComparison.Ordinal);
        Assert.Contains("Pictures", table, StringComparison.Ordinal);
        var page = await dsl.GoAsync(home);
        Assert.Contains("canary-board", page, StringComparison.Ordinal);
        Assert.Contains("As it was: canary-forum", page, StringComparison.Ordinal);
        Assert.DoesNotContain("print this page", page, StringComparison.Ordinal);
    }

    /// <summary>The same, and told afterwards.</summary>
    private async Task<(string Home, string Parents)> MadeLaterAsync(Browser dsl)
    {
        var (home, parents) = await WithheldAsync(dsl);
        await dsl.GoAsync($"{home}/steps/{parents}");
        await MadeAsync(dsl, home, parents);
        return (home, parents);
    }

    private static async Task CorrectAsync(Browser dsl, string home, string item, params (string, string?)[] right)
    {
        await dsl.GoAsync($"{home}/correct?item={item}");
        await dsl.SendAsync($"{home}/correct", [("commandId", dsl.Hidden("commandId")), ("item", item), ("reason", "It was wrong"), .. right]);
        Assert.Equal($"{home}?done=corrected", dsl.Answer.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task The_second_handling_of_a_reopened_incident_had_no_debrief()
    {
        await InSchoolAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var (home, parents) = await MadeLaterAsync(dsl);
        await FinishAsync(dsl, home);
        await dsl.GoAsync($"{home}/close");
        await dsl.SendAsync($"{home}/close", ("commandId", dsl.Hidden("commandId")), ("do", "reopen"), ("reason", "It happened again"));
        Assert.Contains("Record a further debrief", await dsl.GoAsync(home), StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/debrief");
        await dsl.SendAsync($"{home}/debrief", ("commandId", dsl.Hidden("commandId")), ("findings", "The filter again"));
        Assert.Contains("The filter again", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{home}/debrief\"", dsl.Html, StringComparison.Ordinal);
    }

    /// <summary>An incident of which all is to be done yet but contact with the parents, which the DSL has withheld until today.</summary>
    /// <summary>A review of today is due once the school's day has begun.</summary>
    private async Task InSchoolAsync()
    {
        var now = world.Gateway.Clock.GetUtcNow();
        if (London.ToInstant(London.DateOf(now), new(10, 0)) is var morning && now < morning)
        {
            await world.Gateway.MoveToAsync(morning);
        }
    }

    private async Task<(string Home, string Parents)> WithheldAsync(Browser dsl)
    {
        var home = $"/console/incidents/{await IncidentAsync(dsl)}";
        await TriageAsync(
            dsl, home, "sharing-information", ("fourCs", "Conduct"), ("reason", "The table has no row"), ("steps[0].kind", "ContactParents"), ("steps[0].owner", "Dsl"), ("steps[0].deadline", "1 school day"), ("steps[0].toDo", "Ring"));
        var parents = StepOf(dsl.Html, home, "(Talk with|Contact) those who hold");
        await dsl.GoAsync($"{home}/steps/{parents}");
        var today = London.DateOf(world.Gateway.Clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await StepAsync(dsl, home, parents, ("ending", "NotMadeRisk"), ("reason", "He may be beaten"), ("reviewOn", today));
        Assert.Contains("The step is recorded.", dsl.Html, StringComparison.Ordinal);
        await world.Gateway.SettleAsync();
        return (home, parents);
    }

    /// <summary>Every step that is open, by its own page, the debrief, and the closure.</summary>
    private static async Task FinishAsync(Browser dsl, string home)
    {
        await dsl.GoAsync(home);
        for (var guard = 0; Regex.Match(dsl.Html, $"<td>\\s*<a href=\"{home}/steps/(\\d+)\"") is { Success: true } open; guard++)
        {
            Assert.True(guard < 30, "The plan does not end.");
            var step = open.Groups[1].Value;
            var page = await dsl.GoAsync($"{home}/steps/{step}");
            if (page.Contains("/referral?step=", StringComparison.Ordinal))
            {
                await dsl.GoAsync($"{home}/referral?step={step}");
                await dsl.SendAsync(
                    $"{home}/referral", ("commandId", dsl.Hidden("commandId")), ("step", step), ("agency", Regex.Match(dsl.Html, "value=\"(\\w+)\" selected").Groups[1].Value), ("decision", "NotReferred"), ("reason", "No need"), ("wouldReopen", "More"));
            }
            else
            {
                await StepAsync(dsl, home, step, page.Contains("name=\"answer\"", StringComparison.Ordinal) ? [("answer", "false"), ("reason", "No need")] : [("outcome", "Done")]);
            }

            Assert.Contains("recorded.", dsl.Html, StringComparison.Ordinal);
            await dsl.GoAsync(home);
        }

        await dsl.GoAsync($"{home}/debrief");
        await dsl.SendAsync($"{home}/debrief", ("commandId", dsl.Hidden("commandId")), ("findings", "The filter had a gap"));
        Assert.Contains("The filter had a gap", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/close");
        await dsl.SendAsync($"{home}/close", ("commandId", dsl.Hidden("commandId")), ("do", "close"), ("reason", "All is done"));
    }

    private static async Task TriageAsync(Browser dsl, string home, string nature, params (string, string?)[] more)
    {
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync($"{home}/triage", [("commandId", dsl.Hidden("commandId")), ("nature", nature), .. more]);
        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
    }

    private static async Task AgainAsync(Browser dsl, string home)
    {
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync(
            $"{home}/triage", ("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("awareness", "Knowing"), ("fourCs", "Content"), ("reason", "It is not illegal"));
    }

    private static async Task PoliceAsync(Browser dsl, string home, params (string, string?)[] answer)
    {
        await dsl.GoAsync($"{home}/police");
        await dsl.SendAsync($"{home}/police", [("commandId", dsl.Hidden("commandId")), .. answer]);
        Assert.Contains("answer is recorded.", dsl.Html, StringComparison.Ordinal);
    }

    private static async Task ReferAsync(Browser dsl, string home, params (string, string?)[] referral)
    {
        await dsl.GoAsync($"{home}/referral");
        await dsl.SendAsync($"{home}/referral", [("commandId", dsl.Hidden("commandId")), .. referral]);
        Assert.Contains("The referral is recorded.", dsl.Html, StringComparison.Ordinal);
    }

    private static async Task ReviewAsync(Browser dsl, string home, params (string, string?)[] answers)
    {
        Assert.Contains($"href=\"{home}/review\"", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/review");
        await dsl.SendAsync($"{home}/review", [("commandId", dsl.Hidden("commandId")), .. answers]);
        Assert.Contains("The review is recorded.", dsl.Html, StringComparison.Ordinal);
    }

    private static Task StepAsync(Browser dsl, string home, string step, params (string, string?)[] form) =>
        dsl.SendAsync($"{home}/steps/{step}", [("do", "complete"), ("commandId", dsl.Hidden("commandId")), .. form]);

    private static Task MadeAsync(Browser dsl, string home, string step) =>
        StepAsync(dsl, home, step, ("ending", "Made"), ("who", "Grandmother"), ("how", "Telephone"), ("said", "What happened"));

    private static string StepOf(string page, string home, string text) => Regex.Match(page, $"{home}/steps/(\\d+)\">\\d+\\. {text}").Groups[1].Value;

    private static async Task<string> IncidentAsync(Browser reporter, string what = "Seen in the library", params (string, string?)[] more)
    {
        await reporter.GoAsync("/console/report?danger=No");
        await reporter.SendAsync(
            "/console/report", [("commandId", reporter.Hidden("commandId")), ("danger", "No"), ("do", "send"), ("what", what), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"), ("onSite", "true"), .. more]);
        return Regex.Match(reporter.Answer.RequestMessage!.RequestUri!.Query, "sent=(.*)").Groups[1].Value;
    }
}
