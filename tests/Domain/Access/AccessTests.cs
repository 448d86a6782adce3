using System.Collections.Immutable;
using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Access;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Strategies;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Strategies;
using static OnlineSafetyTrust.Contracts.Access.AccessOutcome;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Access;

public class AccessTests
{
    private static readonly DeviceId Phone = new(Guid.Parse("55555555-0000-7000-8000-000000000001"));
    private static readonly DeviceId Talker = new(Guid.Parse("55555555-0000-7000-8000-000000000002"));

    private static readonly AccessFacts Free = new(Pupil, null, BanState.Empty, AccessState.Empty, p => p?.Plain, p => p?.Plain);

    private static readonly AccessFacts WithTalker = Free with
    {
        Known = AccessState.Empty.Apply(new CustodyNoted(Talker, CustodyState.WithPupil, false, EssentialPurpose.Communication)),
    };

    public static TheoryData<BanScope, string, AccessOutcome> Scopes => new()
    {
        { BanScope.IndependentUse, "device", AllowSupervised },
        { BanScope.IndependentUse, "service:chat", AllowSupervised },
        { BanScope.Network, "device", Allow },
        { BanScope.Network, "network", Deny },
        { BanScope.Network, "internet", Deny },
        { BanScope.Network, "service:chat", Deny },
        { BanScope.Internet, "device", Allow },
        { BanScope.Internet, "network", Allow },
        { BanScope.Internet, "internet", Deny },
        { BanScope.Internet, "service:chat", Deny },
        { BanScope.Service, "internet", Allow },
        { BanScope.Service, "service: CHAT ", Deny },
        { BanScope.Service, "service:maths", Allow },
        { BanScope.AllDevices, "device", Deny },
        { BanScope.AllDevices, "internet", Deny },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void A_ban_covers_its_scope_and_what_reaches_further(BanScope scope, string use, AccessOutcome outcome) =>
        Assert.Equal(outcome, Ask(Banned(Free, scope), use).Outcome);

    [Fact]
    public void Nothing_known_allows_without_end() => Assert.Equal((Allow, null, 0), (Ask(Free, "internet").Outcome, Ask(Free, "internet").Until, Ask(Free, "internet").Reasons.Count));

    [Fact]
    public void An_earlier_strategys_review_or_one_agreed_for_something_else_settled_a_removal()
    {
        RemovalNoted asked = new(new IncidentId(Guid.NewGuid()), true), other = new(new IncidentId(Guid.NewGuid()), true);
        var terms = new TermsRecord(Supervision.Independent, null, null, null, null, null);
        var ended = new StrategyNoted(StrategyStatus.Ended, null);
        // In force since January; in March an incident asks; the routine review steps down; the strategy ends.
        var known = AccessState.Empty.Apply(new StrategyNoted(StrategyStatus.Active, terms, Incidents: [])).Apply(asked).Apply(new StrategyNoted(StrategyStatus.Active, terms));
        Assert.Equal(Allow, Ask(Free with { Known = known }, "internet").Outcome);
        Assert.Equal(Deny, Ask(Free with { Known = known.Apply(ended) }, "internet").Outcome);

        // Agreed for one of two: the other still asks when it is over, and for its phone as well.
        var phone = new CustodyNoted(Phone, CustodyState.ReturnedToParent, true, EssentialPurpose.None, Incident: other.Incident);
        var two = AccessState.Empty.Apply(asked).Apply(other).Apply(phone).Apply(new StrategyNoted(StrategyStatus.Active, terms, Incidents: [asked.Incident])).Apply(ended);
        Assert.Equal([other.Incident], two.Asking.Select(r => r.Incident));
        Assert.Empty(two.Settled);
        Assert.Equal([Phone], AccessState.Empty.Apply(asked).Apply(other).Apply(phone).Apply(new StrategyNoted(StrategyStatus.Active, terms, Incidents: [asked.Incident, other.Incident])).Apply(ended).Settled);
    }

    [Fact]
    public void A_ban_counts_from_its_first_moment_to_before_its_last()
    {
        var facts = Banned(Free, BanScope.Internet, Monday.AddHours(1), Monday.AddHours(2));
        Assert.Equal((Allow, Monday.AddHours(1)), Answer(facts, "internet", Monday));
        Assert.Equal((Deny, Monday.AddHours(2)), Answer(facts, "internet", Monday.AddHours(1)));
        Assert.Equal((Deny, Monday.AddHours(2)), Answer(facts, "internet", Monday.AddHours(2).AddMicroseconds(-1)));
        // Free at the very moment, whether or not the deadline has been dealt with.
        Assert.Equal((Allow, null), Answer(facts, "internet", Monday.AddHours(2)));
    }

    [Fact]
    public void All_devices_to_be_taken_denies_until_a_strategy_is_in_force_whether_or_not_any_was_taken()
    {
        RemovalNoted asked = new(new IncidentId(Guid.NewGuid()), true);
        var facts = Free with { Known = AccessState.Empty.Apply(asked) };
        foreach (var use in (string[])["device", "network", "internet", "service:chat"])
        {
            Assert.Equal(Deny, Ask(facts, use).Outcome);
        }

        var reason = Assert.Single(Ask(facts, "internet").Reasons);
        Assert.Equal((AccessReasonKind.DevicesRemoved, $"incident/{asked.Incident}"), (reason.Kind, reason.Record));
        // What the pupil needs to speak stays.
        var talks = facts with { Known = facts.Known.Apply(new CustodyNoted(Talker, CustodyState.WithPupil, false, EssentialPurpose.Communication)) };
        Assert.Equal((Allow, AllowSupervised), (AccessRules.Decide(talks, new AccessUse(Reach.Device, null, null, Talker), Monday).Outcome, AccessRules.Decide(talks, new AccessUse(Reach.Internet, null, null, Talker), Monday).Outcome));

        Assert.Equal(Allow, Ask(facts with { Known = facts.Known.Apply(asked with { Holds = false }) }, "internet").Outcome);
        var terms = new TermsRecord(Supervision.Independent, null, null, null, null, null);
        Assert.Equal(Allow, Ask(facts with { Known = facts.Known.Apply(new StrategyNoted(StrategyStatus.Draft, terms, MayLoosen: true)) }, "internet").Outcome);
        Assert.Equal(Deny, Ask(facts with { Known = facts.Known.Apply(new StrategyNoted(StrategyStatus.Draft, terms)) }, "internet").Outcome);
        // A decision for what was known: another incident that asks later is not among it.
        foreach (var (incident, outcome) in new[] { (asked.Incident, Allow), (new IncidentId(Guid.NewGuid()), Deny) })
        {
            Assert.Equal(outcome, Ask(facts with { Known = facts.Known.Apply(new StrategyNoted(StrategyStatus.Draft, terms, MayLoosen: true, [incident])) }, "internet").Outcome);
        }

        var agreed = facts.Known.Apply(new StrategyNoted(StrategyStatus.Active, terms));
        Assert.Equal(Allow, Ask(facts with { Known = agreed }, "internet").Outcome);
        // For good: it was agreed, and has ended since.
        Assert.Equal(Allow, Ask(facts with { Known = agreed.Apply(new StrategyNoted(StrategyStatus.Ended, null)) }, "internet").Outcome);
    }

    [Fact]
    public void What_an_incident_asks_is_noted_once_and_waits_while_a_strategy_is_in_force()
    {
        var told = new RemovalAsked(new IncidentId(Guid.NewGuid()), true);
        var noted = Assert.IsType<RemovalNoted>(Assert.Single(AccessState.Empty.Note(told).Value!));
        Assert.False(noted.Settled);
        Assert.Empty(AccessState.Empty.Apply(noted).Note(told).Value!);
        // Said before it was ever asked: what is taken for that incident waits for nothing.
        var none = AccessState.Empty.Apply(Assert.Single(AccessState.Empty.Note(told with { Holds = false }).Value!));
        Assert.Empty(none.Note(told with { Holds = false }).Value!);
        Assert.Single(none.Note(told).Value!);
        var active = AccessState.Empty.Apply(new StrategyNoted(StrategyStatus.Active, new TermsRecord(Supervision.Independent, null, null, null, null, null)));
        // Asked for while one was in force that then ended: the next one is waited for.
        var asked = active.Apply(Assert.Single(active.Note(told).Value!));
        var phone = new CustodyChanged(new DeviceId(Guid.NewGuid()), CustodyState.Removed, true, EssentialPurpose.None, told.Incident);
        var taken = asked.Apply(Assert.Single(asked.Note(phone).Value!));
        Assert.Empty(taken.Asking);
        Assert.Equal([phone.Device], taken.Settled);
        var ended = taken.Apply(new StrategyNoted(StrategyStatus.Ended, null));
        Assert.Single(ended.Asking);
        Assert.Empty(ended.Settled);
        // Agreed anew, it is over, also when that one ends.
        var agreed = ended.Apply(new StrategyNoted(StrategyStatus.Active, new TermsRecord(Supervision.Independent, null, null, null, null, null))).Apply(new StrategyNoted(StrategyStatus.Ended, null));
        Assert.Empty(agreed.Asking);
        Assert.Equal([phone.Device], agreed.Settled);
        // Taken for another incident it waits for that one's.
        var other = agreed.Apply(Assert.Single(agreed.Note(phone with { Incident = new IncidentId(Guid.NewGuid()) }).Value!));
        Assert.Empty(other.Settled);
    }

    [Fact]
    public void A_ban_over_a_clock_change_ends_at_its_instant()
    {
        var from = At(2026, 10, 24, 9, 0);
        var facts = Banned(Free, BanScope.Internet, from, At(2026, 10, 25, 9, 0));
        Assert.Equal(Deny, Answer(facts, "internet", from.AddHours(24.5)).Outcome);
        Assert.Equal(Allow, Answer(facts, "internet", from.AddHours(25)).Outcome);
        facts = Banned(Free, BanScope.Internet, At(2027, 3, 27, 9, 0), At(2027, 3, 28, 9, 0));
        Assert.Equal(Deny, Answer(facts, "internet", At(2027, 3, 27, 9, 0).AddHours(22.9)).Outcome);
        Assert.Equal(Allow, Answer(facts, "internet", At(2027, 3, 27, 9, 0).AddHours(23)).Outcome);
    }

    [Theory]
    [InlineData(CustodyState.Confiscated)]
    [InlineData(CustodyState.Removed)]
    [InlineData(CustodyState.SealedAsEvidence)]
    [InlineData(CustodyState.WithPolice)]
    public void A_taken_device_is_denied_and_no_other(CustodyState custody)
    {
        var facts = Free with { Known = AccessState.Empty.Apply(new CustodyNoted(Phone, custody, false, EssentialPurpose.None)) };
        Assert.Equal(Deny, Ask(facts, "device", Phone).Outcome);
        Assert.Equal(Allow, Ask(facts, "device", Talker).Outcome);
        Assert.Equal(Allow, Ask(facts, "internet").Outcome);
    }

    [Fact]
    public void While_all_devices_are_removed_everything_is_denied_until_terms_are_in_force()
    {
        var removed = WithTalker with { Known = WithTalker.Known.Apply(new CustodyNoted(Phone, CustodyState.Removed, true, EssentialPurpose.None)) };
        Assert.Equal(AccessReasonKind.DevicesRemoved, Ask(removed, "internet").Reasons[0].Kind);
        Assert.Equal(Deny, Ask(removed, "device").Outcome);
        Assert.Equal(Allow, Ask(removed, "device", Talker).Outcome);

        var interim = removed with { Known = removed.Known.Apply(new StrategyNoted(StrategyStatus.Draft, Stored(new StrategyTerms(Supervision.Supervised)), MayLoosen: true)) };
        Assert.Equal((AllowSupervised, AccessReasonKind.InterimStrategy), (Ask(interim, "internet").Outcome, Ask(interim, "internet").Reasons[0].Kind));
        Assert.Equal(Deny, Ask(interim, "device", Phone).Outcome);

        // Given back by the head's decision.
        var returned = removed with { Known = removed.Known.Apply(new CustodyNoted(Phone, CustodyState.Returned, false, EssentialPurpose.None)) };
        Assert.Equal(Allow, Ask(returned, "internet").Outcome);
    }

    [Fact]
    public void A_removal_was_undone_by_giving_the_device_to_a_parent()
    {
        var removed = new CustodyChanged(Phone, CustodyState.Removed, true, EssentialPurpose.None);
        var known = AccessState.Empty.Apply(AccessState.Empty.Note(removed).Value![0]);
        known = known.Apply(known.Note(removed with { Custody = CustodyState.ReturnedToParent }).Value![0]);
        Assert.Equal((Deny, AccessReasonKind.DevicesRemoved), (Ask(Free with { Known = known }, "internet").Outcome, Ask(Free with { Known = known }, "internet").Reasons[0].Kind));

        known = known.Apply(new StrategyNoted(StrategyStatus.Active, Stored(new StrategyTerms(Supervision.Supervised))));
        Assert.Equal(AllowSupervised, Ask(Free with { Known = known }, "device", Phone).Outcome);
        Assert.Equal([Phone], known.Settled);

        // The strategy over, and the phone taken in a lesson: the old removal does not come back.
        known = known.Apply(new StrategyNoted(StrategyStatus.Ended, null));
        known = known.Apply(known.Note(removed with { Custody = CustodyState.Confiscated }).Value![0]);
        Assert.Equal((Allow, Deny), (Ask(Free with { Known = known }, "internet").Outcome, Ask(Free with { Known = known }, "device", Phone).Outcome));
    }

    [Fact]
    public void Everything_stayed_denied_for_a_phone_whose_incident_asked_for_a_strategy_no_more()
    {
        var asked = new RemovalNoted(new IncidentId(Guid.NewGuid()), true);
        var known = AccessState.Empty.Apply(AccessState.Empty.Note(new CustodyChanged(Phone, CustodyState.Removed, true, EssentialPurpose.None, asked.Incident)).Value![0]);
        // The incident's own word may be on its way, and another incident's is not meant.
        Assert.Equal(Deny, Ask(Free with { Known = known }, "internet").Outcome);
        Assert.Equal(Deny, Ask(Free with { Known = known.Apply(asked) }, "internet").Outcome);
        Assert.Equal(Deny, Ask(Free with { Known = known.Apply(new RemovalNoted(new IncidentId(Guid.NewGuid()), false)) }, "internet").Outcome);
        Assert.Empty(known.Apply(asked).Settled);

        var over = known.Apply(asked).Apply(asked with { Holds = false });
        Assert.Equal((Allow, Deny), (Ask(Free with { Known = over }, "internet").Outcome, Ask(Free with { Known = over }, "device", Phone).Outcome));
        Assert.Equal([Phone], over.Settled);
        Assert.Equal(Deny, Ask(Free with { Known = over.Apply(asked) }, "internet").Outcome);
    }

    [Fact]
    public void A_draft_that_nobody_agreed_does_not_loosen_a_removal_unless_the_head_or_dsl_wrote_it()
    {
        var removed = Free with { Known = AccessState.Empty.Apply(new CustodyNoted(Phone, CustodyState.Removed, true, EssentialPurpose.None)) };
        AccessFacts Draft(Supervision supervision, bool byLead) => removed with { Known = removed.Known.Apply(new StrategyNoted(StrategyStatus.Draft, Stored(new StrategyTerms(supervision)), byLead)) };
        Assert.Equal(Deny, Ask(Draft(Supervision.Independent, false), "internet").Outcome);
        Assert.Equal(Deny, Ask(Draft(Supervision.Supervised, false), "internet").Outcome);
        Assert.Equal(AllowSupervised, Ask(Draft(Supervision.Supervised, true), "internet").Outcome);
        Assert.Equal(Deny, Ask(Draft(Supervision.NoUse, true), "internet").Outcome);
    }

    [Fact]
    public void A_removal_until_a_strategy_ends_with_its_agreement_and_does_not_come_back_when_the_strategy_ends()
    {
        var told = new CustodyChanged(Phone, CustodyState.Removed, true, EssentialPurpose.None);
        var known = AccessState.Empty.Apply(AccessState.Empty.Note(told).Value![0]);
        known = known.Apply(new StrategyNoted(StrategyStatus.Active, Stored(new StrategyTerms(Supervision.Independent))));
        Assert.Equal(Allow, Ask(Free with { Known = known }, "internet").Outcome);

        known = known.Apply(new StrategyNoted(StrategyStatus.Ended, null));
        Assert.Equal(Allow, Ask(Free with { Known = known }, "internet").Outcome);
        Assert.Equal(Deny, Ask(Free with { Known = known }, "device", Phone).Outcome);

        // Handed to somebody else it is still the same removal; given back and taken again it is a new one.
        known = known.Apply(known.Note(told with { Custody = CustodyState.WithPolice }).Value![0]);
        Assert.Equal(Allow, Ask(Free with { Known = known }, "internet").Outcome);
        known = known.Apply(new CustodyNoted(Phone, CustodyState.Returned, false, EssentialPurpose.None));
        known = known.Apply(known.Note(told).Value![0]);
        Assert.Equal(Deny, Ask(Free with { Known = known }, "internet").Outcome);
    }

    [Theory]
    [InlineData("device", Allow)]
    [InlineData("network", AllowSupervised)]
    [InlineData("internet", AllowSupervised)]
    [InlineData("service:chat", Deny)]
    public void An_essential_device_stays_in_use_under_every_ban_and_strategy(string use, AccessOutcome outcome)
    {
        Assert.Equal(outcome, Ask(Banned(WithTalker, BanScope.AllDevices), use, Talker).Outcome);
        Assert.Equal(outcome, Ask(WithTalker with { Known = WithTalker.Known.Apply(new StrategyNoted(StrategyStatus.Active, Stored(new StrategyTerms(Supervision.NoUse)))) }, use, Talker).Outcome);
        Assert.Equal(Deny, Ask(Banned(WithTalker, BanScope.AllDevices), use).Outcome);
    }

    [Fact]
    public void The_head_can_have_a_ban_cover_an_essential_device()
    {
        var decided = new EssentialDecision(Of(Role.Headteacher), Personal.Of(KeyOwner.Of(Pupil), "A board"));
        Assert.Equal(Deny, Ask(Banned(WithTalker, BanScope.AllDevices, decision: decided), "device", Talker).Outcome);
    }

    [Fact]
    public void A_strategy_limits_devices_and_services()
    {
        var facts = Under(new StrategyTerms(Supervision.Independent, [Phone], ["maths"]));
        Assert.Equal(Allow, Ask(facts, "device", Phone).Outcome);
        Assert.Equal(Deny, Ask(facts, "device", Talker).Outcome);
        Assert.Equal(AllowSupervised, Ask(facts, "device").Outcome);
        Assert.Equal(Allow, Ask(facts, "service:Maths", Phone).Outcome);
        Assert.Equal(Deny, Ask(facts, "service:chat", Phone).Outcome);
        Assert.Equal(Deny, Ask(facts, "internet", Phone).Outcome);
        Assert.Equal(Allow, Ask(facts, "network", Phone).Outcome);
        Assert.Equal(Deny, Ask(Under(new StrategyTerms(Supervision.Independent, [])), "device").Outcome);
    }

    [Fact]
    public void A_service_that_cannot_be_read_is_every_service_to_a_ban_and_none_to_a_strategy()
    {
        var lost = Free with { Open = _ => Unreadable.Text, OpenServices = _ => [Unreadable.Text] };
        Assert.Equal((Deny, Allow), (Ask(Banned(lost, BanScope.Service), "service:maths").Outcome, Ask(Banned(lost, BanScope.Service), "internet").Outcome));
        var terms = lost with { Known = Under(new StrategyTerms(Supervision.Independent, Services: ["maths"])).Known };
        Assert.Equal((Deny, Deny), (Ask(terms, "service:maths").Outcome, Ask(terms, $"service:{Unreadable.Text}").Outcome));

        // Nothing of a service is opened for what is no service.
        var unopened = Free with { Open = _ => throw new RecordUnreadableException() };
        Assert.Equal(Deny, Ask(Banned(Banned(unopened, BanScope.Service), BanScope.AllDevices), "device").Outcome);
    }

    [Fact]
    public void A_strategys_times_are_local_on_both_sides_of_a_clock_change()
    {
        var facts = Under(new StrategyTerms(Supervision.Independent, Times: [new AccessWindow([Weekday.Friday, Weekday.Monday], new TimeOnly(9, 0), new TimeOnly(12, 0))]));
        Assert.Equal((Deny, At(2026, 10, 23, 9, 0)), Answer(facts, "device", At(2026, 10, 23, 8, 59)));
        Assert.Equal((Allow, At(2026, 10, 23, 12, 0)), Answer(facts, "device", At(2026, 10, 23, 9, 0)));
        // Summer time ends on the Sunday between: nine o'clock moves in UTC.
        Assert.Equal((Deny, At(2026, 10, 26, 9, 0)), Answer(facts, "device", At(2026, 10, 23, 12, 0)));
        Assert.Equal(new DateTimeOffset(2026, 10, 26, 9, 0, 0, TimeSpan.Zero), At(2026, 10, 26, 9, 0));
        Assert.Equal((Allow, At(2026, 10, 26, 12, 0)), Answer(facts, "device", At(2026, 10, 26, 9, 0)));
    }

    [Fact]
    public void A_window_in_the_hour_that_comes_twice_opens_once_and_in_the_hour_that_is_skipped_never()
    {
        var facts = Under(new StrategyTerms(Supervision.Independent, Times: [new AccessWindow([Weekday.Sunday], new TimeOnly(1, 0), new TimeOnly(1, 45))]));
        var first = new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);
        Assert.Equal(Allow, Answer(facts, "device", first).Outcome);
        Assert.Equal(Deny, Answer(facts, "device", first.AddHours(1)).Outcome);
        Assert.Equal(Deny, Answer(facts, "device", new DateTimeOffset(2027, 3, 28, 0, 59, 0, TimeSpan.Zero)).Outcome);
    }

    [Theory]
    [InlineData(UseClass.Acceptable, false, Allow)]
    [InlineData(UseClass.AtCertainTimes, false, AllowSupervised)]
    [InlineData(UseClass.ForNominatedUsers, false, Deny)]
    [InlineData(UseClass.Unacceptable, false, Deny)]
    [InlineData(UseClass.UnacceptableAndIllegal, false, Deny)]
    [InlineData(UseClass.NotSaid, false, AllowSupervised)]
    [InlineData(UseClass.Acceptable, true, AllowSupervised)]
    public void The_policys_class_decides_a_use_that_it_names(UseClass use, bool unconfirmed, AccessOutcome outcome)
    {
        var school = Facts with { Policy = PolicyWith(new UserAction("online-gaming", "Online gaming", use, null, unconfirmed)) };
        var asked = AccessUse.OfPolicy(new AskAccess("online-gaming"), school)!;
        Assert.Equal(outcome, AccessRules.Decide(Free, asked, Monday).Outcome);
        Assert.Equal(Deny, AccessRules.Decide(Banned(Free, BanScope.Internet), asked, Monday).Outcome);
        Assert.Null(AccessUse.OfPolicy(new AskAccess("unheard-of"), school));
        Assert.Null(AccessUse.OfPolicy(new AskAccess("online-gaming"), Facts));
    }

    [Fact]
    public void Who_has_left_is_denied_and_on_the_last_day_speaks_with_what_they_need()
    {
        var today = DateOnly.FromDateTime(Monday.Date);
        var lastDay = WithTalker with { LeftOn = today };
        Assert.Equal(Deny, Ask(lastDay, "device").Outcome);
        Assert.Equal((Allow, At(2026, 11, 3, 0, 0)), (Ask(lastDay, "device", Talker).Outcome, Ask(lastDay, "device", Talker).Until));
        Assert.Equal(AllowSupervised, Ask(lastDay, "internet", Talker).Outcome);
        Assert.Equal((Deny, null), (Ask(lastDay with { LeftOn = today.AddDays(-1) }, "device", Talker).Outcome, Ask(lastDay with { LeftOn = today.AddDays(-1) }, "device", Talker).Until));
    }

    [Fact]
    public void A_device_that_is_not_the_pupils_own_counts_as_what_it_is()
    {
        CustodyNoted Other(CustodyState custody, EssentialPurpose essential) => new(Phone, custody, false, essential);
        var banned = Banned(Free, BanScope.AllDevices);
        Assert.Equal(Deny, Ask(banned with { Other = Other(CustodyState.WithPupil, EssentialPurpose.None) }, "device", Phone).Outcome);
        Assert.Equal(Allow, Ask(banned with { Other = Other(CustodyState.WithPupil, EssentialPurpose.Communication) }, "device", Phone).Outcome);
        Assert.Equal(Deny, Ask(Free with { Other = Other(CustodyState.Confiscated, EssentialPurpose.Communication) }, "device", Phone).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("service:")]
    [InlineData("service: ")]
    [InlineData("Internet")]
    public void Words_that_mean_nothing_are_not_guessed(string use) => Assert.Null(AccessUse.OfWords(new AskAccess(use)));

    [Fact]
    public void Reasons_come_strictest_first_and_hold_no_narrative()
    {
        var reply = Ask(Banned(Banned(Free, BanScope.IndependentUse), BanScope.Internet), "internet");
        Assert.Equal([Deny, AllowSupervised], reply.Reasons.Select(r => r.Outcome));
        Assert.DoesNotContain(reply.Reasons, r => r.Text.Contains("Canary", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_noted_twice_is_stored_once()
    {
        var told = new CustodyChanged(Phone, CustodyState.Confiscated, false, EssentialPurpose.None);
        Assert.Single(AccessState.Empty.Note(told).Value!);
        Assert.Empty(AccessState.Empty.Apply(AccessState.Empty.Note(told).Value![0]).Note(told).Value!);
        Assert.Empty(AccessState.Empty.Note(told with { Custody = CustodyState.Returned }).Value!);
    }

    private static AccessFacts Banned(AccessFacts facts, BanScope scope, DateTimeOffset? from = null, DateTimeOffset? until = null, EssentialDecision? decision = null) => facts with
    {
        Bans = facts.Bans with
        {
            Open = facts.Bans.Open.Add(new Ban(
                new BanId(Guid.NewGuid()), Pupil, scope, scope == BanScope.Service ? Personal.Of(KeyOwner.Of(Pupil), "Chat") : null, from ?? Monday, until ?? Monday.AddDays(1),
                Personal.Of(KeyOwner.Of(Pupil), "Canary"), null, BanEnforcement.Account, decision, Actor.System, Monday, null, null, null, null)),
        },
    };

    private static AccessFacts Under(StrategyTerms terms) => Free with { Known = new AccessState(ImmutableDictionary<DeviceId, CustodyNoted>.Empty, new StrategyNoted(StrategyStatus.Active, Stored(terms))) };

    private static TermsRecord Stored(StrategyTerms terms) => TermsRecord.Of(KeyOwner.Of(Pupil), terms);

    private static AccessReply Ask(AccessFacts facts, string use, DeviceId? device = null, DateTimeOffset? now = null) =>
        AccessRules.Decide(facts, AccessUse.OfWords(new AskAccess(use, device))!, now ?? Monday);

    private static (AccessOutcome Outcome, DateTimeOffset? Until) Answer(AccessFacts facts, string use, DateTimeOffset now) => (Ask(facts, use, null, now).Outcome, Ask(facts, use, null, now).Until);
}
