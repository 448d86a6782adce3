using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Checks;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.People;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

public sealed class ReportingTests
{
    private readonly IncidentWorld _world = new();

    [Fact]
    public void A_report_goes_to_the_dsl_who_is_to_triage_it_the_same_school_day()
    {
        Ok(_world.Report());

        var notice = Assert.Single(_world.Events.OfType<NoticeIssued>());
        Assert.Equal((Dsl, Role.Dsl, NoticeKind.IncidentReported), (notice.To, notice.Role, notice.Kind));
        Assert.Equal((Dsl, At(11, 10, 15, 30)), (_world.State.Owner, _world.State.Triage!.DueAt));
        Assert.Equal(IncidentStatus.Reported, _world.State.Status());
        Assert.Contains(_world.Messages, m => m.Destination == $"mail:{School}/{Dsl}" && m.Body is Notice { Path: "/incidents/01900000-0000-7000-8000-0000000000aa", NoticeId: "n1" });
    }

    [Fact]
    public void A_report_from_a_daily_check_answers_its_concern_and_names_a_pupil_of_the_report()
    {
        var found = new CheckFound(AReport.People[0].Pupil, new DateOnly(2026, 11, 9));
        Refused("CHECK_OF_ANOTHER", _world.Report(AReport with { Check = found with { Pupil = new PupilId(Guid.NewGuid()) } }));
        Ok(_world.Report(AReport with { Check = found }));

        var told = Assert.Single(_world.Messages, m => m.Kind == ConcernReported.Message);
        Assert.Equal(($"stream:{ChecksKey.Of(School, found.Pupil)}", new ConcernReported(found.Date, _world.State.Id)), (told.Destination, told.Body));
    }

    [Fact]
    public void The_same_report_again_is_a_conflict()
    {
        Ok(_world.Report());
        Refused("INCIDENT_EXISTS", _world.Report());
    }

    [Fact]
    public void Somebody_who_left_cannot_report() => Refused("NOT_ALLOWED", _world.Without(Teacher).Report());

    [Fact]
    public void The_question_of_danger_must_be_answered() =>
        Refused("DANGER_NOT_ANSWERED", _world.Report(AReport with { Danger = ImmediateDanger.NotAnswered }));

    [Fact]
    public void In_danger_the_numbers_must_have_been_shown() =>
        Refused("NUMBERS_NOT_SHOWN", _world.Report(AReport with { Danger = ImmediateDanger.Yes }));

    [Theory]
    [InlineData(AboutStaff.MemberOfStaff, "ABOUT_STAFF", "headteacher")]
    [InlineData(AboutStaff.Headteacher, "ABOUT_HEAD", "chair of governors")]
    public void A_member_of_staff_is_no_subject_and_the_answer_says_whom_to_tell(AboutStaff about, string code, string tell)
    {
        var result = _world.Report(AReport with { AboutStaff = about });
        Refused(code, result);
        Assert.Contains($"Tell the {tell}", result.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_incident_one_microsecond_in_the_future_is_refused()
    {
        Refused("IN_THE_FUTURE", _world.Report(AReport with { HappenedAt = _world.Now.AddMicroseconds(1) }));
        Ok(_world.Report(AReport with { HappenedAt = _world.Now }));
    }

    [Fact]
    public void Bad_input_is_refused_and_changes_nothing()
    {
        var pupil = AReport.People[0];
        Refused("WHAT_MISSING", _world.Report(AReport with { What = " " }));
        Refused("PUPIL_TWICE", _world.Report(AReport with { People = [pupil, pupil with { Part = PupilPart.Witness }] }));
        Refused("YEAR_GROUP_UNKNOWN", _world.Report(AReport with { People = [pupil with { Dimensions = pupil.Dimensions with { YearGroup = "15" } }] }));
        Refused("ADDRESS_MISSING", _world.Report(AReport with { Addresses = [new AddressVisited("", null)] }));
        Refused("REFERRAL_IN_FUTURE", _world.Report(AReport with { DirectReferral = new DirectReferral(Agency.Police, _world.Now.AddHours(1), null) }));
        Assert.Empty(_world.Events);
    }

    [Fact]
    public void In_danger_dsl_deputy_and_head_are_told_at_once_and_triage_is_due_at_once()
    {
        Ok(_world.Report(AReport with { Danger = ImmediateDanger.Yes, NumbersShown = true }));
        Assert.Equal([Dsl, Deputy, Head], _world.State.Notices.Select(n => n.To));
        Assert.All(_world.State.Notices, n => Assert.Equal(_world.Now.AddHours(1), n.SeeBy));
        Assert.Equal(_world.Now, _world.State.Triage!.DueAt);
    }

    [Fact]
    public void A_technical_incident_goes_to_the_network_manager()
    {
        Ok(_world.Report(AReport with { Kind = ReportKind.Technical, People = [] }));
        Assert.Equal(NetworkManager, _world.State.Owner);
    }

    [Fact]
    public void Without_a_policy_the_report_goes_to_the_dsl()
    {
        Ok(_world.WithoutPolicy().Report());
        Assert.Equal(Dsl, _world.State.Owner);
    }

    [Fact]
    public void With_nobody_in_the_role_the_next_in_line_gets_it_and_that_is_recorded()
    {
        Ok(_world.Without(Dsl, Deputy).Report());
        var notice = Assert.Single(_world.State.Notices);
        Assert.Equal((Head, Role.Headteacher, Role.Dsl), (notice.To, notice.Role, notice.Instead));
    }

    [Fact]
    public void A_school_without_any_of_the_roles_still_takes_the_report_and_hands_it_over_when_somebody_is_appointed()
    {
        Ok(_world.Without(Dsl, Deputy, Head).Report());
        Assert.Null(_world.State.Owner);
        Assert.Empty(_world.State.Notices);

        _world.Facts = new IncidentWorld().Facts;
        Ok(_world.Keep(_world.AsSystem(), c => IncidentDecider.SchoolChanged(_world.State, _world.Facts, c)));
        Assert.Equal(Dsl, _world.State.Owner);
        Assert.Equal(Dsl, Assert.Single(_world.State.Notices).To);
        Nothing(_world.Keep(_world.AsSystem(), c => IncidentDecider.SchoolChanged(_world.State, _world.Facts, c)));
    }

    [Fact]
    public void Cover_stands_in_for_an_absent_dsl()
    {
        _world.Facts = _world.Facts with { Covers = [new CoverPeriod(Dsl, Senior, new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 13))] };
        Ok(_world.Report());
        Assert.Equal(Senior, _world.State.Owner);
        Ok(_world.Triage(by: Senior));
    }

    [Fact]
    public void A_dsl_who_reports_knows_already_and_gets_no_mail()
    {
        Ok(_world.Report(by: Dsl));
        Assert.NotNull(Assert.Single(_world.State.Notices).SeenAt);
        Assert.DoesNotContain(_world.Messages, m => m.Kind == Notice.Message);
        Assert.Equal(ReceiptStatus.Reported, _world.State.ReceiptStatus());
    }

    [Fact]
    public void A_direct_referral_to_the_police_is_recorded_with_the_report()
    {
        Ok(_world.Report(AReport with { DirectReferral = new DirectReferral(Agency.Police, At(11, 10, 9, 45), "CAD 1") }));
        var referral = Assert.Single(_world.State.Referrals);
        Assert.Equal((Agency.Police, At(11, 10, 9, 45)), (referral.Agency, referral.At));
    }

    [Fact]
    public void There_is_no_lado_in_wales()
    {
        _world.Facts = _world.Facts with { Nation = Nation.Wales };
        Refused("NO_LADO_IN_WALES", _world.Report(AReport with { DirectReferral = new DirectReferral(Agency.Lado, At(11, 10, 9, 45), null) }));
    }

    [Fact]
    public void The_reporter_sees_reported_seen_acted_on_closed_and_nothing_else()
    {
        Ok(_world.Report());
        Assert.Equal(ReceiptStatus.Reported, _world.State.ReceiptStatus());
        Ok(_world.See(Dsl));
        Assert.Equal(ReceiptStatus.Seen, _world.State.ReceiptStatus());
        Ok(_world.Triage());
        Assert.Equal(ReceiptStatus.ActedOn, _world.State.ReceiptStatus());

        var row = Assert.Single(_world.Rows(), r => r.Table == IncidentTables.IncidentReceipt);
        Assert.Equal(Teacher.ToString(), row.Values[0]);
        Assert.Equal("""{"id":"01900000-0000-7000-8000-0000000000aa","status":"ActedOn","reportedAt":"2026-11-10T10:00:00+00:00"}""", System.Text.Encoding.UTF8.GetString(Contracts.Serialization.StoredJson.Write(row.Body, row.Body.GetType())));
    }

    [Fact]
    public void Seeing_twice_changes_nothing_the_second_time()
    {
        Ok(_world.Report());
        Ok(_world.See(Dsl));
        Nothing(_world.See(Dsl));
    }

    [Fact]
    public void Anybody_could_probe_for_incidents_by_saying_that_they_had_seen_one()
    {
        Ok(_world.Report());
        Refused("NOT_FOUND", _world.See(KeyWorker));
        Refused("NOT_FOUND", _world.See(Teacher));
    }

    [Fact]
    public void Whoever_was_told_could_say_so_only_with_the_record_open_and_now_has_a_task_until_then()
    {
        Ok(_world.Report());
        Ok(_world.Triage());
        var task = Assert.Single(_world.Rows().Select(r => r.Body).OfType<TaskRow>(), t => t.Kind == TaskKind.IncidentTold && t.Owner == Pastoral);
        Assert.Equal((At(11, 11, 15, 30), "You were told of an incident. Say that you have seen it."), (task.DueAt!.Value, task.Title));
        Ok(_world.See(Pastoral));
        Assert.DoesNotContain(_world.Rows(), r => r.Body is TaskRow { Kind: TaskKind.IncidentTold } t && t.Owner == Pastoral);
    }

    [Fact]
    public void A_report_without_bounds_took_whatever_was_sent()
    {
        var pupil = AReport.People[0];
        var text = new string('x', 4_001);
        Refused("TEXT_TOO_LONG", _world.Report(AReport with { What = new string('x', 20_001) }));
        Refused("TEXT_TOO_LONG", _world.Report(AReport with { Place = text }));
        Refused("TEXT_TOO_LONG", _world.Report(AReport with { Addresses = [new AddressVisited("a", text)] }));
        Refused("TEXT_TOO_LONG", _world.Report(AReport with { DirectReferral = new DirectReferral(Agency.Police, _world.Now, text) }));
        Refused("TOO_MANY_PEOPLE", _world.Report(AReport with { People = [.. Enumerable.Range(0, 51).Select(_ => pupil with { Pupil = new PupilId(Guid.NewGuid()) })] }));
        Refused("TOO_MANY_ADDRESSES", _world.Report(AReport with { Addresses = [.. Enumerable.Repeat(AReport.Addresses[0], 101)] }));
        Refused("TOO_LONG_AGO", _world.Report(AReport with { HappenedAt = new DateTimeOffset(2000, 8, 31, 23, 59, 0, TimeSpan.Zero) }));
        Ok(_world.Report(AReport with { What = new string('x', 20_000), Place = text[1..], HappenedAt = new DateTimeOffset(2000, 9, 1, 0, 0, 0, TimeSpan.Zero) }));
    }

    [Fact]
    public void A_reference_can_be_said_on_the_telephone() => Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}$", IncidentReference.Of(new IncidentId(Guid.CreateVersion7())));
}
