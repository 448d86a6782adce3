using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Grains.Schools;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>The key store lost a pupil's key and an incident's: the pages stand, and say what they cannot show.</summary>
public sealed class LostKeyTests : ApiWorld
{
    /// <summary>A field with what stands for a value in it.</summary>
    private static readonly string Filled = $"(value=\"|<textarea[^>]*>\\s*){Regex.Escape(Unreadable.Text)}";

    [Fact]
    public async Task Pages_say_what_cannot_be_read_and_never_that_it_was_erased()
    {
        await SchoolRecords.MakeAsync(Gateway, First.School);
        var pupil = $"/console/pupils/{First.Keys["Pupil"]}";
        using (var before = await Browser.SignInAsync(Gateway, "dsl@100001"))
        {
            await before.GoAsync($"{pupil}/ban");
            await before.SendAsync($"{pupil}/ban", ("commandId", before.Hidden("commandId")), ("scope", "Service"), ("service", "ChatBox"), ("enforcedBy", "Account"), ("reason", "Agreed"), ("until", Gateway.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", null)));
            Assert.Contains("The ban is recorded.", before.Html, StringComparison.Ordinal);
        }

        await TwoSchools.Done(Gateway.Grains.GetGrain<ICheckScheduleGrain>(ChecksKey.Of(First.School.Id, new PupilId(First.Keys["Pupil"])).ToString()).ChangeAsync(
            SchoolRecords.As(First.School, Role.Dsl), new ChangeChecks(new(15, 0), [CheckItem.NoDeviceHeld], "Look in the bag", CheckerKind.ClassTeacher, null, false, false, London.DateOf(Gateway.Clock.GetUtcNow()).AddDays(20))));
        await TwoSchools.Done(Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(First.School.Id, new PupilId(First.Keys["Pupil"])).ToString()).SetContactsAsync(
            SchoolRecords.As(First.School, Role.Dsl), new SetContacts([new PupilContact(Guid.NewGuid(), "A mother", "mother", true, "Prohibited steps", false, null, null)])));
        await FillAsync();
        await CloseAsync("Election", 40);
        await CloseAsync("Burst pipe", 41);
        await Gateway.RestartAsync(() => LoseKeysAsync($"pupil/{First.Keys["Pupil"]}", $"incident/{First.Keys["Incident"]}", "school"));
        using var dsl = await Browser.SignInAsync(Gateway, "dsl@100001");
        foreach (var page in (string[])["/console/incidents", $"/console/incidents/{First.Keys["Incident"]}", $"/console/pupils/{First.Keys["Pupil"]}"])
        {
            await dsl.GoAsync(page);
            Assert.Contains(Unreadable.Error.Message, dsl.Html, StringComparison.Ordinal);
            // The list says of an incident what kind it is, and nothing of its words.
            Assert.Equal(page != "/console/incidents", dsl.Html.Contains(Unreadable.Text, StringComparison.Ordinal));
            Assert.DoesNotContain("Erased", dsl.Html, StringComparison.Ordinal);
        }

        await dsl.GoAsync("/console/pupils");
        await dsl.SendAsync("/console/pupils", ("search", "Amber"));
        Assert.Contains(Unreadable.Text, dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Amber Canary", dsl.Html, StringComparison.Ordinal);

        // No form is filled with what stands for a value, and contacts that nobody can read are not removed.
        Assert.DoesNotMatch(Filled, await dsl.GoAsync($"/console/checks/{First.Keys["Pupil"]}/schedule"));
        Assert.Equal(HttpStatusCode.OK, dsl.Status);
        foreach (var form in (string[])[$"{pupil}/strategy/draft", $"{pupil}/strategy/review", $"{pupil}/contacts/{Guid.Empty}", $"{pupil}/people", $"/console/incidents/{First.Keys["Incident"]}/referral?referral=1", $"/console/devices/{First.Keys["Device"]}/correct"])
        {
            Assert.DoesNotMatch(Filled, await dsl.GoAsync(form));
            Assert.True(dsl.Status == HttpStatusCode.OK && dsl.Html.Contains("<form method=\"post\"", StringComparison.Ordinal), form);
        }

        // An empty line would take away words that nobody sees.
        var triage = $"/console/incidents/{First.Keys["Incident"]}/triage";
        await dsl.GoAsync(triage);
        await dsl.SendAsync(triage, ("commandId", dsl.Hidden("commandId")), ("nature", "inappropriate-material"), ("fourCs", "Content"), ("awareness", "Knowing"), ("reason", "Again"), ("do", "plan"));
        Assert.Contains("value=\"tell-pastoral-team\"", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Filled, dsl.Html);
        Assert.DoesNotMatch("name=\"toDo\\[\\d+\\].had\" value=\"true\"", dsl.Html);

        var remove = $"{pupil}/contacts/{Guid.Empty}/remove";
        await dsl.GoAsync(remove);
        await dsl.SendAsync(remove, ("commandId", dsl.Hidden("commandId")));
        Assert.Contains("There is a problem", dsl.Html, StringComparison.Ordinal);
        Assert.Contains(Unreadable.Text, await dsl.GoAsync($"{pupil}/contacts"), StringComparison.Ordinal);

        using var head = await Browser.SignInAsync(Gateway, "headteacher@100001");
        Assert.DoesNotContain("Erased", await head.GoAsync("/console/school/calendar"), StringComparison.Ordinal);
        Assert.DoesNotMatch(Filled, await head.GoAsync("/console/school/calendar/change"));
        Assert.Equal(HttpStatusCode.OK, head.Status);
        await CloseAsync("Snow or ice", 42);
    }

    /// <summary>Words that forms are filled with: a strategy's, a referral's, a step's, the pupil's provider.</summary>
    private async Task FillAsync()
    {
        var (school, pupil, dsl) = (First.School, new PupilId(First.Keys["Pupil"]), SchoolRecords.As(First.School, Role.Dsl));
        var incident = Gateway.Grains.GetGrain<IIncidentGrain>(IncidentKey.Of(school.Id, new IncidentId(First.Keys["Incident"])).ToString());
        await TwoSchools.Done(incident.TriageAsync(dsl, new TriageIncident("inappropriate-material", [FourC.Content], Awareness.Knowing, null, false, [], [], "Told more", [new StepToDo("tell-pastoral-team", "Sit with him at lunch")])));
        await TwoSchools.Done(incident.RecordReferralAsync(SchoolRecords.As(school, Role.Dsl), new RecordReferral(null, Agency.SocialCare, ReferralDecision.Referred, Reference: "R7", Handler: "Mrs Handler")));
        var terms = new StrategyTerms(Supervision.Supervised, Notes: "With an adult");
        await TwoSchools.Done(Gateway.Grains.GetGrain<IStrategyGrain>(StrategyKey.Of(school.Id, pupil).ToString()).DraftAsync(SchoolRecords.As(school, Role.Dsl), new DraftStrategy(
            [new IncidentId(First.Keys["Incident"])], terms, terms, [new StrategyParty(PartyKind.School), new StrategyParty(PartyKind.ParentalResponsibility), new StrategyParty(PartyKind.Agency, Agency.SocialCare)],
            London.DateOf(Gateway.Clock.GetUtcNow()).AddDays(30), school.People[Role.Dsl])));
        await TwoSchools.Done(Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, pupil).ToString()).UpdateAsync(SchoolRecords.As(school, Role.Dsl), new UpdatePupil(OffSiteProvider: new("A provider"))));
    }

    private async Task CloseAsync(string reason, int days)
    {
        using var head = await Browser.SignInAsync(Gateway, "headteacher@100001");
        await head.GoAsync("/console/school/close");
        await head.SendAsync("/console/school/close", ("commandId", head.Hidden("commandId")), ("from", Gateway.Clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", null)), ("reason", reason));
        Assert.Contains(reason, head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("There is a problem", head.Html, StringComparison.Ordinal);
    }
}
