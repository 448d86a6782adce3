using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Schools;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Pupils;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Access;

public class BanTests
{
    private static readonly BanId First = new(Guid.Parse("44444444-0000-7000-8000-000000000001"));
    private static readonly BanTechnology Week = new(BanScope.Internet, null, null, Monday.AddDays(7), "Canary wrote to a stranger", Incident, BanEnforcement.Account);

    private readonly StoredStream<PupilState> _pupil = new(new PupilModel(), PupilKey.Of(GivenSchool.Id, Pupil));

    public BanTests() => _pupil.Do(
        Product(Monday),
        (s, c) => PupilDecider.Register(s, Facts, new RegisterPupil("Kim", new DateOnly(2014, 5, 6), null, "7", null, Phase.Special, true, null, null, null, null), Pupil, c));

    [Theory]
    [InlineData(Role.Dsl)]
    [InlineData(Role.DeputyDsl)]
    [InlineData(Role.Headteacher)]
    [InlineData(Role.SeniorLeader)]
    public void Leaders_ban_from_now_and_the_incident_hears_of_it(Role role)
    {
        Set(Week, role);
        var ban = Assert.Single(_pupil.Rows<BanView>(BanTables.Ban));
        Assert.Equal((Monday, Monday.AddDays(7), "Canary wrote to a stranger"), (ban.From, ban.Until, ban.Reason));
        Assert.Equal(StepKind.ConsiderBan, _pupil.Message<StepFulfilled>(StepFulfilled.Message).Kind);
        Assert.Equal(Monday.AddDays(7), Assert.Single(_pupil.Due).At);
        Assert.Empty(_pupil.Do(By(role), (s, c) => BanDecider.Set(s.Bans, Facts, Week, First, Pupil, c)));
    }

    [Fact]
    public void A_wrong_ban_is_refused()
    {
        Refused("END_BEFORE_START", Week with { Until = Monday });
        Refused("END_BEFORE_START", Week with { From = Monday.AddDays(8) });
        Refused("BAN_OVER", Week with { From = Monday.AddDays(-2), Until = Monday.AddDays(-1) });
        Refused("REASON_MISSING", Week with { Reason = " " });
        Refused("SERVICE_MISSING", Week with { Scope = BanScope.Service });
        Refused("SERVICE_NOT_ASKED", Week with { Service = "chat" });
        Refused("NOT_THE_HEAD", Week with { EssentialOverride = new EssentialOverride(Of(Role.Dsl), "A board") });
        Refused("REPLACEMENT_MISSING", Week with { EssentialOverride = new EssentialOverride(Of(Role.Headteacher), "") });
        Refused("HEAD_IN_PERSON", Week with { EssentialOverride = new EssentialOverride(Of(Role.Headteacher), "A board") }, Role.SeniorLeader);
        Refused("NOT_ALLOWED", Week, Role.ClassTeacher);
        Refused("NOT_ALLOWED", Week, Role.NetworkManager);
    }

    [Fact]
    public void A_heads_decision_that_somebody_else_records_is_told_to_the_head()
    {
        var covering = Week with { EssentialOverride = new EssentialOverride(Of(Role.Headteacher), "Canary's second talker") };
        Set(covering, Role.Headteacher);
        Assert.DoesNotContain(Notice.Message, _pupil.Messages);
        _pupil.Do(By(Role.Dsl), (s, c) => BanDecider.Set(s.Bans, Facts, covering, new BanId(Guid.NewGuid()), Pupil, c));
        Assert.Equal(NoticeKind.EssentialDeviceDecision, _pupil.Message<Notice>(Notice.Message).Kind);
        Assert.Equal("Canary's second talker", _pupil.Rows<BanView>(BanTables.Ban)[0].EssentialOverride!.Replacement);
    }

    [Fact]
    public void Bans_of_a_pupil_who_left_went_on_and_held_again_when_they_were_back()
    {
        Set(Week);
        _pupil.Do(By(Role.Dsl), (s, c) => BanDecider.Set(s.Bans, Facts, Week with { From = Monday.AddDays(1) }, new BanId(Guid.NewGuid()), Pupil, c));
        _pupil.Do(By(Role.Dsl), (s, c) => PupilDecider.Leave(s, Facts, new RecordPupilLeft(new DateOnly(2026, 11, 2)), c));
        Assert.Equal([BanEnd.PupilLeft, BanEnd.PupilLeft], _pupil.Rows<BanView>(BanTables.Ban).Select(b => b.End!.Value));
        Assert.Empty(_pupil.Due);
        _pupil.Do(By(Role.Dsl, Monday.AddDays(2)), (s, c) => PupilDecider.Return(s, Facts, new RecordPupilReturn(new DateOnly(2026, 11, 4)), c));
        Assert.Empty(_pupil.State.Bans.Open);
    }

    [Fact]
    public void A_pupils_twenty_first_ban_that_ended_took_the_first_out_of_every_view()
    {
        for (var i = 0; i < 25; i++)
        {
            var id = new BanId(Guid.NewGuid());
            _pupil.Do(By(Role.Dsl), (s, c) => BanDecider.Set(s.Bans, Facts, Week, id, Pupil, c));
            _pupil.Do(By(Role.Dsl), (s, c) => BanDecider.Lift(s.Bans, Facts, new LiftBan(id, $"Agreed {i}"), c));
            Assert.Empty(_pupil.Last!.GoneRows);
        }

        Assert.Equal(20, _pupil.State.Bans.Ended.Count);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"Agreed {i}").Order(StringComparer.Ordinal), _pupil.Rows<BanView>(BanTables.Ban).Select(b => b.LiftReason!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_ban_lifts_itself_and_says_how_late_that_was_recorded()
    {
        Set(Week);
        Assert.Empty(Expire(Monday.AddDays(7).AddTicks(-10)));
        var expired = Assert.IsType<BanExpired>(Assert.Single(Expire(Monday.AddDays(8))));
        Assert.Equal((Monday.AddDays(7), Monday.AddDays(8)), (expired.Nominal, expired.Actual));
        Assert.Empty(Expire(Monday.AddDays(9)));
        Assert.Empty(_pupil.Due);
        Assert.Equal(BanEnd.Expired, Assert.Single(_pupil.Rows<BanView>(BanTables.Ban)).End);
    }

    [Fact]
    public void A_ban_is_lifted_early_by_dsl_deputy_or_head_only()
    {
        Set(Week);
        var lift = new LiftBan(First, "Parents and pupil agreed");
        _pupil.Refused(By(Role.SeniorLeader), "NOT_ALLOWED", (s, c) => BanDecider.Lift(s.Bans, Facts, lift, c));
        _pupil.Refused(By(Role.Dsl), "REASON_MISSING", (s, c) => BanDecider.Lift(s.Bans, Facts, lift with { LiftReason = "" }, c));
        _pupil.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => BanDecider.Lift(s.Bans, Facts, lift with { Ban = default }, c));
        // Over, though the deadline has not been dealt with yet.
        _pupil.Refused(By(Role.Dsl, Monday.AddDays(7)), "BAN_ENDED", (s, c) => BanDecider.Lift(s.Bans, Facts, lift, c));
        Assert.Single(_pupil.Do(By(Role.DeputyDsl), (s, c) => BanDecider.Lift(s.Bans, Facts, lift, c)));
        _pupil.Refused(By(Role.DeputyDsl), "BAN_ENDED", (s, c) => BanDecider.Lift(s.Bans, Facts, lift, c));
        var ban = Assert.Single(_pupil.Rows<BanView>(BanTables.Ban));
        Assert.Equal((BanEnd.LiftedEarly, "Parents and pupil agreed", Actor.Of(Of(Role.DeputyDsl))), (ban.End!.Value, ban.LiftReason, ban.EndedBy!.Value));
    }

    [Fact]
    public void Who_lifts_a_ban_early_is_the_policys_to_say()
    {
        Set(Week);
        var lift = new LiftBan(First, "Parents and pupil agreed");
        var policy = PolicyWith();
        var facts = Facts with { Policy = policy with { Policy = policy.Policy with { Bans = new BanRules([Role.HeadOfYear, Role.Headteacher]) } } };
        _pupil.Refused(By(Role.Dsl), "NOT_ALLOWED", (s, c) => BanDecider.Lift(s.Bans, facts, lift, c));
        Assert.Single(_pupil.Do(By(Role.HeadOfYear), (s, c) => BanDecider.Lift(s.Bans, facts, lift, c)));
    }

    [Fact]
    public void Bans_that_end_at_once_stay_in_the_list_all_of_them()
    {
        for (var i = 1; i <= 25; i++)
        {
            _pupil.Do(By(Role.Dsl), (s, c) => BanDecider.Set(s.Bans, Facts, Week with { Until = Monday.AddDays(i) }, new BanId(Guid.NewGuid()), Pupil, c));
        }

        Assert.Equal(25, Expire(Monday.AddDays(30)).Count);
        Assert.Equal((25, 20, 0), (_pupil.Rows<BanView>(BanTables.Ban).Count, _pupil.State.Bans.Ended.Count, _pupil.Last!.GoneRows.Count));
    }

    private void Set(BanTechnology ban, Role by = Role.Dsl) => _pupil.Do(By(by), (s, c) => BanDecider.Set(s.Bans, Facts, ban, First, Pupil, c));

    private Events Expire(DateTimeOffset now) => _pupil.Do(Product(now), (s, c) => BanDecider.Expire(s.Bans, c));

    private void Refused(string code, BanTechnology ban, Role by = Role.Dsl) => _pupil.Refused(By(by), code, (s, c) => BanDecider.Set(s.Bans, Facts, ban, First, Pupil, c));
}
