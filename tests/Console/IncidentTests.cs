using System.Net;
using System.Text;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;
using OnlineSafetyTrust.Grains.Schools;
using OnlineSafetyTrust.Tests.Support;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class IncidentTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private string Home => $"/console/incidents/{world.First.Keys["Incident"]}";

    [Fact]
    public async Task On_the_illegal_path_the_page_says_what_must_not_be_done_and_offers_no_way_to_close()
    {
        var second = $"/console/incidents/{world.Second.Keys["Incident"]}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await dsl.GoAsync($"{second}/triage");
        await dsl.SendAsync($"{second}/triage", ("nature", "illegal-material"), ("fourCs", "Content"), ("awareness", "Knowing"), ("reason", "It is illegal after all"));

        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Illegal material: everything stops", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("<li>Copy, print, forward or link to the material</li>", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{second}/close", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nature_that_asks_for_no_awareness_could_not_be_chosen_after_one_that_does()
    {
        var triage = $"/console/incidents/{(await SchoolRecords.MakeAsync(world.Gateway, world.First.School)).Keys["Incident"]}/triage";
        await world.Gateway.SettleAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Matches("value=\"Knowing\" checked", await dsl.GoAsync(triage));
        await SendAsync("Knowing");
        Assert.Contains("href=\"#awareness\"", dsl.Html, StringComparison.Ordinal);
        Assert.Matches("name=\"awareness\" value=\"\"><label[^>]*>The policy does not ask", dsl.Html);

        await SendAsync("");
        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
        Assert.Matches("name=\"awareness\" value=\"\" checked", await dsl.GoAsync(triage));

        Task SendAsync(string awareness) => dsl.SendAsync(
            triage, ("commandId", dsl.Hidden("commandId")), ("nature", "bullying-or-belittling"), ("fourCs", "Conduct"), ("awareness", awareness), ("reason", "It is bullying after all"));
    }

    [Fact]
    public async Task A_referral_to_be_considered_had_a_form_that_was_always_refused()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = await TriagedAsync(dsl);
        var step = StepOf(dsl, home, "May a crime have been committed");
        var page = await dsl.GoAsync($"{home}/steps/{step}");
        Assert.DoesNotContain("name=\"outcome\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{home}/referral?step={step}\"", page, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/referral?step={step}");
        await dsl.SendAsync(
            $"{home}/referral", ("commandId", dsl.Hidden("commandId")), ("step", step), ("agency", "Police"), ("decision", "NotReferred"), ("reason", "No sign of a crime"), ("wouldReopen", "A second event"));
        Assert.Contains("decided not to refer", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/steps/{step}\"", dsl.Html, StringComparison.Ordinal);

        step = StepOf(dsl, home, "Is a child at risk of harm");
        await dsl.GoAsync($"{home}/referral?step={step}");
        await dsl.SendAsync($"{home}/referral", ("commandId", dsl.Hidden("commandId")), ("step", step), ("agency", "SocialCare"), ("decision", "Referred"), ("reference", "R7"));
        Assert.Contains("Reference: R7", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/steps/{step}\"", dsl.Html, StringComparison.Ordinal);
    }

    private static string StepOf(Browser browser, string home, string text) =>
        System.Text.RegularExpressions.Regex.Match(browser.Html, $"{home}/steps/(\\d+)\">\\d+\\. {text}").Groups[1].Value;

    private static async Task<string> TriagedAsync(Browser dsl, params (string, string?)[] more)
    {
        var home = $"/console/incidents/{await NewIncidentAsync(dsl)}";
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync(
            $"{home}/triage", [("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Unknowing"), .. more]);
        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
        return home;
    }

    [Fact]
    public async Task A_step_is_done_by_its_owner_and_is_no_page_for_others()
    {
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        var page = await head.GoAsync(Home);
        var step = System.Text.RegularExpressions.Regex.Match(page, $"{Home}/steps/(?<n>\\d+)\">\\d+\\. Respond to this breach").Groups["n"].Value;
        Assert.NotEqual("", step);
        await head.GoAsync($"{Home}/steps/{step}");
        (string, string?)[] form = [("do", "complete"), ("commandId", head.Hidden("commandId")), ("outcome", "Spoke to the year group")];
        await head.SendAsync($"{Home}/steps/{step}", form);
        Assert.Contains("The step is recorded.", head.Html, StringComparison.Ordinal);

        // A second click sends the same form: the same answer, nothing recorded twice.
        var once = head.Html;
        Assert.Contains("Spoke to the year group", once, StringComparison.Ordinal);
        await head.SendAsync($"{Home}/steps/{step}", form);
        Assert.Equal((HttpStatusCode.OK, $"{Home}?done=step"), (head.Status, head.Answer.RequestMessage!.RequestUri!.PathAndQuery));
        Assert.Equal(Recorded(once), Recorded(head.Html));

        // A step that is somebody else's is a page that does not exist.
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await teacher.GoAsync($"{Home}/steps/1");
        Assert.Equal(HttpStatusCode.NotFound, teacher.Status);

        static int Recorded(string page) => page.Split("Spoke to the year group").Length;
    }

    [Fact]
    public async Task A_form_sent_again_gets_its_first_answer_though_its_sender_may_not_name_the_other_incident_any_more()
    {
        var school = world.First.School;
        var grain = world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString());
        var other = await ReportAsync();
        using var deputy = await Browser.SignInAsync(world.Gateway, "deputy-dsl@100001");
        await deputy.GoAsync($"{Home}/link");
        (string, string?)[] form = [("commandId", deputy.Hidden("commandId")), ("other", other.ToString())];
        await deputy.SendAsync($"{Home}/link", form);
        Assert.Contains("The link is recorded.", deputy.Html, StringComparison.Ordinal);

        await deputy.GoAsync("/console/pupils");
        await TwoSchools.Done(grain.EndRoleAsync(TwoSchools.System(school.Id), new EndRole(school.People[Role.DeputyDsl], Role.DeputyDsl, new DateOnly(2026, 1, 1))));
        await deputy.SendAsync($"{Home}/link", form);
        Assert.Equal($"{Home}?done=linked", deputy.Answer.RequestMessage!.RequestUri!.PathAndQuery);
        await deputy.GoAsync("/console/pupils");
        await deputy.SendAsync($"{Home}/link", ("commandId", Guid.NewGuid().ToString()), ("other", other.ToString()));
        Assert.Equal($"{Home}/link", deputy.Answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(HttpStatusCode.NotFound, deputy.Status);
    }

    [Fact]
    public async Task A_report_that_waits_says_by_when_with_the_names_of_days_and_months_as_they_are_written()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var page = await dsl.GoAsync($"/console/incidents/{await ReportAsync()}");
        Assert.Matches("<dt>Triage</dt><dd>[^<:]+: (due today by|due tomorrow,|due [A-Z][a-z]+day \\d+ [A-Z][a-z]+,|due \\d+ [A-Z][a-z]{2} \\d{4},)", page);
        Assert.Equal("due Friday 27 November, 15:30", StaffConsole.Words.Wording.Within("Due Friday 27 November, 15:30"));
    }

    [Fact]
    public async Task The_dsl_corrects_an_entry_and_links_another_incident_and_the_record_says_so()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Contains("item=Place", await dsl.GoAsync($"{Home}/correct"), StringComparison.Ordinal);
        Assert.Contains("value=\"Room 4\"", await dsl.GoAsync($"{Home}/correct?item=Place"), StringComparison.Ordinal);
        await dsl.SendAsync($"{Home}/correct", ("commandId", dsl.Hidden("commandId")), ("item", "Place"), ("text", "Library"));
        Assert.Contains("href=\"#reason\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Library\"", dsl.Html, StringComparison.Ordinal);
        (string, string?)[] correction = [("commandId", dsl.Hidden("commandId")), ("item", "Place"), ("text", "Library"), ("reason", "The teacher mixed up the rooms")];
        await dsl.SendAsync($"{Home}/correct", correction);
        Assert.Contains("in school or on a trip: Library", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{Home}/correct?item=Place");
        await dsl.SendAsync($"{Home}/correct", correction);
        Assert.Equal(2, dsl.Html.Split("The teacher mixed up the rooms").Length);

        await dsl.GoAsync($"{Home}/link");
        await dsl.SendAsync($"{Home}/link", ("commandId", dsl.Hidden("commandId")), ("other", world.Second.Keys["Incident"].ToString()));
        Assert.Contains("There is no such incident", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{Home}/link", ("commandId", dsl.Hidden("commandId")), ("otherSchoolReference", "wrong"));
        Assert.Contains("href=\"#otherSchoolReference\"", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{Home}/link", ("commandId", dsl.Hidden("commandId")), ("otherSchoolReference", "k7qf-2m9x"));
        Assert.Contains("K7QF-2M9X, at another school", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dsl_puts_a_pupil_on_the_record_who_was_left_out_and_takes_one_off_it()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var (home, pupil) = ($"/console/incidents/{await NewIncidentAsync(dsl)}", world.First.Keys["Pupil"]);
        await dsl.GoAsync($"{home}/correct");
        await dsl.SendAsync($"{home}/correct", ("search", "Amber"));
        Assert.Contains($"item=PupilAdded:{pupil}", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/correct?item=PupilAdded:{pupil}");
        await dsl.SendAsync($"{home}/correct", ("commandId", dsl.Hidden("commandId")), ("item", $"PupilAdded:{pupil}"), ("part", "Affected"), ("reason", "She was there too"));
        Assert.Contains("She was there too", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Amber Canary 100001", dsl.Html, StringComparison.Ordinal);

        await dsl.GoAsync($"{home}/correct?item=PupilWithdrawn:{pupil}");
        await dsl.SendAsync($"{home}/correct", ("commandId", dsl.Hidden("commandId")), ("item", $"PupilWithdrawn:{pupil}"), ("reason", "It was another Amber"));
        Assert.Contains("It was another Amber", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"PupilWithdrawn:{pupil}", await dsl.GoAsync($"{home}/correct"), StringComparison.Ordinal);
        Assert.DoesNotContain(dsl.Addresses, a => a.Contains("Amber", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_owner_of_a_step_of_the_dsls_own_reads_what_to_do_and_nothing_of_the_incident()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{await NewIncidentAsync(dsl)}";
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync(
            $"{home}/triage", ("commandId", dsl.Hidden("commandId")), ("nature", "sharing-information"), ("fourCs", "Conduct"), ("reason", "The table has no row"), ("steps[0].kind", "Custom"),
            ("steps[0].owner", "NetworkManager"), ("steps[0].deadline", "1 school day"), ("steps[0].toDo", "Ring the youth club"), ("steps[0].note", "His sister plays there"));
        Assert.Contains("To do: Ring the youth club", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Note: His sister plays there", dsl.Html, StringComparison.Ordinal);
        var step = System.Text.RegularExpressions.Regex.Match(dsl.Html, $"{home}/steps/(\\d+)\">\\d+\\. Do what the DSL asked for").Groups[1].Value;

        using var network = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        var page = await network.GoAsync($"{home}/steps/{step}");
        Assert.Contains("Ring the youth club", page, StringComparison.Ordinal);
        Assert.DoesNotContain("His sister", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Seen in the library", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dsl_sees_the_plan_first_and_tells_owners_and_those_told_what_they_need()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{await NewIncidentAsync(dsl)}";
        await dsl.GoAsync($"{home}/triage");
        (string, string?)[] form = [("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Unknowing")];
        await dsl.SendAsync($"{home}/triage", [.. form, ("do", "plan")]);
        var steps = System.Text.RegularExpressions.Regex.Matches(dsl.Html, "name=\"toDo\\[(\\d+)\\].step\" value=\"([^\"]*)\"").ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value);
        Assert.Contains("remove-material", steps.Keys);
        Assert.Contains("consider-police", steps.Keys);
        (string, string?)[] words =
        [
            ($"toDo[{steps["confiscate-device"]}].step", "confiscate-device"), ($"toDo[{steps["confiscate-device"]}].text", "It is in his locker"),
            ($"toDo[{steps["tell-pastoral-team"]}].step", "tell-pastoral-team"), ($"toDo[{steps["tell-pastoral-team"]}].text", "Sit with him at lunch"),
        ];
        // Lines from 0 on, as the page has them.
        (string, string?)[] lines = [.. steps.Values.SelectMany(i => new (string, string?)[] { ($"toDo[{i}].step", steps.First(s => s.Value == i).Key), ($"toDo[{i}].had", "false") }).Where(l => !words.Any(w => w.Item1 == l.Item1))];
        await dsl.SendAsync($"{home}/triage", [.. form, .. lines, .. words]);
        Assert.Contains("To do: It is in his locker", dsl.Html, StringComparison.Ordinal);

        await world.Gateway.SettleAsync();
        using var pastoral = await Browser.SignInAsync(world.Gateway, "pastoral-team@100001");
        var mine = await pastoral.GoAsync($"{home}/mine");
        Assert.Contains("Sit with him at lunch", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("locker", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("Seen in the library", mine, StringComparison.Ordinal);

        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync($"{home}/triage", [.. form, ("reason", "Again"), ("do", "plan")]);
        Assert.Contains("value=\"It is in his locker\"", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_stand_on_the_step_page_and_one_who_must_not_be_contacted_is_refused()
    {
        var records = await SchoolRecords.MakeAsync(world.Gateway, world.First.School);
        var (pupil, home) = (new PupilId(records.Keys["Pupil"]), $"/console/incidents/{records.Keys["Incident"]}");
        var (mother, father) = (Guid.NewGuid(), Guid.NewGuid());
        var context = SchoolRecords.As(world.First.School, Role.Dsl);
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(context.Tenant, pupil).ToString()).SetContactsAsync(context, new SetContacts(
        [
            new(mother, "Maeve Lindqvist", "mother", true, "Lives with her", false, "01562 000007", null), new(father, "Oskar Lindqvist", "father", true, null, true, "01562 000008", null),
        ])));
        await world.Gateway.SettleAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync(home);
        var step = StepOf(dsl, home, "Contact those who hold parental responsibility");
        var page = await dsl.GoAsync($"{home}/steps/{step}");
        Assert.Matches("Do not contact</strong>\\s*Oskar Lindqvist", page);
        Assert.Contains("Court order: Lives with her", page, StringComparison.Ordinal);
        Assert.DoesNotContain("01562 000008", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{father}\"", page, StringComparison.Ordinal);

        (string, string?)[] form = [("do", "complete"), ("ending", "Made"), ("how", "Telephone"), ("said", "What happened")];
        await dsl.SendAsync($"{home}/steps/{step}", [.. form, ("commandId", Guid.NewGuid().ToString()), ("contactId", father.ToString())]);
        Assert.Contains("href=\"#contactId\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("must not contact this person", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/steps/{step}", [.. form, ("commandId", Guid.NewGuid().ToString()), ("contactId", mother.ToString())]);
        Assert.Matches("Parents of [^:]+: contact made, Maeve Lindqvist \\(mother\\), telephone", dsl.Html);
    }

    [Fact]
    public async Task One_mothers_call_ended_the_step_for_both_families()
    {
        var (amber, ben) = (world.First.Keys["Pupil"], (await SchoolRecords.MakeAsync(world.Gateway, world.First.School)).Keys["Pupil"]);
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{await NewIncidentAsync(dsl, ("people[0].pupil", amber.ToString()), ("people[0].part", "Alleged"), ("people[1].pupil", ben.ToString()), ("people[1].part", "Affected"))}";
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync($"{home}/triage", ("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Unknowing"));
        var step = StepOf(dsl, home, "Contact those who hold parental responsibility");
        (string, string?)[] form = [("do", "complete"), ("ending", "Made"), ("who", "Her mother"), ("how", "Telephone"), ("said", "She will talk with her"), ("outcome", "She was calm")];
        await dsl.SendAsync($"{home}/steps/{step}", [.. form, ("commandId", Guid.NewGuid().ToString())]);
        Assert.Contains("href=\"#pupils\"", dsl.Html, StringComparison.Ordinal);

        await dsl.SendAsync($"{home}/steps/{step}", [.. form, ("commandId", Guid.NewGuid().ToString()), ("pupils", amber.ToString())]);
        Assert.Contains("Said: She will talk with her", dsl.Html, StringComparison.Ordinal);
        var page = await dsl.GoAsync($"{home}/steps/{step}");
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, ": still to do</p>"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, ": recorded</p>"));
        Assert.Contains("Outcome: She was calm", page, StringComparison.Ordinal);

        await dsl.SendAsync($"{home}/steps/{step}", [.. form, ("commandId", Guid.NewGuid().ToString()), ("pupils", ben.ToString())]);
        Assert.Contains("Record a further conversation", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("This step has ended", await dsl.GoAsync($"{home}/steps/{step}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_removals_page_named_the_child_to_whom_it_was_done()
    {
        var (amber, ben) = (world.First.Keys["Pupil"], (await SchoolRecords.MakeAsync(world.Gateway, world.First.School)).Keys["Pupil"]);
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = $"/console/incidents/{await NewIncidentAsync(dsl, ("people[0].pupil", amber.ToString()), ("people[0].part", "Alleged"), ("people[1].pupil", ben.ToString()), ("people[1].part", "Affected"))}";
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync($"{home}/triage", ("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Knowing"));
        var page = await dsl.GoAsync($"{home}/steps/{StepOf(dsl, home, "Take all devices")}");
        Assert.Contains("Who holds no device?", page, StringComparison.Ordinal);
        Assert.Contains(amber.ToString(), page, StringComparison.Ordinal);
        Assert.DoesNotContain(ben.ToString(), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_had_to_write_could_not_be_read_again()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var home = await TriagedAsync(dsl);
        await dsl.SendAsync($"{home}/triage", ("commandId", Guid.NewGuid().ToString()), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Knowing"), ("reason", "He knew what it was"));
        var step = StepOf(dsl, home, "May a crime have been committed");
        await dsl.SendAsync($"{home}/referral", ("commandId", Guid.NewGuid().ToString()), ("step", step), ("agency", "Police"), ("decision", "NotReferred"), ("reason", "No sign of a crime"), ("wouldReopen", "A second event"));
        step = StepOf(dsl, home, "Contact those who hold parental responsibility");
        await dsl.SendAsync($"{home}/steps/{step}", ("do", "complete"), ("commandId", Guid.NewGuid().ToString()), ("ending", "NotMadeRisk"), ("reason", "She fears her father"), ("reviewOn", "2030-01-08"));
        await dsl.SendAsync($"{home}/correct", ("commandId", Guid.NewGuid().ToString()), ("item", "What"), ("text", "Seen in the hall"), ("reason", "The wrong room"));

        var page = await dsl.GoAsync(home);
        Assert.Contains("Triaged again: the plan was made anew", page, StringComparison.Ordinal);
        Assert.Contains("Reason: He knew what it was", page, StringComparison.Ordinal);
        Assert.Contains("Reason: She fears her father", page, StringComparison.Ordinal);
        Assert.Contains("to be looked at again on", page, StringComparison.Ordinal);
        Assert.Contains("As it was: Seen in the library", page, StringComparison.Ordinal);

        var table = await dsl.GoAsync($"{home}/export");
        foreach (var words in new[] { "He knew what it was", "No sign of a crime", "Would be looked at again if: A second event", "She fears her father", "As it was: Seen in the library" })
        {
            Assert.Contains(words, table, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_childs_concern_sent_as_technical_stayed_with_the_network_manager()
    {
        using var network = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        var home = $"/console/incidents/{await NewIncidentAsync(network, ("kind", "Technical"))}";
        Assert.Contains($"href=\"{home}/child\"", await network.GoAsync(home), StringComparison.Ordinal);
        await network.GoAsync($"{home}/child");
        await network.SendAsync($"{home}/child", ("commandId", network.Hidden("commandId")));
        Assert.Contains("Handed to the DSL", network.Html, StringComparison.Ordinal);
        await network.GoAsync(home);
        Assert.Equal(HttpStatusCode.NotFound, network.Status);

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var page = await dsl.GoAsync(home);
        Assert.Contains("Handed to the DSL: it concerns a child", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/child", page, StringComparison.Ordinal);
        // Technical or not: a child is in it, so its nature opens it to nobody.
        await dsl.SendAsync($"{home}/triage", ("commandId", Guid.NewGuid().ToString()), ("nature", "technical-incident"));
        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
        await network.GoAsync(home);
        Assert.Equal(HttpStatusCode.NotFound, network.Status);
    }

    [Fact]
    public async Task The_owner_of_removing_material_got_no_device_and_ticked_it_off()
    {
        var records = await SchoolRecords.MakeAsync(world.Gateway, world.First.School);
        var (home, device) = ($"/console/incidents/{records.Keys["Incident"]}", $"/console/devices/{records.Keys["Device"]}");
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{home}/triage");
        await dsl.SendAsync(
            $"{home}/triage", ("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Unknowing"), ("reason", "She did not know"));
        var remove = StepOf(dsl, home, "Remove the material");
        await dsl.GoAsync($"{device}/take?incident={records.Keys["Incident"]}");
        await dsl.SendAsync(
            $"{device}/take", ("commandId", dsl.Hidden("commandId")), ("taking", "Confiscate"), ("place", "Office"), ("lawfulGround", "Behaviour policy"), ("incident", records.Keys["Incident"].ToString()));
        await world.Gateway.SettleAsync();

        using var network = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        var page = await network.GoAsync($"{home}/steps/{remove}");
        Assert.Contains($"href=\"{device}/examine?incident={records.Keys["Incident"]}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Narrative canary", page, StringComparison.Ordinal);
        await network.SendAsync($"{home}/steps/{remove}", ("do", "complete"), ("commandId", network.Hidden("commandId")), ("outcome", "Gone"));
        Assert.Contains("Record the examination of each device", network.Html, StringComparison.Ordinal);

        await network.GoAsync($"{device}/examine?incident={records.Keys["Incident"]}");
        Assert.Contains($"value=\"{records.Keys["Incident"]}\" selected", network.Html, StringComparison.Ordinal);
        await network.SendAsync(
            $"{device}/examine", ("commandId", network.Hidden("commandId")), ("lawfulGround", "Good reason"), ("nothingIsEvidence", "true"), ("deleted", "true"), ("findings", "A folder"),
            ("incident", records.Keys["Incident"].ToString()));
        Assert.Contains("The examination is recorded.", network.Html, StringComparison.Ordinal);
        await world.Gateway.SettleAsync();
        await network.GoAsync($"{home}/steps/{remove}");
        Assert.Equal(HttpStatusCode.NotFound, network.Status);
    }

    private static async Task<string> NewIncidentAsync(Browser reporter, params (string, string?)[] more)
    {
        await reporter.GoAsync("/console/report?danger=No");
        await reporter.SendAsync(
            "/console/report", [("commandId", reporter.Hidden("commandId")), ("danger", "No"), ("do", "send"), ("what", "Seen in the library"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"), ("onSite", "true"), .. more]);
        return System.Text.RegularExpressions.Regex.Match(reporter.Answer.RequestMessage!.RequestUri!.Query, "sent=(.*)").Groups[1].Value;
    }

    [Fact]
    public async Task Whoever_was_told_says_that_they_have_seen_it_without_seeing_the_record()
    {
        using var pastoral = await Browser.SignInAsync(world.Gateway, "pastoral-team@100001");
        Assert.Contains($"{Home}/mine", pastoral.Html, StringComparison.Ordinal);
        var page = await pastoral.GoAsync($"{Home}/mine");
        Assert.Contains("You were told of this incident", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Narrative canary", page, StringComparison.Ordinal);
        (string, string?)[] seen = [("commandId", pastoral.Hidden("commandId")), ("do", "seen")];
        await pastoral.SendAsync($"{Home}/mine", seen);
        Assert.Contains("Recorded: you have seen", pastoral.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Home}/mine", pastoral.Html, StringComparison.Ordinal);
        await pastoral.SendAsync($"{Home}/mine", seen);
        Assert.Equal("/console", pastoral.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        await pastoral.GoAsync($"{Home}/mine");
        Assert.Equal(HttpStatusCode.NotFound, pastoral.Status);

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{Home}/mine");
        Assert.Equal(Home, dsl.Answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Whoever_stood_in_read_it_and_it_stayed_unseen()
    {
        var school = world.Second.School;
        var home = $"/console/incidents/{await ReportAsync(school, ImmediateDanger.Yes)}";
        await world.Gateway.SettleAsync();
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        Assert.Matches("Headteacher of 100002 \\(Headteacher\\) told: (sent|on its way)", await dsl.GoAsync(home));
        var today = London.DateOf(world.Gateway.Clock.GetUtcNow());
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<ISchoolGrain>(SchoolKey.Of(school.Id).ToString()).ArrangeCoverAsync(TwoSchools.System(school.Id), new(school.People[Role.Headteacher], school.People[Role.Dsl], today, today)));
        await world.Gateway.SettleAsync();

        await dsl.GoAsync($"{home}/mine");
        Assert.Equal(home, dsl.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("Headteacher of 100002 (Headteacher) told: seen", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/mine", await dsl.GoAsync("/console"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asked_to_close_had_no_button_to_take_it_back()
    {
        var stage = await MutationStage.SetAsync(world);
        var pack = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "policies", "wyre-forest.yaml"));
        await stage.DoAsync(Role.Headteacher, "adoptPolicy", new { policy = new { yaml = pack + "\nclosing:\n  secondApprover: headteacher\n" } });
        var incidentId = await stage.FinishedAsync();
        await stage.DoAsync(Role.Headteacher, "adoptPolicy", new { policy = new { pack = "wyre-forest" } });
        var home = $"/console/incidents/{Encoding.UTF8.GetString(Convert.FromBase64String(incidentId)).Split(':')[1]}";
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        await head.GoAsync($"{home}/close");
        await head.SendAsync($"{home}/close", ("commandId", head.Hidden("commandId")), ("do", "close"), ("reason", "All is done"));
        Assert.Contains("today there is none but you", head.Html, StringComparison.Ordinal);

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{home}/close");
        await dsl.SendAsync($"{home}/close", ("commandId", dsl.Hidden("commandId")), ("do", "close"), ("reason", "All is done"));
        Assert.Contains("Take closing back</a>", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Approve closing</a>", await head.GoAsync(home), StringComparison.Ordinal);
        var page = await dsl.GoAsync($"{home}/close");
        Assert.DoesNotContain("value=\"approve\"", page, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/close", ("commandId", dsl.Hidden("commandId")), ("do", "back"), ("reason", "One more call"));
        Assert.Contains("Plan running", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Reason: One more call", dsl.Html, StringComparison.Ordinal);
    }

    private Task<IncidentId> ReportAsync() => ReportAsync(world.First.School, ImmediateDanger.No);

    private async Task<IncidentId> ReportAsync(SchoolUnderTest school, ImmediateDanger danger)
    {
        var context = SchoolRecords.As(school, Role.ClassTeacher);
        var id = new IncidentId(context.NewId("incident"));
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(context.Tenant, id).ToString()).ReportAsync(context, new ReportIncident(
            ReportKind.OnlineSafety, danger, danger == ImmediateDanger.Yes, OnBehalfOf.Self, AboutStaff.No, "A message", world.Gateway.Clock.GetUtcNow().AddHours(-1), true, null, [], [], [])));
        return id;
    }
}
