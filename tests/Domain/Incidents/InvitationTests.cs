using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Notifications;
using OnlineSafetyTrust.Contracts.Trusts;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Incidents;
using OnlineSafetyTrust.Grains.People;
using OnlineSafetyTrust.Grains.Trusts;
using static OnlineSafetyTrust.Domain.Tests.Incidents.IncidentWorld;

namespace OnlineSafetyTrust.Domain.Tests.Incidents;

/// <summary>C11: the trust's safeguarding lead in one case, for a time.</summary>
public sealed class InvitationTests
{
    private readonly IncidentWorld _world = Triaged();

    private InviteTrustLead ForAWeek => new(_world.Now.AddDays(7), "Canary eyes");

    [Fact]
    public void The_head_is_told_and_the_trust_hears_ids_and_nothing_else()
    {
        Ok(Invite());

        var notice = Assert.Single(_world.State.Notices, n => n.Kind == NoticeKind.TrustLeadInvited);
        Assert.Equal((Head, Role.Headteacher), (notice.To, notice.Role));
        var message = Assert.Single(_world.Messages, m => m.Kind == LeadInvited.Kind);
        Assert.Equal(Destinations.Stream(TrustKey.Of(_world.Facts.Trust)), message.Destination);
        Assert.Equal(new LeadInvited(School, Id), message.Body);
        Assert.Equal(new OpenInvitation(Id, _world.Facts.Trust, _world.Now.AddDays(7)), Assert.Single(_world.Rows(), r => r.Table == IncidentTables.Invitation).Body);
    }

    [Fact]
    public void Only_the_dsl_and_deputies_invite_and_a_deputy_may_in_their_own_right()
    {
        foreach (var other in new[] { Head, Senior, Teacher, NetworkManager })
        {
            Refused("NOT_ALLOWED", Invite(by: other));
            Refused("NOT_ALLOWED", End(other));
        }

        Ok(Invite(by: Deputy));
        Ok(End(Dsl));
    }

    [Fact]
    public void Its_end_is_bounded_and_needs_a_reason_and_somebody_to_invite()
    {
        Refused("UNTIL_IN_PAST", Invite(ForAWeek with { Until = _world.Now }));
        Refused("INVITATION_TOO_LONG", Invite(ForAWeek with { Until = _world.Now.AddDays(14).AddSeconds(1) }));
        Refused("REASON_MISSING", Invite(ForAWeek with { Reason = " " }));
        Refused("NO_TRUST_LEAD", Invite(somebody: false));
        Ok(Invite(ForAWeek with { Until = _world.Now.AddDays(14) }));
    }

    [Fact]
    public void Inviting_again_sets_another_end_and_ending_twice_is_refused()
    {
        Ok(Invite());
        Ok(Invite(ForAWeek with { Until = _world.Now.AddDays(2) }));
        Assert.Equal(_world.Now.AddDays(2), ((OpenInvitation)Assert.Single(_world.Rows(), r => r.Table == IncidentTables.Invitation).Body).Until);
        Ok(End(Dsl));
        Assert.DoesNotContain(_world.Rows(), r => r.Table == IncidentTables.Invitation);
        Refused("NOT_INVITED", End(Dsl));
    }

    [Fact]
    public void Closing_takes_the_row_away_for_good_though_its_time_had_passed()
    {
        Ok(Invite(ForAWeek with { Until = _world.Now.AddHours(1) }));
        _world.EndEverything();
        _world.Now = _world.Now.AddHours(2);
        Refused("NOT_INVITED", End(Dsl));
        Ok(_world.Close());
        Assert.DoesNotContain(_world.Rows(), r => r.Table == IncidentTables.Invitation);
        Refused("INCIDENT_CLOSED", Invite());
        Ok(_world.Keep(Dsl, c => IncidentDecider.Reopen(_world.State, _world.Facts, new ReopenIncident("Canary again"), c)));
        Assert.DoesNotContain(_world.Rows(), r => r.Table == IncidentTables.Invitation);
    }

    [Fact]
    public void The_trust_tells_its_leads_of_the_day_and_listens_to_its_own_schools_only()
    {
        var (lead, former, administrator) = (Dsl, Head, Teacher);
        var state = Fold(
            new TrustFounded("Canary trust", TrustKind.Federation), new TrustSchoolJoined(School, "100001"),
            Added(lead), new RoleAssigned(lead, Role.TrustSafeguardingLead, new(2020, 9, 1), null),
            Added(former), new RoleAssigned(former, Role.TrustSafeguardingLead, new(2020, 9, 1), new(2024, 8, 31)),
            Added(administrator), new RoleAssigned(administrator, Role.TrustAdministrator, new(2020, 9, 1), null));

        var told = (TrustLeadsTold)Assert.Single(TrustDecider.Invited(state, new LeadInvited(School, Id), new(2026, 11, 10)).Value!);

        Assert.Equal([lead], told.Told);
        var key = TrustKey.Of(_world.Facts.Trust);
        var mail = Assert.Single(new TrustModel().Reactions(key, state, told, state, new EventMeta(9, _world.Now, Actor.System)));
        Assert.Equal((Destinations.Mail(key.Tenant, lead), new Notice(NoticeKind.InvitedToIncident, $"/incidents/{Id}", null, null)), (mail.Destination, mail.Body));
        Assert.Empty(TrustDecider.Invited(state, new LeadInvited(TenantId.School(Guid.NewGuid()), Id), new(2026, 11, 10)).Value!);
    }

    private Result<Events> Invite(InviteTrustLead? command = null, PersonId? by = null, bool somebody = true) =>
        _world.Keep(by ?? Dsl, c => IncidentDecider.Invite(_world.State, _world.Facts, command ?? ForAWeek, somebody, c));

    private Result<Events> End(PersonId by) => _world.Keep(by, c => IncidentDecider.EndInvitation(_world.State, _world.Facts, c));

    private static TrustState Fold(params object[] events) => events.Aggregate(TrustState.Empty, (s, e) => s.Apply(e, new EventMeta(1, At(11, 10, 9, 0), Actor.System)));

    private static PersonAdded Added(PersonId person) => new(person, Personal.Of(KeyOwner.Of(person), "Canary"), Personal.Of(KeyOwner.Of(person), "canary@trust.example"), null, null);
}
