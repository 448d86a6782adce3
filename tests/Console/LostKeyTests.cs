using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Pupils;
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

    private async Task CloseAsync(string reason, int days)
    {
        using var head = await Browser.SignInAsync(Gateway, "headteacher@100001");
        await head.GoAsync("/console/school/close");
        await head.SendAsync("/console/school/close", ("commandId", head.Hidden("commandId")), ("from", Gateway.Clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", null)), ("reason", reason));
        Assert.Contains(reason, head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("There is a problem", head.Html, StringComparison.Ordinal);
    }
}
