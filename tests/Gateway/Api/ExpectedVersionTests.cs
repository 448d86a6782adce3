using System.Text.Json;
using OnlineSafetyTrust.Gateway.Tests.Api.Mutations;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

/// <summary>What is sent as a whole says what it was made from.</summary>
public sealed class ExpectedVersionTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Of_two_who_read_the_same_calendar_the_second_is_refused_and_reads_again()
    {
        var stage = await MutationStage.SetAsync(world);
        var read = await VersionAsync();
        await stage.DoAsync(Role.Headteacher, "setCalendar", Calendar("15:10:00", read));
        await RefusedAsync(stage.SendAsync(Role.Dsl, "setCalendar", Calendar("15:20:00", read)), "CALENDAR_CHANGED");
        await stage.DoAsync(Role.Dsl, "setCalendar", Calendar("15:20:00", await VersionAsync()));

        static object Calendar(string dayEnds, int expectedVersion) =>
            new { terms = new[] { new { name = "Autumn", start = "2026-09-02", end = "2026-12-18" } }, dayStarts = "09:00:00", dayEnds, expectedVersion };

        async Task<int> VersionAsync() =>
            (await world.DataAsync("{ school(urn: \"100001\") { calendarVersion } }", world.First.TokenOf(Role.Dsl))).GetProperty("school").GetProperty("calendarVersion").GetInt32();
    }

    [Fact]
    public async Task Of_two_who_read_the_same_contacts_the_second_is_refused_and_reads_again()
    {
        var stage = await MutationStage.SetAsync(world);
        var read = (await VersionAsync(Role.DeputyDsl)).GetInt32();
        await stage.DoAsync(Role.Dsl, "setContacts", Contacts("A mother", read));
        await RefusedAsync(stage.SendAsync(Role.DeputyDsl, "setContacts", Contacts("A father", read)), "CONTACTS_CHANGED");
        await stage.DoAsync(Role.DeputyDsl, "setContacts", Contacts("A father", (await VersionAsync(Role.DeputyDsl)).GetInt32()));
        Assert.Equal(JsonValueKind.Null, (await VersionAsync(Role.ClassTeacher)).ValueKind);

        object Contacts(string name, int expectedVersion) =>
            new { pupilId = stage.Pupil, contacts = new[] { new { name, relationship = "parent", parentalResponsibility = true, noContact = false } }, expectedVersion };

        async Task<JsonElement> VersionAsync(Role role) => (await world.DataAsync("query($id: ID!) { pupil(id: $id) { contactsVersion } }", world.First.TokenOf(role), new { id = stage.Pupil }))
            .GetProperty("pupil").GetProperty("contactsVersion");
    }

    [Fact]
    public async Task Of_two_who_read_the_same_check_the_second_is_refused_and_so_is_an_answer_to_what_was_read_before()
    {
        var stage = await MutationStage.SetAsync(world);
        var date = await stage.CheckDayAsync();
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", Checks("CONCERN", "A second phone", 0));
        await RefusedAsync(stage.SendAsync(Role.Dsl, "recordDeviceChecks", Checks("CLEAR", "All is well", 0)), "CHECK_CHANGED");
        await stage.DoAsync(Role.ClassTeacher, "recordDeviceChecks", Checks("CONCERN", "A third one", 1));
        await RefusedAsync(stage.SendAsync(Role.Dsl, "answerConcern", Answer(1)), "CHECK_CHANGED");
        await stage.DoAsync(Role.Dsl, "answerConcern", Answer(2));

        object Checks(string result, string note, int expectedVersion) => new { checks = new[] { new { pupilId = stage.Pupil, result, note, noneHeld = true, expectedVersion } } };
        object Answer(int expectedVersion) => new { pupilId = stage.Pupil, date, reason = "It is his brother's", expectedVersion };
    }

    private static async Task RefusedAsync(Task<JsonElement> answer, string code)
    {
        // That of a line stands at the line and at the whole.
        var error = Assert.Single(MutationStage.ErrorsOf(await answer).DistinctBy(e => e.GetProperty("code").GetString()));
        Assert.Equal(("ConflictError", code, "expectedVersion"), (error.GetProperty("__typename").GetString(), error.GetProperty("code").GetString(), error.GetProperty("path").EnumerateArray().Last().GetString()));
    }
}
