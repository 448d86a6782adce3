using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class PupilSearchTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Theory]
    [InlineData("", "Enter a name or its beginning.")]
    [InlineData("a b c d e f", "Search for at most 5 words")]
    public async Task A_search_that_is_not_made_says_why_and_never_that_nobody_is_there(string search, string why)
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        foreach (var page in (string[])["/console/pupils", $"/console/devices/{world.First.Keys["Device"]}/lend"])
        {
            await dsl.GoAsync("/console/pupils");
            await dsl.SendAsync(page, ("search", search));
            Assert.Contains(why, dsl.Html, StringComparison.Ordinal);
            Assert.Contains("href=\"#search\"", dsl.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Nobody of that name", dsl.Html, StringComparison.Ordinal);
        }
    }
}
