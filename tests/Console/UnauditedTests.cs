using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class UnauditedTests
{
    [Fact]
    public async Task A_page_that_cannot_stand_in_the_access_log_does_not_leave()
    {
        var log = new FullAccessLog();
        await using var gateway = await RunningGateway.StartAsync(configure: log.Stand);
        var records = await SchoolRecords.MakeAsync(gateway, (await TwoSchools.FoundAsync(gateway)).First);
        await gateway.SettleAsync();
        using var browser = await Browser.SignInAsync(gateway, "dsl@100001");
        var page = $"/console/pupils/{records.Keys["Pupil"]}";

        log.IsFull = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GoAsync(page));
        log.IsFull = false;

        Assert.Contains("Amber Canary", await browser.GoAsync(page), StringComparison.Ordinal);
    }
}
