using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What held for a pupil ends when they leave, and it is somebody's to see to (A4, D3, D4, E5).</summary>
public sealed class LeaverTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_ban_a_strategy_and_daily_checks_went_with_a_roster_and_nobody_was_told()
    {
        var stage = await MutationStage.SetAsync(world);
        Assert.Empty(await TitlesAsync(stage));
        await stage.LeaveAsync();
        Assert.Equal(["A pupil has left, and what held for them ended (daily checks, a ban, a draft of an access strategy): see to what must follow"], await TitlesAsync(stage));

        await stage.DoAsync(Role.Dsl, "settleEndedMeasures", new { pupilId = stage.Pupil }, "pupil { id }");
        Assert.Empty(await TitlesAsync(stage));
        Assert.Equal("NOTHING_ENDED", MutationStage.ErrorsOf(await stage.SendAsync(Role.Dsl, "settleEndedMeasures", new { pupilId = stage.Pupil }))[0].GetProperty("code").GetString());

        // The roster was wrong: put right on the same day, what ended does not begin again by itself.
        var pupil = stage.Grain<IPupilGrain>(PupilKey.Of(stage.Records.School.Id, new PupilId(stage.Records.Keys["Pupil"])).ToString());
        await TwoSchools.Done(pupil.RecordReturnAsync(TwoSchools.System(stage.Records.School.Id), new RecordPupilReturn(stage.Today)));
        await world.Gateway.SettleAsync();
        Assert.Equal(["A pupil is back: look whether what ended when they left must begin again (daily checks, a ban, a draft of an access strategy)"], await TitlesAsync(stage));
        await stage.DoAsync(Role.DeputyDsl, "settleEndedMeasures", new { pupilId = stage.Pupil });
        Assert.Empty(await TitlesAsync(stage));
    }

    private async Task<List<string>> TitlesAsync(MutationStage stage)
    {
        var found = await world.DataAsync("{ tasks(kind: [LEAVER_MEASURES, RETURNER_MEASURES], first: 100) { nodes { title pupil { id } } } }", stage.Records.TokenOf(Role.Dsl));
        return [.. found.GetProperty("tasks").GetProperty("nodes").EnumerateArray().Where(t => t.GetProperty("pupil").GetProperty("id").GetString() == stage.Pupil).Select(t => t.GetProperty("title").GetString()!)];
    }
}
