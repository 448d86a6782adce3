using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

/// <summary>The key store lost a pupil's key and an incident's: the pages stand, and say what they cannot show.</summary>
public sealed class LostKeyTests : ApiWorld
{
    [Fact]
    public async Task Pages_say_what_cannot_be_read_and_never_that_it_was_erased()
    {
        await SchoolRecords.MakeAsync(Gateway, First.School);
        await Gateway.RestartAsync(() => LoseKeysAsync($"pupil/{First.Keys["Pupil"]}", $"incident/{First.Keys["Incident"]}"));
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
    }
}
