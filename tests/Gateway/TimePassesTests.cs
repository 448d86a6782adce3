using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests.Api;
using OnlineSafetyTrust.Storage.Reading;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Nobody moves the clock here: time goes by, and only the host's own pumps can find what fell due.</summary>
public sealed class TimePassesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_ban_is_over_once_its_time_has_passed_though_nobody_moves_the_clock(string environment)
    {
        await using var gateway = await RunningGateway.StartAsync(environment: environment, settings: new Dictionary<string, string?> { ["Identity:Authority"] = "https://login.example" });
        var school = (await TwoSchools.FoundAsync(gateway)).First;
        var dsl = SchoolRecords.As(school, Role.Dsl);
        var pupil = gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, new PupilId(dsl.NewId("pupil"))).ToString());
        await TwoSchools.Done(pupil.RegisterAsync(dsl, new RegisterPupil(
            "Amber Canary", new(2014, 5, 1), null, "7", "7B", Phase.Special, false, school.People[Role.KeyWorker], school.People[Role.ClassTeacher], null, null)));
        var until = RunningGateway.Start.AddDays(7);
        await TwoSchools.Done(pupil.BanTechnologyAsync(SchoolRecords.As(school, Role.Dsl), new BanTechnology(BanScope.Internet, null, null, until, "Reason canary", null, BanEnforcement.Account)));
        Assert.Null((await BanAsync()).End);

        gateway.PassTime(TimeSpan.FromDays(8));

        var began = Stopwatch.GetTimestamp();
        while ((await BanAsync()).End is null)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"The ban until {until:O} is still in force: no pump found it.");
            await Task.Delay(25);
        }

        Assert.Equal(BanEnd.Expired, (await BanAsync()).End);

        async Task<BanView> BanAsync() =>
            Assert.Single(await gateway.Services.GetRequiredService<SystemReader>().ViewAsync<BanView>(school.Id, BanTables.Ban, "", 10, CancellationToken.None)).Body;
    }
}
