using System.Net;
using System.Text.RegularExpressions;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Gateway.Tests;
using OnlineSafetyTrust.Gateway.Tests.Api;

namespace OnlineSafetyTrust.StaffConsole.Tests;

public sealed class DeviceTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task A_device_goes_from_the_register_through_custody_and_back_and_its_page_tells_the_chain()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var pupil = world.First.Keys["Pupil"].ToString("D");
        await dsl.GoAsync($"/console/devices/register?pupil={pupil}");
        (string, string?)[] tablet = [("commandId", dsl.Hidden("commandId")), ("pupil", pupil), ("ownership", "Personal"), ("kind", "Tablet"), ("label", "Green tablet"), ("serial", "GT 1")];
        await dsl.SendAsync("/console/devices/register", tablet);
        Assert.Contains("The device is in the register.", dsl.Html, StringComparison.Ordinal);
        var home = dsl.Answer.RequestMessage!.RequestUri!.AbsolutePath;
        await dsl.GoAsync("/console/devices/register");
        await dsl.SendAsync("/console/devices/register", tablet);
        Assert.Equal(home, dsl.Answer.RequestMessage!.RequestUri!.AbsolutePath);

        using var network = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        Assert.Single(Regex.Matches(await network.GoAsync("/console/devices"), "Green tablet"));
        await network.GoAsync($"{home}/take");
        await network.SendAsync($"{home}/take", ("commandId", network.Hidden("commandId")), ("taking", "Confiscate"), ("lawfulGround", "Behaviour policy 4.2"));
        Assert.Contains("href=\"#place\"", network.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Behaviour policy 4.2\"", network.Html, StringComparison.Ordinal);
        (string, string?)[] taking = [("commandId", network.Hidden("commandId")), ("taking", "Confiscate"), ("lawfulGround", "Behaviour policy 4.2"), ("place", "Office safe")];
        await network.SendAsync($"{home}/take", taking);
        await network.GoAsync($"{home}/take");
        await network.SendAsync($"{home}/take", taking);
        Assert.Single(Regex.Matches(network.Html, "Office safe"));

        await network.GoAsync($"{home}/hand-over");
        await network.SendAsync($"{home}/hand-over", ("commandId", network.Hidden("commandId")), ("toStaff", world.First.School.People[Role.Dsl].ToString()), ("place", "DSL’s cupboard"));
        Assert.Contains("Handed to staff", network.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/return");
        await dsl.SendAsync($"{home}/return", ("commandId", dsl.Hidden("commandId")), ("to", "Parent"), ("note", "Collected after school"));
        Assert.Contains("Returned to a parent", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Collected after school", dsl.Html, StringComparison.Ordinal);

        // A teacher sees where it is, not the chain.
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        Assert.DoesNotContain("Office safe", await teacher.GoAsync(home), StringComparison.Ordinal);
        Assert.DoesNotContain(dsl.Addresses, a => a.Contains("tablet", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_heads_decision_was_asked_for_where_no_page_had_a_field_for_it()
    {
        var records = await SchoolRecords.MakeAsync(world.Gateway, world.First.School);
        await world.Gateway.SettleAsync();
        var home = $"/console/devices/{records.Keys["Device"]}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync($"{home}/take");
        await dsl.SendAsync($"{home}/take", ("commandId", dsl.Hidden("commandId")), ("taking", "Confiscate"), ("lawfulGround", "Behaviour policy 4.2"), ("place", "Office safe"));
        Assert.DoesNotContain("id=\"strategyOverride\"", await dsl.GoAsync($"{home}/return"), StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/return", ("commandId", dsl.Hidden("commandId")), ("to", "Holder"));
        Assert.Contains("until a technology access strategy is agreed, and none is", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"strategyOverride\"", dsl.Html, StringComparison.Ordinal);

        (string, string?)[] decided = [("commandId", dsl.Hidden("commandId")), ("to", "Holder"), ("decidedBy", world.First.School.People[Role.Headteacher].ToString())];
        await dsl.SendAsync($"{home}/return", [.. decided, ("reason", "")]);
        Assert.Contains("name=\"decidedBy\"", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync($"{home}/return", [.. decided, ("reason", "He calls his mother on the bus")]);
        Assert.Contains("He calls his mother on the bus", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("Without a strategy: decided by", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_corrected_retired_and_brought_back_and_a_known_serial_number_leads_to_it()
    {
        using var network = await Browser.SignInAsync(world.Gateway, "network-manager@100001");
        await network.GoAsync("/console/devices/register");
        await network.SendAsync("/console/devices/register", ("commandId", network.Hidden("commandId")), ("ownership", "School"), ("kind", "Laptop"), ("label", "Laptop 41"), ("serial", "LT 41"));
        var home = network.Answer.RequestMessage!.RequestUri!.AbsolutePath;
        await network.GoAsync("/console/devices/register");
        await network.SendAsync("/console/devices/register", ("commandId", network.Hidden("commandId")), ("ownership", "School"), ("kind", "Laptop"), ("label", "Another"), ("serial", "lt41"));
        Assert.Contains($"<a href=\"{home}\">The device that has this serial number</a>", network.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#serial\"", network.Html, StringComparison.Ordinal);

        await network.GoAsync($"{home}/correct");
        await SendAsync("Laptop 42", "");
        Assert.Contains("href=\"#reason\"", network.Html, StringComparison.Ordinal);
        await SendAsync("Laptop 42", "The label was worn");
        Assert.Contains("What it said before is kept.", network.Html, StringComparison.Ordinal);
        Assert.Matches("<td>Laptop 41, not essential</td><td>Laptop 42, essential for access</td>", network.Html);
        Assert.Contains("LT41", network.Html, StringComparison.Ordinal);

        await network.GoAsync($"{home}/retire");
        await network.SendAsync($"{home}/retire", ("commandId", network.Hidden("commandId")), ("reason", "Broken"));
        Assert.Contains("href=\"#essential\"", network.Html, StringComparison.Ordinal);
        using var head = await Browser.SignInAsync(world.Gateway, "headteacher@100001");
        await head.GoAsync($"{home}/retire");
        await head.SendAsync($"{home}/retire", ("commandId", head.Hidden("commandId")), ("reason", "Broken"));
        Assert.Contains("Retired from the register", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/seal", head.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(home, await head.GoAsync("/console/devices"), StringComparison.Ordinal);
        Assert.Contains(home, await head.GoAsync("/console/devices?retired=true"), StringComparison.Ordinal);
        await head.GoAsync($"{home}/reinstate");
        await head.SendAsync($"{home}/reinstate", ("commandId", head.Hidden("commandId")), ("reason", "Mended"));
        Assert.Contains("The device is in the register again.", head.Html, StringComparison.Ordinal);

        Task SendAsync(string label, string reason) => network.SendAsync(
            $"{home}/correct", ("commandId", network.Hidden("commandId")), ("was[label]", "Laptop 41"), ("was[serial]", "LT41"), ("was[kind]", "Laptop"), ("was[ownership]", "School"), ("was[essential]", "None"),
            ("label", label), ("serial", "LT41"), ("kind", "Laptop"), ("ownership", "School"), ("essential", "Access"), ("reason", reason));
    }

    [Fact]
    public async Task A_device_removed_until_a_strategy_goes_back_by_the_heads_decision_only()
    {
        var school = world.Second.School;
        var device = world.Second.Keys["Device"];
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(school.Id, new DeviceId(device)).ToString())
            .TakeAsync(SchoolRecords.As(school, Role.Dsl), new TakeDevice(Taking.Remove, "Safe", "Behaviour policy")));
        var home = $"/console/devices/{device}";
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        await dsl.GoAsync($"{home}/return");
        await SendAsync(null, null);
        Assert.Contains("href=\"#strategyOverride\"", dsl.Html, StringComparison.Ordinal);
        Assert.Contains("removed until a technology access strategy is agreed", dsl.Html, StringComparison.Ordinal);
        await SendAsync(Role.Headteacher, "");
        Assert.Contains("href=\"#reason\"", dsl.Html, StringComparison.Ordinal);
        await SendAsync(Role.Headteacher, "Agreed on the telephone");
        Assert.Contains("Without a strategy: decided by Headteacher of 100002; why: Agreed on the telephone", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("until an access strategy is agreed", dsl.Html, StringComparison.Ordinal);

        Task SendAsync(Role? head, string? reason) => dsl.SendAsync(
            $"{home}/return", ("commandId", dsl.Hidden("commandId")), ("to", "Holder"), ("decidedBy", head is { } role ? school.People[role].ToString() : null), ("reason", reason));
    }

    [Fact]
    public async Task What_was_found_on_a_device_leads_from_the_dsls_tasks_to_a_report_or_to_the_reason_why_not()
    {
        var school = world.First.School;
        var device = new DeviceId(Guid.NewGuid());
        var grain = world.Gateway.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(school.Id, device).ToString());
        await TwoSchools.Done(grain.RegisterAsync(SchoolRecords.As(school, Role.Dsl), new RegisterDevice(DeviceOwnership.School, true, DeviceKind.Tablet, "Tablet 9", null, null)));
        var found = await grain.RecordExaminationAsync(SchoolRecords.As(school, Role.ClassTeacher), new RecordExamination("Seen in passing", false, true, false, "A picture"));
        Assert.Equal(DeviceErrors.NudeFound.Code, Assert.Single(found.Errors).Code);
        await world.Gateway.SettleAsync();

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        var page = $"/console/devices/{device}/found";
        Assert.Contains(page, dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync(page);
        Assert.Contains("/console/report", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync(page, ("commandId", dsl.Hidden("commandId")), ("reason", " "));
        Assert.Contains("href=\"#reason\"", dsl.Html, StringComparison.Ordinal);
        await dsl.SendAsync(page, ("commandId", dsl.Hidden("commandId")), ("reason", "A statue in a museum"));
        Assert.Contains("No incident was reported: A statue in a museum", dsl.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(page, await dsl.GoAsync("/console"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_school_device_goes_on_loan_comes_back_and_its_page_tells_who_used_it()
    {
        var (device, school, pupil) = (new DeviceId(Guid.CreateVersion7()), world.First.School, Guid.CreateVersion7());
        // Nothing was decided about this one.
        await TwoSchools.Done(world.Gateway.Grains.GetGrain<IPupilGrain>(PupilKey.Of(school.Id, new PupilId(pupil)).ToString()).RegisterAsync(
            SchoolRecords.As(school, Role.Dsl), new RegisterPupil("Cora Test", new(2014, 6, 1), null, "7", "7B", Phase.Special, false, null, null, null, null)));
        var grain = world.Gateway.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(school.Id, device).ToString());
        await TwoSchools.Done(grain.RegisterAsync(SchoolRecords.As(school, Role.Dsl), new RegisterDevice(DeviceOwnership.School, true, DeviceKind.Tablet, "Tablet 3", null, DeviceHolder.Of(school.People[Role.SupportStaff]))));
        var home = $"/console/devices/{device}";
        using var teacher = await Browser.SignInAsync(world.Gateway, "class-teacher@100001");
        await teacher.GoAsync($"{home}/lend");
        await teacher.SendAsync($"{home}/lend", ("search", "Cora"));
        Assert.Contains($"{home}/lend?pupil={pupil}", teacher.Html, StringComparison.Ordinal);
        await teacher.GoAsync($"{home}/lend?pupil={pupil}");
        Assert.Contains("Cora Test", teacher.Html, StringComparison.Ordinal);
        await teacher.SendAsync($"{home}/lend", ("commandId", teacher.Hidden("commandId")), ("pupil", $"{pupil}"));
        Assert.Contains("href=\"#dueBack\"", teacher.Html, StringComparison.Ordinal);
        await teacher.SendAsync($"{home}/lend", ("commandId", teacher.Hidden("commandId")), ("dueBack", "2099-07-01"));
        Assert.Contains("href=\"#person\"", teacher.Html, StringComparison.Ordinal);
        await teacher.SendAsync($"{home}/lend", ("commandId", teacher.Hidden("commandId")), ("pupil", $"{pupil}"), ("dueBack", "2099-07-01"));
        Assert.Contains("The loan is recorded.", teacher.Html, StringComparison.Ordinal);
        Assert.Matches($"<dt>On loan to</dt><dd>\\s*<a href=\"/console/pupils/{pupil}\">Cora Test</a>\\s*until 1 Jul 2099\\s*</dd>", teacher.Html);
        Assert.Matches("<dt>When it is not lent</dt><dd>\\s*SupportStaff of 100001\\s*</dd>", teacher.Html);
        Assert.DoesNotContain($"{home}/lend", teacher.Html, StringComparison.Ordinal);
        Assert.Contains("<td>Cora Test, on loan until 1 Jul 2099</td>", await teacher.GoAsync("/console/devices"), StringComparison.Ordinal);

        await teacher.GoAsync($"{home}/end-loan");
        await teacher.SendAsync($"{home}/end-loan", ("commandId", teacher.Hidden("commandId")));
        Assert.Contains("The device is recorded as back from its loan.", teacher.Html, StringComparison.Ordinal);
        Assert.Matches("<dt>Held by</dt><dd>\\s*SupportStaff of 100001\\s*</dd>", teacher.Html);
        await teacher.GoAsync($"{home}/use");
        (string, string?)[] use = [("commandId", teacher.Hidden("commandId")), ("person", school.People[Role.KeyWorker].ToString()), ("day", "2026-01-05"), ("from", "10:00"), ("to", "09:00")];
        await teacher.SendAsync($"{home}/use", use);
        Assert.Contains("href=\"#to\"", teacher.Html, StringComparison.Ordinal);
        use[0] = ("commandId", teacher.Hidden("commandId"));
        use[^1] = ("to", "11:00");
        for (var sent = 0; sent < 2; sent++)
        {
            await teacher.SendAsync($"{home}/use", use);
            Assert.Contains("The use is recorded.", teacher.Html, StringComparison.Ordinal);
        }

        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        Assert.Single(Regex.Matches(await dsl.GoAsync(home), "<th scope=\"row\">KeyWorker of 100001</th>"));
        Assert.DoesNotContain("KeyWorker of 100001", await teacher.GoAsync(home), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_device_says_why_it_stays_and_goes_sealed_to_a_colleague_and_to_the_police()
    {
        var device = new DeviceId(Guid.CreateVersion7());
        var school = world.First.School;
        var grain = world.Gateway.Grains.GetGrain<IDeviceGrain>(DeviceKey.Of(school.Id, device).ToString());
        await TwoSchools.Done(grain.RegisterAsync(SchoolRecords.As(school, Role.Dsl), new RegisterDevice(DeviceOwnership.School, false, DeviceKind.Laptop, "Laptop 9", null, null)));
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await IncidentOnTheIllegalPathAsync(device);
        var home = $"/console/devices/{device}";
        await dsl.GoAsync($"{home}/take");
        await dsl.SendAsync($"{home}/take", ("commandId", dsl.Hidden("commandId")), ("taking", "Confiscate"), ("lawfulGround", "Section 91"), ("place", "Office"));
        await dsl.GoAsync($"{home}/hand-over");
        Assert.DoesNotContain("name=\"toStaff\"", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/seal");
        await dsl.SendAsync($"{home}/seal", ("commandId", dsl.Hidden("commandId")), ("place", "Safe"), ("sealNumber", "B-17"));

        var page = await dsl.GoAsync(home);
        Assert.Contains("Frozen: it may hold illegal material", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home}/return", page, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/hand-over");
        await dsl.SendAsync($"{home}/hand-over", ("commandId", dsl.Hidden("commandId")), ("toStaff", school.People[Role.Headteacher].ToString()), ("place", "Office"), ("sealNumber", "B-17"));
        Assert.Contains("Handed to staff", dsl.Html, StringComparison.Ordinal);
        await dsl.GoAsync($"{home}/hand-over");
        await dsl.SendAsync($"{home}/hand-over", ("commandId", dsl.Hidden("commandId")), ("officer", "PC 4711"), ("place", "Police station"), ("sealNumber", "B-17"));
        Assert.Contains("Police: PC 4711", dsl.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_schools_device_is_a_page_that_does_not_exist_and_takes_no_form()
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100002");
        var home = $"/console/devices/{world.First.Keys["Device"]}";
        foreach (var page in (string[])["", "/take", "/seal", "/hand-over", "/return", "/examine", "/lend", "/end-loan", "/use"])
        {
            await dsl.GoAsync(home + page);
            Assert.True(dsl.Status == HttpStatusCode.NotFound, page);
            await dsl.GoAsync("/console/pupils");
            await dsl.SendAsync(home + page, ("place", "x"), ("lawfulGround", "x"), ("sealNumber", "x"), ("findings", "x"), ("nothingIsEvidence", "true"), ("dueBack", "2030-01-01"), ("day", "2020-01-01"), ("from", "10:00"));
            Assert.True(dsl.Status == HttpStatusCode.NotFound || page.Length == 0, page);
        }

        await dsl.GoAsync($"/console/devices/register?pupil={world.First.Keys["Pupil"]}");
        Assert.Equal(HttpStatusCode.NotFound, dsl.Status);
    }

    private async Task IncidentOnTheIllegalPathAsync(DeviceId device)
    {
        using var dsl = await Browser.SignInAsync(world.Gateway, "dsl@100001");
        await dsl.GoAsync("/console/report?danger=No");
        await dsl.SendAsync(
            "/console/report", ("commandId", dsl.Hidden("commandId")), ("danger", "No"), ("do", "send"), ("what", "Found on a laptop"), ("happenedAt", "2026-01-05"), ("happenedTime", "10:00"),
            ("onSite", "true"), ("devices[0]", device.ToString()));
        var incident = Guid.Parse(Regex.Match(dsl.Answer.RequestMessage!.RequestUri!.Query, "sent=(.*)").Groups[1].Value);
        await dsl.GoAsync($"/console/incidents/{incident}/triage");
        await dsl.SendAsync($"/console/incidents/{incident}/triage", ("commandId", dsl.Hidden("commandId")), ("nature", "illegal-material"), ("fourCs", "Content"), ("awareness", "Knowing"));
        Assert.Contains("Triaged.", dsl.Html, StringComparison.Ordinal);
        await world.Gateway.SettleAsync();
    }
}
